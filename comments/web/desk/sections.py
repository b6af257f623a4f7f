"""The lists of the editors' page: what comes and what waits, each in rows that one template shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from comments.actions.editorial import Editorial, Figures, Flaw, Link, Shelf, Text
from comments.words import _, ngettext

# Rows that are not folded away.
SHOWN = 10
SOON = timedelta(days=30)
# The clock looks every minute, and a large site takes a while to build.
PATIENCE = timedelta(minutes=5)
T = TypeVar("T")
_KINDS = {"page": "page", "resource": "resource"}


@dataclass(frozen=True)
class Cell:
    """``label`` is its column's; ``state`` a word with the look ``tone``; ``day``: without the time of day."""

    label: str
    words: str = ""
    state: str = ""
    tone: str = ""
    at: datetime | None = None
    day: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """``title`` leads to ``address``, if there is one; ``file`` is where it is changed."""

    title: str
    cells: tuple[Cell, ...]
    address: str = ""
    language: str = "en"
    kind: str = ""
    file: str = ""
    code: bool = False


@dataclass(frozen=True)
class Section:
    """``tab`` is its name in one word; ``count`` counts rows that are not written out too."""

    key: str
    tab: str
    heading: str
    count: int
    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[str]:
        return [cell.label for cell in self.rows[0].cells]

    @property
    def first(self) -> tuple[Row, ...]:
        return self.rows[:SHOWN]

    @property
    def rest(self) -> tuple[Row, ...]:
        return self.rows[SHOWN:]


def make_sections(known: Editorial, now: datetime, zone: ZoneInfo) -> list[Section]:
    """What there is to see, the most urgent first; lists with nothing in them are left out."""
    return [section for section in _all(known, now, zone) if section.rows]


def nothing(known: Editorial, now: datetime) -> list[str]:
    """A sentence for each list that is empty."""
    figures = known.figures
    said = [_("The texts have no problems.")] if known.checked and not known.problems.count else []
    if figures:
        days = SOON.days
        empty = {
            _("Nothing is scheduled."): figures.scheduled.count,
            _("Nothing is in review."): figures.review.count,
            _("No review is due within {days} days.").format(days=days): len(_soon(figures.due, now).first),
            _("Nothing expires within {days} days.").format(days=days): len(_soon(figures.expiring, now).first),
            _("There are no drafts."): figures.drafts.count,
        }
        said += [sentence for sentence, count in empty.items() if not count]
    if known.links.damaged:
        said.append(_("What is known of the links cannot be read. It is written anew by: python3 tasks.py links"))
    elif known.checked and not known.links.tried:
        said.append(_("The links were not tried yet. That is done by: python3 tasks.py links"))
    elif known.checked and not known.links.broken.count:
        said.append(_("Every link answered."))
    return said


def _all(known: Editorial, now: datetime, zone: ZoneInfo) -> Iterator[Section]:
    yield Section("problems", _("Problems"), _("Problems"), known.problems.count, _rows(_flaw, known.problems))
    if known.figures:
        yield from _lists(known.figures, now, zone)
    broken = known.links.broken
    yield Section("links", _("Links"), _("Broken links"), broken.count, _rows(_link, broken))
    if known.figures:
        drafts = known.figures.drafts
        yield Section("drafts", _("Drafts"), _("Drafts"), drafts.count, _rows(_changed, drafts))
    yield Section("advice", _("Advice"), _("Advice"), known.advice.count, _rows(_flaw, known.advice))


def _lists(figures: Figures, now: datetime, zone: ZoneInfo) -> Iterator[Section]:
    scheduled, review = figures.scheduled, figures.review
    due, expiring = _soon(figures.due, now), _soon(figures.expiring, now)
    going_out = _rows(lambda text: _timed(text, _("Goes out"), now), scheduled)
    ending = _rows(lambda text: _timed(text, _("Expires"), now), expiring)
    yield Section("scheduled", _("Scheduled"), _("Scheduled"), scheduled.count, going_out)
    yield Section("review", _("In review"), _("In review"), review.count, _rows(_changed, review))
    yield Section("due", _("Reviews"), _("Due for review"), due.count, _rows(lambda text: _due(text, now, zone), due))
    yield Section("expiring", _("Expiring"), _("Expiring soon"), expiring.count, ending)


def _rows(show: Callable[[T], Row], shelf: Shelf[T]) -> tuple[Row, ...]:
    return tuple(show(one) for one in shelf.first)


def _soon(shelf: Shelf[Text], now: datetime) -> Shelf[Text]:
    """What is past or near; the file tells of more, so that it can grow old."""
    near = tuple(text for text in shelf.first if text.at <= now + SOON)
    return shelf if len(near) == len(shelf.first) else Shelf(len(near), near)


def _row(text: Text, *cells: Cell) -> Row:
    kind = _(_KINDS[text.kind]) if text.kind in _KINDS else ""
    return Row(text.title, cells, text.path, text.language, kind, text.file)


def _authors(text: Text) -> Cell:
    return Cell(_("Authors"), ", ".join(text.authors))


def _timed(text: Text, label: str, now: datetime) -> Row:
    late = text.at + PATIENCE < now
    state = Cell(label, state=_("Late"), tone="failed", at=text.at) if late else Cell(label, at=text.at)
    return _row(text, state, _authors(text))


def _changed(text: Text) -> Row:
    return _row(text, Cell(_("Last changed"), at=text.at), _authors(text))


def _due(text: Text, now: datetime, zone: ZoneInfo) -> Row:
    days = (text.at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days < 0:
        state, tone = ngettext("{days} day late", "{days} days late", -days).format(days=-days), "failed"
    elif days == 0:
        state, tone = _("Today"), "waiting"
    else:
        state, tone = ngettext("In {days} day", "In {days} days", days).format(days=days), "waiting"
    last = datetime.combine(text.on, datetime.min.time(), zone) if text.on else None
    due = Cell(_("Due"), state=state, tone=tone, at=text.at, day=True)
    return _row(text, due, Cell(_("Last looked at"), f"{text.by}," if last else text.by, at=last, day=True))


def _link(link: Link) -> Row:
    state, tone = (_("Gone: readers are told"), "failed") if link.gone else (_("Watched"), "waiting")
    reason = link.reason[:1].upper() + link.reason[1:]
    told = [str(link.status or ""), reason] if link.status or reason else [_("No answer")]
    times = ngettext("once, on", "{count} times since", link.failures).format(count=link.failures)
    words = f"{' '.join(filter(None, told))}, {times}"
    cells = (Cell(_("Stands in"), files=link.files), Cell(_("What happened"), words, state, tone, link.since, day=True))
    safe = link.url.startswith(("http://", "https://"))
    return Row(link.url, cells, link.url if safe else "", code=True)


def _flaw(flaw: Flaw) -> Row:
    return Row(f"{flaw.file}:{flaw.line}", (Cell(_("What"), flaw.what), Cell(_("What to do"), flaw.cure)), code=True)
