"""How SQLite is set up, and how its connections live and die."""

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from comments.errors import StoreProblem
from comments.locks import FileLock
from comments.store import engine
from comments.store.sqlite import SQLiteStore, open_store
from tests.service.store.contract.cast import NOW, PENDING


def in_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def log_size(path: Path) -> int:
    return path.with_name("store.db-wal").stat().st_size


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("wal_autocheckpoint", 0),
        ("temp_store", 2),  # memory
        ("cache_size", -1000),
        ("journal_size_limit", engine.LOG_ROOM),
    ],
)
def test_every_connection_has_the_settings_that_keep_data_safe(store: SQLiteStore, pragma: str, value: object) -> None:
    values = []

    def look() -> None:
        values.append(store._value(f"PRAGMA {pragma}"))

    look()
    in_thread(look)

    assert values == [value, value]


def test_every_table_is_strict(store: SQLiteStore) -> None:
    tables = store._rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")

    assert {row["name"] for row in tables if not row["strict"]} == {"sqlite_schema", "sqlite_sequence"}


def test_every_id_we_give_out_is_never_given_out_again(store: SQLiteStore) -> None:
    tables = store._rows("SELECT name FROM sqlite_master WHERE sql LIKE '%id INTEGER PRIMARY KEY AUTOINCREMENT%'")

    ours = {"comments", "edits", "people", "accounts", "sessions", "letters", "audit"}
    ours |= {"listings", "subscriptions", "invitations"}
    assert {row["name"] for row in tables} == ours


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_can_open_the_files_whatever_the_umask(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store = open_store(path, create=True)
        store.add_comment(PENDING)
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        store.close()
    finally:
        os.umask(before)

    assert modes == dict.fromkeys(["store.db", "store.db-wal", "store.db-shm", "store.lock"], 0o600)
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_thread_keeps_one_connection_and_a_dead_threads_is_closed(store: SQLiteStore) -> None:
    for _number in range(5):
        in_thread(store.count_comments)
    store.count_comments()
    own = store._links[threading.current_thread()]
    store.count_comments()

    assert store._links[threading.current_thread()] is own
    assert len(store._links) == 2


def test_a_change_outside_of_a_write_block_is_a_mistake_of_ours(store: SQLiteStore) -> None:
    with pytest.raises(RuntimeError):
        store._run("DELETE FROM comments")


def test_writes_and_checkpoints_run_under_the_lock_from_begin_to_end(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHECKPOINT_EVERY", 1)
    free: list[str] = []
    ran: list[str] = []

    def look(sql: str) -> None:
        ran.append(sql.split("(")[0])
        with contextlib.suppress(TimeoutError), FileLock(path.with_suffix(".lock"), timeout=0):
            free.append(sql)

    store._link().connection.set_trace_callback(look)
    comment = store.add_comment(PENDING)
    store.erase_comment(comment, text=True, at=NOW)
    store.checkpoint()

    assert {"BEGIN IMMEDIATE", "COMMIT", "PRAGMA wal_checkpoint"} <= set(ran)
    assert free == []


def test_a_checkpoint_empties_the_log(store: SQLiteStore, path: Path) -> None:
    store.add_comment(PENDING)
    assert log_size(path) > 0

    store.checkpoint()

    assert log_size(path) == 0


def test_a_checkpoint_inside_a_write_block_is_a_mistake_of_ours(store: SQLiteStore) -> None:
    with store.write(), pytest.raises(RuntimeError):
        store.checkpoint()


def test_the_log_goes_into_the_file_now_and_then_and_keeps_its_room(
    store: SQLiteStore, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHECKPOINT_EVERY", 5)
    store.checkpoint()

    for _number in range(5):
        store.add_event(b"bucket", NOW)
    room = log_size(path)
    alone = shutil.copy(path, tmp_path / "without-its-log.db")
    for _number in range(50):
        store.add_event(b"bucket", NOW)

    with contextlib.closing(sqlite3.connect(alone)) as moved:
        assert moved.execute("SELECT count(*) FROM events").fetchone() == (5,)
    assert log_size(path) <= 2 * room


def test_a_log_that_grew_large_gives_its_room_back(store: SQLiteStore, path: Path) -> None:
    with store.write():
        for number in range(engine.LOG_ROOM // 60_000):
            store.add_comment(replace(PENDING, source=f"{number} {'x' * 60_000}", digest=str(number)))
    assert log_size(path) > engine.LOG_ROOM

    for _number in range(engine.CHECKPOINT_EVERY + 1):
        store.add_event(b"bucket", NOW)

    assert log_size(path) <= engine.LOG_ROOM


def test_a_reader_does_not_hold_up_writers_and_their_checkpoint_is_put_off(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHECKPOINT_EVERY", 1)
    store.add_comment(PENDING)
    store.add_comment(PENDING)

    export = store.iterate_comments()
    next(export)
    for _number in range(5):
        store.add_comment(PENDING)
    grown = log_size(path)
    export.close()
    for _number in range(50):
        store.add_event(b"bucket", NOW)

    assert log_size(path) == grown


def test_a_checkpoint_that_a_reader_is_in_the_way_of_says_so(
    store: SQLiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SQLITE_PATIENCE", 0.02)
    store.add_comment(PENDING)
    export = store.iterate_comments()
    next(export)
    store.add_comment(PENDING)

    with pytest.raises(StoreProblem, match="busy"):
        store.checkpoint()

    export.close()
    store.checkpoint()


def test_closing_leaves_one_file_that_holds_everything(store: SQLiteStore, path: Path) -> None:
    store.add_comment(PENDING)
    in_thread(store.count_comments)

    store.close()

    assert sorted(file.name for file in path.parent.iterdir()) == ["store.db", "store.lock"]
    again = open_store(path)
    assert again.count_comments() == 1
    again.close()
