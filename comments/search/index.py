"""The index of a release, read. All SQL of the search is here; ``publication.search.schema`` has the tables."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from comments.errors import StoreProblem
from comments.words import _

VERSION = 1  # of the tables, as the build numbers them
EXTRACT_WORDS = 28
# No text of the site holds control characters, so they can mark what was found.
START, END = "\x02", "\x03"
MOST_CANDIDATES = 60

# LANGUAGE stands for the code of a language, as in the names of the tables.
_GROUPS = """
SELECT t.sort, count(*) FROM found_LANGUAGE f CROSS JOIN texts t ON t.id = f.rowid
WHERE found_LANGUAGE MATCH ? GROUP BY 1
"""
_HAS_ANY = "SELECT EXISTS (SELECT 1 FROM found_LANGUAGE WHERE found_LANGUAGE MATCH ?)"
# Texts whose title holds all of the words come first. The address settles what is equal otherwise.
_RANKED = """
SELECT f.rowid FROM found_LANGUAGE f CROSS JOIN texts t ON t.id = f.rowid
WHERE found_LANGUAGE MATCH :match AND t.sort IN (SELECT value FROM json_each(:sorts))
ORDER BY f.rowid NOT IN (SELECT rowid FROM found_LANGUAGE WHERE found_LANGUAGE MATCH '{title} : (' || :match || ')'),
    bm25(found_LANGUAGE, 10.0, 6.0, 4.0, 1.0), t.url
LIMIT :limit OFFSET :offset
"""
# One walk through what matches, for all texts of a page: to look each up would put the beginnings of words together
# each time anew. Where the summary shows what was found, it says more than a piece of the text.
_SHOWN = """
SELECT f.rowid, t.sort, t.url, t.language, t.byline, t.year, highlight(found_LANGUAGE, 0, :start, :end),
    highlight(found_LANGUAGE, 2, :start, :end) AS summary,
    iif(instr(highlight(found_LANGUAGE, 2, :start, :end), :start), '',
        snippet(found_LANGUAGE, 3, :start, :end, '…', :words))
FROM found_LANGUAGE f CROSS JOIN texts t ON t.id = f.rowid
WHERE found_LANGUAGE MATCH :match AND +f.rowid IN (SELECT value FROM json_each(:numbers))
"""
_ALIKE = """
SELECT w.form, w.texts FROM (
    SELECT word, count(*) AS shared FROM grams WHERE language = ? AND gram IN (GRAMS) GROUP BY word
) JOIN words w ON w.id = word
WHERE length(w.form) BETWEEN ? AND ?
ORDER BY shared DESC, w.texts DESC, w.form LIMIT ?
"""


@dataclass(frozen=True)
class Group:
    """How many found texts share kind and topics. ``sort`` is their number for ``ranked``."""

    sort: int
    kind: str
    topics: frozenset[str]
    count: int


@dataclass(frozen=True)
class Shown:
    """A found text with what was found between START and END."""

    kind: str
    url: str
    language: str
    byline: str
    year: str
    title: str
    summary: str
    body: str


@contextmanager
def opened(path: Path) -> Iterator["Index"]:
    """The index for one question.

    :raise StoreProblem: it is missing, damaged or of another version; also from within, wherever that shows.
    """
    # A release's index never changes, so it needs no locks and no folder to write in.
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            if database.execute("PRAGMA user_version").fetchone() != (VERSION,):
                raise sqlite3.DatabaseError("another version")
            yield Index(database)
    except sqlite3.Error:
        raise StoreProblem(_("The search index cannot be read. Build and publish the site again.")) from None


class Index:
    """Answers of one open index. ``match`` is an expression of ``asking``."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.languages = dict(database.execute("SELECT code, name FROM languages ORDER BY place"))
        self.topics = dict(database.execute("SELECT key, name FROM topics ORDER BY place"))
        rows = database.execute("SELECT id, kind, topics FROM sorts")
        self._sorts = {number: (kind, frozenset(topics.split())) for number, kind, topics in rows}

    def groups(self, language: str, match: str) -> list[Group]:
        """All texts that match, counted by kind and topics."""
        rows = self._database.execute(self._for(_GROUPS, language), (match,))
        return [Group(sort, *self._sorts[sort], count) for sort, count in rows]

    def has_any(self, language: str, match: str) -> bool:
        """Whether any text matches."""
        return bool(self._database.execute(self._for(_HAS_ANY, language), (match,)).fetchone()[0])

    def ranked(self, language: str, match: str, groups: list[Group], *, skip: int, limit: int) -> list[int]:
        """The numbers of the best texts of these groups."""
        sorts = json.dumps([group.sort for group in groups])
        values = {"match": match, "sorts": sorts, "limit": limit, "offset": skip}
        rows = self._database.execute(self._for(_RANKED, language), values)
        return [number for (number,) in rows]

    def shown(self, language: str, match: str, numbers: list[int]) -> list[Shown]:
        """Found texts, marked, in the order of their numbers. ``body`` is a piece, empty where the summary has it."""
        values = {"match": match, "start": START, "end": END, "words": EXTRACT_WORDS, "numbers": json.dumps(numbers)}
        rows = self._database.execute(self._for(_SHOWN, language), values)
        found = {number: Shown(self._sorts[sort][0], *columns) for number, sort, *columns in rows}
        return [found[number] for number in numbers]

    def alike(self, language: str, grams: set[str], shortest: int, longest: int) -> list[tuple[str, int]]:
        """Words that share the most of ``grams``, each with the number of texts it occurs in."""
        statement = _ALIKE.replace("GRAMS", ", ".join("?" * len(grams)))
        values = (language, *sorted(grams), shortest, longest, MOST_CANDIDATES)
        return self._database.execute(statement, values).fetchall()

    def _for(self, statement: str, language: str) -> str:
        if language not in self.languages:
            raise KeyError(language)
        return statement.replace("LANGUAGE", language)
