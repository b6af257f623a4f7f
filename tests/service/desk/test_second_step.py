"""The second step, new passwords, invitations and sessions as people meet them, without scripts."""

import re

from comments.actions import invitations
from comments.web.desk.door import SIGN_IN
from tests.service.actions.apps import App, set_up
from tests.service.desk.desk import Desk, signed_in, stranger
from tests.service.desk.test_door import PASSWORD, with_password
from tests.service.web.house import House

NEW = "twelve louder kettles"


def with_app(house: House) -> tuple[App, list[str]]:
    with_password(house)
    account = house.ctx.store.find_account("Marta")
    assert account
    return set_up(house.ctx, account)


def test_it_is_set_up_with_picture_key_and_link_and_shows_its_codes_once(house: House) -> None:
    """ASVS 6.3.3, 6.5.1."""
    with_password(house)
    desk = signed_in(house).get("/desk/settings/second-step").press("Begin")
    key = desk.words("#key")
    assert desk.has("svg path")
    assert desk.has("a[href^='otpauth://totp/Notes:Marta?']")

    desk.press("Set it up", code="12")
    assert desk.status == 422
    assert desk.has("#summary a[href='#code']")
    assert desk.words("#key") == key

    desk.press("Set it up", code=App(key).code(house.clock()))
    codes = [node.text() for node in desk.page.css("#codes code")]
    assert len(codes) == 10
    assert codes[0] not in desk.get("/desk/settings/second-step").text
    assert "10 recovery codes are left" in desk.text

    door = stranger(house).get("/desk/record/").follow().press("Sign in", name="Marta", password=PASSWORD)
    assert door.words("h1") == "The code from your app"
    assert door.client.get("/desk/").status_code == 303
    door.press("Sign in", code="nonsense")
    assert door.status == 422
    assert door.title.startswith("Not signed in.")
    door.press("Sign in", code=codes[0])
    assert door.location == "/desk/record/"


def test_a_text_that_came_too_late_passes_the_second_step_too(house: House) -> None:
    app, _codes = with_app(house)
    house.waiting()
    desk = signed_in_with_code(house, app)
    desk.get("/desk/comments/1/edit")
    house.clock.move(hours=13)

    desk.press("Save and publish", text="My long work.\nOn two lines.", reason="Shorter")
    desk.press("Sign in", name="Marta", password=PASSWORD).press("Sign in", code="wrong")
    desk.press("Sign in", code=app.code(house.clock())).press("Go on")

    assert house.ctx.store.get_comment(1).source == "My long work.\nOn two lines."


def signed_in_with_code(house: House, app: App) -> Desk:
    desk = stranger(house).get("/desk/sign-in").press("Sign in", name="Marta", password=PASSWORD)
    desk.press("Sign in", code=app.code(house.clock()))
    assert desk.status == 303
    return desk


def test_switching_it_off_asks_who_it_is(house: House) -> None:
    app, _codes = with_app(house)
    desk = signed_in_with_code(house, app)
    house.clock.move(minutes=11)

    desk.get("/desk/settings/second-step").press("Switch it off")
    assert desk.words("h1") == "Is it you?"
    desk.press("Go on", confirm=app.code(house.clock()))

    assert desk.status == 303
    assert house.ctx.store.find_second_step(1) is None


def test_a_dangerous_step_asks_once_in_ten_minutes_and_keeps_what_was_typed(house: House) -> None:
    """ASVS 7.5.1, 7.5.3: opening an address, erasing, roles, invitations, one's address, going back to a release."""
    with_password(house)
    house.approved(email="ada@example.org")
    desk = signed_in(house)
    house.clock.move(minutes=11)

    desk.get("/desk/people/").press("Send the invitation", email="guest@example.org", called="Guest", role="moderator")
    assert (desk.status, desk.words("h1")) == (403, "Is it you?")
    assert house.ctx.store.list_invitations() == []
    assert PASSWORD not in desk.text
    desk.press("Go on", confirm="not my password")
    assert desk.status == 422
    assert "not my password" not in desk.text
    desk.press("Go on", confirm=PASSWORD)
    assert desk.status == 303
    assert [each.name for each in house.ctx.store.list_invitations()] == ["Guest"]

    house.clock.move(minutes=9)
    assert "ada@example.org" in desk.get("/desk/comments/1/").press("Show address").text
    house.clock.move(minutes=2)
    for path, button, typed in (
        ("/desk/comments/1/", "Show address", {}),
        ("/desk/comments/1/erase", "Erase for good", {}),
        ("/desk/people/", "Make the link", {"name": "New", "role": "moderator"}),
        ("/desk/people/", "Withdraw", {}),
        ("/desk/settings/", "Set the address", {"email": "marta@example.org"}),
        ("/desk/settings/second-step", "Begin", {}),
    ):
        desk.get(path).press(button, **typed)
        assert (desk.status, desk.words("h1")) == (403, "Is it you?"), path
        assert "ada@example.org" not in desk.text
    assert not house.ctx.store.get_comment(1).erased


def test_whoever_came_by_a_link_alone_needs_a_new_one(house: House, desk: Desk) -> None:
    house.clock.move(minutes=11)

    desk.get("/desk/settings/").press("Set the password", password=PASSWORD, again=PASSWORD)

    assert desk.status == 403
    assert "Sign in by a new link" in desk.text
    assert PASSWORD not in desk.text
    assert house.ctx.store.list_accounts()[0].password is None


def test_guessing_at_a_dangerous_step_is_slowed_down(house: House) -> None:
    with_password(house)
    desk = signed_in(house)
    house.clock.move(minutes=11)
    desk.get("/desk/settings/second-step").press("Begin")

    for _try in range(6):
        desk.press("Go on", confirm="wrong and wrong again")

    assert desk.status == 429
    assert [row.action for row in house.ctx.store.list_audit()].count("refuse confirmation") == 5


def test_sessions_are_listed_and_ended_one_by_one(house: House) -> None:
    """ASVS 7.4.1, 7.5.2: seen and ended; the old id is dead on the server."""
    here, there = signed_in(house), signed_in(house)
    assert [node.text() for node in here.get("/desk/settings/").page.css("#sessions b")] == ["This one"]
    assert len(here.page.css("#sessions li")) == 2

    here.press("Sign out there").follow()

    assert "signed out there" in here.words("#receipt")
    assert there.get("/desk/").status == 303
    assert here.get("/desk/").status == 200


def test_signing_in_gives_a_new_id_each_time(house: House) -> None:
    """ASVS 7.2.4, threat "fixation"."""
    with_password(house)
    desk, seen = stranger(house), set()
    for _time in range(3):
        desk.get("/desk/sign-in").press("Sign in", name="Marta", password=PASSWORD)
        with desk.client.session_transaction(base_url="https://notes.example.org") as session:
            seen.add(session[SIGN_IN])
        desk.get("/desk/").press("Sign out", within="header")
    assert len(seen) == 3


def test_another_role_ends_the_sign_ins_at_once(house: House) -> None:
    """ASVS 7.4.2."""
    boss, other = signed_in(house), signed_in(house, "Jonas", "moderator")
    number = next(account.id for account in house.ctx.store.list_accounts() if account.name == "Jonas")

    boss.get(f"/desk/people/{number}").press("Set the role", role="author", author="ada").follow()

    assert "another role" in boss.words("#receipt")
    assert other.get("/desk/").status == 303
    assert "From moderator to author" in boss.get("/desk/record/?what=set+role").words("tbody tr")
    own = house.ctx.store.find_account("Marta")
    assert own
    assert not boss.get(f"/desk/people/{own.id}").has("main form")


def test_a_guest_comes_in_by_the_letters_link(house: House) -> None:
    """ASVS 6.4.1."""
    made = invitations.invite(house.ctx, "command line", "guest@example.org", "author", author="ada")
    path = invitations.path_of(house.ctx, "command line", made.id)
    guest = stranger(house).get(path)
    assert "guest@example.org" not in guest.text

    guest.press("Make my account", name="Guest", password="short", again="short")
    assert guest.status == 422
    assert guest.has("#summary a[href='#password']")
    assert "short" not in re.sub(r"<[^>]+>", "", guest.text)
    guest.press("Make my account", password=PASSWORD, again=PASSWORD).follow()

    assert "Your account is made" in guest.words("#receipt")
    assert guest.words(".me").startswith("Guestauthor")
    assert stranger(house).get(path).status == 404


def test_a_forgotten_password_is_set_by_the_letters_link(house: House) -> None:
    with_password(house)
    answers = set()
    for name in ("Marta", "Nobody"):
        asked = stranger(house).get("/desk/sign-in").get("/desk/forgotten").press("Send me the link", who=name)
        answers.add((asked.status, asked.words("#told")))
    assert len(answers) == 1
    account = house.ctx.store.find_account("Marta")
    assert account
    mark = house.ctx.vault.mark((account.password or "").encode())
    path = f"/desk/reset/{house.ctx.tokens.sign('reset', {'account': account.id, 'mark': mark})}"

    desk = stranger(house).get(path).press("Set the password", password=NEW, again="other")
    assert desk.status == 422
    desk.press("Set the password", password=NEW, again=NEW).follow()

    assert desk.words("h1") == "Sign in to the desk"
    desk.press("Sign in", name="Marta", password=NEW)
    assert desk.status == 303
    assert stranger(house).get(path).status == 404
