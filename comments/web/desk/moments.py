"""Moments in words, absolute: "06:12 today", "21:18 yesterday", "12 March 2026, 09:30"."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from comments.thread.dates import MONTHS
from comments.web.service import service
from comments.words import _

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class When:
    """``iso`` for ``<time datetime>``, ``words`` for people."""

    iso: str
    words: str


def phrase(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """The moment as a person in ``zone`` would say it at ``now``."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    days = (today - local.date()).days
    if days == 0:
        return _("{time} today").format(time=clock)
    if days == 1:
        return _("{time} yesterday").format(time=clock)
    if days == -1:
        return _("{time} tomorrow").format(time=clock)
    if 1 < days < 7:
        return _("{time} on {day}").format(time=clock, day=_(DAYS[local.weekday()]))
    return f"{day(moment, zone)}, {clock}"


def day(moment: datetime, zone: tzinfo) -> str:
    """The date alone: "12 March 2026"."""
    return plain_day(moment.astimezone(zone))


def plain_day(chosen: Date) -> str:
    """A day as it stands in a calendar: "12 March 2026"."""
    return f"{chosen.day} {_(MONTHS[chosen.month - 1])} {chosen.year}"


def when(moment: datetime) -> When:
    """For templates: this moment, seen from now in the site's zone."""
    ctx = service().context
    zone = ZoneInfo(ctx.manifest().site.zone)
    return When(moment.astimezone(zone).isoformat(timespec="minutes"), phrase(moment, ctx.now(), zone))


def date(moment: datetime) -> When:
    """For templates: the day alone."""
    zone = ZoneInfo(service().context.manifest().site.zone)
    return When(moment.astimezone(zone).date().isoformat(), day(moment, zone))
