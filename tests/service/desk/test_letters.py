"""The outbox at the desk, and when letters come to each of its people."""

import pytest

from comments.model import LetterChoice
from tests.service.desk.desk import Desk, signed_in
from tests.service.web.house import House

ADDRESS = "very.own.address@mailbox.example.net"


def letter(house: House, error: str = "", *, given_up: bool = False) -> int:
    """A letter to a reader, as it stands after a try that failed."""
    store, now = house.ctx.store, house.clock()
    person = store.add_person(now, None)
    store.set_address(person, house.ctx.vault.seal(f"person:{person}", ADDRESS), house.ctx.vault.lookup(ADDRESS))
    number = store.add_letter("reply", now, now, person=person)
    if error:
        store.claim_letters(now, now)
        house.clock.move(minutes=1)
        store.mark_failed(number, error, retry=None if given_up else house.clock(), at=house.clock())
    return number


def test_what_waits_what_is_tried_again_and_what_was_given_up_is_told_with_its_reason(house: House, desk: Desk) -> None:
    letter(house, "The mail server does not take letters for this reader (550).", given_up=True)
    letter(house, "The mail server took too long to answer.")
    letter(house)

    desk.get("/desk/mail/")

    rows = [" ".join(row.text().split()) for row in desk.page.css("tbody tr")]
    assert ["Given up" in row for row in rows] == [True, False, False]
    assert "“The mail server does not take letters for this reader (550).”" in rows[0]
    again = next(row for row in rows if "Tried again" in row)
    assert "1 try." in again
    assert "“The mail server took too long to answer.”" in again
    assert "By itself at" in again
    assert sum("Try again now" in row for row in rows) == 2
    assert "mailbox.example" not in desk.text


def test_a_button_has_a_letter_tried_again_now(house: House, desk: Desk) -> None:
    number = letter(house, "The mail server cannot be reached, or hung up.", given_up=True)

    desk.get("/desk/mail/").press("Try again now").follow()

    assert desk.words("#receipt") == "It is tried again now. Look here in a moment."
    (again,) = house.ctx.store.list_letters()
    assert (again.id, again.failed, again.due) == (number, None, house.clock())
    assert [row.detail for row in house.ctx.store.list_audit() if row.action == "retry letter"] == [{"letter": number}]
    house.ctx.store.mark_sent(number, house.clock())
    desk.post(f"/desk/mail/{number}", csrf_token=desk.get("/desk/mail/").token()).follow()
    assert desk.words("#receipt") == "This letter was sent already."


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("at once", "Letters come as things happen, at most one every ten minutes."),
        ("daily", "One letter a day comes, at 7:00."),
        ("urgent", "Only urgent comments are mailed to you."),
    ],
)
def test_everybody_sets_when_letters_come(house: House, desk: Desk, when: str, told: str) -> None:
    assert "When letters come" not in desk.get("/desk/settings/").text  # without an address none do
    desk.press("Set the address", email="marta@example.org").follow()

    desk.press("Set when they come", when=when, hour="7").follow()

    assert desk.words("#receipt") == told
    number = next(account.id for account in house.ctx.store.list_accounts() if account.name == "Marta")
    assert house.ctx.store.get_letter_choice(number) == LetterChoice(when, 7)  # type: ignore[arg-type]  # one of three
    assert desk.page.css_first("#when option[selected]").attributes["value"] == when
    assert desk.words("#hour option[selected]") == "7:00"


def test_a_choice_we_do_not_offer_is_told(house: House) -> None:
    author = signed_in(house, "Ada", "author", author="ada")
    author.get("/desk/settings/").press("Set the address", email="ada@example.org").follow()

    author.press("Set when they come", when="hourly", hour="7")

    assert author.status == 422
    assert author.has("#when[aria-invalid]")
    assert author.words("#when-e") == "Choose one of the three, and a full hour."
