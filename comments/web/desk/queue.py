"""The four lists: waiting, published, spam, bin; and the same pile one by one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions.permissions import may
from comments.manifest import Thread
from comments.model import Account, State
from comments.web.desk.door import account, context, for_everybody, needs
from comments.web.desk.items import make_item, make_items
from comments.web.desk.pages import number, page

PAGE = 25
# So many of the newest articles can be chosen from; for older ones there is the list of articles.
CHOICE = 200
TABS: dict[str, State] = {"waiting": "pending", "published": "approved", "spam": "spam", "bin": "trash"}


@dataclass(frozen=True)
class Filter:
    """What narrows a list down, from its address."""

    tab: str
    query: str
    thread: str
    newest: bool
    number: int

    @property
    def narrowed(self) -> bool:
        return bool(self.query or self.thread)

    def address(self, **changes: object) -> str:
        """The list's own address with ``changes``; what is empty is left out."""
        values = {"q": self.query, "article": self.thread, "order": "", "page": self.number, "select": ""}
        if self.newest != newest_is_usual(self.tab):
            values["order"] = "newest" if self.newest else "oldest"
        kept = {name: value for name, value in (values | changes).items() if value and (name, value) != ("page", 1)}
        return tab_address(self.tab) + (f"?{urlencode(kept)}" if kept else "")


def register(desk: Blueprint) -> None:
    desk.add_url_rule("", "front", for_everybody(lambda: redirect(url_for("desk.queue"), 308)))
    desk.add_url_rule("/", "queue", show_queue, defaults={"tab": "waiting"})
    desk.add_url_rule("/<any(published, spam, bin):tab>/", "queue", show_queue)
    desk.add_url_rule("/one-by-one/", "one_by_one", show_one_by_one)


@for_everybody
def show_queue(tab: str) -> ResponseReturnValue:
    """One page of one list."""
    who, ctx, chosen = account(), context(), read_filter(tab)
    if not may(who, "moderate"):
        return _for_author(who, chosen)
    total = ctx.store.count_comments(state=TABS[tab], thread=chosen.thread or None, query=chosen.query)
    if chosen.number > max(1, last_page(total)):
        return redirect(chosen.address(page=last_page(total)), 303)
    return _list(who, chosen, total, choice=_choice(list(ctx.manifest().threads.values()), chosen.thread))


def _for_author(who: Account, chosen: Filter) -> ResponseReturnValue:
    """An author answers published comments under own articles, and sees nothing else."""
    ctx = context()
    own = [entry for entry in ctx.manifest().threads.values() if any(a.key == who.author for a in entry.authors)]
    if chosen.tab != "published" or chosen.thread not in {entry.id for entry in own}:
        return page("own_articles.html", entries=sorted(own, key=lambda entry: entry.published, reverse=True))
    return _list(who, chosen, ctx.store.count_comments(state="approved", thread=chosen.thread, query=chosen.query))


def _list(who: Account, chosen: Filter, total: int, choice: list[Thread] | None = None) -> ResponseReturnValue:
    ctx = context()
    found = ctx.store.list_comments(
        state=TABS[chosen.tab],
        thread=chosen.thread or None,
        query=chosen.query,
        newest_first=chosen.newest,
        limit=PAGE,
        offset=(chosen.number - 1) * PAGE,
    )
    return page(
        "queue.html",
        filter=chosen,
        items=make_items(ctx, who, found),
        total=total,
        first=(chosen.number - 1) * PAGE + 1,
        pages=last_page(total),
        choice=choice,
        selected=request.args.get("select") == "all",
    )


def read_filter(tab: str) -> Filter:
    order = request.args.get("order", "")
    newest = order == "newest" if order in {"newest", "oldest"} else newest_is_usual(tab)
    query = request.args.get("q", "").strip()[:200]
    return Filter(tab, query, request.args.get("article", "")[:80], newest, max(1, number("page", 1)))


def newest_is_usual(tab: str) -> bool:
    """Who waits longest is read first; of what was decided, the latest is looked for."""
    return tab != "waiting"


def tab_address(tab: str) -> str:
    return url_for("desk.queue") if tab == "waiting" else url_for("desk.queue", tab=tab)


def last_page(total: int) -> int:
    return max(1, -(-total // PAGE))


def _choice(entries: list[Thread], chosen: str) -> list[Thread]:
    newest = sorted(entries, key=lambda entry: entry.published, reverse=True)
    return [entry for place, entry in enumerate(newest) if place < CHOICE or entry.id == chosen]


@needs("moderate")
def show_one_by_one() -> ResponseReturnValue:
    """One waiting comment at a time, the oldest first. ``at`` is how many were left for later."""
    ctx, at = context(), number("at")
    total = ctx.store.count_by_state()["pending"]
    found = ctx.store.list_comments(state="pending", limit=1, offset=at)
    if not found:
        return page("one_by_one_done.html", total=total)
    return page("one_by_one.html", item=make_item(ctx, account(), found[0]), at=at, total=total)
