"""The search index of a release: an SQLite file that is written once and then only read."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from publication.load import Publication
from publication.plain import plain
from publication.records import Article, Resource
from publication.vocabulary import KINDS

MOST_WORDS = 12
LONGEST_QUERY = 300
EXTRACT_WORDS = 28

# Control characters never occur in content, so they can mark what was found.
_START, _END = "\x02", "\x03"
_WORD = re.compile(r"[^\W_]+")
_SCHEMA = """
CREATE VIRTUAL TABLE texts USING fts5(
    title, names, summary, body, kind UNINDEXED, language UNINDEXED, url UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2", prefix = "2 3"
)
"""
_QUERY = """
SELECT kind, url, language, highlight(texts, 0, :start, :end) AS title,
       highlight(texts, 2, :start, :end) AS summary, snippet(texts, 3, :start, :end, '…', :words) AS body
FROM texts WHERE texts MATCH :match
ORDER BY bm25(texts, 10.0, 6.0, 4.0, 1.0), url LIMIT :limit
"""

Row = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Piece:
    """A run of text; ``match`` where it is what was looked for."""

    text: str
    match: bool


@dataclass(frozen=True)
class Hit:
    """Something found. ``kind`` is article, resource or author."""

    kind: str
    url: str
    language: str
    title: tuple[Piece, ...]
    extract: tuple[Piece, ...]


def build(publication: Publication, path: Path) -> None:
    """Write the index of everything public to ``path``, replacing it in one step. Equal content, equal bytes."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("BEGIN")
        database.execute(_SCHEMA)
        database.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(publication))
        database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        database.execute("COMMIT")
        database.execute("VACUUM")
    os.replace(fresh, path)


def query(path: Path, words: str, limit: int = 20) -> tuple[Hit, ...]:
    """The best hits for ``words``, all of which must occur or be begun. Any text is a fair query.

    :raise sqlite3.Error: the index is missing or damaged.
    """
    match = _match(words)
    if not match:
        return ()
    values = {"start": _START, "end": _END, "words": EXTRACT_WORDS, "match": match, "limit": max(1, min(limit, 100))}
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        rows = database.execute(_QUERY, values).fetchall()
    return tuple(_hit(*row) for row in rows)


def _match(words: str) -> str:
    """An FTS5 expression that holds nothing but quoted words and beginnings of words, whatever was typed."""
    typed = words[:LONGEST_QUERY].encode("utf-8", "ignore").decode("utf-8")
    found = _WORD.findall(typed)[:MOST_WORDS]
    shortest = [4] * len(found[:-1]) + [2 if typed and not typed[-1].isspace() else 4]
    return " ".join(f'"{word}"{"*" * (len(word) >= least)}' for word, least in zip(found, shortest, strict=False))


def _hit(kind: str, url: str, language: str, title: str, summary: str, body: str) -> Hit:
    extract = body if _START in body and _START not in summary else summary
    return Hit(kind, url, language, tuple(_pieces(title)), tuple(_pieces(extract)))


def _pieces(marked: str) -> Iterator[Piece]:
    for index, run in enumerate(re.split(f"[{_START}{_END}]", marked)):
        if run:
            yield Piece(run, match=index % 2 == 1)


def _rows(publication: Publication) -> Iterator[Row]:
    for article in publication.articles:
        yield _article(article, publication)
    for resource in publication.resources:
        yield _resource(resource, publication)
    for key in sorted(publication.authors):
        author = publication.authors[key]
        names = " ".join(part for one in author.credentials for part in (one.name, one.by) if part)
        bio = plain(author.bio)
        yield author.name, names, bio, "", "author", publication.settings.language, author.path


def _article(article: Article, publication: Publication) -> Row:
    authors = [publication.authors[key].name for key in article.authors if key in publication.authors]
    names = " · ".join([*authors, *_topics(article.topics, publication), *article.tags])
    body = plain(article.body)
    return article.title, names, article.summary, body, "article", article.language, article.path


def _resource(resource: Resource, publication: Publication) -> Row:
    makers = (resource.csl.author or resource.csl.editor) if resource.csl else ()
    people = [" ".join(filter(None, (one.given, one.family, one.literal))) for one in makers]
    names = " · ".join([*people, *_topics(resource.topics, publication), KINDS[resource.kind]])
    return resource.title, names, resource.why, plain(resource.body), "resource", resource.language, resource.path


def _topics(keys: tuple[str, ...], publication: Publication) -> list[str]:
    return [publication.topics[key].name for key in keys if key in publication.topics]
