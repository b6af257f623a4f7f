"""The four lists: waiting, published, spam, bin; and the same pile one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions.context import Context
from comments.actions.permissions import may
from comments.manifest import Thread
from comments.model import Account, Comment, Narrowing, State
from comments.web.desk.door import account, context, for_everybody, needs
from comments.web.desk.filters import TABS, Filter, pills, read_filter
from comments.web.desk.items import make_item, make_items
from comments.web.desk.pages import number, page

PAGE = 25
# Urgent comments stand before all others, on the first page.
URGENT = 100
# So many of the newest articles can be chosen from; for older ones there is the list of articles.
CHOICE = 200


@dataclass(frozen=True)
class Stretch:
    """One page of a list. ``chosen`` is the filter of the page that is really shown.

    ``earlier`` and ``later`` say whether there is more on either side.
    """

    chosen: Filter
    comments: list[Comment]
    earlier: bool
    later: bool


def register(desk: Blueprint) -> None:
    desk.add_url_rule("", "front", for_everybody(lambda: redirect(url_for("desk.queue"), 308)))
    desk.add_url_rule("/", "queue", show_queue, defaults={"tab": "waiting"})
    desk.add_url_rule("/<any(published, spam, bin):tab>/", "queue", show_queue)
    desk.add_url_rule("/one-by-one/", "one_by_one", show_one_by_one)


@for_everybody
def show_queue(tab: str) -> ResponseReturnValue:
    """One page of one list."""
    who, ctx, chosen = account(), context(), read_filter(tab, request.args)
    if not may(who, "moderate"):
        return _for_author(who, chosen.for_author())
    counts = ctx.store.count_by_state(**chosen.narrowing(zone_of(ctx))) if chosen.narrowed else None
    choice = _choice(list(ctx.manifest().threads.values()), chosen.thread)
    return _list(who, chosen, choice, counts, ctx.store.count_by_reason())


def _for_author(who: Account, chosen: Filter) -> ResponseReturnValue:
    """An author answers published comments under own articles, and sees nothing else."""
    ctx = context()
    own = [entry for entry in ctx.manifest().threads.values() if any(a.key == who.author for a in entry.authors)]
    if chosen.tab != "published" or chosen.thread not in {entry.id for entry in own}:
        entries = sorted(own, key=lambda entry: entry.published, reverse=True)
        return page("own_articles.html", entries=entries, muted=ctx.store.list_muted(who.id))
    return _list(who, chosen)


def _list(
    who: Account,
    chosen: Filter,
    choice: list[Thread] | None = None,
    narrowed_counts: dict[State, int] | None = None,
    reasons: Iterable[str] = (),
) -> ResponseReturnValue:
    ctx = context()
    narrowing = chosen.narrowing(zone_of(ctx))
    narrowing["state"] = TABS[chosen.tab]
    stretch = stretch_of(ctx, chosen, narrowing)
    return page(
        "queue.html",
        filter=stretch.chosen,
        stretch=stretch,
        items=make_items(ctx, who, stretch.comments),
        total=narrowed_counts[TABS[chosen.tab]] if narrowed_counts else ctx.store.count_comments(**narrowing),
        pills=pills(ctx, stretch.chosen),
        selected=request.args.get("select") == "all",
        choice=choice,
        narrowed_counts=narrowed_counts,
        reasons=reasons,
    )


def stretch_of(ctx: Context, chosen: Filter, narrowing: Narrowing) -> Stretch:
    """The page that is asked for; the first one where nothing is left there. Urgent comments come before all others."""
    urgent: list[Comment] = []
    if narrowing.get("state") == "pending":
        urgent = _urgent(ctx, narrowing, newest=chosen.newest)
        narrowing = {**narrowing, "urgent": False if urgent else None}
    if chosen.before:
        found = _beyond(ctx, narrowing, chosen.before, newest=not chosen.newest)
        if len(found) > PAGE:
            return Stretch(chosen, found[:PAGE][::-1], True, True)
    elif chosen.after:
        found = _beyond(ctx, narrowing, chosen.after, newest=chosen.newest)
        if found:
            return Stretch(chosen, found[:PAGE], True, len(found) > PAGE)
    first = _beyond(ctx, narrowing, None, newest=chosen.newest)
    return Stretch(chosen.on_first_page(), [*urgent, *first[:PAGE]], False, len(first) > PAGE)


def _beyond(ctx: Context, narrowing: Narrowing, beyond: int | None, *, newest: bool) -> list[Comment]:
    """One more than a page, to know whether there is another."""
    return ctx.store.list_comments(newest_first=newest, beyond=beyond, limit=PAGE + 1, **narrowing)


def zone_of(ctx: Context) -> ZoneInfo:
    """The site's zone, in which days begin."""
    return ZoneInfo(ctx.manifest().site.zone)


def _choice(entries: list[Thread], chosen: str) -> list[Thread]:
    newest = sorted(entries, key=lambda entry: entry.published, reverse=True)
    return [entry for place, entry in enumerate(newest) if place < CHOICE or entry.id == chosen]


@needs("moderate")
def show_one_by_one() -> ResponseReturnValue:
    """One waiting comment at a time, urgent ones first, then the oldest. ``at`` is how many were left for later."""
    ctx, at, chosen = context(), number("at"), read_filter("waiting", request.args).on_first_page()
    narrowing = chosen.narrowing(zone_of(ctx))
    narrowing["state"] = "pending"
    total = ctx.store.count_comments(**narrowing)
    comment = _waiting_at(ctx, narrowing, at)
    if comment is None:
        return page("one_by_one_done.html", total=total, filter=chosen)
    return page("one_by_one.html", item=make_item(ctx, account(), comment), at=at, total=total, filter=chosen)


def _waiting_at(ctx: Context, narrowing: Narrowing, at: int) -> Comment | None:
    urgent = _urgent(ctx, narrowing, newest=False)
    if at < len(urgent):
        return urgent[at]
    others: Narrowing = {**narrowing, "urgent": False if urgent else None}
    found = ctx.store.list_comments(offset=at - len(urgent), limit=1, **others)
    return found[0] if found else None


def _urgent(ctx: Context, narrowing: Narrowing, *, newest: bool) -> list[Comment]:
    only: Narrowing = {**narrowing, "urgent": True}
    return ctx.store.list_comments(newest_first=newest, limit=URGENT, **only)
