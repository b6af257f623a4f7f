"""Dates of publication: a year, a month, a day, or from one to another."""

from dataclasses import dataclass

from publication.citations.terms import Terms

Day = tuple[int, ...]  # year, or year and month, or year, month and day


@dataclass(frozen=True)
class Span:
    """``end`` is empty for a single date; ``open`` where the work still goes on."""

    start: Day
    end: Day = ()
    open: bool = False

    @property
    def year(self) -> str:
        return str(self.start[0])

    @property
    def is_single(self) -> bool:
        return not self.end and not self.open


def read(issued: str) -> Span | None:
    """``2004``, ``2004-06-21``, ``2015/2018`` or ``2015/..`` (still going on); None for nothing."""
    if not issued:
        return None
    start, _, end = issued.partition("/")
    return Span(_day(start), _day(end) if end not in ("", "..") else (), end == "..")


def iso(day: Day) -> str:
    """``2004-06-21``, ``2004-06`` or ``2004``."""
    return "-".join([f"{day[0]:04}", *(f"{part:02}" for part in day[1:])])


def in_words(span: Span | None, terms: Terms, *, whole: bool) -> str:
    """What stands between the brackets after the author. Only the years, unless the ``whole`` date is asked for."""
    if span is None:
        return terms.no_date
    start, end = (span.start, span.end) if whole else (span.start[:1], span.end[:1])
    if span.open:
        return f"{_words(start, terms)}–{terms.present}"
    if not end or end == start:
        return _words(start, terms)
    if start[0] != end[0] or len(start) < 2 or len(end) < 2:
        return f"{_words(start, terms)}–{_words(end, terms)}"
    return f"{start[0]}, {_within_a_year(start[1:], end[1:], terms)}"


def _within_a_year(start: Day, end: Day, terms: Terms) -> str:
    if start[0] != end[0] or len(start) < 2 or len(end) < 2:
        return f"{_month_and_day(start, terms)}–{_month_and_day(end, terms)}"
    days = f"{_number(start[1], terms)}–{_number(end[1], terms)}"
    month = terms.months[start[0] - 1]
    return f"{days} {month}" if terms.day_first else f"{month} {days}"


def _words(day: Day, terms: Terms) -> str:
    return f"{day[0]}, {_month_and_day(day[1:], terms)}" if len(day) > 1 else str(day[0])


def _month_and_day(rest: Day, terms: Terms) -> str:
    month = terms.months[rest[0] - 1]
    if len(rest) == 1:
        return month
    number = _number(rest[1], terms)
    return f"{number} {month}" if terms.day_first else f"{month} {number}"


def _number(day: int, terms: Terms) -> str:
    return terms.first_day if day == 1 else str(day)


def _day(text: str) -> Day:
    return tuple(int(part) for part in text.split("-"))
