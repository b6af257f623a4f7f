"""The tables of ``search.db``. The service's ``comments.search`` reads them; a contract test joins the two."""

import hashlib
import sqlite3
import unicodedata
from functools import cache
from pathlib import Path

from publication import plain
from publication.vocabulary import LANGUAGES

# What a reader must know. Raise it when a table or the meaning of a column changes.
VERSION = 1

_COMMON = (
    # How many texts were changed since the last sweep: the words that they lost may still be in the file.
    "CREATE TABLE about (made_by TEXT NOT NULL, unswept INTEGER NOT NULL)",
    "CREATE TABLE languages (code TEXT PRIMARY KEY, name TEXT NOT NULL, place INTEGER NOT NULL)",
    "CREATE TABLE topics (key TEXT PRIMARY KEY, name TEXT NOT NULL, place INTEGER NOT NULL)",
    # What filters go by, counted quickly as one number. `topics` is "key key", parents included.
    """CREATE TABLE sorts (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, topics TEXT NOT NULL, UNIQUE (kind, topics)
    )""",
    # The id is the rowid in the tables of what can be found.
    """CREATE TABLE texts (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, hash BLOB NOT NULL, sort INTEGER NOT NULL REFERENCES sorts,
        language TEXT NOT NULL, url TEXT NOT NULL, byline TEXT NOT NULL, year TEXT NOT NULL
    )""",
    # How many texts of a language hold a word, as written, and the words that three signs in a row occur in.
    """CREATE TABLE words (
        id INTEGER PRIMARY KEY, language TEXT NOT NULL, form TEXT NOT NULL, texts INTEGER NOT NULL,
        UNIQUE (language, form)
    )""",
    """CREATE TABLE grams (
        language TEXT, gram TEXT, word INTEGER, PRIMARY KEY (language, gram, word)
    ) WITHOUT ROWID""",
)
# Each language ranks its own texts among themselves. An author belongs to every language.
_FOUND = """CREATE VIRTUAL TABLE found_LANGUAGE USING fts5(
    title, names, summary, body, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3"
)"""


def create(database: sqlite3.Connection) -> None:
    """Make all tables in an empty file."""
    for statement in (*_COMMON, *(within(_FOUND, code) for code in LANGUAGES)):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("INSERT INTO about VALUES (?, 0)", (made_by(),))
    rows = [(code, name, place) for place, (code, name) in enumerate(LANGUAGES.items())]
    database.executemany("INSERT INTO languages VALUES (?, ?, ?)", rows)


def is_current(database: sqlite3.Connection) -> bool:
    """Whether the file was made by this very code.

    :raise sqlite3.DatabaseError: it is no index at all.
    """
    return bool(database.execute("SELECT made_by FROM about").fetchall() == [(made_by(),)])


@cache
def made_by() -> str:
    """A mark of everything that decides what an index holds for a given content, this code included."""
    mark = hashlib.sha256(f"{VERSION} {sqlite3.sqlite_version} {unicodedata.unidata_version}".encode())
    for file in (*sorted(Path(__file__).parent.glob("*.py")), Path(plain.__file__)):
        mark.update(file.read_bytes())
    return mark.hexdigest()


def within(statement: str, language: str) -> str:
    """The statement for the table of one language, a key of the vocabulary."""
    return statement.replace("LANGUAGE", language)
