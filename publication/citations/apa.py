"""References in the manner of APA, seventh edition: author, date, title, source, each a sentence; then the address."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from publication.citations import dates, names, pieces
from publication.citations.pieces import Piece, dashed, plain
from publication.citations.sources import is_part, source
from publication.citations.terms import TERMS, Terms
from publication.citations.work import Work
from publication.records import Name

DATED_BY_DAY = (
    "article-magazine",
    "article-newspaper",
    "broadcast",
    "motion_picture",
    "paper-conference",
    "post-weblog",
    "webpage",
)
# What these are goes without saying; of other works it is said in square brackets.
KNOWN = ("article-journal", "article-magazine", "article-newspaper", "book", "chapter", "entry", "post-weblog")
MEDIA = {"motion_picture": "video", "software": "software"}
# A DOI may hold anything; these signs need no escape in an address.
_SAFE_IN_DOI = "/:;()[],.-_~!$&'*+=@"


def reference(work: Work, language: str) -> tuple[Piece, ...]:
    """The reference in runs; ``language`` is that of its own words, such as "n.d.", not that of the work."""
    terms = TERMS.get(language, TERMS["en"])
    parts = _law(work, terms) if work.facts.type == "legislation" else _parts(work, terms, language)
    told = pieces.sentences(parts, stop_inside_quotes=terms is TERMS["en"])
    address = f"https://doi.org/{quote(work.doi, safe=_SAFE_IN_DOI)}" if work.doi else work.url
    original = dates.read(work.facts.original_date)
    return (
        *told,
        *((Piece(" "), Piece(address, "link")) if address else ()),
        *(plain(f" ({terms.original} {original.year})") if original else ()),
    )


def _parts(work: Work, terms: Terms, language: str) -> Iterable[tuple[Piece, ...]]:
    facts = work.facts
    whole = facts.type in DATED_BY_DAY or work.kind == "podcast"
    date = plain(f"({dates.in_words(dates.read(facts.issued), terms, whole=whole)})")
    makers, title = plain(_makers(work, terms)), _title(work, terms, language)
    return (makers, date, title, *source(work, terms)) if makers else (title, date, *source(work, terms))


def _law(work: Work, terms: Terms) -> Iterable[tuple[Piece, ...]]:
    """Laws have no author, and their year stands behind the collection they are printed in."""
    facts = work.facts
    printed = " ".join(filter(None, (facts.volume, facts.container_title, dashed(facts.page))))
    year = dates.in_words(dates.read(facts.issued), terms, whole=False)
    return [plain(f"{', '.join(filter(None, (work.title, facts.number, printed)))} ({year})")]


def _makers(work: Work, terms: Terms) -> str:
    facts = work.facts
    if facts.author:
        shown = names.listed(facts.author, terms)
        people = [name for name in facts.author if not name.literal]
        return f"{shown} ({_one_or_more(people, terms.host)})" if work.kind == "podcast" and people else shown
    if facts.editor and not is_part(work):
        return f"{names.listed(facts.editor, terms)} ({_one_or_more(facts.editor, terms.editor)})"
    return ""


def _one_or_more(people: Sequence[Name], words: tuple[str, str]) -> str:
    return words[len(people) > 1]


def _title(work: Work, terms: Terms, language: str) -> tuple[Piece, ...]:
    """The title with what is said of it in brackets. What has no title is only described."""
    medium = _medium(work, terms)
    if work.is_its_maker:
        return plain(f"[{medium or terms.media['website']}]")
    foreign = work.language if work.language != language else ""
    title = Piece(work.title, "plain" if is_part(work) else "italic", foreign)
    remarks = _remarks(work, terms)
    return title, *plain(f" ({remarks})" if remarks else ""), *plain(f" [{medium}]" if medium else "")


def _remarks(work: Work, terms: Terms) -> str:
    """Editors and translators; edition, volume, series and number."""
    facts = work.facts
    people = []
    if facts.editor and facts.author and not is_part(work):
        shown = names.listed(facts.editor, terms, family_first=False)
        people.append(f"{shown}, {_one_or_more(facts.editor, terms.editor)}")
    if facts.translator:
        people.append(f"{names.listed(facts.translator, terms, family_first=False)}, {terms.translator}")
    numbers = ", ".join(filter(None, (*_place_in_a_set(work, terms), _number(work, terms))))
    return "; ".join(filter(None, (*people, numbers)))


def _place_in_a_set(work: Work, terms: Terms) -> Iterable[str]:
    facts = work.facts
    if is_part(work):  # these are facts of the larger work
        return
    yield terms.nth_edition(facts.edition)
    yield f"{terms.version} {facts.version}" if facts.version else ""
    yield f"{terms.volume} {facts.volume}" if facts.volume else ""
    series_number = f" {terms.number} {facts.collection_number}" if facts.collection_number else ""
    yield f"{facts.collection_title}{series_number}" if facts.collection_title else ""


def _number(work: Work, terms: Terms) -> str:
    facts = work.facts
    if not facts.number or facts.type == "article-journal":
        return ""
    kind = f"{facts.genre} " if facts.genre and _counts_by_genre(work) else ""
    return f"{kind}{terms.number} {facts.number}"


def _counts_by_genre(work: Work) -> bool:
    """Whether the genre belongs to the number, as in "(Technical Report No. 5)"."""
    return work.facts.type in ("report", "standard") and bool(work.facts.number)


def _medium(work: Work, terms: Terms) -> str:
    """What the work is, where a reader would not expect it."""
    facts = work.facts
    if facts.type == "thesis":
        return ", ".join(filter(None, (facts.genre or terms.dissertation, facts.publisher)))
    if facts.genre:
        return "" if _counts_by_genre(work) else facts.genre
    if facts.type in KNOWN:
        return ""
    if facts.type == "paper-conference":
        return "" if facts.container_title else terms.media["paper"]
    if work.kind == "podcast":
        return terms.media["episode" if facts.container_title else "podcast"]
    return terms.media.get(MEDIA.get(facts.type, work.kind), "")
