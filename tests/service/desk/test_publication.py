"""The editors' page: what comes, what waits, what is broken, the releases and the way back."""

import json
from datetime import timedelta

from comments.actions.web_root import current_number
from tests.service.desk.desk import Desk, signed_in
from tests.service.desk.editors import flaw, leave, leave_everything, link, publish_again, text
from tests.service.web.house import OPEN, START, House

PAGE = "/desk/publication/"


def rows(desk: Desk, section: str) -> list[str]:
    """The rows of one list, spaces put straight."""
    found = desk.page.css(f"section[aria-labelledby={section}] tbody tr")
    return [" ".join(row.text(separator=" ").split()) for row in found]


def test_everything_has_its_place(house: House, desk: Desk) -> None:
    leave_everything(house)

    desk.get(PAGE)

    assert desk.title.startswith("1 problem. Publication")
    assert "“Soon” falls due for review, 18 March 2026, 09:30" in desk.words("main > p")
    tabs = [" ".join(tab.text(separator=" ").split()) for tab in desk.page.css(".tabs a")]
    assert tabs == [
        "1 Problems", "3 Scheduled", "1 In review", "2 Reviews", "1 Expiring", "2 Links", "12 Drafts", "1 Advice",
    ]  # fmt: skip
    for tab in desk.page.css(".tabs a"):
        assert desk.has(str(tab.attributes["href"])), "a tab that leads nowhere"
    assert rows(desk, "problems") == ["content/x.md:3 “x” is no date Mend it."]
    assert rows(desk, "scheduled")[0] == "The first five minutes content/x.md 23 March 2026, 09:30 Ada Author"
    assert rows(desk, "review") == ["Group work (page) content/x.md 09:30 yesterday Ada Author"]
    assert rows(desk, "due") == [
        "Late content/x.md 40 days late 2 February 2026 Ada Author, 14 March 2025",
        "Soon (resource) content/x.md In 4 days 18 March 2026 Ada Author, 14 March 2025",
    ]
    assert rows(desk, "expiring") == ["A law content/x.md 3 April 2026, 09:30 Ada Author"]
    assert rows(desk, "links")[0].endswith(
        "content/x.md:3 Gone: readers are told 404 No answer, once, on 12 March 2026"
    )
    assert rows(desk, "advice") == ["content/x.md:4 The title is long Mend it."]


def test_titles_are_text_in_their_own_direction_and_language(house: House, desk: Desk) -> None:
    leave_everything(house)

    desk.get(PAGE)

    assert desk.words("bdi[lang=ar]") == "الاستشارة عبر الإنترنت"
    assert desk.words("bdi[lang=fr]").startswith("<script>alert(1)</script> unbroken")
    assert [a.attributes["href"] for a in desk.page.css("section[aria-labelledby=links] a")] == [
        "https://gone.example/" + "long-" * 60
    ]
    assert "javascript:alert(1)" in desk.words("section[aria-labelledby=links]")


def test_what_should_be_out_already_is_late(house: House, desk: Desk) -> None:
    leave(house, scheduled=[text("Now", START - timedelta(minutes=1)), text("Then", START - timedelta(hours=1))])

    now, then = rows(desk.get(PAGE), "scheduled")

    assert "Late" not in now
    assert "Late" in then


def test_long_lists_are_folded_and_nothing_is_lost(house: House, desk: Desk) -> None:
    leave(house, scheduled=[text(f"Text {number}", START + timedelta(days=number)) for number in range(500)])

    desk.get(PAGE)

    assert desk.words("#scheduled") == "Scheduled (500)"
    assert len(desk.page.css("section[aria-labelledby=scheduled] details tbody tr")) == 490
    assert "Text 499" in desk.text


def test_of_more_than_the_build_wrote_out_the_number_is_said(house: House, desk: Desk) -> None:
    left = [text(f"Text {number}", START) for number in range(12)]
    leave(house, problems=[flaw("x")] * 20)
    raw = json.loads((house.runtime.var / "editors.json").read_text())
    raw["figures"]["lists"]["drafts"] = {"count": 7_000, "first": left}
    (house.runtime.var / "editors.json").write_text(json.dumps(raw))

    desk.get(PAGE)

    assert desk.words("#drafts") == "Drafts (7000)"
    assert "And 6988 that are not listed here." in desk.text


def test_nothing_at_all_reads_well(house: House, desk: Desk) -> None:
    leave(house)

    desk.get(PAGE)

    assert desk.words(".empty h2") == "Nothing waits for an editor."
    assert desk.words(".empty p") == (
        "The texts have no problems. Nothing is scheduled. Nothing is in review. No review is due within 30 days. "
        "Nothing expires within 30 days. There are no drafts. Every link answered."
    )
    assert not desk.has(".tabs")
    assert desk.words("#articles") == "0 articles in 24 months"
    assert desk.words("#comments") == "0 comments in 26 weeks, 0 published"
    assert not desk.has("svg")


def test_reviews_and_ends_that_are_far_off_are_left_out(house: House, desk: Desk) -> None:
    far = START + timedelta(days=31)
    leave(house, due=[text("Far", far, by="Ada", on="2025-03-14")], expiring=[text("Far too", far)])

    assert "Far" not in desk.get(PAGE).text


def test_links_that_were_never_tried_or_are_forgotten_are_no_good_news(house: House, desk: Desk) -> None:
    for damaged, told in ((False, "The links were not tried yet."), (True, "What is known of the links cannot be")):
        leave(house, links=[])
        raw = json.loads((house.runtime.var / "editors.json").read_text())
        raw["links"] |= {"checked": None, "damaged": damaged}
        (house.runtime.var / "editors.json").write_text(json.dumps(raw))

        assert told in desk.get(PAGE).words(".empty p")
        assert "Every link answered." not in desk.text


def test_before_the_first_build_and_after_damage_the_rest_still_stands(house: House, desk: Desk) -> None:
    assert "The next build tells: python3 tasks.py build" in desk.get(PAGE).words(".notice")
    (house.runtime.var / "editors.json").write_text("{")

    desk.get(PAGE)

    assert "cannot be read (it is no JSON)" in desk.words(".notice")
    assert rows(desk, "releases") == ["Release 1 Readers see this 09:30 today , by test 4"]
    assert not desk.has(".empty")


def test_problems_stand_beside_the_figures_of_before(house: House, desk: Desk) -> None:
    leave(house, problems=[flaw("Wrong")], drafts=[text("A draft", START)], checked=START + timedelta(minutes=5))
    (house.runtime.var / "problems.txt").write_text("content/x.md:3: Wrong. Mend it.\n1 problem in 1 file.\n")

    desk.get(PAGE)

    assert "the other lists are those of 09:30 today" in desk.words("main")
    assert desk.words(".notice.is-failed h2") == "The last publishing failed"
    assert "1 problem stands in the way" in desk.words(".notice.is-failed a[href='#problems']")
    assert not desk.has(".notice details")
    assert desk.title.startswith("Publishing failed. 1 problem. Publication")


def test_why_a_publishing_failed_is_told_in_its_own_words(house: House, desk: Desk) -> None:
    leave(house)
    ended = START + timedelta(minutes=1)
    said = "Traceback <b>\nOSError: the disk is full"
    raw = {"started": START.isoformat(), "ended": ended.isoformat(), "code": 1, "said": said}
    (house.runtime.var / "publishing.json").write_text(json.dumps(raw))

    desk.get(PAGE)

    assert [code.text() for code in desk.page.css(".notice code")] == said.splitlines()
    raw |= {"ended": None, "code": None, "started": ended.isoformat()}
    (house.runtime.var / "publishing.json").write_text(json.dumps(raw))
    assert desk.get(PAGE).words(".notice h2") == "Publishing now"


def test_an_old_file_is_called_old(house: House, desk: Desk) -> None:
    leave(house, checked=START - timedelta(days=8))

    assert "more than a week ago" in desk.get(PAGE).words(".notice")


def test_a_moderator_sees_the_page_without_the_way_back(house: House) -> None:
    leave_everything(house)
    other = signed_in(house, "Jonas", "moderator").get(PAGE)

    assert rows(other, "releases")[0].startswith("Release 2 Readers see this")
    assert not other.has("a[href*='/releases/']")
    assert other.get(f"{PAGE}releases/1/").status == 403


def test_going_back_asks_once_then_tells_and_leaves_a_row(house: House, desk: Desk) -> None:
    leave_everything(house)

    desk.get(PAGE)
    way = desk.page.css_first("section[aria-labelledby=releases] tbody a")
    assert way is not None
    assert " ".join(way.text().split()) == "Go back to 1 …"
    desk.get(str(way.attributes["href"]))
    assert desk.words("h1") == "Show release 1 again?"
    assert "No article comes or goes" in desk.text
    assert current_number(house.runtime.var) == 2
    desk.press("Show release 1").follow()

    assert desk.words("#receipt") == "Readers see release 1 again, until somebody publishes."
    assert desk.title.startswith("Readers see release 1 again")
    assert current_number(house.runtime.var) == 1
    assert "An earlier release was put back." in desk.words(".notice")
    assert "Show 2 again …" in rows(desk, "releases")[0]
    row = desk.get("/desk/record/").words("tbody tr")
    assert "Marta Showed another release" in row
    assert "From release 2 to release 1" in row


def test_what_was_taken_off_is_named_before_it_is_public_again(house: House, desk: Desk) -> None:
    page = house.runtime.var / "releases/1/public/withdrawn-page/index.html"
    page.parent.mkdir()
    page.write_text("words")
    publish_again(house)

    desk.get(f"{PAGE}releases/1/")

    assert "These were taken off the site and would be public again:" in desk.text
    assert desk.words("main form li") == "/withdrawn-page/"
    assert "No article comes or goes" not in desk.text


def test_a_double_click_is_one_act(house: House, desk: Desk) -> None:
    publish_again(house)
    form = desk.get(f"{PAGE}releases/1/")
    fields = {"csrf_token": form.token(), "seen": "2"}

    first = desk.post(f"{PAGE}releases/1/", **fields).follow().words("#receipt")
    again = desk.post(f"{PAGE}releases/1/", **fields).follow().words("#receipt")

    assert first == again
    assert sum(row.action == "rollback" for row in house.ctx.store.list_audit()) == 1


def test_when_somebody_published_meanwhile_nothing_is_done(house: House, desk: Desk) -> None:
    publish_again(house)
    desk.get(f"{PAGE}releases/1/")
    publish_again(house)

    desk.press("Show release 1").follow()

    assert desk.words("#receipt") == (
        "Release 3 was put before readers by the command line at 09:32. Your click changed nothing."
    )
    assert current_number(house.runtime.var) == 3


def test_a_release_that_is_not_kept_any_more_is_refused(house: House, desk: Desk) -> None:
    publish_again(house)
    desk.get(f"{PAGE}releases/1/")
    for _ in range(5):
        publish_again(house)

    desk.press("Show release 1", seen="7").follow()

    told = "Release 1 is not kept any more. Kept are 3, 4, 5, 6 and 7."
    assert desk.words("#receipt") == told
    assert desk.get(f"{PAGE}releases/1/").status == 404
    assert desk.words("#problem p") == told
    assert desk.get(f"{PAGE}releases/{'9' * 40}/").status == 404


def test_the_release_that_readers_see_offers_no_button(house: House, desk: Desk) -> None:
    desk.get(f"{PAGE}releases/1/")

    assert desk.words("h1") == "Readers see release 1 already."
    assert not desk.has("main form")
    desk.post(f"{PAGE}releases/1/", csrf_token=desk.get(PAGE).token(), seen="x").follow()
    assert desk.words("#receipt") == "Nothing was changed. Choose a release."


def test_both_plots_have_their_table(house: House, desk: Desk) -> None:
    leave_everything(house)
    house.approved()
    house.waiting()

    desk.get(PAGE)

    assert [" ".join(node.text().split()) for node in desk.page.css(".plots h2")] == [
        "15 articles in 24 months", "2 comments in 26 weeks, 1 published",
    ]  # fmt: skip
    for figure in desk.page.css("svg"):
        for name in str(figure.attributes["aria-labelledby"]).split():
            assert desk.words(f"svg #{name}")
    assert len(desk.page.css("section[aria-labelledby=articles] tbody tr")) == 24
    assert rows(desk, "articles")[-3:] == ["January 2026 12", "February 2026 0", "March 2026 2"]
    assert rows(desk, "comments")[-1] == "9 March 2026 2 1"
    assert len(desk.page.css("section[aria-labelledby=comments] .bar")) == 1
    assert len(desk.page.css("section[aria-labelledby=comments] .open")) == 1


def test_the_page_is_reached_from_every_other_by_moderators_only(house: House, desk: Desk) -> None:
    author = signed_in(house, "Ada", "author", author="ada")

    assert desk.get("/desk/record/").words(f"nav a[href='{PAGE}']") == "Publication"
    assert not author.get(f"/desk/published/?article={OPEN}").has(f"nav a[href='{PAGE}']")
    assert author.get(PAGE).status == 403
    leave(house, links=[link("https://x.example")])
    assert desk.get(PAGE).words("nav [aria-current]") == "Publication"
