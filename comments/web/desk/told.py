"""What an act's receipt says where readers see no comments at all: the usual words would promise a page."""

from comments.actions.bulk import BulkActed
from comments.actions.context import Context
from comments.actions.moderate import Acted
from comments.actions.threads import policy_of
from comments.model import Comment
from comments.words import _, ngettext


def sentence_of(ctx: Context, acted: Acted) -> str:
    """The receipt's words for one act."""
    if not acted.changed or acted.why_late or acted.verb == "keep_old" or shows_comments(ctx, acted.comment):
        return acted.sentence
    undone = _("Undone.") if acted.verb == "undo" else ""
    return " ".join(filter(None, (undone, _became(acted), _("The article shows no comments now."))))


def sentence_of_many(ctx: Context, acted: BulkActed) -> str:
    """The same for an act on many comments."""
    approved = (one.comment for one in acted.done if one.changed and one.comment.state == "approved")
    unseen = sum(not shows_comments(ctx, comment) for comment in approved)
    if not unseen:
        return acted.sentence
    note = ngettext(
        "{count} of them stands under an article that shows no comments now.",
        "{count} of them stand under articles that show no comments now.",
        unseen,
    )
    return f"{acted.sentence} {note.format(count=unseen)}"


def shows_comments(ctx: Context, comment: Comment) -> bool:
    """Whether the comment's article is on the site and has comments at all."""
    entry = ctx.manifest().threads.get(comment.thread)
    return entry is not None and policy_of(ctx, entry) != "off"


def _became(acted: Acted) -> str:
    if acted.verb in ("edit", "accept_edit") and acted.before == acted.comment.state:
        return _("Saved.")
    words = {
        "approved": _("Approved."),
        "pending": _("It waits again."),
        "spam": _("Filed under spam."),
        "trash": _("In the bin."),
    }
    return words[acted.comment.state]
