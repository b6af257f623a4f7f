"""Who may do what: every route of the desk, for every role."""

import re

import pytest

from comments.model import Role
from tests.service.desk.desk import signed_in, stranger
from tests.service.web.house import OPEN, House

# What a role gets from each route. Routes that are missing here make the test fail.
EVERYBODY = {
    "GET /desk", "GET /desk/settings/", "POST /desk/settings/password", "POST /desk/settings/email",
    "POST /desk/settings/letters", "POST /desk/articles/<thread>/letters",
    "POST /desk/settings/keys", "POST /desk/settings/elsewhere",
    "POST /desk/settings/sessions/<int:number>",
    "GET /desk/settings/second-step", "POST /desk/settings/second-step",
    "GET /desk/", "GET /desk/<any(published, spam, bin):tab>/",
    "GET /desk/comments/<int:number>/", "GET /desk/comments/<int:number>/reply",
    "POST /desk/comments/<int:number>/reply",
}  # fmt: skip
MODERATORS = {
    "GET /desk/one-by-one/", "GET /desk/comments/<int:number>/edit", "POST /desk/comments/<int:number>/edit",
    "POST /desk/comments/<int:number>/address", "GET /desk/comments/<int:number>/erase",
    "POST /desk/comments/<int:number>/erase", "POST /desk/comments/<int:number>/decide", "POST /desk/bulk",
    "POST /desk/undo", "GET /desk/articles/", "GET /desk/articles/<thread>/", "POST /desk/articles/<thread>/",
    "GET /desk/record/", "GET /desk/record/<any(csv, jsonl):kind>", "GET /desk/mail/", "POST /desk/mail/<int:number>",
    "GET /desk/publication/", "GET /desk/writers/<int:person>/", "GET /desk/insights/",
}  # fmt: skip
ADMINISTRATORS = {
    "GET /desk/lists/", "POST /desk/lists/", "POST /desk/lists/<int:number>",
    "GET /desk/people/", "POST /desk/people/", "GET /desk/people/<int:number>", "POST /desk/people/<int:number>",
    "POST /desk/people/invitations/", "POST /desk/people/invitations/<int:number>",
    "GET /desk/publication/releases/<int:release>/", "POST /desk/publication/releases/<int:release>/",
}  # fmt: skip
DOOR = {
    "GET /desk/sign-in", "POST /desk/sign-in", "GET /desk/link/<token>", "POST /desk/link/<token>",
    "POST /desk/sign-out", "POST /desk/code", "GET /desk/forgotten", "POST /desk/forgotten",
    "GET /desk/reset/<token>", "POST /desk/reset/<token>", "GET /desk/invitation/<token>",
    "POST /desk/invitation/<token>",
    "GET /desk/static/<path:filename>",
}  # fmt: skip
FILLED = {"number": "1", "person": "1", "release": "1", "thread": OPEN, "tab": "published", "kind": "csv"}


def routes(house: House) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in house.app.url_map.iter_rules()
        for method in (rule.methods or ()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith(("desk.", "login."))
    }


def path_of(route: str) -> str:
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: FILLED[found[1]], route.partition(" ")[2])


def test_every_route_is_in_the_table(house: House) -> None:
    assert routes(house) == EVERYBODY | MODERATORS | ADMINISTRATORS | DOOR


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("administrator", EVERYBODY | MODERATORS | ADMINISTRATORS),
        ("moderator", EVERYBODY | MODERATORS),
        ("author", EVERYBODY),
    ],
)
def test_a_role_gets_what_it_may_and_nothing_else(house: House, role: Role, allowed: set[str]) -> None:
    house.approved(email="ada@example.org")
    desk = signed_in(house, "Somebody", role, author="ada" if role == "author" else None)

    for route in sorted(EVERYBODY | MODERATORS | ADMINISTRATORS):
        if desk.get("/desk/settings/").status == 303:  # the route before ended this very sign-in
            desk = signed_in(house, "Somebody", role, author="ada" if role == "author" else None).get("/desk/settings/")
        token = desk.token()
        if route.startswith("GET"):
            desk.get(path_of(route))
        else:
            desk.post(path_of(route), csrf_token=token, act="nothing", role="moderator", name="New", policy="x")
        assert (desk.status == 403) == (route not in allowed), (role, route, desk.status)


def test_a_stranger_gets_nothing_but_the_door(house: House) -> None:
    house.approved()

    for route in sorted(EVERYBODY | MODERATORS | ADMINISTRATORS):
        if route.startswith("GET"):
            desk = stranger(house).get(path_of(route))
            assert desk.status == 303, (route, desk.text)
            assert desk.location.startswith("/desk/sign-in"), route
        else:
            desk = stranger(house).get("/desk/sign-in")
            desk.post(path_of(route), csrf_token=desk.token(), act="trash")
            assert desk.status in (400, 403), route
            assert "Sign in" in desk.title
    assert house.ctx.store.get_comment(1).state == "approved"


def test_an_author_answers_published_comments_on_own_articles_and_sees_nothing_else(house: House) -> None:
    shown = house.approved(comment="A question for the author.")
    house.waiting(comment="This one waits.")
    waiting = house.newest()
    with house.ctx.store.write():
        house.ctx.store.add_account("Bo", "author", house.clock(), "bo")  # whose articles were all withdrawn
    own, other = signed_in(house, "Ada", "author", author="ada"), signed_in(house, "Bo", "author", author="bo")

    assert "The ten minutes" in own.get("/desk/").text
    own.get(f"/desk/published/?article={OPEN}")
    assert "A question for the author." in own.text
    assert "This one waits." not in own.text
    assert own.get(f"/desk/comments/{waiting}/").status == 404
    own.get(f"/desk/comments/{shown}/reply").press("Publish", text="My answer.").follow()
    assert "Published." in own.words("#receipt")

    assert "The ten minutes" not in other.get("/desk/").text
    assert other.get(f"/desk/comments/{shown}/").status == 404
    assert other.get(f"/desk/published/?article={OPEN}").words("h1") == "Your articles"


def test_whoever_is_locked_out_is_out_at_once(house: House) -> None:
    boss, other = signed_in(house, "Marta"), signed_in(house, "Jonas", "moderator")
    number = next(account.id for account in house.ctx.store.list_accounts() if account.name == "Jonas")

    boss.get("/desk/people/").press("Lock out").follow()

    assert "Jonas can no longer sign in." in boss.words("#receipt")
    assert other.get("/desk/").status == 303
    boss.get("/desk/people/").press("Let in again")
    assert not house.ctx.store.get_account(number).disabled
