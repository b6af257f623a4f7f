"""Every form has its token, and a form that comes too late loses nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from comments.actions import accounts
from tests.service.desk.desk import HEADERS, Desk, signed_in, stranger
from tests.service.desk.test_door import PASSWORD, with_password
from tests.service.web.house import OPEN, SITE, House, open_house

PAGES = (
    "/desk/",
    "/desk/?select=all",
    "/desk/published/",
    "/desk/spam/",
    "/desk/bin/",
    "/desk/one-by-one/",
    "/desk/one-by-one/?at=9",
    "/desk/comments/1/",
    "/desk/comments/1/edit",
    "/desk/comments/1/reply",
    "/desk/comments/1/erase",
    "/desk/writers/1/",
    "/desk/?reason=first&since=2026-01-01",
    "/desk/insights/",
    "/desk/articles/",
    f"/desk/articles/{OPEN}/",
    "/desk/record/",
    "/desk/mail/",
    "/desk/publication/",
    "/desk/publication/releases/1/",
    "/desk/settings/",
    "/desk/settings/second-step",
    "/desk/people/",
    "/desk/lists/",
    "/desk/people/1",
    "/desk/record/?who=Marta&what=submit&since=2026-01-01",
)


def posts(house: House) -> Iterator[str]:
    """The path of every route of the desk that takes forms."""
    values = {"number": 1, "person": 1, "release": 1, "thread": OPEN, "token": "x"}
    for rule in house.app.url_map.iter_rules():
        if rule.rule.startswith("/desk") and "POST" in (rule.methods or ()):
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), rule.rule)


def everything(house: House) -> list[object]:
    """All that a form of the desk can change."""
    store = house.ctx.store
    return [list(store.iterate_comments()), store.list_threads(), store.list_accounts(), len(store.list_audit())]


def test_every_form_that_changes_something_carries_a_token(house: House, desk: Desk) -> None:
    house.waiting()

    for path in PAGES:
        for form in desk.get(path).page.css("form[method=post]"):
            assert form.css_first("input[name=csrf_token]"), (path, form.html)
        assert desk.status == 200, path


def test_no_route_takes_a_form_without_a_token(house: House, desk: Desk) -> None:
    house.waiting()
    before = everything(house)

    for path in posts(house):
        for token in ("", "x.y.z"):
            assert desk.post(path, csrf_token=token, act="approve", text="New").status == 400, path

    assert everything(house) == before


def test_no_route_takes_a_form_from_elsewhere(house: House, desk: Desk) -> None:
    house.waiting()
    token = desk.get("/desk/").token()
    before = everything(house)

    for path in posts(house):
        foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
        answer = desk.client.post(path, data={"csrf_token": token, "act": "approve"}, headers=HEADERS | foreign)
        assert answer.status_code == 403, path

    assert everything(house) == before


def test_opening_any_page_changes_nothing(house: House, desk: Desk) -> None:
    house.waiting()
    before = everything(house)

    for path in PAGES:
        desk.get(path)
        desk.client.head(path)

    assert everything(house) == before


def test_a_form_that_waited_too_long_keeps_the_text_and_goes_on(house: House, desk: Desk) -> None:
    house.waiting()
    desk.get("/desk/comments/1/edit")
    with desk.client.session_transaction(base_url=SITE) as session:
        session["csrf_token"] = "somebody signed in anew meanwhile"

    desk.press("Save and publish", text="My long work.\nOn two lines.", reason="A reason")

    assert desk.status == 400
    assert desk.title.startswith("Nothing done yet.")
    assert house.ctx.store.get_comment(1).state == "pending"
    desk.press("Go on")
    assert house.ctx.store.get_comment(1).source == "My long work.\nOn two lines."
    assert house.ctx.store.get_comment(1).state == "approved"


def test_when_the_sign_in_is_over_too_one_signs_in_and_goes_on(house: House) -> None:
    with_password(house)
    desk = signed_in(house)
    house.waiting()
    desk.get("/desk/comments/1/edit")
    house.clock.move(hours=13)

    desk.press("Save and publish", text="My long work.\nOn two lines.", reason="A reason")
    assert desk.status == 403 or desk.status == 400
    assert "What you typed is kept" in desk.text
    assert "My long work." in desk.words("textarea")
    desk.press("Sign in", name="Marta", password="wrong, I am afraid").press("Sign in", name="Marta", password=PASSWORD)
    assert desk.words("h1") == "You are signed in"
    desk.press("Go on")

    assert house.ctx.store.get_comment(1).source == "My long work.\nOn two lines."


def test_ticks_are_kept_as_well(house: House, desk: Desk) -> None:
    house.waiting()
    house.waiting()
    desk.get("/desk/")

    desk.post("/desk/bulk", csrf_token="old", act="spam", comment=["1", "2"], versions="1.1,2.1").press("Go on")

    assert house.ctx.store.count_by_state()["spam"] == 2


def test_a_password_is_never_handed_back(house: House, desk: Desk) -> None:
    desk.post("/desk/settings/password", csrf_token="old", password=PASSWORD, again=PASSWORD)

    assert desk.status == 400
    assert PASSWORD not in desk.text


def test_forms_pass_over_https_behind_a_proxy(tmp_path: Path, output: Path) -> None:
    house = open_house(tmp_path, output, proxies=1)
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    inside = "http://notes.example.org"
    client = house.visitor()
    link = accounts.sign_in_link(house.ctx, "Marta")
    desk = Desk(house, client, client.get(link, base_url=inside, headers=forwarded))

    answer = client.post(
        link,
        base_url=inside,
        headers=HEADERS | forwarded | {"Referer": SITE + link},
        data={"csrf_token": desk.token()},
    )

    assert answer.status_code == 303
    assert "__Host-desk=" in answer.headers["Set-Cookie"]
    assert client.get("/desk/", base_url=inside, headers=forwarded).status_code == 200
    house.runtime.close()


@pytest.mark.parametrize("path", [*PAGES, "/desk/sign-in", "/desk/comments/99/"])
def test_pages_hold_no_inline_script_or_style_and_ask_nothing_of_others(house: House, desk: Desk, path: str) -> None:
    house.waiting()
    page = desk.get(path) if path != "/desk/sign-in" else stranger(house).get(path)

    assert not page.has("style, [style], script:not([src]), [onclick], iframe, img, object")
    for node in page.page.css("[src], link[href], form[action]"):
        for name in ("src", "href", "action"):
            assert str(node.attributes.get(name, "/")).startswith("/"), node.html
    assert page.answer is not None
    headers = page.answer.headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"
