"""Ways to the desk through the mailbox: an invitation, and a new password for whoever forgot theirs."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import invitations, reset
from comments.errors import BadToken, Invalid, TooFast
from comments.web.desk import receipts
from comments.web.desk.door import context, for_strangers, remember
from comments.web.desk.pages import page
from comments.web.errors import problem_of
from comments.words import _


def register(login: Blueprint) -> None:
    login.add_url_rule("/forgotten", "forgotten", show_forgotten)
    login.add_url_rule("/forgotten", "ask_reset", ask_reset, methods=["POST"])
    login.add_url_rule("/reset/<token>", "show_reset", show_reset)
    login.add_url_rule("/reset/<token>", "reset", set_anew, methods=["POST"])
    login.add_url_rule("/invitation/<token>", "invitation", show_invitation)
    login.add_url_rule("/invitation/<token>", "accept", accept, methods=["POST"])


# -- a new password ---------------------------------------------------------------------------------------------------
@for_strangers
def show_forgotten() -> ResponseReturnValue:
    return page("forgotten.html")


@for_strangers
def ask_reset() -> ResponseReturnValue:
    """Have the link mailed. The answer does not tell whether the name or the address is known."""
    try:
        told = reset.ask(context(), request.form.get("who", ""), request.remote_addr or "")
    except TooFast as rest:
        return page("forgotten.html", problem_of(rest).status, rest.wait, problem=str(rest))
    return page("forgotten.html", told=told)


@for_strangers
def show_reset(token: str) -> ResponseReturnValue:
    """The fields for a new password. A mail scanner that opens the link changes nothing."""
    return _reset_page(token)


@for_strangers
def set_anew(token: str) -> ResponseReturnValue:
    """Set the password. It signs nobody in: the form does that, and asks for a code where one is asked for."""
    try:
        reset.set_anew(context(), token, _password())
    except Invalid as wrong:
        return _reset_page(token, wrong)
    except BadToken:
        return _reset_page(token)
    told = receipts.Receipt(_("The password is set. Sign in with it."), "published")
    return redirect(receipts.address_after(url_for("login.form"), told), 303)


def _reset_page(token: str, wrong: Invalid | None = None) -> ResponseReturnValue:
    try:
        who = reset.look(context(), token)
    except BadToken as problem:
        return page("reset.html", problem_of(problem).status, problem=str(problem))
    return page("reset.html", problem_of(wrong).status if wrong else 200, who=who, errors=wrong.fields if wrong else {})


# -- an invitation ----------------------------------------------------------------------------------------------------
@for_strangers
def show_invitation(token: str) -> ResponseReturnValue:
    """Who asks, to what, and the fields for name and password. Opening it uses nothing up."""
    return _invitation_page(token)


@for_strangers
def accept(token: str) -> ResponseReturnValue:
    """Make the account, and come in."""
    name = request.form.get("name", "")
    try:
        entered = invitations.accept(context(), token, name, _password())
    except Invalid as wrong:
        return _invitation_page(token, name, wrong)
    except BadToken:
        return _invitation_page(token)
    remember(entered)
    told = receipts.Receipt(_("Welcome. Your account is made, and you are signed in."), "published")
    return redirect(receipts.address_after(url_for("desk.settings"), told), 303)


def _invitation_page(token: str, name: str | None = None, wrong: Invalid | None = None) -> ResponseReturnValue:
    try:
        found = invitations.look(context(), token)
    except BadToken as problem:
        return page("invitation.html", problem_of(problem).status, problem=str(problem))
    return page(
        "invitation.html",
        problem_of(wrong).status if wrong else 200,
        found=found,
        name=found.name if name is None else name,
        errors=wrong.fields if wrong else {},
    )


def _password() -> str:
    """What was typed twice.

    :raise Invalid: the two are not the same.
    """
    new, again = request.form.get("password", ""), request.form.get("again", "")
    if new != again:
        raise Invalid({"again": _("The two are not the same. Type the password twice.")})
    return new
