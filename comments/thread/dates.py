"""Moments as readers of each language write them, in the site's zone."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

Translate = Callable[[str], str]


def _(message: str) -> str:
    """Marks a message for the catalogues; the language is known only when it is shown."""
    return message


MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
FIRST = _("1")  # French writes 1er mars
PATTERN = _("{day} {month} {year} {hour12}:{minute:02} {half}")

zone_of = cache(ZoneInfo)


def moment(at: datetime, zone: str, translate: Translate) -> str:
    """14 March 2026 9:30 am; in French 14 mars 2026 à 9 h 30."""
    there = at.astimezone(zone_of(zone))
    return translate(PATTERN).format(
        day=translate(FIRST) if there.day == 1 else there.day,
        month=translate(MONTHS[there.month - 1]),
        year=there.year,
        hour=there.hour,
        hour12=there.hour % 12 or 12,
        minute=there.minute,
        half="am" if there.hour < 12 else "pm",
    )


def machine(at: datetime, zone: str) -> str:
    """For ``<time datetime>``: the moment in the site's zone, with its offset."""
    return at.astimezone(zone_of(zone)).isoformat(timespec="minutes")


def utc(at: datetime) -> str:
    """For feeds and linked data: the moment in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
