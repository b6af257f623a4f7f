"""The desk's page of lists, the marks in a comment's text, the urgent word and the brake's sign."""

import pytest

from comments.actions.guard import brake
from comments.model import Reason
from tests.service.desk.desk import Desk, signed_in
from tests.service.web.house import House


def test_an_entry_is_added_shown_and_removed(house: House, desk: Desk) -> None:
    desk.get("/desk/lists/").press("Add", list="disallowed", kind="word", value="Kettle", days="30").follow()
    assert desk.words("#receipt") == "Added: kettle."
    row = desk.words("tbody tr")
    assert row.startswith("kettle by Marta")
    assert "for good" not in row

    desk.press("Remove").follow()

    assert desk.words("#receipt") == "Removed: kettle."
    assert not desk.has("tbody")


def test_an_address_is_shown_as_an_address_and_nothing_more(house: House, desk: Desk) -> None:
    desk.get("/desk/lists/").press("Add", kind="address", value="zelda@example.org").follow()

    assert desk.words("tbody th") == "an e-mail address"
    assert "zelda" not in desk.text
    assert "zelda" not in desk.get("/desk/record/").text


@pytest.mark.parametrize(("field", "values"), [("value", {"value": "ab"}), ("days", {"value": "kettle", "days": "x"})])
def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(
    desk: Desk, field: str, values: dict[str, str]
) -> None:
    desk.get("/desk/lists/").press("Add", list="disallowed", **values)

    assert desk.status == 422
    assert desk.has(f"#summary a[href='#{field}']")
    assert desk.page.css_first("#value").attributes["value"] == values["value"]
    assert desk.words("select[name=list] option[selected]") == "Disallowed list"


def test_the_filters_figures_are_shown(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/").press("Publish", within="#c-1")

    desk.get("/desk/lists/")

    assert "judges once it has seen 50 of each" in desk.words("[aria-labelledby=filter]")
    assert "1 published, 0 spam" in desk.words("[aria-labelledby=filter] dl")


def test_what_asks_for_care_is_marked_and_named_in_words_and_escaped(house: House, desk: Desk) -> None:
    house.waiting(comment="Call <b>me</b>: 416-555-0199 & write to <i>ada@mail.example</i>")
    number = house.newest()

    for path in ("/desk/", f"/desk/comments/{number}/"):
        said = desk.get(path).page.css_first(".said")
        assert [mark.text() for mark in said.css("mark")] == ["416-555-0199", "ada@mail.example"]
        assert [small.text() for small in said.css("small")] == ["(phone number)", "(e-mail address)"]
        assert not said.css("b, i")


def test_an_urgent_comment_stands_first_with_a_word(house: House, desk: Desk) -> None:
    house.waiting(comment="The first of two.")
    house.waiting(comment="I want to kill myself.")
    number = house.newest()

    desk.get("/desk/")

    assert desk.page.css("article.item")[0].attributes["id"] == f"c-{number}"
    assert "Urgent: read first" in desk.words(f"#c-{number}")
    assert "It may come from somebody in danger." in desk.get("/desk/one-by-one/").text


def test_an_urgent_change_of_a_published_comment_has_the_word_too(house: House, desk: Desk) -> None:
    number = house.approved()
    urgent = Reason("crisis", "It may come from somebody in danger.", urgent=True)
    house.ctx.store.set_proposed(number, "Changed.", (urgent,), house.clock())

    assert "Urgent: read first" in desk.get("/desk/").words(f"#c-{number}")


def test_the_brake_says_so_on_every_page_with_since_when_and_why(house: House, desk: Desk) -> None:
    assert not desk.get("/desk/").has("#brake")
    house.ctx.store.set_brake(house.clock(), "30 comments came within 10 minutes.")
    house.ctx.guard.forget()

    for path in ("/desk/", "/desk/record/", "/desk/settings/"):
        sign = desk.get(path).words("#brake")
        assert "every comment waits" in sign
        assert "30 comments came within 10 minutes." in sign
        assert desk.has("#brake time")


def test_looking_at_the_lists_releases_no_brake(house: House, desk: Desk) -> None:
    """No GET changes anything: the service itself looks every half a minute."""
    house.ctx.store.set_brake(house.clock(), "30 comments came within 10 minutes.")
    house.ctx.guard.forget()
    house.clock.move(seconds=3600)

    assert desk.get("/desk/lists/").status == 200

    assert house.ctx.store.get_guard().braked
    assert brake.look(house.ctx).braked is None


def test_moderators_see_no_lists(house: House) -> None:
    desk = signed_in(house, "Jonas", "moderator")

    assert "/desk/lists/" not in desk.get("/desk/").text
    assert desk.get("/desk/lists/").status == 403
