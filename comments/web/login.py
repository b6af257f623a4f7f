"""The desk's door: with name and password, or once by a link; and out again."""

from typing import Any

from flask import Blueprint, Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from comments.actions import accounts
from comments.actions.accounts import HalfWay, SignedIn
from comments.errors import BadToken, Invalid, Refused, TooFast
from comments.web.desk import arrivals, receipts
from comments.web.desk.door import SIGN_IN, check_form, context, current_session, for_strangers, remember
from comments.web.desk.expired import carried, carried_path
from comments.web.desk.pages import page
from comments.web.desk.problems import install
from comments.web.errors import problem_of
from comments.words import _

# The style sheet is here too: the door needs it before anybody is signed in.
login = Blueprint("login", __name__, url_prefix="/desk", static_folder="../static", static_url_path="/static")


def register(app: Flask) -> None:
    """Put the door into the app, after the desk."""
    app.register_blueprint(login)


login.before_request(check_form)
install(login)
arrivals.register(login)


@login.get("/sign-in")
@for_strangers
def form() -> ResponseReturnValue:
    """The form, for whoever is not signed in yet."""
    wanted = receipts.local_path(request.args.get("next", ""), "")
    if current_session() is not None:
        return redirect(wanted or url_for("desk.queue"), 303)
    return page("sign_in.html", next=wanted)


@login.post("/sign-in")
@for_strangers
def sign_in() -> ResponseReturnValue:
    """Check name and password, then ask for the code, or go where the person wanted to."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        entered = accounts.sign_in(context(), name, password, request.remote_addr or "")
    except (Refused, TooFast) as problem:
        told = problem_of(problem)
        return page("sign_in.html", told.status, told.wait, problem=told.message, name=name, **_luggage())
    return _arrive(entered)


@login.post("/code")
@for_strangers
def code() -> ResponseReturnValue:
    """The second step: a code of the app, or a recovery code."""
    ticket = request.form.get("ticket", "")
    try:
        entered = accounts.finish_sign_in(context(), ticket, request.form.get("code", ""))
    except (Invalid, TooFast) as problem:
        told = problem_of(problem)
        return page("code.html", told.status, told.wait, problem=told.message, ticket=ticket, **_luggage())
    except BadToken as problem:
        return page("sign_in.html", problem_of(problem).status, problem=str(problem), **_luggage())
    return _arrive(entered)


@login.get("/link/<token>")
@for_strangers
def link(token: str) -> ResponseReturnValue:
    """A button: mail scanners and previews open links, so that opening alone must change nothing."""
    return _link_page(token)


@login.post("/link/<token>")
@for_strangers
def enter(token: str) -> ResponseReturnValue:
    """Sign in, and use the link up."""
    try:
        return _arrive(accounts.sign_in_by_link(context(), token))
    except BadToken:
        return _link_page(token)


@login.post("/sign-out")
@for_strangers
def sign_out() -> ResponseReturnValue:
    """End the sign-in, here and in the store."""
    accounts.sign_out(context(), session.get(SIGN_IN))
    session.clear()
    told = receipts.Receipt(_("You are signed out."), "none")
    return redirect(receipts.address_after(url_for("login.form"), told), 303)


def _arrive(entered: SignedIn | HalfWay) -> ResponseReturnValue:
    """On to the code, to the form that waited for the sign-in, or to the page that was wanted."""
    luggage = _luggage()
    if isinstance(entered, HalfWay):
        return page("code.html", ticket=entered.ticket, **luggage)
    remember(entered)
    if luggage["path"]:
        return page("go_on.html", kept=luggage["kept"], path=luggage["path"])
    return redirect(str(luggage["next"]) or url_for("desk.queue"), 303)


def _luggage() -> dict[str, Any]:
    """What goes along through the door: the page that was wanted, and a form that came too late."""
    wanted = receipts.local_path(request.form.get("next", ""), "")
    return {"next": wanted, "kept": carried(), "path": carried_path()}


def _link_page(token: str) -> ResponseReturnValue:
    try:
        account = accounts.look_at_link(context(), token)
    except BadToken as problem:
        sentence = _("{problem} An administrator, or whoever runs the server, can make a new one.")
        return page("link.html", 404, problem=sentence.format(problem=problem))
    return page("link.html", who=account)
