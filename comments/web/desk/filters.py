"""What a list is narrowed down by. It stands in the list's address, which can be kept and handed on: ids, days and
words, never an e-mail address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import url_for

from comments.actions.context import Context
from comments.model import Narrowing, State
from comments.web.desk import moments, words
from comments.web.desk.numbers import whole
from comments.words import _

TABS: dict[str, State] = {"waiting": "pending", "published": "approved", "spam": "spam", "bin": "trash"}
QUERY = 200
KEY = 80
# Generous on purpose: whatever looks like a mailbox is kept out of addresses, histories and logs.
MAILBOX = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")


@dataclass(frozen=True)
class Pill:
    """One thing that narrows the list, and the list's address without it."""

    label: str
    value: str
    address: str


@dataclass(frozen=True)
class Filter:
    """``after`` and ``before`` are the comments next to the page that is asked for, or 0.

    ``refused``: an e-mail address was typed to be searched for, and left out.
    """

    tab: str
    newest: bool
    query: str = ""
    thread: str = ""
    reason: str = ""
    person: int = 0
    since: date | None = None
    until: date | None = None
    after: int = 0
    before: int = 0
    refused: bool = False

    @property
    def narrowed(self) -> bool:
        return any((self.query, self.thread, self.reason, self.person, self.since, self.until))

    @property
    def deep(self) -> bool:
        """Whether it is another page than the first."""
        return bool(self.after or self.before)

    @property
    def path(self) -> str:
        return tab_address(self.tab)

    def on_first_page(self) -> "Filter":
        return replace(self, after=0, before=0)

    def for_author(self) -> "Filter":
        """Without what only moderators may ask: why comments waited, and which ones one person wrote."""
        return replace(self, reason="", person=0)

    def narrowing(self, zone: ZoneInfo) -> Narrowing:
        """The same for the store; days are those of the zone."""
        return Narrowing(
            query=self.query,
            thread=self.thread or None,
            reason=self.reason or None,
            person=self.person or None,
            since=_midnight(self.since, zone) if self.since else None,
            until=_midnight(self.until + timedelta(days=1), zone) if self.until else None,
        )

    def address(self, **changes: object) -> str:
        """The list's own address with ``changes``; what is empty is left out."""
        return _with(self.path, self._values() | changes)

    def in_tab(self, tab: str) -> str:
        """The same narrowing of another list, from its beginning."""
        return _with(tab_address(tab), self._values() | {"order": "", "after": "", "before": ""})

    def one_by_one(self, at: int = 0) -> str:
        """The same narrowing of the pile, one by one."""
        return _with(url_for("desk.one_by_one"), self._values() | {"order": "", "after": "", "before": "", "at": at})

    def _values(self) -> dict[str, object]:
        order = "" if self.newest == newest_is_usual(self.tab) else "newest" if self.newest else "oldest"
        return {
            "q": self.query,
            "article": self.thread,
            "reason": self.reason,
            "person": self.person,
            "since": self.since or "",
            "until": self.until or "",
            "order": order,
            "after": self.after,
            "before": self.before,
        }


def read_filter(tab: str, values: Mapping[str, str]) -> Filter:
    """The filter of a list from its address, where anything may stand."""
    query, order = values.get("q", "").strip()[:QUERY], values.get("order", "")
    refused = bool(MAILBOX.search(query))
    return Filter(
        tab=tab,
        newest=order == "newest" if order in {"newest", "oldest"} else newest_is_usual(tab),
        query="" if refused else query,
        thread=values.get("article", "")[:KEY],
        reason=values.get("reason", "")[:KEY],
        person=whole(values.get("person", "")) or 0,
        since=_day(values.get("since", "")),
        until=_day(values.get("until", "")),
        after=whole(values.get("after", "")) or 0,
        before=whole(values.get("before", "")) or 0,
        refused=refused,
    )


def pills(ctx: Context, chosen: Filter) -> list[Pill]:
    """What narrows the list, in words, each with the way to go on without it."""
    entry = ctx.manifest().find(chosen.thread)
    named = {
        "q": (_("Words"), f"“{chosen.query}”" if chosen.query else ""),
        "article": (_("Article"), entry.title if entry else chosen.thread),
        "reason": (_("Why"), words.reason(chosen.reason) if chosen.reason else ""),
        "person": (_("Writer"), name_of(ctx, chosen.person) if chosen.person else ""),
        "since": (_("From"), moments.plain_day(chosen.since) if chosen.since else ""),
        "until": (_("To"), moments.plain_day(chosen.until) if chosen.until else ""),
    }
    first = chosen.on_first_page()
    return [Pill(label, value, first.address(**{name: ""})) for name, (label, value) in named.items() if value]


def name_of(ctx: Context, person: int) -> str:
    """The name a person gave last, or their number where there is none."""
    newest = ctx.store.list_comments(person=person, newest_first=True, limit=1)
    return (newest[0].name if newest else "") or _("number {number}").format(number=person)


def newest_is_usual(tab: str) -> bool:
    """Who waits longest is read first; of what was decided, the latest is looked for."""
    return tab != "waiting"


def tab_address(tab: str) -> str:
    return url_for("desk.queue") if tab == "waiting" else url_for("desk.queue", tab=tab)


def _with(path: str, values: Mapping[str, object]) -> str:
    kept = {name: value for name, value in values.items() if value}
    return path + (f"?{urlencode(kept)}" if kept else "")


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # The first and the last years have no room for a zone.
    return found if 1970 <= found.year < 9000 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
