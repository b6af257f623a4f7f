"""Values that no form of ours sends: answered like any mistake, never by a trace."""

import re

import pytest

from comments.actions import accounts
from tests.service.desk.desk import Desk
from tests.service.web.house import OPEN, House

DIGITS = "9" * 5_000
VALUES = (
    DIGITS,
    f"{DIGITS}.1",
    f"1.{DIGITS}",
    f"1.1,{DIGITS}.{DIGITS}",
    "9" * 19,
    "9" * 19 + ".1",
    "1." + "9" * 19,
    "-1",
    "0.0",
    "\u0663",
    "\u00b2",
    "\x00",
    "\ufffd\u202e",
    ",".join(["1.1"] * 2_000),
    "/desk/[",
    "/desk/%zz?\u00e9#",
    "../../etc/passwd",
    "a@b@c",
)
FIELDS = (
    "undo", "comment", "versions", "seen", "version", "at", "back", "policy", "text", "reason", "name", "role",
    "author", "current", "password", "again", "email", "keys", "next", "kept-path",
)  # fmt: skip
ACTS = {
    "/desk/bulk": ("approve", "restore"),
    "/desk/comments/1/decide": ("approve", "restore", "accept_edit"),
    "/desk/comments/1/edit": ("publish",),
}


def forms(house: House) -> list[str]:
    """Every address that takes a form, with hostile numbers in it too."""
    found = []
    for rule in house.app.url_map.iter_rules():
        if rule.endpoint.startswith(("desk.", "login.")) and "POST" in (rule.methods or ()):
            for number in ("1", "9" * 19, DIGITS) if {"number", "release"} & rule.arguments else ("1",):
                values = {"number": number, "release": number, "thread": OPEN, "token": "x.y"}
                found.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda each, values=values: values[each[1]], rule.rule))  # type: ignore[misc]
    return found


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_no_form_fails_on_a_hostile_value(house: House, desk: Desk, value: str) -> None:
    house.waiting()

    for path in forms(house):
        desk.get(accounts.sign_in_link(house.ctx, "Marta")).press("Sign in")  # one of them signs out
        for act in ACTS.get(path, ("x",)):
            fields = dict.fromkeys(FIELDS, value)
            desk.post(path, csrf_token=desk.get("/desk/settings/").token(), act=act, **fields)
            assert desk.status < 500, (path, desk.text)
            if desk.status == 303 and desk.location.startswith("/desk/"):
                assert desk.follow().status < 500, path


@pytest.mark.parametrize(
    ("path", "field", "value", "told"),
    [
        ("/desk/undo", "undo", f"{DIGITS}.1", "Nothing was selected. Tick comments first."),
        ("/desk/bulk", "comment", DIGITS, "Nothing was selected. Tick comments first."),
    ],
)
def test_numbers_beyond_all_comments_are_nothing_selected(
    house: House, desk: Desk, path: str, field: str, value: str, told: str
) -> None:
    house.waiting()
    token = desk.get("/desk/").token()

    desk.post(path, csrf_token=token, act="spam", **{field: value}).follow()

    assert desk.words("#receipt p") == told
    assert house.ctx.store.get_comment(1).state == "pending"


def test_addresses_with_absurd_numbers_are_pages_that_do_not_exist(desk: Desk) -> None:
    for number in (DIGITS, "9" * 19, "9" * 10, "\u0663"):
        for path in (f"/desk/comments/{number}/", f"/desk/comments/{number}/edit", f"/desk/?page={number}"):
            assert desk.get(path).status in (200, 303, 404), path
