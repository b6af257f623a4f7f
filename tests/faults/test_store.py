"""The store is gone, somebody else's, or damaged: readers notice nothing, and what to do is said in a sentence."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.steps import (
    Writers,
    aside,
    assert_kept,
    assert_reads,
    assert_tells_nothing_of_itself,
    problems,
    refused_start,
)
from tests.product.conftest import Installation
from tests.product.pages import opened_store

pytestmark = pytest.mark.long

PAGE = 4096


def make_foreign(path: Path) -> None:
    """Another program's database with a table of our name."""
    path.unlink(missing_ok=True)
    made = path.with_name("foreign.db")  # opened in the place of ours, SQLite would throw our log away
    connection = sqlite3.connect(made)
    connection.executescript(
        "CREATE TABLE comments (id INTEGER PRIMARY KEY, text); INSERT INTO comments VALUES (1, 'x')"
    )
    connection.close()
    made.rename(path)


def damage(path: Path, first: int, pages: int) -> None:
    with path.open("r+b") as file:
        file.seek(first)
        file.write(os.urandom(PAGE * pages))


def test_while_the_store_is_away_the_text_is_kept_and_back_in_its_place_it_goes_on(place: Installation) -> None:
    writers = Writers(place)
    assert writers.send(1).status == 303
    writers.open_forms(2)

    with aside(place.var / "store.db"):
        assert_kept(writers.send(2), writers.fields(2)["comment"])
        assert_reads(place)
        assert not (place.var / "store.db").exists()

    assert writers.send(2).status == 303
    writers.check()
    assert_tells_nothing_of_itself(place)


def test_a_store_put_in_the_place_of_ours_is_neither_used_nor_touched(place: Installation) -> None:
    writers = Writers(place)
    assert writers.send(1).status == 303
    writers.open_forms(2)
    store = place.var / "store.db"

    with aside(store):
        make_foreign(store)
        before = store.read_bytes()
        assert_kept(writers.send(2), writers.fields(2)["comment"])
        assert_reads(place)
        assert store.read_bytes() == before
        store.unlink()

    assert writers.send(2).status == 303
    writers.check()


@pytest.mark.parametrize("files", [("-wal",), ("-wal", "-shm"), ("-shm",)], ids="".join)
def test_whoever_removes_the_stores_log_loses_nothing_that_was_acknowledged(
    place: Installation, files: tuple[str, ...]
) -> None:
    writers = Writers(place)
    writers.open_forms(*range(1, 20))
    assert [writers.send(number).status for number in range(1, 4)] == [303] * 3

    for file in files:
        (place.var / f"store.db{file}").unlink()
    for number in range(4, 15):
        answer = writers.send(number)
        if answer.status != 303:
            assert_kept(answer, writers.fields(number)["comment"])
        assert_reads(place)
    assert "-wal" not in files or "Stop the service as usual" in place.log.read_text()

    place.stop()  # what the message says
    place.start()
    assert [writers.send(number).status for number in range(1, 20)] == [303] * 19
    writers.check()


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda store: store.unlink(), "There is no store at"),
        (make_foreign, "is not a store of Practice Notes. Restore the last backup"),
        (lambda store: store.write_bytes(b""), "is not a store of Practice Notes"),
        (lambda store: store.write_bytes(b"Dear diary, " * 1000), "is not a store of Practice Notes"),
        (lambda store: damage(store, 0, 1), "is not a store of Practice Notes"),
        (lambda store: damage(store, 100, 3), "damaged"),
        (lambda store: os.truncate(store, PAGE * 3), "damaged"),
    ],
    ids=["missing", "foreign", "empty", "no database", "no header", "no schema", "cut"],
)
def test_with_such_a_store_it_does_not_start_and_its_backup_is_the_cure(
    place: Installation, break_it: Callable[[Path], object], told: str
) -> None:
    writers, store = Writers(place), place.var / "store.db"
    assert writers.send(1).status == 303
    place.stop()
    backup = shutil.copy(store, place.folder / "backup.db")

    break_it(store)
    before = store.read_bytes() if store.exists() else None
    assert told in refused_start(place)
    assert any(told in problem for problem in problems(place))
    assert (store.read_bytes() if store.exists() else None) == before

    for left in place.var.glob("store.db*"):
        left.unlink()
    shutil.copy(backup, store)
    store.chmod(0o600)
    place.start()
    assert writers.send(2).status == 303
    writers.check()
    assert problems(place) == []


@pytest.mark.parametrize("where", ["header", "middle", "log"])
def test_damage_under_a_running_service_is_told_and_readers_read_on(place: Installation, where: str) -> None:
    writers, store = Writers(place), place.var / "store.db"
    for number in range(1, 30):
        assert writers.send(number, 5_000).status == 303
    if where != "log":
        with opened_store(place) as other:
            other.checkpoint()
    backup = place.folder / "backup.db"
    with sqlite3.connect(store) as source, sqlite3.connect(backup) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    writers.open_forms(*range(30, 40))

    if where == "log":
        log = store.with_name("store.db-wal")
        damage(log, 32, log.stat().st_size // PAGE - 1)
    else:
        damage(store, 0 if where == "header" else PAGE * 4, 1 if where == "header" else 60)
    for number in range(30, 40):
        answer = writers.send(number)
        assert answer.status in (303, 503), answer.text
        if answer.status == 503:
            assert_kept(answer, writers.fields(number)["comment"])
        assert_reads(place)

    place.stop()
    if where == "middle":
        assert any("damaged" in problem for problem in problems(place))
    if where == "header" and not any("is not a store" in problem for problem in problems(place)):
        writers.check()  # SQLite still knew what stood there, and wrote it anew
    for left in place.var.glob("store.db*"):
        left.unlink()
    shutil.copy(backup, store)
    store.chmod(0o600)
    place.start()
    assert problems(place) == []
    assert_tells_nothing_of_itself(place)
