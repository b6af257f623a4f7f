"""Every address of the app, with arguments that lead somewhere: no route can be forgotten by a test over all."""

from dataclasses import dataclass

from comments.actions import invitations
from comments.actions.accounts import sign_in_link
from comments.actions.subscriptions import manage_token
from tests.service.web.house import OPEN, House
from tests.service.web.reviewers import preview


@dataclass(frozen=True)
class Address:
    path: str
    methods: frozenset[str]
    endpoint: str


def addresses(house: House) -> list[Address]:
    """One address for each rule of the URL map, all of them about one comment that was approved and one that waits."""
    approved = house.approved()
    waiting = house.waiting().rsplit("/", 1)[-1]
    ctx = house.ctx
    comment = ctx.store.get_comment(house.newest())
    link = sign_in_link(ctx, "Editor").rsplit("/", 1)[-1]
    editor = ctx.store.list_accounts()[0].id
    asked = ctx.store.add_subscription(comment.person or 0, comment.id, "replies", house.clock())
    subscription = ctx.tokens.sign("subscription", {"subscription": asked})
    tokens = {
        "mine": waiting,
        "mine.prove": ctx.tokens.sign("prove", {"person": comment.person or 0}),
        "mine.look_at_proof": ctx.tokens.sign("prove", {"person": comment.person or 0}),
        "moderate": ctx.tokens.sign("moderate", {"comment": comment.id, "account": editor, "version": comment.version}),
        "login": link,
        "subscriptions.look": subscription,
        "subscriptions.act": subscription,
        "subscriptions.look_at_all": manage_token(ctx, comment.person or 0),
        "subscriptions.act_on_all": manage_token(ctx, comment.person or 0),
        "login.invitation": invitation(house),
        "login.accept": invitation(house),
        "login.show_reset": ctx.tokens.sign("reset", {"account": editor, "mark": ctx.vault.mark(b"")}),
        "login.reset": ctx.tokens.sign("reset", {"account": editor, "mark": ctx.vault.mark(b"")}),
        "preview": preview(house.runtime.var, house.clock()).token,
        "privacy": ctx.tokens.sign(
            "privacy", {"person": comment.person or 0, "mark": mark(house, comment.person or 0)}
        ),
    }
    usual = {
        "thread": OPEN, "comment": approved, "number": comment.id, "person": 1, "release": 1, "tab": "spam",
        "kind": "csv", "filename": "desk.css", "path": f"2026/{OPEN}/",
    }  # fmt: skip
    found = []
    with house.app.test_request_context(base_url="https://notes.example.org"):
        for rule in house.app.url_map.iter_rules():
            token = tokens.get(rule.endpoint) or tokens.get(rule.endpoint.split(".")[0], "")
            values = {name: value for name, value in (usual | {"token": token}).items() if name in rule.arguments}
            built = rule.build(values | (rule.defaults or {}), append_unknown=False)
            assert built is not None, rule
            found.append(Address(built[1], frozenset(rule.methods or ()), rule.endpoint))
    return found


def invitation(house: House) -> str:
    """The token in an invitation's link."""
    invited = invitations.invite(house.ctx, "command line", "guest@example.org", "moderator")
    return invitations.path_of(house.ctx, "command line", invited.id).rsplit("/", 1)[-1]


def mark(house: House, person: int) -> str:
    """What binds a link to the address of this person."""
    stored = house.ctx.store.find_address(person)
    return house.ctx.vault.mark(stored[0]) if stored else ""
