"""Bars drawn by the server from numbers: what stands in the table below them, to be seen at one glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from comments.model import State
from comments.thread.dates import MONTHS
from comments.words import _, ngettext

WEEKS, MONTHS_SHOWN = 26, 24
# The picture's own units, as wide as a narrow phone shows them.
WIDTH, LEFT, TOP, BASE = 360, 40, 8, 128
STEPS = (1, 2, 5)
MOST_LINES = 4


@dataclass(frozen=True)
class Bar:
    """One row of the table. ``filled`` of ``count`` are drawn solid; ``tick`` is what stands below the bar."""

    label: str
    iso: str
    count: int
    filled: int
    tick: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A horizontal line at a figure."""

    y: float
    figure: int


@dataclass(frozen=True)
class Plot:
    """``heading`` says what is to be seen, ``about`` what is counted, ``description`` the shape for who sees none.

    ``columns`` are the table's; with three of them the outlined part of a bar is told from the solid one.
    """

    key: str
    heading: str
    about: str
    note: str
    description: str
    columns: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def empty(self) -> bool:
        return not any(bar.count for bar in self.bars)

    @property
    def top(self) -> int:
        """The figure at the upper end."""
        step = self._step
        return -(-max(bar.count for bar in self.bars) // step) * step

    @property
    def lines(self) -> list[Line]:
        return [Line(self._y(figure), figure) for figure in range(0, self.top + 1, self._step)]

    @property
    def solid(self) -> list[Box]:
        return [self._box(place, 0, bar.filled) for place, bar in enumerate(self.bars) if bar.filled]

    @property
    def outlined(self) -> list[Box]:
        bars = ((place, bar) for place, bar in enumerate(self.bars) if bar.count > bar.filled)
        return [self._box(place, bar.filled, bar.count) for place, bar in bars]

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """What stands below the axis, and where."""
        return [(round(LEFT + place * self._room, 1), bar.tick) for place, bar in enumerate(self.bars) if bar.tick]

    @property
    def _step(self) -> int:
        """The smallest round number that needs no more than a few lines."""
        most, ten = max(bar.count for bar in self.bars), 1
        while True:
            for step in STEPS:
                if most <= step * ten * MOST_LINES:
                    return step * ten
            ten *= 10

    @property
    def _room(self) -> float:
        return (WIDTH - LEFT) / len(self.bars)

    def _y(self, figure: int) -> float:
        return round(BASE - (BASE - TOP) * figure / self.top, 1)

    def _box(self, place: int, low: int, high: int) -> Box:
        x, width = LEFT + self._room * (place + 0.15), self._room * 0.7
        return Box(round(x, 1), self._y(high), round(width, 1), round(self._y(low) - self._y(high), 1))


def articles(months: Mapping[str, int], now: datetime, zone: ZoneInfo) -> Plot:
    """Articles per month, this one so far included."""
    today = now.astimezone(zone).date()
    last = today.year * 12 + today.month - 1
    days = [date(*_year_and_month(number), 1) for number in range(last - MONTHS_SHOWN + 1, last + 1)]
    counts = [months.get(f"{day:%Y-%m}", 0) for day in days]
    bars = tuple(
        Bar(_month(day), f"{day:%Y-%m}", count, count, f"{_month(day)[:3]} {day.year}" if day.month in (1, 7) else "")
        for day, count in zip(days, counts, strict=True)
    )
    total = sum(counts)
    heading = ngettext("{count} article in {months} months", "{count} articles in {months} months", total)
    return Plot(
        key="articles",
        heading=heading.format(count=total, months=MONTHS_SHOWN),
        about=_("Articles readers can see, by the month they went out in. This month is not over."),
        note="",
        description=_shape(bars),
        columns=(_("Month"), _("Articles")),
        bars=bars,
    )


def week_edges(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """The beginnings of the weeks that are shown, and the end of the last: Mondays, 00:00 in the zone."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(weeks=number) for number in range(1 - WEEKS, 2)]
    return [datetime.combine(day, time(), zone) for day in days]


def comments(edges: Sequence[datetime], counts: Sequence[Mapping[State, int]], kept_days: int) -> Plot:
    """Comments per week, published ones solid, this week so far included."""
    bars = tuple(
        Bar(
            label=f"{edge.day} {_month(edge.date())}",
            iso=edge.date().isoformat(),
            count=sum(count.values()),
            filled=count.get("approved", 0),
            tick=_(MONTHS[edge.month - 1])[:3] if edge.day <= 7 else "",
        )
        for edge, count in zip(edges[:-1], counts, strict=True)
    )
    total, published = sum(bar.count for bar in bars), sum(bar.filled for bar in bars)
    heading = ngettext(
        "{count} comment in {weeks} weeks, {published} published",
        "{count} comments in {weeks} weeks, {published} published",
        total,
    )
    note = ngettext(
        "Spam and bin are deleted after {days} day, and then not counted any more.",
        "Spam and bin are deleted after {days} days, and then not counted any more.",
        kept_days,
    )
    return Plot(
        key="comments",
        heading=heading.format(count=total, weeks=WEEKS, published=published),
        about=_("Filled: on the page. Outlined: waiting, spam or bin. This week is not over."),
        note=note.format(days=kept_days),
        description=_shape(bars),
        columns=(_("Week from"), _("All"), _("Published")),
        bars=bars,
    )


def _shape(bars: Sequence[Bar]) -> str:
    most = max(bars, key=lambda bar: bar.count)
    return _("Between {least} and {most}, the most: {label}. The table below has every figure.").format(
        least=min(bar.count for bar in bars), most=most.count, label=most.label
    )


def _year_and_month(number: int) -> tuple[int, int]:
    year, month = divmod(number, 12)
    return year, month + 1


def _month(day: date) -> str:
    return f"{_(MONTHS[day.month - 1])} {day.year}"
