"""Dates as editors write them, in the site's zone; and lengths of time such as ``12 months``."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from publication.problems import Wrong, quoted

_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_DURATION = re.compile(r"([0-9]{1,4}) *(day|week|month|year)s?")
_YEARS = range(1900, 2200)
_EXAMPLE = "Write year, month, day, hour and minute: 2026-03-14 09:30."
_EXAMPLE_DAY = "Write year, month and day: 2026-03-14."


@dataclass(frozen=True)
class Duration:
    """A length of calendar time."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day this long after ``day``; the 31st becomes the last of a shorter month."""
        month = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(month, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment that ``text`` says, with its own offset or as local time of ``zone``; it has the zone's offset.

    :raise Wrong: it is not a moment, or the clocks of the zone never or twice show it.
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        raise Wrong(f"{quoted(text)} is not a date and time", _EXAMPLE)
    year, month, day, hour, minute, second, offset = match.groups()
    on = _day(text, year, month, day, _EXAMPLE)
    if hour is None:
        raise Wrong(f"{quoted(text)} has no time of day", f"Add it: {on} 09:00.")
    try:
        local = datetime(on.year, on.month, on.day, int(hour), int(minute), int(second or 0))
        return _fixed(local.replace(tzinfo=_offset(offset)).astimezone(zone) if offset else _local(local, zone))
    except ValueError:
        raise Wrong(f"{quoted(text)} has a time of day that does not exist", _EXAMPLE) from None


def write_moment(moment: datetime, zone: ZoneInfo) -> str:
    """``moment`` as an editor would write it; with its offset where the local time alone is in doubt."""
    local = moment.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M}"
    try:
        read_moment(text, zone)
    except Wrong:
        return f"{text} {local:%z}"
    return text


def read_day(text: str) -> date:
    """The day that ``text`` says.

    :raise Wrong: it says none.
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        raise Wrong(f"{quoted(text)} is not a date", _EXAMPLE_DAY)
    year, month, day = match.groups()[:3]
    on = _day(text, year, month, day, _EXAMPLE_DAY)
    if match.group(4) or match.group(7):
        raise Wrong(f"{quoted(text)} should be a day without a time", f"Write {on}.")
    return on


def read_duration(text: str) -> Duration:
    """The length of time in words such as ``90 days``, ``6 weeks``, ``12 months``, ``2 years``.

    :raise Wrong: it is not one, or longer than twenty years.
    """
    match = _DURATION.fullmatch(text.lower())
    if not match:
        raise Wrong(f"{quoted(text)} is not a length of time", "Write a number and a unit: 12 months.")
    number, unit = int(match.group(1)), match.group(2)
    in_months, in_days = {"month": (1, 0), "year": (12, 0), "day": (0, 1), "week": (0, 7)}[unit]
    duration = Duration(number * in_months, number * in_days)
    if not number or duration.months > 240 or duration.days > 7305:
        raise Wrong(f"{quoted(text)} is out of range", "Write between 1 day and 20 years: 12 months.")
    return duration


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """``day`` at the local time ``at``; where the clocks skip that time, the moment at which they do."""
    return _fixed(datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone))


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which ``day`` begins in ``zone``."""
    return moment_of(day, time(), zone)


def _fixed(moment: datetime) -> datetime:
    """The moment with its offset alone: Python compares two moments of one zone by the clock on the wall."""
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()), fold=0)


def _day(text: str, year: str, month: str, day: str, example: str) -> date:
    if len(month) == 1 or len(day) == 1:
        raise Wrong(f"{quoted(text)} needs two digits for month and day", f"Begin with {year}-{month:0>2}-{day:0>2}.")
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        raise Wrong(f"{quoted(text)} is a day that does not exist", example) from None
    if on.year not in _YEARS:
        raise Wrong(f"{quoted(text)} is too far away", f"Write a year between {_YEARS[0]} and {_YEARS[-1]}.")
    return on


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)


def _local(local: datetime, zone: ZoneInfo) -> datetime:
    early, late = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return early
    back = early.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != local:
        later = back.strftime("%Y-%m-%d %H:%M")
        raise Wrong(f"{local:%Y-%m-%d %H:%M} is skipped by the clocks in {zone.key}", f"Write {later}.")
    what = f"{local:%Y-%m-%d %H:%M} comes twice in {zone.key}, when the clocks go back"
    first, second = (f"{local:%Y-%m-%d %H:%M} {one:%z}" for one in (early, late))
    raise Wrong(what, f"Add the offset: {first} for the first time, {second} for the second.")
