"""The words of texts, counted per language: from them the service suggests another spelling."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]{3,24}")
_COUNT = "SELECT id, texts FROM words WHERE language = ? AND form = ?"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def fold(word: str) -> str:
    """Lower case, without accents and ligatures."""
    bare = (sign for sign in unicodedata.normalize("NFD", word.lower()) if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", "".join(bare)).translate(_LIGATURES)


def grams(folded: str) -> set[str]:
    """Every three signs in a row; the word's beginning and end count more than its middle."""
    padded = f"  {folded} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def words(columns: Iterable[str]) -> set[str]:
    """The words of a text as readers write them, in lower case."""
    return {word for column in columns for word in _WORD.findall(unicodedata.normalize("NFC", column).lower())}


def change(database: sqlite3.Connection, language: str, by: Mapping[str, int]) -> None:
    """Add to the number of texts that hold each word. A word that no text holds is forgotten."""
    for form in sorted(form for form, number in by.items() if number):
        row = database.execute(_COUNT, (language, form)).fetchone()
        if row is None:
            _add(database, language, form, by[form])
        elif row[1] + by[form] > 0:
            database.execute("UPDATE words SET texts = ? WHERE id = ?", (row[1] + by[form], row[0]))
        else:
            _forget(database, language, form, row[0])


def _add(database: sqlite3.Connection, language: str, form: str, texts: int) -> None:
    values = (language, form, texts)
    word = database.execute("INSERT INTO words (language, form, texts) VALUES (?, ?, ?)", values).lastrowid
    found = [(language, gram, word) for gram in sorted(grams(fold(form)))]
    database.executemany("INSERT INTO grams VALUES (?, ?, ?)", found)


def _forget(database: sqlite3.Connection, language: str, form: str, word: int) -> None:
    database.execute("DELETE FROM words WHERE id = ?", (word,))
    found = [(language, gram, word) for gram in grams(fold(form))]
    database.executemany("DELETE FROM grams WHERE language = ? AND gram = ? AND word = ?", found)
