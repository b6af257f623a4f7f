"""What the build left for editors in ``var/editors.json``: what comes, what waits, what is broken.

The build reads the texts, the service never does: it only shows what it finds there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Generic, TypeVar

from comments.actions.notes import Damaged, Note, read_note
from comments.words import _

FILE = "editors.json"
FORMAT = 1
T = TypeVar("T")


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """Some of many: ``count`` are all of them, ``first`` those that are written out."""

    count: int = 0
    first: tuple[T, ...] = ()


@dataclass(frozen=True)
class Flaw:
    """Something in a file that an editor should mend."""

    file: str
    line: int
    what: str
    cure: str


@dataclass(frozen=True)
class Text:
    """An article, page or resource; ``path`` is empty where readers cannot see it.

    ``at`` is what its list is about: when it goes out, ends, falls due for review, or was changed last. ``by`` and
    ``on`` tell of its last review.
    """

    title: str
    kind: str
    language: str
    authors: tuple[str, ...]
    file: str
    path: str
    at: datetime
    by: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Link:
    """A link that did not answer. ``files`` are the places it stands in; ``gone``: readers are told."""

    url: str
    gone: bool
    status: int
    reason: str
    failures: int
    since: datetime
    files: tuple[str, ...]


@dataclass(frozen=True)
class Links:
    """``tried`` is when any link was tried last; ``damaged``: what is known of them cannot be read."""

    broken: Shelf[Link] = Shelf()
    tried: datetime | None = None
    damaged: bool = False


@dataclass(frozen=True)
class Event:
    """What the clock does next."""

    at: datetime
    what: str
    title: str


@dataclass(frozen=True)
class Figures:
    """What a content without problems held. ``months`` counts articles, by such keys as ``2026-03``."""

    as_of: datetime
    next: Event | None
    months: Mapping[str, int]
    scheduled: Shelf[Text]
    review: Shelf[Text]
    drafts: Shelf[Text]
    due: Shelf[Text]
    expiring: Shelf[Text]


@dataclass(frozen=True)
class Editorial:
    """``trouble`` is a sentence where the file itself is missing or damaged; then there is nothing else.

    ``checked`` is when the texts were last read; ``figures`` may be older, and missing before the first good build.
    """

    trouble: str = ""
    checked: datetime | None = None
    problems: Shelf[Flaw] = Shelf()
    advice: Shelf[Flaw] = Shelf()
    links: Links = Links()
    figures: Figures | None = None


def read_editorial(var: Path) -> Editorial:
    """What stands in the file; of a missing or damaged one a sentence that says what to do."""
    try:
        note = read_note(var / FILE)
        if note is None:
            return Editorial(_("Nothing is known of the texts yet. The next build tells: python3 tasks.py build"))
        return _editorial(note)
    except Damaged as damage:
        sentence = _("{file} cannot be read ({what}). The next build writes it anew: python3 tasks.py build")
        return Editorial(sentence.format(file=f"{var.name}/{FILE}", what=damage))


def _editorial(note: Note) -> Editorial:
    if note.whole("format") != FORMAT:
        raise Damaged(_("it is of another version"))
    links = note.note("links")
    return Editorial(
        checked=note.moment("checked"),
        problems=_shelf(note.note("problems"), _flaw),
        advice=_shelf(note.note("advice"), _flaw),
        links=Links(
            _shelf(links, _link), links.moment("checked") if links.has("checked") else None, links.flag("damaged")
        ),
        figures=_figures(note.note("figures")) if note.has("figures") else None,
    )


def _figures(note: Note) -> Figures:
    months, lists = note.note("months"), note.note("lists")
    return Figures(
        as_of=note.moment("as_of"),
        next=_event(note.note("next")) if note.has("next") else None,
        months={month: months.whole(month) for month in months.raw},
        scheduled=_shelf(lists.note("scheduled"), _text),
        review=_shelf(lists.note("review"), _text),
        drafts=_shelf(lists.note("drafts"), _text),
        due=_shelf(lists.note("due"), _text),
        expiring=_shelf(lists.note("expiring"), _text),
    )


def _shelf(note: Note, read: Callable[[Note], T]) -> Shelf[T]:
    first = tuple(read(one) for one in note.notes("first"))
    return Shelf(max(note.whole("count"), len(first)), first)


def _flaw(note: Note) -> Flaw:
    return Flaw(note.text("file"), note.whole("line"), note.text("what"), note.text("cure"))


def _text(note: Note) -> Text:
    path = note.text("path")
    return Text(
        title=note.text("title"),
        kind=note.text("kind"),
        language=note.text("language"),
        authors=note.texts("authors"),
        file=note.text("file"),
        # On this site, whatever somebody may have written there.
        path=path if path.startswith("/") and not path.startswith(("//", "/\\")) else "",
        at=note.moment("at"),
        by=note.text("by") if note.has("by") else "",
        on=note.day("on") if note.has("on") else None,
    )


def _link(note: Note) -> Link:
    return Link(
        url=note.text("url"),
        gone=note.flag("gone"),
        status=note.whole("status") if note.has("status") else 0,
        reason=note.text("reason"),
        failures=note.whole("failures"),
        since=note.moment("since"),
        files=note.texts("files"),
    )


def _event(note: Note) -> Event:
    return Event(note.moment("at"), note.text("what"), note.text("title"))
