"""How often a password may be guessed: wrong tries, counted by name and by network."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from comments.actions.context import Context
from comments.errors import TooFast
from comments.words import _


@dataclass(frozen=True)
class Scope:
    """What tries are counted by, and how many wrong ones it allows in which time."""

    kind: str
    value: str | bytes
    limits: tuple[tuple[int, timedelta], ...]


def by_name(name: str) -> Scope:
    # The shortest time first: its wait is what people meet.
    return Scope("name", name.casefold(), ((5, timedelta(minutes=1)), (30, timedelta(hours=1))))


def by_network(ctx: Context, ip: str) -> Scope:
    return Scope("network", ctx.vault.prefix(ip), ((20, timedelta(minutes=1)), (120, timedelta(hours=1))))


def by_code(account: int) -> Scope:
    return Scope("code", str(account), ((5, timedelta(minutes=1)), (30, timedelta(hours=1))))


def by_asked(name: str) -> Scope:
    """Links asked for under a name or address; every one counts."""
    return Scope("asked", name.casefold(), ((5, timedelta(hours=1)),))


def by_asking(ctx: Context, ip: str) -> Scope:
    """Links asked for from a network; every one counts."""
    return Scope("asking", ctx.vault.prefix(ip), ((10, timedelta(hours=1)),))


def count(ctx: Context, scopes: Sequence[Scope]) -> datetime:
    """Count a try as a wrong one before the password is looked at, so that of many at once none slips through.

    :raise TooFast: there were too many wrong ones.
    """
    with ctx.store.write():
        now = ctx.now()
        for scope in scopes:
            _check(ctx, scope, now)
        for scope in scopes:
            ctx.store.add_event(_tried(ctx, scope), now)
    return now


def was_right(ctx: Context, scopes: Sequence[Scope], at: datetime) -> None:
    """Say that the try of that moment was a right one."""
    for scope in scopes:
        ctx.store.add_event(_right(ctx, scope), at)


def _check(ctx: Context, scope: Scope, now: datetime) -> None:
    for allowed, span in scope.limits:
        tried = Counter(ctx.store.list_events(_tried(ctx, scope), now - span))
        right = Counter(ctx.store.list_events(_right(ctx, scope), now - span))
        wrong = sorted((tried - right).elements())
        if len(wrong) < allowed:
            continue
        wait = math.ceil((wrong[-allowed] + span - now).total_seconds())
        if wait > 0:
            raise TooFast(
                _("Too many wrong tries. Please wait {wait} seconds, then try again.").format(wait=wait), wait
            )


def _tried(ctx: Context, scope: Scope) -> bytes:
    return ctx.vault.bucket("sign-in", scope.kind, scope.value)


def _right(ctx: Context, scope: Scope) -> bytes:
    return ctx.vault.bucket("signed-in", scope.kind, scope.value)
