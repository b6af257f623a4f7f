"""The waiting page, the proof of a mailbox, and the moderator's link: looking changes nothing, buttons do."""

import re

import pytest

from comments.actions import moderate
from tests.service.web.house import OPEN, House, Visitor, page


def moderator_link(house: House, comment: int) -> str:
    """The path in a moderator's letter about this comment."""
    store = house.ctx.store
    found = store.find_account("Mo") or store.get_account(store.add_account("Mo", "moderator", house.clock()))
    subject = {"comment": comment, "account": found.id, "version": store.get_comment(comment).version}
    return f"/comments/moderate/{house.ctx.tokens.sign('moderate', subject)}"


def test_the_text_can_be_changed_for_a_quarter_of_an_hour(house: House, visitor: Visitor) -> None:
    waiting = house.waiting()
    version = page(visitor.get(waiting)).css_first("input[name=version]").attributes["value"]

    changed = visitor.post(waiting, data={"do": "edit", "comment": "Better *so*.", "version": version})

    assert (changed.status_code, changed.headers["Location"]) == (303, f"{waiting}?saved")
    shown = page(visitor.get(changed.headers["Location"]))
    assert shown.css_first("[role=status]").text() == "Your change is saved."
    assert shown.css_first("button[value=prove]") is not None
    assert shown.css_first(".waiting em").text() == "so"
    assert page(visitor.get(waiting)).css_first("[role=status]") is None


def test_a_change_that_is_wrong_keeps_the_text_and_tells_why(house: House, visitor: Visitor) -> None:
    waiting = house.waiting()
    too_long = "x" * 10_001

    answer = visitor.post(waiting, data={"do": "edit", "comment": too_long, "version": "1"})

    shown = page(answer)
    assert answer.status_code == 422
    assert shown.css_first("title").text().startswith("Error: ")
    assert shown.css_first(".summary a").attributes["href"] == "#comment"
    assert shown.css_first("textarea#comment").attributes["aria-describedby"] == "comment-error"
    assert shown.css_first("textarea#comment").text().strip() == too_long


def test_after_a_quarter_of_an_hour_it_is_too_late_but_the_text_is_kept(house: House, visitor: Visitor) -> None:
    waiting = house.waiting()
    house.clock.move(minutes=16)

    answer = visitor.post(waiting, data={"do": "edit", "comment": "Too slow.", "version": "1"})

    assert answer.status_code == 403
    assert page(answer).css_first("textarea#comment").text().strip() == "Too slow."
    assert page(visitor.get(waiting)).css_first("textarea") is None
    assert visitor.post(waiting, data={"do": "delete"}).status_code == 403


def test_a_change_of_what_was_changed_meanwhile_is_409(house: House, visitor: Visitor) -> None:
    waiting = house.waiting()
    moderate.edit(house.ctx, "command line", house.newest(), "The moderator was here.", reason="Mended")

    answer = visitor.post(waiting, data={"do": "edit", "comment": "Mine.", "version": "1"})

    assert answer.status_code == 409


def test_the_writer_can_delete_it(house: House, visitor: Visitor) -> None:
    waiting = house.waiting()

    assert visitor.post(waiting, data={"do": "delete"}).status_code == 303
    assert page(visitor.get(waiting)).css_first("textarea") is None
    assert house.ctx.store.get_comment(house.newest()).state == "trash"


def test_an_approved_comment_is_led_to_on_its_page(house: House, visitor: Visitor) -> None:
    waiting = house.waiting()
    moderate.approve(house.ctx, "command line", house.newest())

    anchor = f"/2026/{OPEN}/#comment-{house.newest()}"
    assert page(visitor.get(waiting)).css_first(f'a[href="{anchor}"]') is not None
    assert f'id="comment-{house.newest()}"' in visitor.get(f"/2026/{OPEN}/").text


@pytest.mark.parametrize("verb", ["", "approve", "edit "])
def test_a_button_the_page_does_not_have_does_nothing(house: House, visitor: Visitor, verb: str) -> None:
    waiting = house.waiting()

    assert visitor.post(waiting, data={"do": verb}).status_code == 403
    assert house.ctx.store.get_comment(house.newest()).version == 1


def test_the_mailbox_is_proven_by_a_button_behind_the_mailed_link(house: House, visitor: Visitor) -> None:
    waiting = house.waiting(visitor)
    told = visitor.post(waiting, data={"do": "prove"})
    person = house.ctx.store.get_comment(house.newest()).person
    link = f"/comments/prove/{house.ctx.tokens.sign('prove', {'person': person or 0})}"

    looked = visitor.get(link)
    unproven = house.ctx.store.get_person(person or 0).proven
    pressed = visitor.post(link)

    assert page(told).css_first("[role=status]").text()
    assert looked.status_code == 200
    assert unproven is None
    assert pressed.status_code == 200
    assert "__Host-person=" in pressed.headers["Set-Cookie"]
    assert house.ctx.store.get_person(person or 0).proven is not None
    assert visitor.post(link).status_code == 404


def test_a_moderator_decides_by_the_link_once(house: House, visitor: Visitor) -> None:
    house.waiting(comment="Read **me**.")
    link = moderator_link(house, house.newest())

    looked = page(visitor.get(link))
    state_after_looking = house.ctx.store.get_comment(house.newest()).state
    done = visitor.post(link, data={"do": "approve"})

    assert looked.css_first(".said strong").text() == "me"
    assert [button.attributes["value"] for button in looked.css("main button")] == ["approve", "spam", "trash"]
    assert "ada@example.org" not in looked.html
    assert state_after_looking == "pending"
    assert done.status_code == 200
    assert house.ctx.store.get_comment(house.newest()).state == "approved"
    assert visitor.post(link, data={"do": "trash"}).status_code in (404, 409)
    assert house.ctx.store.get_comment(house.newest()).state == "approved"


def test_a_moderator_who_comes_second_is_told(house: House, visitor: Visitor) -> None:
    house.waiting()
    link = moderator_link(house, house.newest())
    moderate.trash(house.ctx, "command line", house.newest())

    assert visitor.get(link).status_code == 409
    assert visitor.post(link, data={"do": "approve"}).status_code == 409


@pytest.mark.parametrize("verb", ["accept_edit", "erase", ""])
def test_a_link_allows_only_what_it_shows(house: House, visitor: Visitor, verb: str) -> None:
    house.waiting()

    assert visitor.post(moderator_link(house, house.newest()), data={"do": verb}).status_code == 403
    assert house.ctx.store.get_comment(house.newest()).state == "pending"


# Each kind of link, and a day on which it is over.
ROUTES = {"mine": 91, "prove": 4, "moderate": 8}


def links(house: House) -> dict[str, str]:
    house.waiting()
    comment = house.ctx.store.get_comment(house.newest())
    sign = house.ctx.tokens.sign
    return {
        "mine": sign("mine", {"comment": comment.id}),
        "prove": sign("prove", {"person": comment.person or 0}),
        "moderate": moderator_link(house, comment.id).rsplit("/", 1)[-1],
    }


def test_a_token_of_one_purpose_opens_nothing_else(house: House, visitor: Visitor) -> None:
    found = links(house) | {"form": house.token()}

    for route in ROUTES:
        for purpose, token in found.items():
            expected = 200 if purpose == route else 404
            assert visitor.get(f"/comments/{route}/{token}").status_code == expected, (route, purpose)
            if purpose != route:
                assert visitor.post(f"/comments/{route}/{token}", data={"do": "delete"}).status_code in (403, 404)
    for purpose in ROUTES:
        preview = visitor.post(f"/comments/{OPEN}", data=house.form(token=found[purpose]))
        assert page(preview).css_first("form.acts") is not None
    assert house.ctx.store.count_comments() == 1


@pytest.mark.parametrize("route", ROUTES)
def test_an_altered_token_opens_nothing(house: House, visitor: Visitor, route: str) -> None:
    token = links(house)[route]
    other = links(house)[route]
    body, signature = token.split(".")
    flipped = "B" if body[5] == "A" else "A"
    altered = [
        f"{body[:5]}{flipped}{body[6:]}.{signature}",
        f"{other.split('.')[0]}.{signature}",
        f"{body}.{signature[:-2]}",
        f"{body}.{signature.swapcase()}",
        f"{body}.",
        body,
        ".",
    ]

    for bad in altered:
        assert visitor.get(f"/comments/{route}/{bad}").status_code == 404, bad
        assert visitor.post(f"/comments/{route}/{bad}", data={"do": "delete"}).status_code in (403, 404), bad


@pytest.mark.parametrize(("route", "days"), ROUTES.items())
def test_a_token_ends_with_its_time(house: House, visitor: Visitor, route: str, days: int) -> None:
    token = links(house)[route]
    house.clock.move(days=days)

    assert visitor.get(f"/comments/{route}/{token}").status_code == 404
    assert visitor.post(f"/comments/{route}/{token}", data={"do": "approve"}).status_code in (403, 404)


def test_no_page_of_the_service_shows_the_writers_address(house: House, visitor: Visitor) -> None:
    waiting = house.waiting(visitor, email="very.private@example.org")
    link = moderator_link(house, house.newest())

    for path in (waiting, link):
        assert not re.search("very|private", visitor.get(path).text)
