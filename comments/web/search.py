"""Search: the words a reader typed, looked up in the index that came with the release."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, request

from comments.errors import StoreProblem
from comments.web import forms, site
from comments.web.service import service
from comments.words import _

search = Blueprint("search", __name__)

LIMIT = 50
MOST_WORDS = 12
LONGEST_QUERY = 300
EXTRACT_WORDS = 28
KINDS = ("article", "resource", "author")
# No text of the site holds control characters, so they can mark what was found.
START, END = "\x02", "\x03"
WORD = re.compile(r"[^\W_]+")
QUERY = """
SELECT kind, url, language, highlight(texts, 0, :start, :end) AS title,
       snippet(texts, 3, :start, :end, '…', :words) AS body, highlight(texts, 2, :start, :end) AS summary
FROM texts WHERE texts MATCH :match
ORDER BY instr(title, :start) = 0, bm25(texts, 10.0, 6.0, 4.0, 1.0), url LIMIT :limit
"""


@dataclass(frozen=True)
class Piece:
    """A run of text; ``match`` where it is what was looked for."""

    text: str
    match: bool


@dataclass(frozen=True)
class Hit:
    """Something found. ``kind`` is one of KINDS."""

    kind: str
    url: str
    language: str
    title: tuple[Piece, ...]
    extract: tuple[Piece, ...]


@search.get("/search/")
def show() -> Response:
    """What was found, as a page or, for the script, as JSON; without words the site's own search page."""
    words = request.args.get("q", "").strip()[:LONGEST_QUERY]
    page = site.find(service().var / "current" / "public", "search/")
    if not words and page is not None and not forms.wants_json():
        return site.answer(page)
    hits = find(service().var / "current" / "search.db", words)
    if forms.wants_json():
        response = jsonify(q=words, hits=[asdict(hit) for hit in hits])
    else:
        response = _page(words, hits, request.args.get("kind", ""))
    response.vary.add("Accept")
    return response


def _page(words: str, hits: tuple[Hit, ...], kind: str) -> Response:
    counts = Counter(hit.kind for hit in hits)
    kind = kind if kind in counts else ""
    shown = [hit for hit in hits if kind in ("", hit.kind)]
    return service().pages.page(
        "search",
        _("Search"),
        words=words,
        hits=shown,
        total=len(hits),
        kind=kind,
        kinds=[(name, counts[name]) for name in KINDS if counts[name]],
    )


def find(index: Path, words: str, limit: int = LIMIT) -> tuple[Hit, ...]:
    """The best hits for ``words``, all of which must occur, the last perhaps only begun. Any text is a fair query.

    :raise StoreProblem: the index is missing or damaged.
    """
    match = expression(words)
    if not match:
        return ()
    values = {"start": START, "end": END, "words": EXTRACT_WORDS, "match": match, "limit": limit}
    # A release's index never changes, so it needs no locks and no folder to write in.
    address = f"file:{quote(str(index.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            rows = database.execute(QUERY, values).fetchall()
    except sqlite3.Error:
        raise StoreProblem(_("The search index cannot be read. Build and publish the site again.")) from None
    return tuple(_hit(*row) for row in rows)


def expression(words: str) -> str:
    """An FTS5 expression that holds nothing but quoted words, whatever was typed."""
    found = WORD.findall(words)[:MOST_WORDS]
    begun = bool(found) and not words[-1:].isspace() and len(found[-1]) > 1
    return " ".join(f'"{word}"' for word in found) + ("*" if begun else "")


def _hit(kind: str, url: str, language: str, title: str, body: str, summary: str) -> Hit:
    # Where the title or a name alone matched, the summary says more than the text's beginning.
    shown = body if START in body and START not in summary else summary
    return Hit(kind, url, language, tuple(_pieces(title)), tuple(_pieces(shown)))


def _pieces(marked: str) -> Iterator[Piece]:
    for index, run in enumerate(re.split(f"[{START}{END}]", marked)):
        if run:
            yield Piece(run, match=index % 2 == 1)
