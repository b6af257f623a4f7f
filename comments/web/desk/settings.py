"""What one can set for oneself: password, address for letters, keys; and, for administrators, who has a desk."""

from typing import get_args

from flask import Blueprint, make_response, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import accounts
from comments.errors import Invalid, Refused, TooFast
from comments.model import Role
from comments.web.desk.acts import answer
from comments.web.desk.door import account, context, needs, signed_in
from comments.web.desk.pages import KEYS_OFF, page
from comments.web.desk.receipts import Receipt
from comments.web.errors import problem_of
from comments.web.service import service
from comments.words import _

YEAR = 365 * 24 * 3600
ROLES: tuple[Role, ...] = get_args(Role)


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/settings/", "settings", show)
    desk.add_url_rule("/settings/password", "password", set_password, methods=["POST"])
    desk.add_url_rule("/settings/email", "email", set_email, methods=["POST"])
    desk.add_url_rule("/settings/keys", "keys", set_keys, methods=["POST"])
    desk.add_url_rule("/settings/elsewhere", "elsewhere", sign_out_elsewhere, methods=["POST"])
    desk.add_url_rule("/people/", "people", show_people)
    desk.add_url_rule("/people/", "add_person", add_person, methods=["POST"])
    desk.add_url_rule("/people/<int:number>", "switch_person", switch_person, methods=["POST"])


def show() -> ResponseReturnValue:
    return page("settings.html", errors={})


def set_password() -> ResponseReturnValue:
    """A new password, for whoever knows the one until now; every other session of this account ends."""
    current, new, again = (request.form.get(field, "") for field in ("current", "password", "again"))
    try:
        if new != again:
            raise Invalid({"again": _("The two are not the same. Type the new password twice.")})
        accounts.set_password(context(), account(), account().id, new, current=current, keep=signed_in().id)
    except Invalid as wrong:
        return page("settings.html", problem_of(wrong).status, errors=wrong.fields)
    except TooFast as rest:
        return page("settings.html", problem_of(rest).status, rest.wait, errors={"current": str(rest)})
    return back(_("The password is set. You were signed out everywhere else."))


def set_email() -> ResponseReturnValue:
    """Where letters about waiting comments go; an empty field stops them."""
    typed = request.form.get("email", "").strip()
    try:
        accounts.set_address(context(), account(), account().id, typed)
    except Invalid as wrong:
        return page("settings.html", problem_of(wrong).status, errors=wrong.fields, email=typed)
    return back(_("Letters go to the new address.") if typed else _("You get no letters any more."))


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


def sign_out_elsewhere() -> ResponseReturnValue:
    count = accounts.sign_out_others(context(), signed_in())
    return back(_("Signed out elsewhere: {count}.").format(count=count))


@needs("accounts")
def show_people() -> ResponseReturnValue:
    """Who has a desk; administrators only."""
    return _people()


@needs("accounts")
def add_person() -> ResponseReturnValue:
    """A sign-in link for somebody, new or known. It is shown once, on this answer only."""
    name, role = request.form.get("name", "").strip(), request.form.get("role", "")
    known = context().store.find_account(name)
    role = known.role if known else role
    author = (request.form.get("author") or None) if role == "author" else None
    try:
        if role not in ROLES or (role == "author" and not known and not author):
            raise Refused(_("Choose what the person may do; of an author also who it is."))
        link = accounts.sign_in_link(context(), name, role, author=author, actor=account())
    except Refused as problem:
        return _people(problem=str(problem), status=problem_of(problem).status)
    return _people(link=f"{service().site_url}{link}")


def _people(link: str = "", problem: str = "", status: int = 200) -> ResponseReturnValue:
    authors = {a.key: a.name for entry in context().manifest().threads.values() for a in entry.authors}
    everybody = context().store.list_accounts()
    return page("people.html", status, people=everybody, authors=authors, link=link, problem=problem)


@needs("accounts")
def switch_person(number: int) -> ResponseReturnValue:
    """Take somebody's desk away, or give it back."""
    other, disabled = context().store.get_account(number), request.form.get("act") == "disable"
    try:
        accounts.set_disabled(context(), account(), number, disabled)
    except Refused as problem:
        return _people(problem=str(problem), status=problem_of(problem).status)
    sentence = _("{name} can no longer sign in.") if disabled else _("{name} can sign in again.")
    return answer(Receipt(sentence.format(name=other.name), "none"), url_for("desk.people"))


def back(sentence: str) -> ResponseReturnValue:
    return answer(Receipt(sentence, "published"), url_for("desk.settings"))
