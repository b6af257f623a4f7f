"""The lists: what stands in them, how one finds something, how they behave when they are long."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from comments.actions import moderate
from comments.model import NewComment
from tests.service.desk.desk import Desk, signed_in
from tests.service.web.house import OPEN, House

LISTS = ("/desk/", "/desk/published/", "/desk/spam/", "/desk/bin/", "/desk/one-by-one/")


def add_many(house: House, count: int) -> None:
    new = NewComment(OPEN, "Olu Muster", "A plain text.", "<p>A plain text.</p>", 1, "pending", house.clock())
    with house.ctx.store.write():
        for number in range(count):
            house.ctx.store.add_comment(replace(new, source=f"Text number {number:05}.", digest=str(number)))


def names(desk: Desk) -> list[str]:
    return [node.text(strip=True) for node in desk.page.css(".item h2")]


def test_each_comment_stands_in_the_list_of_its_state_with_counts_on_the_tabs(house: House, desk: Desk) -> None:
    for name in ("Waits", "Shown", "Spammer", "Binned"):
        house.waiting(name=name)
    numbers = {comment.name: comment.id for comment in house.ctx.store.list_comments()}
    moderate.approve(house.ctx, "command line", numbers["Shown"])
    moderate.spam(house.ctx, "command line", numbers["Spammer"])
    moderate.trash(house.ctx, "command line", numbers["Binned"])

    seen = {path: names(desk.get(path)) for path in LISTS[:4]}

    assert seen == {
        "/desk/": ["Waits"],
        "/desk/published/": ["Shown"],
        "/desk/spam/": ["Spammer"],
        "/desk/bin/": ["Binned"],
    }
    assert [node.text() for node in desk.page.css(".tabs b")] == ["1", "1", "1", "1"]


def test_the_reason_why_it_waits_is_a_sentence_beside_it(house: House, desk: Desk) -> None:
    house.waiting(comment="See https://a.example.org/x and https://b.example.net/y")

    why = desk.get("/desk/").words(".why")

    assert "First comment from this person." in why
    assert "2 links; from 2 on a comment waits." in why
    assert "a.example.org" in why


def test_publish_is_tinted_only_where_nothing_asks_for_care(house: House, desk: Desk) -> None:
    house.waiting(comment="Nothing special here.")
    house.waiting(comment="See https://a.example.org/x and https://b.example.net/y")

    buttons = desk.get("/desk/").page.css("[data-key=approve]")

    assert ["primary" in str(button.attributes["class"]) for button in buttons] == [True, False]


def test_the_verbs_always_stand_in_the_same_order(house: House, desk: Desk) -> None:
    house.waiting()

    row = desk.get("/desk/").page.css(".acts .button")

    assert [node.text() for node in row] == ["Publish", "Reply and publish", "Edit", "Spam", "Bin"]


def test_a_reply_says_what_it_answers_with_the_first_words_as_text(house: House, desk: Desk) -> None:
    asked = house.approved(name="Olu <i>Muster</i>", comment=f"What of <b>silence</b>?\n\n{'Really long. ' * 20}")
    house.waiting(name="Dewi Contoh", parent=str(asked))
    spam = house.approved(name="Spammer", comment="Buy kettles.")
    house.waiting(parent=str(spam))
    moderate.spam(house.ctx, "command line", spam)

    for path in ("/desk/", "/desk/one-by-one/"):
        text = desk.get(path).words(".answered")
        assert text.startswith("What of <b>silence</b>? Really long. ")
        assert text.endswith(" …")
        assert len(text) < 90
        assert "In reply to Olu <i>Muster</i>: What" in desk.words("main header:has(.answered)")
    assert desk.get("/desk/").words("#c-4 .who").endswith("In reply to Spammer")
    assert "Buy kettles." not in desk.text
    assert "In reply to" not in desk.get("/desk/published/").text


def test_what_visitors_wrote_is_text_and_their_links_are_not_links(house: House, desk: Desk) -> None:
    hostile = '<script>alert(1)</script> <b>x</b> [here](https://evil.example/a) {{ 7*7 }} "><img src=x>'
    house.waiting(comment=hostile, website="https://evil.example/me", name='Ada <i>"Specimen"</i>')

    for path in (*LISTS, "/desk/comments/1/", "/desk/comments/1/edit", "/desk/comments/1/erase", "/desk/record/"):
        page = desk.get(path).page
        assert page.css_first("main script, main i, main b img, .said b, .said img, .said a") is None, path
        assert not [a for a in page.css("a") if "evil" in str(a.attributes.get("href"))], path
    assert hostile in desk.get("/desk/").words(".said")
    assert "evil.example" in desk.words(".why")


def test_no_list_holds_an_address(house: House, desk: Desk) -> None:
    secret = "very.own.address@mailbox.example.net"
    for name in ("One", "Two"):
        house.waiting(name=name, email=secret)
    moderate.approve(house.ctx, "command line", 1)

    for path in (*LISTS, "/desk/comments/1/", "/desk/record/", "/desk/mail/", "/desk/people/", "/desk/articles/"):
        text = desk.get(path).text
        assert "very.own" not in text, path
        assert "mailbox.example" not in text, path


def test_search_finds_words_of_text_and_name_and_beginnings(house: House, desk: Desk) -> None:
    house.waiting(name="Olu Muster", comment="The kettle in the corridor.")
    house.waiting(name="Dewi Contoh", comment="Silence, mostly.")

    assert names(desk.get("/desk/?q=kett")) == ["Olu Muster"]
    assert names(desk.get("/desk/?q=contoh")) == ["Dewi Contoh"]
    assert names(desk.get("/desk/?article=closed-door")) == []
    assert names(desk.get(f"/desk/?article={OPEN}&q=silence")) == ["Dewi Contoh"]


def test_nothing_found_keeps_the_words_and_offers_all(house: House, desk: Desk) -> None:
    house.waiting()

    desk.get('/desk/?q=zebra+"AND')

    assert desk.words(".empty h2") == "Nothing was found."
    assert 'value="zebra &#34;AND"' in desk.text
    assert desk.words(".empty a") == "Show all"
    assert desk.title.startswith("Waiting comments: 0")


def test_an_empty_queue_says_so(desk: Desk) -> None:
    assert desk.get("/desk/").words(".empty h2") == "Nothing is waiting."
    assert desk.title.startswith("Nothing waiting")


def texts(desk: Desk) -> list[str]:
    return [node.text(strip=True) for node in desk.page.css(".item .said")]


def follow_link(desk: Desk, rel: str) -> Desk:
    link = desk.page.css_first(f"a[rel={rel}]")
    assert link is not None, desk.text
    return desk.get(str(link.attributes["href"]))


def test_long_lists_have_pages_that_stay_where_they_are_while_one_decides(house: House, desk: Desk) -> None:
    add_many(house, 60)
    every = [f"Text number {number:05}." for number in range(60)]

    assert "1 to 25 of 60, oldest first" in desk.get("/desk/").words(".head")
    assert texts(desk) == every[:25]
    assert texts(follow_link(desk, "next")) == every[25:50]
    assert desk.words(".head").startswith("25 of 60, from ")
    here = str(desk.answer.request.path) + "?" + desk.answer.request.query_string.decode()  # type: ignore[union-attr]
    moderate.spam(house.ctx, "command line", 3)  # somebody else, on the first page
    assert texts(desk.get(here)) == every[25:50]
    assert texts(follow_link(desk, "next")) == every[50:]
    assert texts(follow_link(desk, "prev")) == every[25:50]
    assert texts(follow_link(desk, "prev")) == [text for text in every[:26] if text != every[2]][:25]


def test_a_page_with_nothing_left_shows_the_first_and_keeps_the_receipt(house: House, desk: Desk) -> None:
    add_many(house, 27)

    desk.get("/desk/?after=25&select=all").press("Bin", within=".list >", comment=["26", "27"]).follow()

    assert "2 in the bin." in desk.words("#receipt")
    assert len(texts(desk)) == 25
    for nonsense in ("x", "-1", "999999", "9" * 40):
        assert desk.get(f"/desk/?after={nonsense}&before={nonsense}").status == 200


def test_the_order_can_be_turned(house: House, desk: Desk) -> None:
    add_many(house, 3)

    desk.get("/desk/?order=newest")

    assert "Text number 00002." in desk.words(".said")


def test_a_queue_of_ten_thousand_stays_quick(house: House, desk: Desk) -> None:
    add_many(house, 10_000)

    took = []
    for path in ("/desk/", "/desk/?after=9900", "/desk/?q=text+number", "/desk/one-by-one/?at=9000"):
        start = time.perf_counter()
        assert desk.get(path).status == 200
        took.append(time.perf_counter() - start)

    assert max(took) < 0.5, took


def test_select_all_answers_with_all_ticked(house: House, desk: Desk) -> None:
    add_many(house, 3)

    desk.get("/desk/?select=all")

    assert len(desk.page.css(".pick[checked]")) == 3
    assert desk.title.startswith("3 selected, 3 waiting")


def test_a_very_long_text_is_folded_and_whole(house: House, desk: Desk) -> None:
    text = " ".join(f"word{number}" for number in range(400))
    house.waiting(comment=text)

    said = desk.get("/desk/").page.css_first(".said")

    assert said is not None
    shown, rest = said.css_first("p"), said.css_first("details p")
    assert shown is not None
    assert rest is not None
    assert f"{shown.text()} {rest.text().strip()}" == text


def test_moments_are_absolute_and_in_the_sites_zone(house: House) -> None:
    house.clock.at = datetime(2026, 3, 14, 3, 12, tzinfo=UTC)
    house.waiting()
    house.clock.move(days=1)

    desk = signed_in(house).get("/desk/")

    assert desk.words(".meta time") == "23:12 yesterday"
    assert 'datetime="2026-03-13T23:12-04:00"' in desk.text
