"""Nothing is kept longer than the privacy page promises. The service sees to it every hour."""

import logging
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from comments.actions import previews, privacy, restoring, tombstones
from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of
from comments.actions.subscriptions import CONFIRM_WITHIN
from comments.errors import StoreProblem
from comments.mail.outbox import letter_folder
from comments.runtime import rehearsing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Purged:
    """How many of each were deleted for good.

    :ivar places: comments of which only an empty place is left, since others answer them.
    :ivar traces: counted events, such as when a network last sent something.
    :ivar files: letters in the folder of an installation without a mail server.
    :ivar listings: entries of the lists whose time was over.
    :ivar previews: pages shown to reviewers whose time was over.
    :ivar replaced: stores that lay aside since a backup was restored.
    :ivar subscriptions: those that nobody confirmed in time.
    """

    comments: int = 0
    places: int = 0
    addresses: int = 0
    traces: int = 0
    sessions: int = 0
    letters: int = 0
    files: int = 0
    previews: int = 0
    replaced: int = 0
    listings: int = 0
    subscriptions: int = 0
    invitations: int = 0

    def counts(self) -> dict[str, int]:
        """What there was any of, by name."""
        return {each.name: count for each in fields(self) if (count := getattr(self, each.name))}


def purge(ctx: Context, actor: Actor) -> Purged:
    """Delete what is older than the settings allow. Leaves a row in the record where there was any.

    :raise StoreProblem: the store cannot be written now; what was done before stays done.
    """
    settings = ctx.settings
    comments, places = _discarded(ctx, _ago(ctx, settings.keep_discarded_days))
    files = _files(ctx, _ago(ctx, settings.keep_letters_days))
    over = _previews(ctx)
    replaced = _replaced(ctx)
    _rehearsed(ctx)
    with ctx.store.write():
        purged = Purged(
            comments=comments,
            places=places,
            subscriptions=ctx.store.purge_subscriptions(ctx.now() - CONFIRM_WITHIN),
            addresses=ctx.store.forget_idle_addresses(_ago(ctx, settings.keep_address_days)),
            traces=ctx.store.purge_events(_ago(ctx, settings.keep_traces_days)),
            sessions=ctx.store.purge_sessions(ctx.now()),
            letters=ctx.store.purge_letters(_ago(ctx, settings.keep_letters_days)),
            files=files,
            previews=over,
            replaced=replaced,
            listings=ctx.store.purge_listings(ctx.now()),
            invitations=ctx.store.purge_invitations(ctx.now()),
        )
        if purged.counts():
            ctx.store.add_audit(ctx.now(), name_of(actor), "purge", detail={**purged.counts()})
    with suppress(StoreProblem):  # a reader is in the way: the next commits try again
        ctx.store.checkpoint()  # what was deleted stands in the engine's log until then
    return purged


def _ago(ctx: Context, days: int) -> datetime:
    return ctx.now() - timedelta(days=days)


def _discarded(ctx: Context, before: datetime) -> tuple[int, int]:
    """Delete spam and bin, so many at a time that writers need not wait long."""
    gone = places = 0
    threads: set[str] = set()
    while True:
        with ctx.store.write():
            found = ctx.store.list_discarded(before)
            tombstones.bury(ctx.settings.var, ctx.store, comments=[each.id for each in found], text=True)
            # Answers before what they answer, so that nothing is kept as a place for what goes too.
            for comment in reversed(found):
                ctx.store.keep_learned(comment.id)
                if ctx.store.delete_comment(comment.id, ctx.now()):
                    gone += 1
                else:
                    places += 1
                ctx.store.mark_due(comment.thread)
                threads.add(comment.thread)
        if not found:
            break
    late = privacy.forget_outside(ctx, threads)
    if late:
        log.warning("Pages to be written after the purge are late: %s", late)
    return gone, places


def _previews(ctx: Context) -> int:
    try:
        return previews.drop_over(ctx.settings.var, ctx.now())
    except OSError as error:
        log.warning("Previews that are over could not be deleted: %s", error.strerror)
        return 0


def _replaced(ctx: Context) -> int:
    try:
        return restoring.drop_aside(ctx.settings.var, ctx.now(), ctx.settings.keep_traces_days)
    except OSError as error:
        log.warning("A replaced store could not be deleted: %s", error.strerror)
        return 0


def _rehearsed(ctx: Context) -> None:
    try:
        rehearsing.sweep(ctx.settings.var)
    except OSError as error:
        log.warning("What a rehearsal left behind could not be deleted: %s", error.strerror)


def _files(ctx: Context, before: datetime) -> int:
    try:
        return letter_folder(ctx.settings.var).drop_older(before)
    except OSError as error:
        log.warning("Old letters could not be deleted: %s", error.strerror)
        return 0
