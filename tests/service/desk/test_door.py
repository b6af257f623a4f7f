"""Coming in and going out."""

from datetime import timedelta

import pytest

from comments.actions import accounts
from tests.service.desk.desk import Desk, signed_in, stranger
from tests.service.web.house import SITE, House

PASSWORD = "eleven quiet kettles"


def with_password(house: House, name: str = "Marta") -> None:
    signed_in(house, name).get("/desk/settings/").press("Set the password", password=PASSWORD, again=PASSWORD)


def test_opening_a_link_changes_nothing_and_its_button_signs_in_once(house: House) -> None:
    link = accounts.sign_in_link(house.ctx, "Marta")
    desk = stranger(house)

    for _ in range(2):
        assert desk.get(link).status == 200
        assert stranger(house).get("/desk/").location == "/desk/sign-in?next=/desk/"
    desk.press("Sign in as Marta")

    assert desk.status == 303
    assert desk.follow().status == 200
    late = stranger(house).get(link)
    assert late.status == 404
    assert "used up" in late.text


def test_the_cookie_is_for_this_host_https_and_the_server_only(house: House) -> None:
    link = accounts.sign_in_link(house.ctx, "Marta")

    answer = stranger(house).get(link).press("Sign in").answer

    assert answer is not None
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; ")[1:])
    assert "Domain" not in cookie


def test_a_password_lets_in_and_a_wrong_one_says_so_with_the_name_kept(house: House) -> None:
    with_password(house)
    desk = stranger(house).get("/desk/sign-in")

    wrong = desk.press("Sign in", name="Marta", password="not this one at all")
    assert wrong.status == 403
    assert "do not fit together" in wrong.words("#problem")
    assert wrong.title.startswith("Not signed in.")
    assert 'value="Marta"' in wrong.text
    assert "not this one" not in wrong.text

    wrong.press("Sign in", name="Marta", password=PASSWORD)
    assert desk.follow().status == 200


def test_after_many_wrong_tries_the_form_rests(house: House) -> None:
    with_password(house)
    desk = stranger(house).get("/desk/sign-in")

    for _ in range(5):
        desk.press("Sign in", name="Marta", password="wrong and wrong again")
    desk.press("Sign in", name="Marta", password=PASSWORD)

    assert desk.status == 429
    assert desk.answer is not None
    assert int(desk.answer.headers["Retry-After"]) > 0
    assert "wait" in desk.words("#problem")


def test_unknown_names_get_the_same_answer_as_wrong_passwords(house: House) -> None:
    with_password(house)

    answers = []
    for name in ("Marta", "Nobody"):
        desk = stranger(house).get("/desk/sign-in").press("Sign in", name=name, password="wrong and wrong again")
        answers.append((desk.status, desk.words("#problem")))

    assert answers[0] == answers[1]


def test_signing_out_ends_it_on_the_server(desk: Desk, house: House) -> None:
    desk.get("/desk/")
    before = desk.client.get_cookie("__Host-desk", domain="notes.example.org")
    assert before is not None

    desk.press("Sign out", within="header")

    assert desk.location.startswith("/desk/sign-in?done=")
    assert desk.follow().words("[role=status]") == "You are signed out."
    assert "You are signed out." not in desk.get("/desk/sign-in").text
    again = stranger(house)
    again.client.set_cookie("__Host-desk", before.value, domain="notes.example.org", secure=True)
    assert again.get("/desk/").status == 303


def test_signing_in_throws_the_session_from_before_away(house: House) -> None:
    desk = stranger(house).get("/desk/sign-in")
    planted = desk.token()

    desk.get(accounts.sign_in_link(house.ctx, "Marta")).press("Sign in")

    assert desk.post("/desk/settings/elsewhere", csrf_token=planted).status == 400


def test_after_signing_in_one_is_where_one_wanted_to_be(house: House) -> None:
    with_password(house)
    desk = stranger(house).get("/desk/record/?page=1").follow()

    desk.press("Sign in", name="Marta", password=PASSWORD)

    assert desk.location == "/desk/record/?page=1"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/desk/", "//evil.example/desk/", "/desk/../../x", "/desk/\\evil", "/", "javascript:1"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(house: House, wanted: str) -> None:
    with_password(house)
    desk = stranger(house)
    desk.answer = desk.client.get("/desk/sign-in", query_string={"next": wanted})

    desk.press("Sign in", name="Marta", password=PASSWORD, next=wanted)

    assert desk.location in ("/desk/", f"{SITE}/desk/")


def test_whoever_is_signed_in_need_not_sign_in(desk: Desk) -> None:
    assert desk.get("/desk/sign-in").location == "/desk/"


def test_the_short_address_leads_to_the_desk(desk: Desk) -> None:
    assert desk.get("/desk").location == "/desk/"


def test_looking_keeps_the_sign_in_alive_and_writes_nothing_into_the_store(house: House) -> None:
    """ASVS 7.3.1: twelve idle hours end it; promise 4: no GET changes anything."""
    desk = signed_in(house, "Marta")
    (session,) = house.ctx.store.list_sessions(1, house.clock())

    for _hour in range(14):
        house.clock.at += timedelta(hours=1)
        assert desk.get("/desk/").status == 200
        assert house.ctx.store.list_sessions(1, house.clock()) == [session]

    house.clock.at += timedelta(hours=12)
    assert desk.get("/desk/").location == "/desk/sign-in?next=/desk/"


def test_only_what_can_still_be_used_is_listed_as_open(house: House) -> None:
    forgotten, reading = signed_in(house, "Marta"), signed_in(house, "Marta")
    for _hours in range(2):
        house.clock.at += timedelta(hours=11)
        assert reading.get("/desk/").status == 200
    here = signed_in(house, "Marta")
    assert forgotten.get("/desk/").location.startswith("/desk/sign-in")
    assert len(accounts.list_sessions(house.ctx, house.ctx.store.get_account(1))) == 3

    house.clock.at += timedelta(hours=2)

    assert reading.get("/desk/").location.startswith("/desk/sign-in")
    shown = here.get("/desk/settings/").text
    assert ("This one" in shown, "Sign out there" in shown) == (True, False)
    assert len(accounts.list_sessions(house.ctx, house.ctx.store.get_account(1))) == 1


def test_a_copy_of_the_cookie_from_twelve_hours_ago_is_worth_nothing(house: House) -> None:
    desk = signed_in(house, "Marta")
    copy = desk.client.get_cookie("__Host-desk", domain="notes.example.org")
    assert copy
    house.clock.at += timedelta(hours=11)
    assert desk.get("/desk/").status == 200
    house.clock.at += timedelta(hours=2)
    assert desk.get("/desk/").status == 200

    desk.client.set_cookie("__Host-desk", copy.value, domain="notes.example.org", secure=True)

    assert desk.get("/desk/").location == "/desk/sign-in?next=/desk/"
