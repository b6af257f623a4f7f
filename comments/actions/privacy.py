"""What touches a person: opening an address, and erasing who wrote a comment. Both leave a row in the record."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from comments.actions import acts, tombstones
from comments.actions.context import Context
from comments.actions.permissions import Actor, require
from comments.errors import NotFound, PublishProblem
from comments.mail.outbox import letter_folder
from comments.model import Comment, Letter
from comments.store.base import Store
from comments.words import _

EVERY = 1_000_000  # rows: more than any comment or installation has

log = logging.getLogger(__name__)


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
        letters = letters_about(ctx, {comment.id}, _forgotten_with(ctx, comment))
        forget_writer(ctx, actor, comment, keep_text=keep_text)
        erased = ctx.store.get_comment(comment.id)
    why_late = forget_outside(ctx, {comment.thread}, letters)
    words = [_("Erased: nothing says any more who wrote it.") if keep_text else _("Erased, with its text.")]
    words += [_("The page will follow."), why_late] if why_late else []
    return Erased(erased, why_late, " ".join(words))


def _forgotten_with(ctx: Context, comment: Comment) -> set[int]:
    """The comment's person, where this is their last comment: then all letters to them go too."""
    if comment.person is None:
        return set()
    written = {each.id for each in ctx.store.list_written_by(comment.person)}
    return {comment.person} if written == {comment.id} else set()


def forget_writer(ctx: Context, actor: Actor, comment: Comment, *, keep_text: bool) -> None:
    """What the store has to forget of one comment, inside the caller's transaction; ``forget_outside`` goes after it.

    Free words in the record go too: a moderator's reason may quote or name the writer.
    """
    tombstones.bury(ctx.settings.var, ctx.store, comments=[comment.id], text=not keep_text)
    forget_words(ctx.store, comment, text=not keep_text, at=ctx.now())
    acts.record(ctx, actor, "erase", comment, {"text": "kept" if keep_text else "erased"})
    # Also where readers see no change now: a kept release may be older. After a crash the sweep goes on with it.
    ctx.store.mark_due(comment.thread)


def forget_words(store: Store, comment: Comment, *, text: bool, at: datetime) -> None:
    """Erase the comment, and the free words that the record holds about it."""
    store.erase_comment(comment.id, text=text, at=at)
    for row in store.list_audit(comment=comment.id, limit=EVERY):
        if "reason" in row.detail:
            store.set_audit_detail(row.id, {key: value for key, value in row.detail.items() if key != "reason"})


def letters_about(ctx: Context, comments: Collection[int], people: Collection[int] = ()) -> list[Letter]:
    """The letters that name one of these comments or go to one of these people; ask before erasing."""
    letters = ctx.store.list_letters(limit=EVERY)
    return [letter for letter in letters if letter.person in people or not set(comments).isdisjoint(letter.comments)]


def forget_outside(ctx: Context, threads: Iterable[str], letters: Iterable[Letter] = ()) -> str | None:
    """Write the pages of all kept releases anew, and delete letters that lie in a folder.

    Returns why something is late, if it is.
    """
    problems = []
    for thread in sorted(threads):
        try:
            ctx.publisher.publish_everywhere(thread)
        except PublishProblem as problem:
            problems.append(str(problem))
    try:
        letter_folder(ctx.settings.var).drop(letters)
    except OSError as error:
        log.warning("Letters could not be deleted: %s", error.strerror)
        problems.append(_("A letter could not be deleted from the folder mail."))
    return " ".join(dict.fromkeys(problems)) or None
