"""Dictionaries on the disk: an old site may have more in it than fits into memory.

They lie in a temporary file that SQLite makes and that vanishes with the process, however that ends.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Generic, TypeVar

K = TypeVar("K", int, str)
V = TypeVar("V")
_PAGES_IN_MEMORY = "PRAGMA cache_size = -1000"  # kibibytes


def open_chest() -> sqlite3.Connection:
    """A database of its own that nobody else sees and that leaves nothing behind."""
    chest = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    for pragma in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", _PAGES_IN_MEMORY):
        chest.execute(pragma)
    return chest


class Drawer(MutableMapping[K, V], Generic[K, V]):
    """A dictionary in the order in which things were put in. Values go through ``pack`` and ``unpack``, as JSON."""

    def __init__(
        self,
        pack: Callable[[V], Any] = lambda value: value,
        unpack: Callable[[Any], V] = lambda value: value,
    ) -> None:
        self._chest, self._pack, self._unpack = open_chest(), pack, unpack
        self._chest.execute("CREATE TABLE things (at INTEGER PRIMARY KEY, key UNIQUE, value TEXT)")

    def __getitem__(self, key: K) -> V:
        row = self._chest.execute("SELECT value FROM things WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return self._unpack(json.loads(row[0]))

    def __setitem__(self, key: K, value: V) -> None:
        self._chest.execute(
            "INSERT INTO things (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, json.dumps(self._pack(value))),
        )

    def setdefault(self, key: K, default: V) -> V:
        """As for every dictionary; one statement where it is new."""
        done = self._chest.execute(
            "INSERT INTO things (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
            (key, json.dumps(self._pack(default))),
        )
        return default if done.rowcount else self[key]

    def __delitem__(self, key: K) -> None:
        if not self._chest.execute("DELETE FROM things WHERE key = ?", (key,)).rowcount:
            raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return self._chest.execute("SELECT 1 FROM things WHERE key = ?", (key,)).fetchone() is not None

    def __iter__(self) -> Iterator[K]:
        return (row[0] for row in self._chest.execute("SELECT key FROM things ORDER BY at"))

    def __len__(self) -> int:
        return int(self._chest.execute("SELECT count(*) FROM things").fetchone()[0])
