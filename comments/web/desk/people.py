"""Who has a desk: inviting, making links, giving another role, taking the desk away. For administrators."""

from typing import get_args

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import accounts, authorship, invitations, roles, second_step
from comments.errors import Invalid, NotFound, Refused
from comments.model import Role
from comments.web.desk.acts import answer
from comments.web.desk.confirm import confirmed
from comments.web.desk.door import account, context, needs
from comments.web.desk.pages import page
from comments.web.desk.receipts import Receipt
from comments.web.errors import problem_of
from comments.web.service import service
from comments.words import _

ROLES: tuple[Role, ...] = get_args(Role)


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/people/", "people", show_people)
    desk.add_url_rule("/people/", "add_person", add_person, methods=["POST"])
    desk.add_url_rule("/people/<int:number>", "account", show_account)
    desk.add_url_rule("/people/<int:number>", "switch_person", change_account, methods=["POST"])
    desk.add_url_rule("/people/invitations/", "invite", invite, methods=["POST"])
    desk.add_url_rule("/people/invitations/<int:number>", "withdraw", withdraw, methods=["POST"])


@needs("accounts")
def show_people() -> ResponseReturnValue:
    """Who has a desk, and who was asked to come."""
    return _people()


@needs("accounts")
@confirmed
def add_person() -> ResponseReturnValue:
    """A sign-in link for somebody, new or known. It is shown once, on this answer only."""
    name, role = request.form.get("name", "").strip(), request.form.get("role", "")
    known = context().store.find_account(name)
    role = known.role if known else role
    author = (request.form.get("author") or None) if role == "author" else None
    try:
        if role not in ROLES or (role == "author" and not known and not author):
            raise _choose()
        link = accounts.sign_in_link(context(), name, role, author=author, actor=account())
    except Refused as problem:
        return _people(problem=str(problem), status=problem_of(problem).status)
    return _people(link=f"{service().desk_url}{link}")


@needs("accounts")
@confirmed
def invite() -> ResponseReturnValue:
    """A letter with a link, by which somebody makes an account."""
    typed = {name: request.form.get(name, "").strip() for name in ("email", "called", "role", "author")}
    try:
        role = _role(typed["role"], typed["author"])
        invitations.invite(
            context(), account(), typed["email"], role, name=typed["called"], author=typed["author"] or None
        )
    except Invalid as wrong:
        return _people(errors=wrong.fields, typed=typed, status=problem_of(wrong).status)
    except Refused as problem:
        return _people(problem=str(problem), typed=typed, status=problem_of(problem).status)
    if not context().settings.smtp_host:
        told = _("Invited. No mail server is set: the letter with the link is a file in {folder}.")
        return _done(told.format(folder="var/mail"))
    return _done(_("The invitation is on its way."))


@needs("accounts")
@confirmed
def withdraw(number: int) -> ResponseReturnValue:
    """An invitation that was not used yet works no longer."""
    try:
        invitations.withdraw(context(), account(), number)
    except NotFound as gone:
        return answer(Receipt(str(gone), "none"), url_for("desk.people"))
    return _done(_("The invitation is withdrawn. Its link works no longer."))


@needs("accounts")
def show_account(number: int) -> ResponseReturnValue:
    """One account, with what can be changed about it."""
    return _account(number)


@needs("accounts")
@confirmed
def change_account(number: int) -> ResponseReturnValue:
    """Take somebody's desk away or give it back, give them another role, or take away a second step they lost."""
    ctx, other = context(), context().store.get_account(number)
    sentence = _("Nothing was changed.")
    try:
        match request.form.get("act"):
            case "disable":
                accounts.set_disabled(ctx, account(), number, True)
                sentence = _("{name} can no longer sign in.")
            case "enable":
                accounts.set_disabled(ctx, account(), number, False)
                sentence = _("{name} can sign in again.")
            case "role":
                author = request.form.get("author", "")
                roles.set_role(ctx, account(), number, _role(request.form.get("role", ""), author), author or None)
                sentence = _("{name} has another role now, and was signed out.")
            case "second step":
                second_step.switch_off(ctx, account(), number)
                sentence = _("{name} signs in without a code now.")
    except Refused as problem:
        return _account(number, str(problem), problem_of(problem).status)
    return _done(sentence.format(name=other.name))


def _role(role: str, author: str) -> Role:
    if role not in ROLES or (role == "author" and not author):
        raise _choose()
    return role


def _choose() -> Refused:
    return Refused(_("Choose what the person may do; of an author also who it is."))


def _authors() -> dict[str, str]:
    return {each.key: each.name for entry in context().manifest().threads.values() for each in entry.authors}


def _people(
    link: str = "",
    problem: str = "",
    status: int = 200,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> ResponseReturnValue:
    store = context().store
    return page(
        "people.html",
        status,
        people=store.list_accounts(),
        second_steps={number for number, _sealed in store.list_second_steps()},
        invitations=store.list_invitations(),
        authors=_authors(),
        standing={each.id for each in store.list_accounts() if authorship.is_standing(each)},
        link=link,
        problem=problem,
        errors=errors or {},
        typed=typed or {},
        now=context().now(),
    )


def _account(number: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
    other = context().store.get_account(number)
    on = second_step.is_on(context(), number)
    return page(
        "account.html",
        status,
        other=other,
        standing=authorship.is_standing(other),
        second_step=on,
        authors=_authors(),
        problem=problem,
    )


def _done(sentence: str) -> ResponseReturnValue:
    return answer(Receipt(sentence, "published"), url_for("desk.people"))
