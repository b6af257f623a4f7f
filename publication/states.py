"""What the clock makes of a text, and when it will next make something else of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from publication.items import Item
from publication.moments import Duration, moment_of, start_of
from publication.records import Review
from publication.settings import Settings

What = Literal["publish", "expire", "close comments", "review due"]


@dataclass(frozen=True, order=True)
class Event:
    """A moment at which pages change by themselves."""

    at: datetime
    kind: What
    id: str


def state(item: Item, as_of: datetime) -> str:
    """One of ``vocabulary.STATES``: the status, or what the clock makes of "published"."""
    status, date, expires = str(item.get("status")), item.get("date"), item.get("expires")
    if status != "published":
        return status
    if expires and expires <= as_of:
        return "expired"
    return "scheduled" if date and date > as_of else "published"


def closes(item: Item, settings: Settings) -> datetime | None:
    """When comments under an article close: as it says itself, or by the site's setting."""
    date: datetime | None = item.get("date")
    own: Duration | Literal["never"] | None = item.get("closes")
    after = None if own == "never" else own or settings.close_comments_after
    if item.kind != "article" or after is None or date is None:
        return None
    day = after.after(date.date())
    return moment_of(day, date.time(), settings.timezone)


def events(item: Item, settings: Settings, as_of: datetime) -> list[Event]:
    """What will happen to ``item`` after ``as_of``, in order."""
    if item.get("status") != "published" or state(item, as_of) == "expired":
        return []
    return [event for event in _all_events(item, settings) if event.at > as_of]


def last_event(item: Item, settings: Settings, as_of: datetime) -> datetime | None:
    """When something last happened to ``item`` by itself, at ``as_of`` at the latest."""
    if item.get("status") != "published":
        return None
    end = item.get("expires")  # nothing happens to what is gone
    return max((e.at for e in _all_events(item, settings) if e.at <= as_of and not (end and end < e.at)), default=None)


def _all_events(item: Item, settings: Settings) -> list[Event]:
    review: Review | None = item.get("reviewed")
    due = start_of(review.due, settings.timezone) if review and review.due else None
    moments: dict[What, datetime | None] = {
        "publish": item.get("date"),
        "expire": item.get("expires"),
        "close comments": closes(item, settings),
        "review due": due,
    }
    return sorted(Event(at, kind, item.id) for kind, at in moments.items() if at)
