"""Letters about answers: confirmed, ended and overlooked behind links from letters. Looking changes nothing."""

from flask import Blueprint, Response, request

from comments.actions import subscriptions as rules
from comments.errors import Refused
from comments.web import forms
from comments.web.guard import ends_subscription
from comments.web.mine import link_to, speak_about
from comments.web.service import service
from comments.words import _

subscriptions = Blueprint("subscriptions", __name__, url_prefix="/comments")


@subscriptions.get("/subscription/<token>")
def look(token: str) -> Response:
    """What the link is about, with its buttons. A mail scanner that opens it does nothing.

    :raise BadToken: the link is altered or too old.
    """
    found = rules.look(service().context, token)
    if found is None:
        return _message(_("No more letters"), rules.ended())
    speak_about(found.entry)
    title = _("Do you want these letters?") if found.waits else _("Letters about answers")
    return service().pages.page("subscription", title, followed=found, token=token)


@subscriptions.post("/subscription/<token>")
def act(token: str) -> Response:
    """Confirm or end it, as the button says; a mail program's one click ends it.

    :raise BadToken: as above.
    """
    ctx, fields = service().context, forms.read_fields() if request.mimetype != "multipart/form-data" else {}
    found = rules.look(ctx, token)
    speak_about(found.entry if found else None)
    if ends_subscription(request) or fields.get("do") == "end":
        told = rules.end(ctx, token) if found else rules.ended()
        return _message(_("No more letters"), told, found)
    if fields.get("do") == "confirm":
        return _message(_("Letters about answers"), rules.confirm(ctx, token), found)
    raise Refused(_("This page knows no such button."))


@subscriptions.get("/subscriptions/<token>")
def look_at_all(token: str) -> Response:
    """All that the address follows which the link was sent to.

    :raise BadToken: the link is altered or too old, or the address is not held any more.
    """
    return _all(token)


@subscriptions.post("/subscriptions/<token>")
def act_on_all(token: str) -> Response:
    """Confirm or end one of them, or end all.

    :raise BadToken: as above.
    """
    ctx, fields = service().context, forms.read_fields()
    number = fields.get("subscription", "")
    chosen = int(number) if number.isascii() and number.isdigit() and len(number) <= 15 else 0
    match fields.get("do"):
        case "confirm":
            return _all(token, rules.confirm_one(ctx, token, chosen))
        case "end":
            return _all(token, rules.end_one(ctx, token, chosen))
        case "end all":
            return _all(token, rules.end_all(ctx, token))
    rules.list_all(ctx, token)  # a link that is no good is told as such, whatever was pressed
    raise Refused(_("This page knows no such button."))


def _all(token: str, told: str = "") -> Response:
    found = rules.list_all(service().context, token)
    return service().pages.page("subscriptions", _("What you follow here"), all=found, token=token, told=told)


def _message(title: str, sentence: str, found: rules.Followed | None = None) -> Response:
    link = link_to(found.entry if found else None)
    return service().pages.page("message", title, label=_("Letters"), sentence=sentence, link=link)
