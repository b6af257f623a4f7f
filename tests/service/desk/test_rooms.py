"""The desk's other pages: articles, record, mail, settings, people."""

import re
from pathlib import Path

import pytest

from comments.actions.transfer import Foreign, take_in
from tests.service.desk.desk import Desk, public_page, signed_in, stranger
from tests.service.desk.test_door import PASSWORD
from tests.service.web.house import CLOSED, OFF, OPEN, House, open_house

NEW = "twelve louder kettles"


def test_one_thread_can_be_closed_held_and_opened_again(house: House, desk: Desk) -> None:
    path = f"/desk/articles/{OPEN}/"

    desk.get(path).press("Set", policy="closed").follow()
    assert desk.words("#receipt") == "The thread is closed. What was said stays on the page."
    assert desk.title.startswith("The thread is closed.")
    assert "data-reply" not in public_page(house)
    desk.press("Set", policy="held").follow()
    assert house.ctx.store.get_thread(OPEN).override == "held"
    desk.press("Set", policy="file").follow()
    assert house.ctx.store.get_thread(OPEN).override is None
    assert "data-reply" in public_page(house)


def test_the_list_of_articles_says_what_holds_and_can_be_searched(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/articles/")
    assert {"Open", "Closed", "No comments"} == {node.text() for node in desk.page.css("td .state")}
    assert desk.words(f"a[href='/desk/?article={OPEN}']") == "1"

    desk.get("/desk/articles/?q=DOOR")

    assert [a.attributes["href"] for a in desk.page.css("th a")] == [f"/desk/articles/{CLOSED}/"]
    assert desk.get("/desk/articles/?q=nowhere").words(".empty h2") == "Nothing was found."


def test_an_article_without_comments_says_where_that_is_changed(desk: Desk) -> None:
    desk.get(f"/desk/articles/{OFF}/")

    assert "That is changed there, not here." in desk.text
    assert not desk.has("main form")


def test_a_policy_we_do_not_know_is_told(house: House, desk: Desk) -> None:
    desk.get(f"/desk/articles/{OPEN}/").press("Set", policy="x").follow()

    assert desk.words("#receipt") == "Choose one of the four."
    assert house.ctx.store.get_thread(OPEN).override is None


def test_the_record_says_who_did_what_and_has_pages(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/").press("Publish", within="#c-1")

    row = desk.get("/desk/record/").words("tbody tr")
    assert "Marta" in row
    assert "Published" in row
    assert "Comment 1" in row
    with house.ctx.store.write():
        for _ in range(60):
            house.ctx.store.add_audit(house.clock(), "service", "something new")
    assert "Something new" in desk.get("/desk/record/").words("tbody")
    assert desk.get("/desk/record/?page=2").words("main nav span").startswith("Rows 51 to")
    assert desk.get("/desk/record/?comment=1").words("h1") == "Record of comment 1"
    assert desk.get("/desk/record/?page=99").status == 200


def test_letters_that_failed_stand_first_and_in_the_menu(house: House, desk: Desk) -> None:
    store, now = house.ctx.store, house.clock()
    account = store.list_accounts()[0].id
    for kind in ("moderate", "urgent"):
        store.add_letter(kind, now, now, account=account)
    person = store.add_person(now, None)
    failed = store.add_letter("prove", now, now, person=person)
    store.mark_failed(failed, "550 no such mailbox", retry=None, at=now)

    desk.get("/desk/mail/")

    assert desk.title.startswith("1 letter failed")
    row = desk.words("tbody tr")
    assert "A reader address hidden" in row
    assert "550 no such mailbox" in row
    assert desk.words(".menu .bad") == "1 failed"


def test_a_password_must_be_typed_twice_and_be_good(house: House, desk: Desk) -> None:
    for password, again, field in ((PASSWORD, "other", "again"), ("short", "short", "password")):
        desk.get("/desk/settings/").press("Set the password", password=password, again=again)
        assert desk.status == 422
        assert desk.title.startswith("Not set.")
        assert desk.page.css_first(f"#{field}").attributes["aria-invalid"] == "true"  # type: ignore[union-attr]
        assert desk.has(f"#summary a[href='#{field}']")
        assert PASSWORD not in desk.text


def test_a_new_password_ends_the_other_sign_ins(house: House, desk: Desk) -> None:
    other = signed_in(house)

    desk.get("/desk/settings/").press("Set the password", password=PASSWORD, again=PASSWORD).follow()

    assert "The password is set." in desk.words("#receipt")
    assert other.get("/desk/").status == 303


def test_a_password_is_changed_only_with_the_one_until_now(house: House, desk: Desk) -> None:
    desk.get("/desk/settings/")
    assert not desk.has("#current")
    desk.press("Set the password", password=PASSWORD, again=PASSWORD)
    first = house.ctx.store.list_accounts()[0].password

    for current in ("", "not that one at all"):
        desk.get("/desk/settings/").press("Set the password", current=current, password=NEW, again=NEW)
        assert desk.status == 422
        assert desk.page.css_first("#current").attributes["aria-invalid"] == "true"  # type: ignore[union-attr]
        assert desk.words("#current-e")
        assert desk.has("#summary a[href='#current']")
        assert house.ctx.store.list_accounts()[0].password == first

    desk.press("Set the password", current=PASSWORD, password=NEW, again=NEW).follow()
    assert "The password is set." in desk.words("#receipt")
    assert house.ctx.store.list_accounts()[0].password != first


def test_guessing_the_password_until_now_is_slowed_down(house: House, desk: Desk) -> None:
    desk.get("/desk/settings/").press("Set the password", password=PASSWORD, again=PASSWORD)
    desk.get("/desk/settings/")

    for _ in range(6):
        desk.press("Set the password", current="wrong and wrong again", password=NEW, again=NEW)

    assert desk.status == 429
    assert "wait" in desk.words("#current-e")
    assert desk.answer is not None
    assert int(desk.answer.headers["Retry-After"]) > 0


def test_every_setting_says_that_it_was_set(house: House, desk: Desk) -> None:
    for label, typed, told in (
        ("Set the address", {"email": "marta@example.org"}, "Letters go to the new address."),
        ("Set the address", {"email": ""}, "You get no letters any more."),
        ("Turn off", {}, "The single-letter keys are off in this browser."),
        ("Turn on", {}, "The single-letter keys are on in this browser."),
        ("Sign out everywhere else", {}, "Signed out elsewhere: 0."),
    ):
        desk.get("/desk/settings/").press(label, **typed).follow()
        assert desk.words("#receipt") == told


@pytest.mark.parametrize(("host", "told"), [("", "Written to var/mail"), ("mail.example.org", "Sent")])
def test_a_letter_that_only_went_into_the_folder_is_not_called_sent(
    tmp_path: Path, output: Path, host: str, told: str
) -> None:
    house = open_house(tmp_path, output, smtp_host=host)
    desk = signed_in(house)
    store, now = house.ctx.store, house.clock()
    store.mark_sent(store.add_letter("privacy", now, now, person=store.add_person(now, None)), now)

    assert desk.get("/desk/mail/").words("td .state") == told
    assert desk.words("tbody th") == "Link to own data"
    assert ("nobody gets them" in desk.text) == (not host)
    house.runtime.close()


def test_what_the_service_deleted_by_itself_has_a_name_in_the_record(house: House, desk: Desk) -> None:
    with house.ctx.store.write():
        house.ctx.store.add_audit(house.clock(), "service", "purge", detail={"comments": 2})

    assert "Deleted what was old" in desk.get("/desk/record/").words("tbody tr")


def test_an_author_is_one_of_those_who_write_here(house: House, desk: Desk) -> None:
    desk.get("/desk/people/")
    assert [option.text() for option in desk.page.css("#author option")] == ["Nobody", "Ada Author"]

    desk.press("Make the link", name="Bo", role="author", author="nobody-here")
    assert desk.status == 403
    assert house.ctx.store.find_account("Bo") is None
    desk.get("/desk/people/").press("Make the link", name="Bo", role="author", author="ada")
    assert house.ctx.store.find_account("Bo") is not None


def test_the_address_for_letters_is_set_and_never_shown(house: House, desk: Desk) -> None:
    desk.get("/desk/settings/").press("Set the address", email="marta at home")
    assert desk.status == 422
    assert "marta at home" in desk.text

    desk.press("Set the address", email="marta@example.org").follow()

    assert house.ctx.store.list_accounts()[0].has_address
    assert "marta@example.org" not in desk.get("/desk/settings/").text
    desk.press("Set the address", email="").follow()
    assert not house.ctx.store.list_accounts()[0].has_address


def test_the_letters_of_the_keyboard_can_be_turned_off(house: House, desk: Desk) -> None:
    house.waiting()
    assert desk.get("/desk/").has("script[src$='desk.js']")

    desk.get("/desk/settings/").press("Turn off")
    assert not desk.get("/desk/").has("script")
    assert not desk.has("#keyboard")
    desk.get("/desk/settings/").press("Turn on")
    assert desk.get("/desk/").has("script[src$='desk.js']")


def test_an_administrator_gives_somebody_a_desk(house: House, desk: Desk) -> None:
    desk.get("/desk/people/").press("Make the link", name="Jonas Beispiel", role="moderator")

    opened = desk.page.css_first("#link a")
    assert opened is not None
    found = re.fullmatch(r"https://notes.example.org(/desk/link/\S+)", str(opened.attributes["href"]))
    assert found
    copied = desk.page.css_first("#link input[readonly]")
    assert copied is not None
    assert copied.attributes["value"] == found[0]
    assert found[1] not in desk.get("/desk/people/").text
    new = stranger(house).get(found[1]).press("Sign in as Jonas Beispiel").follow()
    assert new.words(".me").startswith("Jonas Beispielmoderator")
    assert new.get("/desk/people/").status == 403
    desk.press("Make the link", name="Bo", role="author", author="")
    assert desk.status == 403
    assert house.ctx.store.find_account("Bo") is None


def test_an_author_of_brought_over_comments_is_shown_by_name_as_not_invited(house: House, desk: Desk) -> None:
    key, author = "ada", "Ada Author"
    came = Foreign("7", author, "", "Words.", "approved", house.clock(), author=key)
    take_in(house.ctx, "wordpress:old", OPEN, [came])

    (number,) = (each.id for each in house.ctx.store.list_accounts() if each.author == key)
    row = f"tr:has(a[href='/desk/people/{number}'])"
    desk.get("/desk/people/")
    assert desk.words(f"{row} th") == author
    assert desk.words(f"{row} .state") == "Not invited yet"
    assert not desk.has(f"{row} button")
    desk.get(f"/desk/people/{number}")
    assert desk.words("h1") == author
    assert "Nobody has invited them yet." in desk.words("main")
    assert "Let in again" not in desk.text
    assert "The import Noted the author of brought-over comments" in desk.get("/desk/record/").words("main")
    assert "The import Brought comments over" in desk.words("main")


def test_the_store_in_trouble_is_told_in_a_sentence(house: House, desk: Desk) -> None:
    (house.ctx.settings.var / "current").unlink()

    desk.get("/desk/")

    assert desk.status == 503
    assert desk.words("h1") == "This is not possible just now"
    assert "publish" in desk.text
    assert desk.answer is not None
    assert desk.answer.headers["Retry-After"]
