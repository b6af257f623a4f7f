"""A moderator decides from the letter, without signing in: the link opens a page, its buttons act, once."""

from collections.abc import Callable

from flask import Blueprint, Response
from markupsafe import Markup

from comments.actions import decide
from comments.actions.from_mail import act_from_mail, from_mail
from comments.errors import Refused
from comments.web import forms
from comments.web.service import service
from comments.words import _

moderate = Blueprint("moderate", __name__, url_prefix="/comments")

# In the order they are shown; what is looked for most comes first.
BUTTONS: dict[str, Callable[[], str]] = {
    "approve": lambda: _("Approve"),
    "accept_edit": lambda: _("Publish the change"),
    "keep_old": lambda: _("Keep the old text"),
    "spam": lambda: _("Spam"),
    "trash": lambda: _("Bin"),
}


@moderate.get("/moderate/<token>")
def look(token: str) -> Response:
    """The comment and what the link lets its moderator do."""
    found = from_mail(service().context, token)
    source = found.comment.source if found.comment.proposed is None else found.comment.proposed
    return service().pages.page(
        "moderate",
        _("A comment waits for you"),
        found=found,
        html=Markup(decide.render(source)),  # noqa: S704 - the sanitiser made it
        buttons=[(verb, label()) for verb, label in BUTTONS.items() if verb in found.verbs],
    )


@moderate.post("/moderate/<token>")
def act(token: str) -> Response:
    """Do what the button says. The link is used up.

    :raise BadToken: it was used before.
    :raise Stale: another moderator was faster.
    """
    verb = forms.read_fields().get("do", "")
    if verb not in BUTTONS:
        raise Refused(_("This link does not allow that."))
    ctx = service().context
    done = act_from_mail(ctx, token, verb)
    entry = ctx.manifest().threads.get(done.comment.thread)
    anchor = f"#comment-{done.comment.id}" if done.published else ""
    link = {"url": f"{entry.path}{anchor}", "words": entry.title} if entry else None
    return service().pages.page("message", _("Done"), label=_("Moderation"), sentence=done.sentence, link=link)
