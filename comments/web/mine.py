"""The page of a commenter's own comment, and the proof of their mailbox. Looking changes nothing; buttons do."""

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from comments.actions import mine, proof
from comments.errors import Refused
from comments.manifest import Thread
from comments.web import forms
from comments.web.browser import browser, remember
from comments.web.errors import Problem, again_with
from comments.web.public import waiting_json
from comments.web.service import service
from comments.words import _

own = Blueprint("mine", __name__, url_prefix="/comments")


@own.get("/mine/<token>")
def look(token: str) -> Response:
    """The comment's state; to be edited or deleted while there is time."""
    speak_about(mine.find_entry(service().context, token))
    if forms.wants_json():
        return jsonify(waiting_json(mine.look(service().context, token, browser()), f"/comments/mine/{token}"))
    return page(token, told=_("Your change is saved.") if "saved" in request.args else "")


@own.post("/mine/<token>")
def act(token: str) -> AnyResponse:
    """Edit, delete, or send the letter that proves the mailbox.

    :raise TooLate: the quarter of an hour is over.
    :raise Stale: the comment was changed since this page was shown.
    """
    ctx, fields = service().context, forms.read_fields()
    speak_about(mine.find_entry(ctx, token))
    again_with(lambda problem: page(token, fields, problem))
    match fields.get("do"):
        case "edit":
            mine.edit(ctx, token, fields.get("comment", ""), _version(fields))
            return redirect(f"/comments/mine/{token}?saved", 303)
        case "delete":
            mine.delete(ctx, token)
        case "prove":
            return page(token, told=proof.ask_proof(ctx, token), asked=True)
        case _:
            raise Refused(_("This page knows no such button."))
    return redirect(f"/comments/mine/{token}", 303)


def page(
    token: str,
    typed: Mapping[str, str] | None = None,
    problem: Problem | None = None,
    *,
    told: str = "",
    asked: bool = False,
) -> Response:
    """The waiting page. ``typed`` is shown in the form instead of the stored text, ``told`` says what was done.

    ``asked``: the letter that proves the mailbox was asked for just now.
    """
    found = mine.look(service().context, token, browser())
    html = Markup(found.html)  # noqa: S704 - the sanitiser made it
    text = (typed or {}).get("comment", found.text)
    return service().pages.page(
        "mine",
        _("Your comment"),
        language=found.entry.language,
        mine=found,
        html=html,
        text=text,
        token=token,
        problem=problem,
        told=told,
        asked=asked,
    )


@own.get("/prove/<token>")
def look_at_proof(token: str) -> Response:
    """What the link in the letter is for, with its button. A mail scanner that opens it does nothing."""
    ctx = service().context
    speak_about(proof.find_entry(ctx, token))
    found = proof.look_proof(ctx, token)
    return service().pages.page("prove", _("Confirm your email address"), proof=found, token=token)


@own.post("/prove/<token>")
def prove(token: str) -> AnyResponse:
    """This browser and the mailbox now belong together: comments from it need not wait for being first."""
    ctx = service().context
    speak_about(proof.find_entry(ctx, token))
    done = proof.prove(ctx, token)
    link = link_to(done.entry)
    told = service().pages.page(
        "message", _("Confirmed"), label=_("Your email address"), sentence=done.sentence, link=link
    )
    return remember(told, done.browser)


def speak_about(entry: Thread | None) -> None:
    """Answer in the language of the article, where that is known."""
    if entry:
        service().context.speak(entry)


def link_to(entry: Thread | None) -> dict[str, str]:
    """Where a page that says "done" leads: back to the article where that is known."""
    return {"url": entry.path, "words": entry.title} if entry else {"url": "/", "words": _("To the first page")}


def _version(fields: Mapping[str, str]) -> int:
    try:
        return int(fields.get("version", ""))
    except ValueError:
        raise Refused(_("This form is not complete. Open the page again.")) from None
