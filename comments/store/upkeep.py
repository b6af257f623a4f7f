"""Upkeep of the file itself: copies, marks, ids, sealed values, the search index."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from comments.errors import StoreProblem
from comments.store.base_upkeep import Kind, Marked, Progress, Sealed
from comments.store.engine import Engine, writing
from comments.store.problems import translated
from comments.words import _

# Pages between two words about the progress; about 4 MB.
STEP = 1000


class _Place(NamedTuple):
    """Where the vault's values of one kind lie. ``write`` and ``drop`` are whole statements: no SQL is put together."""

    kind: str
    read: str
    write: str
    drop: str


# Whoever seals another kind of value adds its row here: a test finds every column that may hold one.
SEALED = (
    _Place(
        "person",
        "SELECT person AS id, sealed, lookup FROM addresses ORDER BY person",
        "UPDATE addresses SET sealed = :sealed, lookup = :lookup WHERE person = :id",
        "DELETE FROM addresses RETURNING 1",
    ),
    _Place(
        "account",
        "SELECT id, address AS sealed, NULL AS lookup FROM accounts WHERE address IS NOT NULL ORDER BY id",
        "UPDATE accounts SET address = :sealed WHERE id = :id AND :lookup IS NULL",
        "UPDATE accounts SET address = NULL WHERE address IS NOT NULL RETURNING 1",
    ),
    _Place(
        "second step",
        "SELECT account AS id, sealed, NULL AS lookup FROM second_steps ORDER BY account",
        "UPDATE second_steps SET sealed = :sealed WHERE account = :id AND :lookup IS NULL",
        "DELETE FROM second_steps RETURNING 1",
    ),
    _Place(
        "invitation",
        "SELECT id, address AS sealed, NULL AS lookup FROM invitations WHERE address IS NOT NULL ORDER BY id",
        "UPDATE invitations SET address = :sealed WHERE id = :id AND :lookup IS NULL",
        "UPDATE invitations SET address = NULL WHERE address IS NOT NULL RETURNING 1",
    ),
)


class UpkeepVerbs(Engine):
    """See ``base_upkeep.UpkeepStore`` for the promises."""

    def copy_to(self, path: Path, progress: Progress) -> None:
        with translated():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        # A reading that has begun stays at its moment, whatever is committed meanwhile.
        with self._reading() as source, translated(), closing(sqlite3.connect(path)) as target:
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(target, pages=STEP, progress=lambda _status, left, total: progress(total - left, total))

    def check_search(self) -> list[str]:
        try:
            with self.write():
                self._run("INSERT INTO comments_search (comments_search, rank) VALUES ('integrity-check', 1)")
        except StoreProblem as problem:
            cause = problem.__cause__
            if isinstance(cause, sqlite3.DatabaseError) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
                return [_("The search over the comments is not in step with them.")]
            return [str(problem)]
        return []

    @writing
    def rebuild_search(self) -> None:
        for command in ("rebuild", "optimize"):
            self._run("INSERT INTO comments_search (comments_search) VALUES (:command)", command=command)

    def list_marks(self, kind: Kind, ids: Sequence[int]) -> list[str]:
        query = {
            "comment": "SELECT mark FROM comments WHERE id = :id",
            "person": "SELECT mark FROM people WHERE id = :id",
        }[kind]
        found = (self._row(query, id=each) for each in ids)
        return [mark for row in found if row and row["mark"] for mark in row["mark"].split()]

    def iterate_marks(self) -> Iterator[Marked]:
        with self._reading() as connection:
            for row in connection.execute(
                """SELECT 'comment' AS kind, id, mark FROM comments UNION ALL
                SELECT 'person', id, mark FROM people"""
            ):
                yield Marked(row["kind"], row["id"], tuple((row["mark"] or "").split()))

    def get_last_ids(self) -> dict[str, int]:
        return {row["name"]: row["seq"] for row in self._rows("SELECT name, seq FROM sqlite_sequence ORDER BY name")}

    @writing
    def skip_ids(self, last: Mapping[str, int]) -> None:
        tables = {row["name"] for row in self._rows("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")}
        for name in tables & last.keys():
            self._run(
                """INSERT INTO sqlite_sequence (name, seq)
                SELECT :name, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)""",
                name=name,
            )
            self._run("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :name", name=name, last=last[name])

    def iterate_sealed(self) -> Iterator[Sealed]:
        with self._reading() as connection:
            for place in SEALED:
                for row in connection.execute(place.read):
                    yield Sealed(place.kind, row["id"], row["sealed"], row["lookup"])

    @writing
    def set_sealed(self, value: Sealed) -> None:
        self._mark_erased(searched=False)
        place = next(place for place in SEALED if place.kind == value.kind)
        self._run(place.write, id=value.id, sealed=value.sealed, lookup=value.lookup)

    @writing
    def drop_sealed(self) -> int:
        self._mark_erased(searched=False)
        return sum(len(self._run(place.drop)) for place in SEALED)

    @writing
    def set_key_checks(self, checks: Mapping[str, bytes]) -> None:
        self._mark_erased(searched=False)
        self._run("DELETE FROM key_checks")
        for key, value in checks.items():
            self._run("INSERT INTO key_checks (key, value) VALUES (:key, :value)", key=key, value=value)
