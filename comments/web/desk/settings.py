"""What one can set for oneself: password, address for letters, keys, and where one is signed in."""

from collections.abc import Mapping

from flask import Blueprint, make_response, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import accounts, second_step
from comments.errors import Invalid, NotFound, TooFast
from comments.web.desk.acts import answer
from comments.web.desk.confirm import ask_first, confirmed
from comments.web.desk.door import account, context, for_everybody, signed_in
from comments.web.desk.pages import KEYS_OFF, page
from comments.web.desk.receipts import Receipt
from comments.web.errors import problem_of
from comments.web.service import service
from comments.words import _

YEAR = 365 * 24 * 3600


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/settings/", "settings", show)
    desk.add_url_rule("/settings/password", "password", set_password, methods=["POST"])
    desk.add_url_rule("/settings/email", "email", set_email, methods=["POST"])
    desk.add_url_rule("/settings/keys", "keys", set_keys, methods=["POST"])
    desk.add_url_rule("/settings/elsewhere", "elsewhere", sign_out_elsewhere, methods=["POST"])
    desk.add_url_rule("/settings/sessions/<int:number>", "sign_out_session", sign_out_session, methods=["POST"])


@for_everybody
def show() -> ResponseReturnValue:
    return _page()


def _page(
    status: int = 200, wait: int | None = None, *, errors: Mapping[str, str] | None = None, email: str = ""
) -> ResponseReturnValue:
    who = account()
    return page(
        "settings.html",
        status,
        wait,
        errors=errors or {},
        email=email,
        sessions=accounts.list_sessions(context(), who),
        here=signed_in().id,
        second_step=second_step.is_on(context(), who.id),
    )


@for_everybody
def set_password() -> ResponseReturnValue:
    """A new password, for whoever knows the one until now; every other session of this account ends."""
    asked = ask_first() if account().password is None else None  # else the password until now is asked for
    if asked is not None:
        return asked
    current, new, again = (request.form.get(field, "") for field in ("current", "password", "again"))
    try:
        if new != again:
            raise Invalid({"again": _("The two are not the same. Type the new password twice.")})
        accounts.set_password(context(), account(), account().id, new, current=current, keep=signed_in().id)
    except Invalid as wrong:
        return _page(problem_of(wrong).status, errors=wrong.fields)
    except TooFast as rest:
        return _page(problem_of(rest).status, rest.wait, errors={"current": str(rest)})
    return back(_("The password is set. You were signed out everywhere else."))


@for_everybody
@confirmed
def set_email() -> ResponseReturnValue:
    """Where letters about waiting comments go; an empty field stops them."""
    typed = request.form.get("email", "").strip()
    try:
        accounts.set_address(context(), account(), account().id, typed)
    except Invalid as wrong:
        return _page(problem_of(wrong).status, errors=wrong.fields, email=typed)
    return back(_("Letters go to the new address.") if typed else _("You get no letters any more."))


@for_everybody
def set_keys() -> ResponseReturnValue:
    """The single-letter keys on or off, in this browser."""
    on = request.form.get("keys") == "on"
    words = (_("The single-letter keys are off in this browser."), _("The single-letter keys are on in this browser."))
    response = make_response(back(words[on]))
    lasts = 0 if on else YEAR
    response.set_cookie(
        KEYS_OFF, "off", max_age=lasts, path="/desk/", secure=service().secure, httponly=True, samesite="Lax"
    )
    return response


@for_everybody
def sign_out_elsewhere() -> ResponseReturnValue:
    count = accounts.sign_out_others(context(), signed_in())
    return back(_("Signed out elsewhere: {count}.").format(count=count))


@for_everybody
def sign_out_session(number: int) -> ResponseReturnValue:
    """End one other sign-in of one's own."""
    try:
        accounts.sign_out_session(context(), signed_in(), number)
    except NotFound as gone:
        return answer(Receipt(str(gone), "none"), url_for("desk.settings"))
    return back(_("You are signed out there."))


def back(sentence: str) -> ResponseReturnValue:
    return answer(Receipt(sentence, "published"), url_for("desk.settings"))
