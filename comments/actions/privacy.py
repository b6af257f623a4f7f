"""What touches a person: opening an address, and erasing who wrote a comment. Both leave a row in the record."""

from dataclasses import dataclass
from gettext import gettext as _

from comments.actions import acts
from comments.actions.context import Context
from comments.actions.permissions import Actor, require
from comments.errors import NotFound, PublishProblem
from comments.model import Comment


@dataclass(frozen=True)
class Erased:
    """``why_late`` says why a page, of this release or a kept one, still shows what was erased."""

    comment: Comment
    why_late: str | None
    sentence: str


def show_address(ctx: Context, actor: Actor, comment_id: int) -> str:
    """The address of the comment's writer. That it was opened, by whom and when, is recorded.

    :raise NotFound: none is kept.
    """
    require(actor, "see_address")
    with ctx.store.write():
        comment = ctx.store.get_comment(comment_id)
        stored = ctx.store.find_address(comment.person) if comment.person is not None else None
        if stored is None:
            raise NotFound(_("No address is kept for this comment."))
        acts.record(ctx, actor, "show address", comment)
        return ctx.vault.open(f"person:{comment.person}", stored[0])


def erase(ctx: Context, actor: Actor, comment_id: int, *, keep_text: bool) -> Erased:
    """Forget who wrote a comment, and its text too unless that is kept. There is no way back.

    The person is forgotten with their last comment. Pages of all kept releases are written anew.
    """
    require(actor, "erase")
    with ctx.store.write():
        comment = ctx.store.get_comment(comment_id)
        ctx.store.erase_comment(comment.id, text=not keep_text, at=ctx.now())
        acts.record(ctx, actor, "erase", comment, {"text": "kept" if keep_text else "erased"})
        erased = ctx.store.get_comment(comment.id)
    why_late = _show_everywhere(ctx, comment.thread)
    words = [_("Erased: nothing says any more who wrote it.") if keep_text else _("Erased, with its text.")]
    words += [_("The page will follow."), why_late] if why_late else []
    return Erased(erased, why_late, " ".join(words))


def _show_everywhere(ctx: Context, thread: str) -> str | None:
    try:
        ctx.publisher.publish_everywhere(thread)
    except PublishProblem as problem:
        return str(problem)
    return None
