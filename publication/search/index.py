"""Keeps ``search.db`` equal to a publication: only what changed is written, and nothing when nothing did.

The file is changed in place, in one transaction: a build that is killed leaves a journal beside it, and whoever opens
it next finds the index of before. So a release takes a copy, not a link (``comments.search.copying``).
"""

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from publication.load import Publication
from publication.search import schema, words
from publication.search.rows import Row, rows
from publication.search.schema import within
from publication.vocabulary import LANGUAGES

# So small an index is swept and examined as a whole each time, because that takes no time.
SMALL = 1000
# A larger one is swept when so many texts were changed: a sweep of 10,000 takes one to three seconds.
SWEEP_AFTER = 20
PATIENCE = 30.0  # seconds to wait for another build

_SORT = "INSERT OR IGNORE INTO sorts (kind, topics) VALUES (?, ?)"
_TEXT = """INSERT INTO texts (sort, key, hash, language, url, byline, year)
    VALUES ((SELECT id FROM sorts WHERE kind = ? AND topics = ?), ?, ?, ?, ?, ?, ?)"""
_INSERT = "INSERT INTO found_LANGUAGE (rowid, title, names, summary, body) VALUES (?, ?, ?, ?, ?)"
_DELETE = "DELETE FROM found_LANGUAGE WHERE rowid = ?"
_COLUMNS = "SELECT title, names, summary, body FROM found_LANGUAGE WHERE rowid = ?"
_COMMAND = "INSERT INTO found_LANGUAGE (found_LANGUAGE) VALUES (?)"

Topics = list[tuple[str, str, int]]


class Damaged(Exception):
    """The file is no index, not this code's, or not whole."""


@dataclass(frozen=True)
class Changes:
    """What an index lacks: texts that are new or differ, keys of those that are gone, topics if they differ."""

    rows: tuple[Row, ...]
    gone: tuple[str, ...]
    topics: Topics | None

    def __bool__(self) -> bool:
        return bool(self.rows or self.gone or self.topics is not None)


def update(publication: Publication, path: Path) -> bool:
    """Make ``path`` the index of everything public; whether anything was written.

    A file that is missing, damaged or of another version is made anew.
    :raise sqlite3.Error: it cannot be written (disk full, or another build holds it for half a minute).
    """
    found, topics = list(rows(publication)), list_topics(publication)
    try:
        changes = compare(path, found, topics)
        if changes:
            apply(path, changes)
        return bool(changes)
    except Damaged:
        build(path, found, topics)
        return True


def list_topics(publication: Publication) -> Topics:
    """Key, name and place of each."""
    return [(topic.key, topic.name, place) for place, topic in enumerate(publication.topics.values())]


def compare(path: Path, found: Iterable[Row], topics: Topics) -> Changes:
    """What the index at ``path`` lacks.

    :raise Damaged: it must be made anew.
    """
    if not path.exists():
        raise Damaged
    with _opened(path) as database:
        _examine(database)
        known: dict[str, bytes] = dict(database.execute("SELECT key, hash FROM texts"))
        same = database.execute("SELECT key, name, place FROM topics ORDER BY place").fetchall() == topics
    fresh = {row.key: row for row in found}
    changed = sorted(key for key, row in fresh.items() if known.get(key) != row.hash)
    return Changes(tuple(fresh[key] for key in changed), tuple(sorted(known.keys() - fresh)), None if same else topics)


def apply(path: Path, changes: Changes, *, sweep_after: int = SWEEP_AFTER) -> None:
    """Write the changes into the index, all or none.

    At once, a search finds only what is public. No byte of the file holds what was taken out after a sweep: it comes
    with this very change where a text is gone or the index is small (``SMALL``), and otherwise with the change by which
    ``sweep_after`` texts are new or other than at the last sweep. Until then, however long that is, words that an
    editor took out of a text that stays public may be in the file, with their places in it.
    :raise Damaged: it must be made anew.
    """
    _own(path)
    with _opened(path) as database:
        database.execute("BEGIN IMMEDIATE")
        _write(database, changes)
        database.execute("UPDATE about SET unswept = unswept + ?", (len(changes.rows),))
        # What was deleted leaves its words in the older segments until they are merged. What was hidden must not.
        if changes.gone or _is_small(database) or _unswept(database) >= sweep_after:
            _all_languages(database, "optimize")
            database.execute("UPDATE about SET unswept = 0")
        database.execute("COMMIT")


def build(path: Path, found: Iterable[Row], topics: Topics) -> None:
    """Make the index anew, beside the old one, and put it into its place. Equal content, equal bytes."""
    fresh = _beside(path)
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        schema.create(database)
        _write(database, Changes(tuple(sorted(found, key=lambda row: row.key)), (), topics))
        _all_languages(database, "optimize")
        database.execute("COMMIT")
        database.execute("VACUUM")
    fresh.chmod(0o644)
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # it would be played into the new file
    os.replace(fresh, path)


def _own(path: Path) -> None:
    """Let the file have one name only: under another, somebody keeps what it holds now."""
    if path.stat().st_nlink > 1:
        part = _beside(path)
        shutil.copy(path, part)
        os.replace(part, path)


def _beside(path: Path) -> Path:
    return path.with_name(f".part-{os.getpid()}-{path.name}")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file for reading and writing; opening it undoes what a killed build left half done."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.execute("PRAGMA synchronous = NORMAL")
            yield database
    except sqlite3.DatabaseError as error:
        # The lowest byte is the kind, the others say more about it; some errors are Python's own and have none.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL):
            raise
        raise Damaged from error


def _examine(database: sqlite3.Connection) -> None:
    if not schema.is_current(database) or database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damaged
    if _is_small(database):
        _all_languages(database, "integrity-check")


def _is_small(database: sqlite3.Connection) -> bool:
    number: int = database.execute("SELECT count(*) FROM texts").fetchone()[0]
    return number <= SMALL


def _unswept(database: sqlite3.Connection) -> int:
    number: int = database.execute("SELECT unswept FROM about").fetchone()[0]
    return number


def _all_languages(database: sqlite3.Connection, command: str) -> None:
    for language in LANGUAGES:
        database.execute(within(_COMMAND, language), (command,))


def _write(database: sqlite3.Connection, changes: Changes) -> None:
    counts = {language: Counter[str]() for language in LANGUAGES}
    for key in (*changes.gone, *(row.key for row in changes.rows)):
        _take_out(database, key, counts)
    for row in changes.rows:
        _put_in(database, row, counts)
    for language, by in counts.items():
        words.change(database, language, by)
    if changes.topics is not None:
        database.execute("DELETE FROM topics")
        database.executemany("INSERT INTO topics VALUES (?, ?, ?)", changes.topics)


def _take_out(database: sqlite3.Connection, key: str, counts: dict[str, Counter[str]]) -> None:
    found = database.execute("SELECT id FROM texts WHERE key = ?", (key,)).fetchone()
    if found is None:
        return
    for language, count in counts.items():
        columns = database.execute(within(_COLUMNS, language), found).fetchone()
        if columns is not None:
            count.subtract(words.words(columns))
            database.execute(within(_DELETE, language), found)
    database.execute("DELETE FROM texts WHERE id = ?", found)


def _put_in(database: sqlite3.Connection, row: Row, counts: dict[str, Counter[str]]) -> None:
    sort = (row.kind, " ".join(row.topics))
    database.execute(_SORT, sort)
    values = (*sort, row.key, row.hash, row.language, row.url, row.byline, row.year)
    number = database.execute(_TEXT, values).lastrowid
    columns = row.columns
    for language in row.shelves:
        database.execute(within(_INSERT, language), (number, *columns))
        counts[language].update(words.words(columns))
