"""Queues letters, always inside the transaction of what they tell about."""

from datetime import timedelta

from comments.actions.context import Context
from comments.model import Reason

BUNDLE = timedelta(minutes=10)


def tell_moderators(ctx: Context, comment: int, reasons: tuple[Reason, ...]) -> None:
    """A letter to everybody who moderates and has an address: at most one in ten minutes each.

    An urgent comment does not wait for that.
    """
    now = ctx.now()
    urgent = any(reason.urgent for reason in reasons)
    for account in ctx.store.list_accounts():
        if account.disabled or account.role == "author" or not account.has_address:
            continue
        if urgent:
            ctx.store.add_letter("urgent", now, now, account=account.id, comments=(comment,))
            continue
        waiting = ctx.store.find_waiting_letter("moderate", account=account.id)
        if waiting:
            ctx.store.extend_letter(waiting.id, (comment,))
            continue
        last = ctx.store.last_letter("moderate", account=account.id)
        due = max(now, last + BUNDLE) if last else now
        ctx.store.add_letter("moderate", now, due, account=account.id, comments=(comment,))
