"""What a comment will look like, before it is sent. Nothing is stored."""

from comments.actions import decide
from comments.actions.context import Context
from comments.actions.guard.judging import help_for
from comments.actions.submit import FORM_LIFETIME, NeedsPreview, form_token
from comments.actions.threads import policy_of
from comments.checks import shape
from comments.errors import BadToken, Closed
from comments.manifest import Thread
from comments.model import Draft
from comments.words import _


def look_first(ctx: Context, draft: Draft, entry: Thread, token: str) -> NeedsPreview:
    """The preview somebody asked for, with a token to send it with: the one the form has, where that is still good.

    :raise Invalid: fields are wrong.
    :raise Closed: the thread takes no comments.
    """
    if policy_of(ctx, entry) in ("closed", "off"):
        raise Closed(_("This thread was closed: it takes no more comments. Your text is still here, to be copied."))
    draft = shape.check(draft, ctx.manifest().site, decide.find_parent(ctx, draft))
    why = _("This is how your comment will look. It is not sent yet.")
    new = _good(ctx, token) or form_token(ctx, entry.id)
    return NeedsPreview(draft, decide.render(draft.comment), new, why, help_for(ctx, draft.comment))


def _good(ctx: Context, token: str) -> str:
    try:
        # Spent or not: where a first answer was lost, this token brings it again.
        ctx.tokens.read("form", token, FORM_LIFETIME)
    except BadToken:
        return ""
    return token
