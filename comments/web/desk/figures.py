"""Figures of the conversation as plots: how long comments wait, why they wait, and where most is said."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from comments.model import Decision
from comments.thread.dates import MONTHS
from comments.web.desk import words
from comments.web.desk.plots import Bar, Plot
from comments.words import _, ngettext

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# From so much on, nine of ten are told in the bigger unit.
MANY_MINUTES, MANY_HOURS = 2 * HOUR, 3 * DAY


@dataclass(frozen=True)
class Ranked:
    """Named figures, the biggest first. ``share`` is the length of a bar, from 0 to 100."""

    label: str
    count: int
    share: float
    address: str = ""


@dataclass(frozen=True)
class Ranking:
    """``heading`` says what is to be seen, ``about`` what is counted."""

    key: str
    heading: str
    about: str
    columns: tuple[str, str]
    rows: tuple[Ranked, ...]


def waits(edges: Sequence[datetime], decisions: Sequence[Decision]) -> Plot:
    """The time to publication, week by week: half of the comments, and nine of ten."""
    published = [decision for decision in decisions if decision.published]
    weeks: list[list[timedelta]] = [[] for _edge in edges[1:]]
    for decision in sorted(published, key=lambda one: one.waited):
        place = bisect_right(edges, decision.at) - 1
        if 0 <= place < len(weeks):
            weeks[place].append(decision.waited)
    all_waits = sorted(one.waited for one in published)
    unit, columns = _unit(max((share_of(week, 0.9) for week in weeks if week), default=timedelta()))
    bars = tuple(
        Bar(
            label=f"{edge.day} {_(MONTHS[edge.month - 1])} {edge.year}",
            iso=edge.date().isoformat(),
            count=_round(share_of(week, 0.9), unit),
            filled=_round(share_of(week, 0.5), unit),
            tick=_(MONTHS[edge.month - 1])[:3] if edge.day <= 7 else "",
        )
        for edge, week in zip(edges[:-1], weeks, strict=True)
    )
    heading = _("Nothing was published after waiting")
    if all_waits:
        half, most = span(share_of(all_waits, 0.5)), span(share_of(all_waits, 0.9))
        heading = _("Half were published within {half}, nine of ten within {most}").format(half=half, most=most)
        if half == most:
            heading = _("Nine of ten were published within {most}").format(most=most)
    return Plot(
        key="waits",
        heading=heading,
        about=_(
            "From sending to publication, by the week it was published in. Filled: half of them. Outlined: nine of ten."
        ),
        note=ngettext(
            "Of {count} comment that waited and was published.",
            "Of {count} comments that waited and were published.",
            len(all_waits),
        ).format(count=len(all_waits)),
        description=_("The table below has every figure."),
        columns=(_("Week from"), *columns),
        bars=bars,
    )


def share_of(sorted_waits: Sequence[timedelta], share: float) -> timedelta:
    """What that share of them waited at most; nothing where there are none."""
    if not sorted_waits:
        return timedelta()
    return sorted_waits[min(len(sorted_waits) - 1, int(len(sorted_waits) * share))]


def span(wait: timedelta) -> str:
    """A wait in words, rounded as people would: "40 minutes", "3 hours", "2 days"."""
    if wait < MANY_MINUTES:
        minutes = max(1, round(wait / timedelta(minutes=1)))
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    if wait < MANY_HOURS:
        hours = round(wait / HOUR)
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    days = round(wait / DAY)
    return ngettext("{count} day", "{count} days", days).format(count=days)


def causes(counts: Mapping[str, int], came: int, held: int) -> Ranking:
    """Why comments waited, or were filed: how many of all, and by which checks."""
    share = round(100 * held / came) if came else 0
    return Ranking(
        key="causes",
        heading=_("{share} % of all comments were held or filed by a check").format(share=share),
        about=_("{held} of {came} comments, by reason; one comment can have several.").format(held=held, came=came),
        columns=(_("Reason"), _("Comments")),
        rows=tuple(_ranked((words.reason(key), count, "") for key, count in counts.items())),
    )


def busiest(counts: Mapping[str, int], titles: Mapping[str, str], addresses: Mapping[str, str]) -> Ranking:
    """The articles under which most was sent."""
    rows = tuple(_ranked((titles.get(key, key), count, addresses.get(key, "")) for key, count in counts.items()))
    heading = _("Most was said under “{title}”").format(title=rows[0].label) if rows else _("Nothing was said")
    return Ranking(
        key="busiest",
        heading=heading,
        about=_("Comments that came, published or not, by article."),
        columns=(_("Article"), _("Comments")),
        rows=rows,
    )


def _ranked(figures: Iterator[tuple[str, int, str]]) -> Iterator[Ranked]:
    rows = list(figures)
    most = max((count for _label, count, _address in rows), default=0)
    for label, count, address in rows:
        yield Ranked(label, count, round(100 * count / most, 1), address)


def _unit(most: timedelta) -> tuple[timedelta, tuple[str, str]]:
    if most < MANY_MINUTES:
        return timedelta(minutes=1), (_("Nine of ten, minutes"), _("Half, minutes"))
    if most < MANY_HOURS:
        return HOUR, (_("Nine of ten, hours"), _("Half, hours"))
    return DAY, (_("Nine of ten, days"), _("Half, days"))


def _round(wait: timedelta, unit: timedelta) -> int:
    # Upwards: a bar of nothing would say that nothing was published.
    return -(-wait // unit)
