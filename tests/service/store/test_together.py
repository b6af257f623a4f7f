"""How SQLite's writers share one commit: who waits for the lock, and what each of them is told."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from comments.errors import Closed, StoreProblem
from comments.store import engine
from comments.store.sqlite import SQLiteStore
from tests.service.store.contract.cast import NOW, PENDING

EIGHT = range(8)


@pytest.fixture
def ran(store: SQLiteStore) -> list[str]:
    """The statements that the shared connection runs from now on."""
    store.write_together(lambda: None)
    assert store._shared
    ran: list[str] = []
    store._shared.connection.set_trace_callback(ran.append)
    return ran


def send_all(store: SQLiteStore, failing: set[int]) -> list[Future[int]]:
    """Eight works at once, which wait for the lock together before the first of them begins."""
    with ThreadPoolExecutor(8) as pool, store.write():
        sent = [pool.submit(store.write_together, lambda number=number: do(store, failing, number)) for number in EIGHT]
        waited = threading.Event()
        while len(store._together._waiting) < len(EIGHT):
            waited.wait(0.001)
    return sent


def do(store: SQLiteStore, failing: set[int], number: int) -> int:
    store.add_event(b"bucket", NOW)
    if number in failing:
        raise Closed
    return number


def test_those_who_wait_for_the_lock_share_one_commit(store: SQLiteStore, ran: list[str]) -> None:
    sent = send_all(store, set())

    assert [each.result() for each in sent] == list(EIGHT)
    assert ran.count("COMMIT") == 1
    assert not [sql for sql in ran if sql.startswith("SAVEPOINT")]


def test_where_one_must_be_taken_back_each_is_done_again_by_itself(store: SQLiteStore, ran: list[str]) -> None:
    sent = send_all(store, {3})

    assert [each.exception() is None for each in sent] == [number != 3 for number in EIGHT]
    assert len(store.list_events(b"bucket", NOW)) == 7
    assert ran.count("ROLLBACK") == 1


def test_when_the_store_is_gone_everybody_is_told(store: SQLiteStore, path: Path) -> None:
    kept = path.rename(path.with_name("elsewhere"))
    try:
        with ThreadPoolExecutor(8) as pool:
            sent = [pool.submit(store.write_together, lambda: store.add_comment(PENDING)) for _ in EIGHT]
        assert all("removed or replaced" in str(each.exception()) for each in sent)
    finally:
        kept.rename(path)
    assert store.count_comments() == 0


def test_on_a_full_disk_nobody_is_told_that_it_was_stored(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = store._value("PRAGMA page_count")
    # For every connection that is opened from now on: those of the eight, and the one they share.
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, f"PRAGMA max_page_count = {pages + 9}"))
    long = "a long text " * 20_000

    def work(number: int) -> None:
        store.add_event(bytes([number]), NOW)
        if number == 5:
            store.add_comment(replace(PENDING, source=long))

    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(store.write_together, lambda number=number: work(number)) for number in EIGHT]

    assert isinstance(sent[5].exception(), StoreProblem)
    stored = [number for number in EIGHT if store.list_events(bytes([number]), NOW)]
    assert stored == [number for number in EIGHT if sent[number].exception() is None]


def test_one_who_waits_too_long_for_the_lock_is_told_so(store: SQLiteStore) -> None:
    store._lock.timeout = 0.05
    with ThreadPoolExecutor(1) as pool, store.write():
        sent = pool.submit(store.write_together, lambda: store.add_comment(PENDING))
        with pytest.raises(StoreProblem, match="busy"):
            sent.result(10)
    store._lock.timeout = engine.PATIENCE
    assert store.write_together(lambda: store.add_comment(PENDING)) == 1
