"""RIS, which every reference manager reads: one field a line, two capitals, two spaces, a hyphen, a space."""

import re
from collections.abc import Iterable, Iterator

from publication.citations import dates, names
from publication.citations.sources import PERIODICALS
from publication.citations.work import Work
from publication.records import Name

TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "broadcast": "SOUND",
    "chapter": "CHAP",
    "entry": "ENCYC",
    "legislation": "STAT",
    "motion_picture": "VIDEO",
    "paper-conference": "CONF",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "song": "MUSIC",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
END = "\r\n"

_PAGES = re.compile(r"(\w+) ?(?:-{1,2}|–) ?(\w+)")


def write(works: Iterable[Work]) -> bytes:
    """A file of these works, a blank line between one and the next."""
    return END.join(record(work) for work in works).encode()


def record(work: Work) -> str:
    """The work as one record."""
    lines = [f"{tag}  - {_line(value)}" for tag, value in _fields(work) if value]
    return "".join(line + END for line in [*lines, "ER  - "])


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    facts = work.facts
    kind = TYPES.get(facts.type, "JOUR" if facts.type == "article" and facts.container_title else "GEN")
    yield "TY", kind
    yield "ID", work.id
    yield from (("AU", _name(name)) for name in facts.author)
    yield from (("ED", _name(name)) for name in facts.editor)
    yield from (("A4", _name(name)) for name in facts.translator)
    yield "TI", work.title
    yield "T2", facts.container_title or facts.event
    yield "JO", facts.container_title if facts.type in PERIODICALS or kind == "JOUR" else ""
    yield "T3", facts.collection_title
    yield from _dates(facts.issued)
    yield "VL", facts.volume
    yield "IS", facts.issue
    pages = _PAGES.fullmatch(facts.page)
    article = facts.number if kind == "JOUR" else ""
    yield "SP", pages[1] if pages else facts.page or article
    yield "EP", pages[2] if pages else ""
    yield "M1", (facts.number if facts.number != article else "") or facts.collection_number
    yield "ET", facts.edition or facts.version
    yield "M3", facts.genre
    yield "PB", facts.publisher
    yield "CY", facts.publisher_place
    yield "SN", work.isbn
    yield "SN", facts.issn
    yield "DO", work.doi
    yield "UR", work.url
    yield "LA", work.language


def _dates(issued: str) -> Iterator[tuple[str, str]]:
    """The year; and where more is known year/month/day/words, each slash in its place."""
    span = dates.read(issued)
    if span is None:
        return
    yield "PY", f"{span.start[0]:04}"
    parts = [f"{part:0{4 if at == 0 else 2}}" for at, part in enumerate(span.start)]
    words = "" if span.is_single else issued
    if words or len(parts) > 1:
        yield "DA", "/".join([*[*parts, "", ""][:3], words])


def _name(name: Name) -> str:
    given = name.given if name.family else ""
    return names.surname(name) if name.literal else ", ".join(filter(None, (names.surname(name), given, name.suffix)))


def _line(value: str) -> str:
    """The value without anything that would end the line or begin another field."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
