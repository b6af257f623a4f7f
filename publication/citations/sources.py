"""The last sentences of a reference: the larger work, the publisher, the meeting."""

import re
from collections.abc import Iterator

from publication.citations import names
from publication.citations.pieces import Piece, dashed, plain
from publication.citations.terms import Terms
from publication.citations.work import Work

PERIODICALS = ("article-journal", "article-magazine", "article-newspaper", "post-weblog")
IN_BOOKS = ("chapter", "entry")
# Parts of something larger if they name it, else works that stand alone.
EITHER = ("article", "broadcast", "paper-conference", "song")

# The number of an article without pages: e110, CD011565.
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]+[0-9][0-9A-Za-z.]*")


def is_part(work: Work) -> bool:
    """Whether the work is a part of a larger one, whose title is then the one in italics."""
    facts = work.facts
    return facts.type in (*PERIODICALS, *IN_BOOKS) or (facts.type in EITHER and bool(facts.container_title))


def source(work: Work, terms: Terms) -> Iterator[tuple[Piece, ...]]:
    """Where the work is found, as sentences without their full stops."""
    facts = work.facts
    if facts.type in PERIODICALS or (facts.type == "article" and facts.container_title):
        yield _periodical(work, terms)
    elif is_part(work):
        yield _larger_work(work, terms)
        yield _publisher(work)
    elif facts.type == "paper-conference":
        yield plain(", ".join(filter(None, (facts.event, facts.publisher_place))))
    elif facts.container_title:
        yield () if _is_author(facts.container_title, work) else plain(facts.container_title)
    elif facts.type != "thesis":  # whose university is named beside the title
        yield _publisher(work)


def _periodical(work: Work, terms: Terms) -> tuple[Piece, ...]:
    """*Journal*, *7*(3), 321–326"""
    facts = work.facts
    if not facts.container_title:
        return ()
    volume = (Piece(", "), Piece(facts.volume, "italic")) if facts.volume else ()
    issue = f"({dashed(facts.issue)})" if facts.issue else ""
    pages = _pages(work, terms)
    return (
        Piece(facts.container_title, "italic"),
        *volume,
        *plain(issue if volume or not issue else f", {issue}"),
        *plain(f", {pages}" if pages else ""),
    )


def _pages(work: Work, terms: Terms) -> str:
    facts = work.facts
    if facts.type != "article-journal":
        return dashed(facts.page)
    number = facts.page if _ARTICLE_NUMBER.fullmatch(facts.page) else "" if facts.page else facts.number
    return f"{terms.article} {number}" if number else dashed(facts.page)


def _larger_work(work: Work, terms: Terms) -> tuple[Piece, ...]:
    """In E. Editor (Ed.), *Book* (2nd ed., Vol. 1, pp. 1–9)"""
    facts = work.facts
    if not facts.container_title:
        return ()
    editors = names.listed(facts.editor, terms, family_first=False)
    lead = f"{terms.within} {editors} ({terms.editor[len(facts.editor) > 1]}), " if editors else f"{terms.within} "
    pages = dashed(facts.page)
    several = not pages.isalnum()
    remarks = (
        terms.nth_edition(facts.edition),
        f"{terms.volume} {facts.volume}" if facts.volume else "",
        f"{terms.page[several]} {pages}" if pages else "",
    )
    told = ", ".join(filter(None, remarks))
    return Piece(lead), Piece(facts.container_title, "italic"), *plain(f" ({told})" if told else "")


def _publisher(work: Work) -> tuple[Piece, ...]:
    return () if _is_author(work.facts.publisher, work) else plain(work.facts.publisher)


def _is_author(house: str, work: Work) -> bool:
    """Whether the only author is this house: it is not named twice."""
    makers = [names.surname(name).casefold() for name in work.facts.author]
    return makers == [house.casefold()]
