"""Upkeep of the SQLite file: what only this engine can get wrong."""

import sqlite3
from pathlib import Path

from comments.store import migrations
from comments.store.sqlite import SQLiteStore, open_store
from comments.store.upkeep import SEALED
from tests.service.store.contract.cast import PENDING

# Columns of bytes that the vault did not seal: hashes, keyed or not.
HASHES = {
    ("key_checks", "value"),
    ("sessions", "digest"),
    ("browsers", "hash"),
    ("addresses", "lookup"),
    ("comments", "prefix"),
    ("events", "bucket"),
}


def test_new_keys_reach_every_column_that_may_hold_something_sealed(store: SQLiteStore) -> None:
    bytes_in = {
        (table["name"], column["name"])
        for table in store._rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search_%'")
        for column in store._rows(f"PRAGMA table_info({table['name']})")
        if column["type"] == "BLOB"
    }

    unknown = {
        (table, column)
        for table, column in bytes_in - HASHES
        if not any(f"UPDATE {table} SET {column} = :sealed" in place.write for place in SEALED)
    }

    assert not unknown, "sealed: give it a row in comments.store.upkeep.SEALED; a hash: name it above"


def test_comments_of_an_older_store_get_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    old = sqlite3.connect(path, isolation_level=None)
    migrations.apply(old, stop_before="upkeep_marks")
    old.executescript(
        """INSERT INTO threads (id) VALUES ('t'); INSERT INTO people (created) VALUES (1), (2);
        INSERT INTO comments (thread, name, website, source, html, markup, state, reasons, created, digest, language)
        VALUES ('t', 'Ann', '', 'x', 'x', 1, 'pending', '[]', 0, '', '');"""
    )
    old.close()

    store = open_store(path)

    assert len({mark for each in store.iterate_marks() for mark in each.marks}) == 3
    store.close()


def test_an_index_that_lost_a_comment_is_found_and_mended(store: SQLiteStore) -> None:
    store.add_comment(PENDING)
    with store.write():
        store._run(
            "INSERT INTO comments_search (comments_search, rowid, name, source) VALUES ('delete', 1, :name, :source)",
            name=PENDING.name,
            source=PENDING.source,
        )

    assert "search" in store.check_search()[0]
    store.rebuild_search()
    assert store.check_search() == []
