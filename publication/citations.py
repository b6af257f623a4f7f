"""Citations in the manner of APA 7: enough for what practitioners cite, as safe HTML or plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from publication.load import Publication
from publication.records import Article, Citation, Name, Resource

MOST_NAMES = 20

# Works that stand alone have their title in italics; parts of a larger work have the larger work's.
PARTS = ("article", "article-journal", "article-magazine", "article-newspaper", "chapter", "entry", "paper-conference")
DATED_BY_DAY = ("article-magazine", "article-newspaper", "broadcast", "motion_picture", "post-weblog", "webpage")
NO_DATE = {"en": "n.d.", "fr": "s. d."}
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}


@dataclass(frozen=True)
class Piece:
    """A run of a citation."""

    text: str
    style: Literal["plain", "italic", "link"] = "plain"


def apa_resource(resource: Resource) -> str:
    """The citation of a resource as HTML with nothing but ``em`` and ``a``."""
    return _html(resource_pieces(resource))


def apa_article(article: Article, publication: Publication) -> str:
    """ "Cite this" for one of our articles, as HTML with nothing but ``em`` and ``a``."""
    return _html(article_pieces(article, publication))


def apa_resource_text(resource: Resource) -> str:
    """The citation of a resource as plain text."""
    return "".join(piece.text for piece in resource_pieces(resource))


def apa_article_text(article: Article, publication: Publication) -> str:
    """ "Cite this" as plain text."""
    return "".join(piece.text for piece in article_pieces(article, publication))


def article_pieces(article: Article, publication: Publication) -> tuple[Piece, ...]:
    """Authors. (Date). Title. *Site*. Address."""
    names = [_person(publication.authors[key].name) for key in article.authors if key in publication.authors]
    head = f"{_ended(_people(names))} ({_date(article.date.date().isoformat(), article.language, whole=True)}). "
    address = article.canonical or publication.settings.url + article.path
    title = Piece(f"{_ended(article.title)} ")
    return Piece(head), title, Piece(publication.settings.name, "italic"), Piece(". "), Piece(address, "link")


def resource_pieces(resource: Resource) -> tuple[Piece, ...]:
    """The pieces of a resource's citation; without citation data, its title and address."""
    csl = resource.csl or Citation(type="webpage")
    date = _date(csl.issued, resource.language, whole=csl.type in DATED_BY_DAY)
    makers = _people(csl.author) or _editors(csl.editor)
    title = _title(resource, csl)
    if makers:
        pieces = [Piece(f"{_ended(makers)} ({date}). "), *title]
    elif csl.publisher and csl.type not in PARTS:
        pieces = [Piece(f"{_ended(csl.publisher)} ({date}). "), *title]
    else:
        pieces = [*title[:-1], Piece(f"{title[-1].text}({date}). ")]
    pieces += _container(csl)
    if csl.publisher not in ("", makers) and makers and csl.type != "article-journal":
        pieces.append(Piece(f"{_ended(csl.publisher)} "))
    link = f"https://doi.org/{resource.doi}" if resource.doi else resource.link
    return (*pieces, Piece(link, "link")) if link else tuple(pieces)


def _title(resource: Resource, csl: Citation) -> list[Piece]:
    """The title, and in brackets the edition and number; the last piece ends the sentence."""
    remarks = [_edition(csl.edition)] if csl.edition else []
    if not csl.container_title:
        remarks += [f"Vol. {csl.volume}"] if csl.volume else []
        remarks += [f"No. {csl.number}"] if csl.number else []
    bracket = f" ({', '.join(remarks)})" if remarks else ""
    style: Literal["plain", "italic"] = "plain" if csl.type in PARTS else "italic"
    title = resource.title.rstrip() if bracket else resource.title.rstrip().removesuffix(".")
    end = " " if not bracket and title[-1:] in "?!…" else ". "
    return [Piece(title, style), Piece(f"{bracket}{end}")]


def _container(csl: Citation) -> list[Piece]:
    """What the work is a part of."""
    if not csl.container_title:
        return []
    pages = _range(csl.page)
    if csl.type in ("chapter", "entry", "paper-conference"):
        editors = _editors(csl.editor, family_first=False) if csl.author else ""
        lead = Piece(f"In {editors}, " if editors else "In ")
        return [lead, Piece(csl.container_title, "italic"), Piece(f" (pp. {pages}). " if pages else ". ")]
    pieces = [Piece(csl.container_title, "italic")]
    if csl.volume:
        pieces += [Piece(", "), Piece(csl.volume, "italic")]
    if csl.issue:
        pieces.append(Piece(f"({_range(csl.issue)})" if csl.volume else f", ({_range(csl.issue)})"))
    return [*pieces, Piece(f", {pages}. " if pages else ". ")]


def _people(names: Sequence[Name]) -> str:
    return _joined([_inverted(name) for name in names])


def _editors(names: Sequence[Name], family_first: bool = True) -> str:
    if not names:
        return ""
    shown = _joined([_inverted(name) if family_first else _straight(name) for name in names], comma=family_first)
    return f"{shown} ({'Ed.' if len(names) == 1 else 'Eds.'})"


def _joined(names: list[str], comma: bool = True) -> str:
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[: MOST_NAMES - 1])}, … {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    before = "," if comma or len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{before} & {names[-1]}"


def _inverted(name: Name) -> str:
    if name.literal or not name.given:
        return name.literal or name.family
    return f"{name.family}, {_initials(name.given)}" if name.family else name.given


def _straight(name: Name) -> str:
    return name.literal or " ".join(filter(None, (_initials(name.given), name.family)))


def _initials(given: str) -> str:
    """``Jean-Luc M.`` → ``J.-L. M.``"""
    words = [[part[0].upper() for part in word.split("-") if part] for word in given.split()]
    return " ".join(".-".join(letters) + "." for letters in words if letters)


def _person(name: str) -> Name:
    given, _, family = name.rpartition(" ")
    return Name(family=family, given=given)


def _date(issued: str, language: str, *, whole: bool) -> str:
    """``2026``, or the ``whole`` date in the manner of the language."""
    if not issued:
        return NO_DATE.get(language, NO_DATE["en"])
    year, *rest = issued.split("-")
    if not rest or not whole or not 1 <= int(rest[0]) <= 12:
        return year
    month = MONTHS.get(language, MONTHS["en"])[int(rest[0]) - 1]
    day = str(int(rest[1])) if len(rest) > 1 else ""
    words = (day, month) if language == "fr" else (month, day)
    return f"{year}, {' '.join(filter(None, words))}"


def _edition(edition: str) -> str:
    if not edition.isdigit():
        return edition
    number = int(edition)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} ed."


def _range(pages: str) -> str:
    return re.sub(r"(?<=\w)-{1,2}(?=\w)", "–", pages)


def _ended(sentence: str) -> str:
    """``sentence`` with its full stop, unless it ends with a mark of its own."""
    return sentence if not sentence or sentence[-1] in ".?!…" else f"{sentence}."


def _html(pieces: Sequence[Piece]) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.style == "italic":
        return f"<em>{text}</em>"
    if piece.style == "link":
        return f'<a href="{text}">{text}</a>'
    return text
