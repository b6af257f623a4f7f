"""Lists narrowed down: what can be combined, what stands in the address, and how it is taken away again."""

from dataclasses import replace
from datetime import UTC, datetime

from comments.actions import moderate
from comments.model import NewComment, Reason
from tests.service.desk.desk import Desk, signed_in
from tests.service.desk.test_queue import names
from tests.service.web.house import FRENCH, OPEN, House

FIRST = Reason("first", "First comment from this person.")
LINKS = Reason("links", "3 links; from 2 on a comment waits.")
DANGER = Reason("crisis", "The writer may be in danger.", urgent=True)


def fill(house: House) -> None:
    store = house.ctx.store
    person = store.add_person(house.clock(), None)
    plain = NewComment(OPEN, "Ann", "A kettle.", "<p>A kettle.</p>", 1, "pending", datetime(2026, 3, 1, 12, tzinfo=UTC))
    with store.write():
        store.add_comment(replace(plain, reasons=(FIRST,), person=person))
        store.add_comment(
            replace(plain, name="Bo", reasons=(FIRST, LINKS), created=datetime(2026, 3, 3, 4, tzinfo=UTC))
        )
        store.add_comment(replace(plain, name="Cy", thread=FRENCH, person=person, reasons=(LINKS,)))
        store.add_comment(replace(plain, name="Di", state="approved", person=person))


def test_a_list_is_narrowed_by_reason_writer_and_days_of_the_sites_zone(house: House, desk: Desk) -> None:
    fill(house)

    assert names(desk.get("/desk/?reason=links")) == ["Cy", "Bo"]
    assert names(desk.get("/desk/?person=1")) == ["Ann", "Cy"]
    assert names(desk.get("/desk/published/?person=1")) == ["Di"]
    # 04:00 of the third in UTC is late on the second in Toronto.
    assert names(desk.get("/desk/?since=2026-03-02&until=2026-03-02")) == ["Bo"]
    assert names(desk.get("/desk/?since=2026-03-03")) == []
    assert names(desk.get("/desk/?until=2026-03-01")) == ["Ann", "Cy"]


def test_all_that_narrows_can_be_combined_and_each_is_taken_away_by_itself(house: House, desk: Desk) -> None:
    fill(house)
    whole = f"/desk/?q=kettle&article={OPEN}&reason=first&person=1&since=2026-03-01&until=2026-03-02"

    assert names(desk.get(whole)) == ["Ann"]
    pills = desk.page.css(".pills .button")
    assert [pill.text(strip=True).split(",")[0] for pill in pills] == [
        "Words:“kettle”", "Article:The ten minutes", "Why:First comment", "Writer:Di", "From:1 March 2026",
        "To:2 March 2026",
    ]  # fmt: skip
    for pill in pills:
        address = str(pill.attributes["href"])
        assert address.count("=") == 5, address
        assert desk.get(address).status == 200
    assert [node.text() for node in desk.get("/desk/?reason=links").page.css(".tabs b")] == ["2", "0", "0", "0"]
    assert 'href="/desk/published/?reason=links"' in desk.text


def test_an_e_mail_address_is_never_searched_for_nor_kept_in_an_address(house: House, desk: Desk) -> None:
    house.waiting(email="ada@example.org", comment="Write to ada@example.org, please.")

    desk.get("/desk/?q=ada%40example.org&reason=first")

    assert "ada%40" not in desk.text
    assert 'value="ada@' not in desk.text
    assert "E-mail addresses are not searched for" in desk.words("#refused")
    assert names(desk.get("/desk/?q=example.org")) == ["Ada Specimen"]


def test_nonsense_in_an_address_narrows_nothing_or_finds_nothing(house: House, desk: Desk) -> None:
    fill(house)

    for query in (
        "since=yesterday",
        "until=2026-13-41",
        "since=0001-01-01",
        "until=9999-12-31",
        "person=x",
        "person=-1",
    ):
        assert names(desk.get(f"/desk/?{query}")) == ["Ann", "Cy", "Bo"], query
    for query in ("reason=%00", "person=99999", "article=%F0%9F%98%80"):
        assert desk.get(f"/desk/?{query}").words(".empty h2") == "Nothing was found.", query


def test_urgent_comments_stand_first_in_the_list_and_one_by_one(house: House, desk: Desk) -> None:
    fill(house)
    late = house.clock()
    new = NewComment(OPEN, "Eve", "I do not want to.", "<p>I</p>", 1, "pending", late, reasons=(FIRST, DANGER))
    house.ctx.store.add_comment(new)

    assert names(desk.get("/desk/")) == ["Eve", "Ann", "Cy", "Bo"]
    assert "urgent first, then oldest first" in desk.words(".head")
    seen = [desk.get(f"/desk/one-by-one/?at={at}").words("h1") for at in range(4)]
    assert seen == ["Eve", "Ann", "Cy", "Bo"]
    assert names(desk.get("/desk/?reason=links")) == ["Cy", "Bo"]


def test_one_by_one_keeps_to_what_the_list_was_narrowed_to(house: House, desk: Desk) -> None:
    fill(house)

    desk.get("/desk/?reason=links")
    assert 'href="/desk/one-by-one/?reason=links"' in desk.text
    assert desk.get("/desk/one-by-one/?reason=links").words("h1") == "Cy"
    assert "1 of 2" in desk.text
    desk.press("Later").follow()
    assert desk.words("h1") == "Bo"
    desk.press("Bin").follow()
    assert desk.words(".empty h2") == "That was the last."
    assert 'href="/desk/one-by-one/?reason=links"' in desk.text


def test_an_author_cannot_ask_why_comments_waited_or_who_wrote_them(house: House) -> None:
    fill(house)
    moderate.approve(house.ctx, "command line", 1)
    own = signed_in(house, "Ada", "author", author="ada")

    for query in ("reason=nothing", "person=99"):
        assert len(names(own.get(f"/desk/published/?article={OPEN}&{query}"))) == 2, query
    assert not own.has(".pills a[href*=reason]")
