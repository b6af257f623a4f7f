"""How long comments usually wait for a moderator, measured from what was decided lately."""

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from comments.actions.context import Context
from comments.store.base import Store

SPAN = timedelta(days=90)
# Fewer say nothing about the next one.
ENOUGH = 5
# Half of so many do not change with one more.
NEWEST = 500
FRESH = timedelta(minutes=5)
_kept: WeakKeyDictionary[Store, tuple[datetime, timedelta | None]] = WeakKeyDictionary()


def usual_wait(ctx: Context) -> timedelta | None:
    """What half of the comments waited at most in the last ninety days. None after fewer than five decisions.

    Measured anew every five minutes.
    """
    now, kept = ctx.now(), _kept.get(ctx.store)
    if kept and timedelta() <= now - kept[0] < FRESH:
        return kept[1]
    waits = sorted(decision.waited for decision in ctx.store.list_decisions(now - SPAN, NEWEST))
    usual = waits[len(waits) // 2] if len(waits) >= ENOUGH else None
    _kept[ctx.store] = (now, usual)
    return usual
