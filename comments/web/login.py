"""The desk's door: with name and password, or once by a link; and out again."""

from flask import Blueprint, Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from comments.actions import accounts
from comments.actions.accounts import SignedIn
from comments.errors import BadToken, Refused, TooFast
from comments.web.desk import receipts
from comments.web.desk.door import SIGN_IN, check_form, context, current_session
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


@login.get("/sign-in")
def form() -> ResponseReturnValue:
    """The form, for whoever is not signed in yet."""
    wanted = receipts.local_path(request.args.get("next", ""), "")
    if current_session() is not None:
        return redirect(wanted or url_for("desk.queue"), 303)
    return page("sign_in.html", next=wanted)


@login.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Check name and password, then go where the person wanted to."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    wanted = receipts.local_path(request.form.get("next", ""), "")
    kept, path = carried(), carried_path()
    try:
        entered = accounts.sign_in(context(), name, password, request.remote_addr or "")
    except (Refused, TooFast) as problem:
        told = problem_of(problem)
        typed = {"name": name, "next": wanted, "kept": kept, "path": path}
        return page("sign_in.html", told.status, told.wait, problem=told.message, **typed)
    remember(entered)
    if path:
        return page("go_on.html", kept=kept, path=path)
    return redirect(wanted or url_for("desk.queue"), 303)


@login.get("/link/<token>")
def link(token: str) -> ResponseReturnValue:
    """A button: mail scanners and previews open links, so that opening alone must change nothing."""
    return _link_page(token)


@login.post("/link/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Sign in, and use the link up."""
    try:
        remember(accounts.sign_in_by_link(context(), token))
    except BadToken:
        return _link_page(token)
    return redirect(url_for("desk.queue"), 303)


@login.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the sign-in, here and in the store."""
    accounts.sign_out(context(), session.get(SIGN_IN))
    session.clear()
    told = receipts.Receipt(_("You are signed out."), "none")
    return redirect(receipts.address_after(url_for("login.form"), told), 303)


def remember(entered: SignedIn) -> None:
    # Nothing of the session from before may live on: somebody else may have planted it.
    session.clear()
    session[SIGN_IN] = entered.cookie


def _link_page(token: str) -> ResponseReturnValue:
    try:
        account = accounts.look_at_link(context(), token)
    except BadToken as problem:
        sentence = _("{problem} An administrator, or whoever runs the server, can make a new one.")
        return page("link.html", 404, problem=sentence.format(problem=problem))
    return page("link.html", who=account)
