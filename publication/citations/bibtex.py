"""BibTeX, written so that BibTeX and biblatex both read it."""

from collections.abc import Iterable, Iterator, Sequence

from publication.citations import dates, names, tex
from publication.citations.work import Work
from publication.records import Name

TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "broadcast": "audio",
    "chapter": "incollection",
    "entry": "incollection",
    "motion_picture": "video",
    "paper-conference": "inproceedings",
    "post-weblog": "online",
    "report": "techreport",
    "software": "software",
    "song": "audio",
    "standard": "techreport",
    "webpage": "online",
}
# Who made it public, and the larger work; each entry type has its own words.
HOUSES = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
HOUSES |= dict.fromkeys(("online", "software", "video", "audio", "misc"), "organization")
LARGER = {"article": "journal"} | dict.fromkeys(("incollection", "inproceedings", "audio", "misc"), "booktitle")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LANGUAGES = {"en": "english", "fr": "french"}


def write(works: Iterable[Work]) -> bytes:
    """A file of these works, a blank line between one and the next."""
    return "\n".join(entry(work) for work in works).encode()


def entry(work: Work) -> str:
    """The work as one entry; its key is its id."""
    kind = _type(work)
    lines = [f"  {name} = {value},\n" for name, value in _fields(work, kind) if value not in ("", "{}")]
    return f"@{kind}{{{work.id},\n{''.join(lines)}}}\n"


def _type(work: Work) -> str:
    facts = work.facts
    if facts.type == "thesis":
        return "mastersthesis" if "master" in facts.genre.casefold() else "phdthesis"
    if facts.type == "article" and facts.container_title:
        return "article"
    return TYPES.get(facts.type, "misc")


def _fields(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    facts = work.facts
    for role, people in (("author", facts.author), ("editor", facts.editor), ("translator", facts.translator)):
        yield role, f"{{{_people(people)}}}"
    yield "title", f"{{{tex.title(work.title)}}}"
    yield from _dates(facts.issued, facts.original_date)
    plain = _where(work, kind) | {
        "volume": facts.volume,
        "pages": facts.page.replace("–", "-").replace("--", "-").replace("-", "--"),
        "edition": facts.edition,
        "version": facts.version,
        "series": facts.collection_title,
        "type": facts.genre,
        "address": facts.publisher_place,
        "eventtitle": facts.event,
        "isbn": work.isbn,
        "issn": facts.issn,
    }
    yield from ((name, f"{{{tex.escaped(value)}}}") for name, value in plain.items())
    yield "doi", f"{{{tex.verbatim(work.doi)}}}"
    yield "url", f"{{{tex.verbatim(work.url)}}}"
    yield "langid", f"{{{LANGUAGES.get(work.language, work.language)}}}"
    yield "language", f"{{{work.language}}}"


def _where(work: Work, kind: str) -> dict[str, str]:
    """The larger work, the house, and the numbers in them."""
    facts = work.facts
    house, larger = HOUSES.get(kind, "publisher"), LARGER.get(kind, "organization")
    found = {larger: facts.container_title}
    if not found.get(house):
        found[house] = facts.publisher
    elif facts.publisher != facts.container_title:
        found["publisher"] = facts.publisher
    if kind == "article":
        return found | {"number": facts.issue, "eid": facts.number}
    return found | {"number": facts.number or facts.collection_number or facts.issue}


def _dates(issued: str, original: str) -> Iterator[tuple[str, str]]:
    """Year and month for BibTeX; the whole date, where there is more, for biblatex."""
    span, first = dates.read(issued), dates.read(original)
    if span:
        yield "year", f"{{{span.start[0]:04}}}"
        yield "month", MONTHS[span.start[1] - 1] if len(span.start) > 1 else ""
        if not span.is_single or len(span.start) > 2:
            end = dates.iso(span.end) if span.end else ""
            yield "date", f"{{{dates.iso(span.start)}{'' if span.is_single else '/'}{end}}}"
    if first:
        yield "origdate", f"{{{dates.iso(first.start)}}}"


def _people(people: Sequence[Name]) -> str:
    return " and ".join(_person(name) for name in people)


def _person(name: Name) -> str:
    """``Family, Jr., Given``, and in braces what must not be taken apart."""
    if name.literal or not (name.family and name.given):
        return f"{{{tex.escaped(names.surname(name))}}}"
    parts = (names.surname(name), name.suffix, name.given)
    return ", ".join(_part(part) for part in parts if part)


def _part(part: str) -> str:
    awkward = "," in part or "and" in part.casefold().split()
    return f"{{{tex.escaped(part)}}}" if awkward else tex.escaped(part)
