"""Everybody's own data: a link by mail, and behind it all that is held, to see, to download, to erase."""

import json
from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, request
from markupsafe import Markup

from comments.actions import own_data
from comments.errors import Refused
from comments.web import forms
from comments.web.besides import tell
from comments.web.errors import Problem, again_with
from comments.web.service import service
from comments.words import _

privacy = Blueprint("privacy", __name__, url_prefix="/comments/privacy")

FILE_NAME = "practice-notes-my-data.json"


@privacy.get("")
def ask() -> Response:
    """The form for an address."""
    return ask_page({})


@privacy.post("")
def send() -> Response:
    """Mail the link. The answer does not tell whether the address is known.

    :raise Invalid: this is no address.
    :raise TooFast: too many were asked for.
    """
    fields = forms.read_fields()
    again_with(lambda problem: ask_page(fields, problem))
    told = own_data.ask_link(service().context, fields.get("email", ""), request.remote_addr or "")
    if forms.wants_json():
        return jsonify(sentence=told)
    return message(_("Look into your mailbox"), told)


def ask_page(typed: Mapping[str, str], problem: Problem | None = None) -> Response:
    return service().pages.page("privacy", _("Your data"), email=typed.get("email", ""), problem=problem)


@privacy.get("/<token>")
def look(token: str) -> Response:
    """All that is held under the address the link was sent to. A mail scanner that opens it changes nothing.

    :raise BadToken: the link is too old, or nothing is held any more.
    """
    ctx = service().context
    data = own_data.look(ctx, token)
    if forms.wants_json():
        return jsonify(own_data.as_record(ctx, data))
    texts = {held.comment.id: Markup(held.comment.html) for held in data.comments}  # noqa: S704 - sanitised when stored
    return service().pages.page(
        "privacy-data", _("What we hold under your address"), data=data, texts=texts, besides=tell(data.besides)
    )


@privacy.post("/<token>")
def act(token: str) -> Response:
    """Download or erase, as the button says.

    :raise BadToken: as above.
    """
    ctx = service().context
    match forms.read_fields().get("do"):
        case "download":
            return file(own_data.as_record(ctx, own_data.look(ctx, token)))
        case "erase names":
            return message(_("Erased"), own_data.erase(ctx, token, keep_text=True).sentence)
        case "erase all":
            return message(_("Erased"), own_data.erase(ctx, token, keep_text=False).sentence)
        case _:
            raise Refused(_("This page knows no such button."))


def file(record: dict[str, object]) -> Response:
    """The record to be saved, never to be shown as a page or kept on the way."""
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def message(title: str, sentence: str) -> Response:
    link = {"url": "/", "words": _("To the first page")}
    return service().pages.page("message", title, label=_("Privacy"), sentence=sentence, link=link)
