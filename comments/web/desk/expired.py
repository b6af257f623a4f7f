"""A form that waited too long: nothing was done, and what was typed is handed back."""

from flask import request
from flask.typing import ResponseReturnValue

from comments.web.desk import receipts
from comments.web.desk.door import current_session
from comments.web.desk.pages import page

# Never handed back: a token that is no good, and what nobody may read over a shoulder.
LEFT_OUT = frozenset({"csrf_token", "current", "password", "again", "confirm", "code", "ticket"})
# Forms before the door: nobody has to sign in to send them again.
OUTSIDE = frozenset({"login.ask_reset", "login.reset", "login.accept"})
PREFIX = "kept."
PATH = "kept-path"


def form_expired(_error: Exception) -> ResponseReturnValue:
    """The form once more with a fresh token; for whoever is signed out, with the door in front of it."""
    if request.endpoint in ("login.sign_in", "login.code"):
        wanted = receipts.local_path(request.form.get("next", ""), "")
        return page("sign_in.html", 400, expired=True, kept=carried(), path=carried_path(), next=wanted)
    form = "go_on.html" if request.endpoint in OUTSIDE or current_session() else "sign_in.html"
    return page(form, 400, expired=True, kept=kept_fields(), path=request.path)


def kept_fields() -> list[tuple[str, str]]:
    """What was typed into the form that was just sent, without tokens and secrets."""
    return [pair for pair in request.form.items(multi=True) if pair[0] not in LEFT_OUT]


def carried() -> list[tuple[str, str]]:
    """The fields that a sign-in form carries along from a form that expired."""
    pairs = request.form.items(multi=True)
    return [(name.removeprefix(PREFIX), text) for name, text in pairs if name.startswith(PREFIX)]


def carried_path() -> str:
    """Where that form was going."""
    return receipts.local_path(request.form.get(PATH, ""), "")
