"""Role x route x object, generated from the routes themselves: ASVS 8.1.1, 8.2.1 to 8.2.3, 8.3.1.

A view says who it is for where it is written (``needs``, ``for_everybody``, ``for_strangers``); a route whose view says
nothing fails here, and so does a public route that is not in the table below.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule

from comments.actions import accounts, invitations, moderate
from comments.model import Role
from comments.web.desk.door import EVERYBODY, PERMISSION, STRANGERS
from tests.service.desk.desk import Desk, signed_in, stranger
from tests.service.web.house import CLOSED, OPEN, House

# What a role is for, written down a second time: the code's own table must not be its own judge.
ACTS: dict[str, set[str]] = {
    "administrator": {
        EVERYBODY,
        "reply",
        "moderate",
        "see_address",
        "erase",
        "threads",
        "accounts",
        "release",
        "lists",
    },
    "moderator": {EVERYBODY, "reply", "moderate", "see_address", "erase", "threads"},
    "author": {EVERYBODY, "reply"},
}
ROLES: tuple[Role, ...] = ("author", "moderator", "administrator")
# What readers and commenters use: by their own token or nobody's, never by a sign-in.
PUBLIC = {"public", "mine", "subscriptions", "moderate", "privacy", "search", "preview", "site"}
STATIC = "login.static"


def permission_of(app: Flask, rule: Rule) -> str | None:
    return getattr(app.view_functions[rule.endpoint], PERMISSION, None)


def desk_routes(house: House) -> list[tuple[str, Rule, str]]:
    """Method, rule and permission of every route of the desk."""
    return [
        (method, rule, permission_of(house.app, rule) or "")
        for rule in house.app.url_map.iter_rules()
        if rule.endpoint.startswith(("desk.", "login.")) and rule.endpoint != STATIC
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


@dataclass
class Objects:
    """One of everything that a route may be about, and whether an author of the open article may see it."""

    own: int
    waiting: int
    spam: int
    binned: int

    def values(self, argument: str) -> list[tuple[str, bool]]:
        return {
            "number": [
                (str(self.own), True),
                *((str(each), False) for each in (self.waiting, self.spam, self.binned, 99)),
            ],
            "release": [("1", False)],
            "thread": [(OPEN, True), (CLOSED, False), ("nowhere", False)],
            "tab": [("published", True), ("spam", True), ("bin", True)],  # an author gets a list of own articles
            "kind": [("csv", False), ("jsonl", False)],
            "token": [("x", False)],
            "person": [("1", False), ("99", False)],
        }[argument]


@pytest.fixture
def objects(house: House) -> Objects:
    ctx = house.ctx
    own, spam, binned = (house.approved() for _comment in range(3))
    moderate.spam(ctx, "command line", spam)
    moderate.trash(ctx, "command line", binned)
    house.waiting()
    accounts.sign_in_link(ctx, "Other", "moderator")
    invitations.invite(ctx, "command line", "guest@example.org", "moderator")
    return Objects(own, house.newest(), spam, binned)


def addresses(rule: Rule, objects: Objects) -> Iterator[tuple[str, bool]]:
    """The rule's paths, each with whether it is about what an author of the open article may see."""
    if not rule.arguments - set(rule.defaults or {}):
        yield rule.rule, True
        return
    (argument,) = rule.arguments - set(rule.defaults or {})
    for value, own in objects.values(argument):
        yield re.sub(r"<[^>]+>", value, rule.rule), own


def test_every_route_says_who_it_is_for(house: House) -> None:
    unsaid = [str(rule) for _method, rule, permission in desk_routes(house) if not permission]
    strangers = {
        rule.endpoint.partition(".")[0]
        for rule in house.app.url_map.iter_rules()
        if not rule.endpoint.startswith(("desk.", "login."))
    }

    assert unsaid == []
    assert strangers <= PUBLIC
    assert {permission for _m, _r, permission in desk_routes(house)} <= {STRANGERS, *ACTS["administrator"]}


def test_only_the_door_is_for_strangers(house: House) -> None:
    for _method, rule, permission in desk_routes(house):
        assert (permission == STRANGERS) == rule.endpoint.startswith("login."), rule


def test_a_route_that_says_nothing_is_found(house: House) -> None:
    house.app.view_functions["desk.record"] = lambda: ""

    assert [rule.rule for _m, rule, permission in desk_routes(house) if not permission] == ["/desk/record/"]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_is_its_own_with_every_object(house: House, objects: Objects, role: Role) -> None:
    desk = signed_in(house, "Somebody", role, author="ada" if role == "author" else None)
    asked = 0

    for method, rule, permission in desk_routes(house):
        if permission == STRANGERS:
            continue
        for path, own in addresses(rule, objects):
            status = ask(desk, method, path)
            asked += 1
            if permission not in ACTS[role]:
                assert status == 403, (role, method, path, status)
            elif role == "author" and not own and "/comments/" in path:
                assert status == 404, (role, method, path, status)
            else:
                assert status != 403, (role, method, path, status)
                assert status < 500, (role, method, path, status)
    assert asked > 60


@pytest.mark.parametrize("who", ["nobody", "deactivated"])
def test_whoever_has_no_desk_gets_nothing_but_the_door(house: House, objects: Objects, who: str) -> None:
    desk = stranger(house) if who == "nobody" else deactivated(house)
    before = [list(house.ctx.store.iterate_comments()), house.ctx.store.list_accounts(), house.ctx.store.list_threads()]

    for method, rule, permission in desk_routes(house):
        if permission == STRANGERS:
            continue
        for path, _own in addresses(rule, objects):
            status = ask(desk, method, path)
            if method == "GET":
                assert status == 303, (who, path)
                assert desk.location.startswith("/desk/sign-in"), path
            else:
                assert status == 400, (who, path)
                assert "Sign in" in desk.title
    after = [list(house.ctx.store.iterate_comments()), house.ctx.store.list_accounts(), house.ctx.store.list_threads()]
    assert after == before


def test_nobody_ends_somebody_elses_session(house: House) -> None:
    """ASVS 8.2.2: a number in the address opens nothing."""
    marta, jonas = signed_in(house, "Marta"), signed_in(house, "Jonas", "moderator")
    foreign = house.ctx.store.list_sessions(marta_id(house), house.clock())[0].id

    jonas.post(f"/desk/settings/sessions/{foreign}", csrf_token=jonas.get("/desk/settings/").token())

    assert marta.get("/desk/").status == 200


def ask(desk: Desk, method: str, path: str) -> int:
    if method == "GET":
        return desk.get(path).status
    token = desk.get("/desk/settings/" if desk.get("/desk/settings/").status == 200 else "/desk/sign-in").token()
    return desk.post(path, csrf_token=token, act="nothing", role="moderator", name="New", policy="x", text="").status


def deactivated(house: House) -> Desk:
    desk = signed_in(house, "Gone", "administrator")
    signed_in(house, "Marta")
    number = next(account.id for account in house.ctx.store.list_accounts() if account.name == "Gone")
    accounts.set_disabled(house.ctx, "command line", number, True)
    return desk


def marta_id(house: House) -> int:
    return next(account.id for account in house.ctx.store.list_accounts() if account.name == "Marta")
