"""Reading and writing replies: the routes every visitor may use."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from comments.actions import mine, submit
from comments.actions.look_first import look_first
from comments.actions.submit import NeedsPreview, Submitted
from comments.actions.threads import policy_of
from comments.errors import Closed, NotFound
from comments.manifest import Thread
from comments.model import PublicComment
from comments.thread import dates
from comments.web import forms, replies
from comments.web.browser import browser, remember
from comments.web.errors import again_with
from comments.web.service import service
from comments.words import _

# What the API tells of a comment, by name: nothing gets out because it was added elsewhere. In this order, whatever
# process answers, so that an ETag holds everywhere and after a restart.
PUBLIC_FIELDS = (
    "id",
    "parent",
    "name",
    "website",
    "html",
    "created",
    "edited",
    "badge",
    "gone",
    "language",
    "moderated",
)

public = Blueprint("public", __name__, url_prefix="/comments")


@public.post("/<thread>")
def send(thread: str) -> AnyResponse:
    """Take a comment in: 303 to its waiting page, or 201 for a script; a preview where no form token came along."""
    ctx = service().context
    fields = forms.read_fields()
    entry = ctx.thread(thread)
    ctx.speak(entry)
    again_with(lambda problem: replies.form_page(entry, fields, parent=None, problem=problem))
    draft = submit.read_form(entry.id, fields)
    parent = replies.find_parent(entry, draft.parent)
    again_with(lambda problem: replies.form_page(entry, fields, parent=parent, problem=problem))
    if fields.get("change"):
        return replies.form_page(entry, fields, parent=parent)
    token, address = fields.get("token", ""), request.remote_addr or ""
    if fields.get("preview"):
        return _preview(entry, fields, look_first(ctx, draft, entry, token))
    sent = submit.submit(ctx, draft, manifest=ctx.manifest(), entry=entry, browser=browser(), ip=address, token=token)
    if isinstance(sent, NeedsPreview):
        return _preview(entry, fields, sent)
    return remember(_sent(sent), sent.browser)


def _preview(entry: Thread, fields: dict[str, str], needs: NeedsPreview) -> Response:
    if forms.wants_json():
        help_lines = {"title": needs.help.title, "html": needs.help.html} if needs.help else None
        return jsonify(preview={"html": needs.html, "token": needs.token, "why": needs.why, "help": help_lines})
    return replies.preview_page(entry, fields, needs)


def _sent(sent: Submitted) -> AnyResponse:
    waiting = f"/comments/mine/{sent.waiting}"
    if not forms.wants_json():
        return redirect(waiting, 303)
    found = mine.sent(service().context, sent.comment, browser(), letters=sent.letters)
    response = jsonify(waiting_json(found, waiting))
    response.status_code = 201
    response.headers["Location"] = waiting
    return response


def waiting_json(found: mine.Mine, address: str) -> dict[str, object]:
    """What the script needs to show a comment in its place while it waits, for nobody but its writer."""
    html = Markup(found.html)  # noqa: S704 - the sanitiser made it
    pages, language = service().pages, found.entry.language
    return {
        "id": found.comment.id,
        "parent": found.comment.parent,
        "state": found.state,
        "sentence": found.sentence,
        "waiting": address,
        "published": found.address,
        "html": pages.fragment("_waiting", language=language, mine=found, html=html, address=address),
    }


@public.get("/feed/")
@public.get("/feed/atom/")
@public.get("/feed/rss2/")
def feed() -> AnyResponse:
    """Where WordPress has the feed of all comments, in each of its forms."""
    return redirect("/feeds/comments.atom", 301)


@public.get("/<thread>")
def show(thread: str) -> Response:
    """The thread as readers see it, as HTML or as JSON: public fields only."""
    ctx = service().context
    entry = ctx.thread(thread)
    ctx.speak(entry)
    policy = policy_of(ctx, entry)
    if policy == "off":
        raise NotFound(_("There is no such article here."))
    comments = ctx.store.list_public(entry.id)
    if forms.wants_json():
        takes = policy in ("open", "held")
        response = jsonify(thread=entry.id, open=takes, comments=[_public_json(entry, comment) for comment in comments])
    else:
        regions = service().renderer.regions(ctx.manifest().site, replace(entry, policy=policy), comments)
        response = Response(regions["thread"], mimetype="text/html")
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    response.add_etag()
    response.make_conditional(request)
    return response


def _public_json(entry: Thread, comment: PublicComment) -> dict[str, object]:
    fields: dict[str, object] = {name: getattr(comment, name) for name in PUBLIC_FIELDS}
    fields["created"] = dates.utc(comment.created)
    fields["edited"] = dates.utc(comment.edited) if comment.edited else None
    return fields | {"url": f"{entry.path}#comment-{comment.id}"}


@public.get("/<thread>/token")
def token(thread: str) -> Response:
    """A form token for the script: it lets the next comment in without the preview page."""
    ctx = service().context
    entry = _open(thread)
    return jsonify(token=submit.form_token(ctx, entry.id))


@public.get("/<thread>/reply/<int:comment>")
def reply(thread: str, comment: int) -> Response:
    """The form to answer one comment, without the script.

    :raise NotFound: readers do not see that comment in this thread.
    """
    entry = _open(thread)
    parent = replies.find_parent(entry, comment)
    if parent is None:
        raise NotFound(_("The comment you want to answer is not on the page any more."))
    return replies.form_page(entry, {"parent": str(comment)}, parent=parent)


def _open(thread: str) -> Thread:
    ctx = service().context
    entry = ctx.thread(thread)
    ctx.speak(entry)
    if policy_of(ctx, entry) in ("closed", "off"):
        raise Closed(_("This thread is closed: it takes no more comments."))
    return entry
