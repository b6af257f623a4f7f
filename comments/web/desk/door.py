"""Who may come in: every page of the desk needs a signed-in account, and every form its token."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import TypeVar, cast

from flask import Blueprint, Flask, Request, Response, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from comments.actions import accounts
from comments.actions.account_record import record_refusal
from comments.actions.accounts import SignedIn
from comments.actions.context import Context
from comments.actions.permissions import Act, require
from comments.errors import NotAllowed, Refused
from comments.model import Account, Session
from comments.web.guard import SAFE
from comments.web.service import service
from comments.words import _

# The field of the signed cookie that holds the sign-in.
SIGN_IN = "sign-in"
# And the one that says when it was last used, in seconds: a page that is only looked at writes nothing into the store.
USED = "used"
csrf = CSRFProtect()
# What a view is for, on the view itself: ``needs`` and the two below it write it, the test over all routes reads it.
PERMISSION = "permission"
EVERYBODY, STRANGERS = "everybody", "strangers"
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class SignedOut(Refused):
    """A form was sent by somebody whose sign-in is over. What was typed must not be lost."""


class DeskCookie(SecureCookieSessionInterface):
    """One signed cookie, ``desk``: the sign-in, the forms' token and the last receipts. Readers never get it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        # Most requests are none of the desk's: then there is nothing to read, and so below nothing to write.
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.accessed or session.modified or session:
            super().save_session(app, session, response)

    def get_cookie_name(self, app: Flask) -> str:
        return service().cookie("desk")

    def get_cookie_secure(self, app: Flask) -> bool:
        return service().secure


def guard(blueprint: Blueprint) -> None:
    """Let only signed-in people use the blueprint's pages, and check the token of every form."""
    blueprint.before_request(check_form)
    blueprint.before_request(require_account)


def check_form() -> None:
    """:raise CSRFError: a form came without its token, or with one that is too old."""
    if request.method not in SAFE:
        csrf.protect()


def require_account() -> ResponseReturnValue | None:
    """Remember who asks; whoever is not signed in is sent to the door, and back here afterwards.

    :raise SignedOut: a form was sent.
    """
    found = current_session()
    if found is not None:
        g.desk_session = found
        if request.method not in SAFE:
            accounts.note_use(context(), found)
        return None
    if request.method not in SAFE:
        raise SignedOut(_("Your sign-in is over. What you typed is kept."))
    return redirect(url_for("login.form", next=request.full_path.rstrip("?")), 303)


def current_session() -> Session | None:
    """The sign-in that the request's cookie stands for, if it still holds. Its use is noted in the cookie."""
    now, told = context().now(), session.get(USED)
    used = datetime.fromtimestamp(told, UTC) if isinstance(told, int) else None
    found = accounts.session(context(), session.get(SIGN_IN), used)
    if found is not None and (used is None or now - used >= accounts.SEEN_EVERY):
        session[USED] = int(now.timestamp())
    return found


def context() -> Context:
    return service().context


def signed_in() -> Session:
    """The session of whoever asks."""
    return cast(Session, g.desk_session)


def account() -> Account:
    """Whoever asks."""
    return signed_in().account


def account_or_none() -> Account | None:
    """Whoever asks, on pages that strangers see too."""
    found: Session | None = g.get("desk_session")
    return found.account if found else None


def needs(act: Act) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """A page for those whose role allows ``act``; the others are told why not."""

    def decorate(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def wrapped(**values: object) -> ResponseReturnValue:
            check_role(act)
            return view(**values)

        setattr(wrapped, PERMISSION, act)
        return wrapped

    return decorate


def check_role(act: Act) -> None:
    """:raise NotAllowed: the role of whoever asks does not go so far. A form that was sent all the same is recorded."""
    try:
        require(account(), act)
    except NotAllowed:
        if request.method not in SAFE:
            record_refusal(context(), "refuse act", account(), act=act)
        raise


def for_everybody(view: View) -> View:
    """A page for whoever is signed in; what they see in it may depend on their role."""
    setattr(view, PERMISSION, EVERYBODY)
    return view


def for_strangers(view: View) -> View:
    """A page before the door."""
    setattr(view, PERMISSION, STRANGERS)
    return view


def remember(entered: SignedIn) -> None:
    """Let the browser that asks keep this sign-in."""
    # Nothing of the session from before may live on: somebody else may have planted it.
    session.clear()
    session[SIGN_IN] = entered.cookie
    session[USED] = int(context().now().timestamp())
