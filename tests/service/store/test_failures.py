"""When disk, rights or file fail: a sentence that says what to do, and nothing half written."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from comments.errors import Misconfigured, StoreProblem
from comments.store.sqlite import SQLiteStore, open_store
from tests.service.store.contract.cast import NOW, PENDING
from tests.service.store.processes import Process

NOBODY = 65534
LONG = "a long text " * 20_000


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, where the tests run as root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_missing_store_is_never_made_by_the_way(path: Path) -> None:
    with pytest.raises(Misconfigured, match="There is no store at"):
        open_store(path)

    assert not path.parent.exists()


def test_an_empty_file_is_a_store_only_when_a_new_one_was_asked_for(path: Path) -> None:
    path.parent.mkdir()
    path.touch()

    with pytest.raises(Misconfigured, match="not a store"):
        open_store(path)
    store = open_store(path, create=True)

    assert store.count_comments() == 0
    store.close()


@pytest.mark.parametrize("create", [False, True])
def test_a_file_of_something_else_is_left_alone(path: Path, create: bool) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, " * 1000)

    with pytest.raises(Misconfigured, match="not a store"):
        open_store(path, create=create)

    assert path.read_bytes() == b"Dear diary, " * 1000


@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_something_else_is_left_alone(path: Path, create: bool) -> None:
    path.parent.mkdir()
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE comments (id INTEGER)")
    foreign.close()
    before = path.read_bytes()

    with pytest.raises(Misconfigured, match="not a store"):
        open_store(path, create=create)

    assert path.read_bytes() == before


def test_opening_a_store_again_with_create_keeps_it(store: SQLiteStore, path: Path) -> None:
    store.add_comment(PENDING)

    again = open_store(path, create=True)

    assert again.count_comments() == 1
    again.close()


def test_a_store_whose_file_was_removed_takes_nothing_that_would_be_lost(store: SQLiteStore, path: Path) -> None:
    path.rename(path.with_suffix(".old"))

    with pytest.raises(StoreProblem, match="removed or replaced"):
        store.add_comment(PENDING)

    path.with_suffix(".old").rename(path)
    assert store.add_comment(PENDING) == 1


def test_a_store_whose_file_was_replaced_takes_nothing_either(store: SQLiteStore, path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    path.touch()

    with pytest.raises(StoreProblem, match="removed or replaced"):
        store.add_comment(PENDING)

    path.with_suffix(".old").rename(path)


def test_a_store_whose_log_was_removed_takes_nothing_more_and_keeps_what_it_took(
    store: SQLiteStore, path: Path
) -> None:
    store.add_comment(PENDING)
    path.with_name("store.db-wal").unlink()

    with pytest.raises(StoreProblem, match="Stop the service as usual"):
        store.add_comment(PENDING)

    store.close()
    again = open_store(path)
    assert [comment.id for comment in again.iterate_comments()] == [1]
    assert again.add_comment(PENDING) == 2
    again.close()


def test_a_full_store_changes_nothing_and_can_still_be_read(store: SQLiteStore) -> None:
    store.add_comment(PENDING)
    pages = store._value("PRAGMA page_count")
    store._rows(f"PRAGMA max_page_count = {pages + 1}")

    with pytest.raises(StoreProblem, match=r"disk is full. Nothing was changed"):
        store.add_comment(replace(PENDING, source=LONG))

    assert store.count_comments() == 1
    assert store.check_integrity() == []
    store._rows("PRAGMA max_page_count = 1000000")
    assert store.add_comment(replace(PENDING, source=LONG)) == 2


def test_a_block_that_sqlite_gave_up_cannot_go_on_half_way(store: SQLiteStore) -> None:
    def go_on() -> None:
        with store.write():
            store.add_comment(PENDING)
            store._link().connection.rollback()
            store.add_audit(NOW, "Mo", "went on")

    with pytest.raises(StoreProblem):
        go_on()

    assert store.count_comments() == 0
    assert store.list_audit() == []


def test_a_disk_that_takes_no_more_bytes_loses_nothing_that_was_acknowledged(store: SQLiteStore, path: Path) -> None:
    # A real refusal by the system, in a process of its own because the limit cannot be lifted again.
    script = """
import resource, signal
from comments.errors import StoreProblem
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
try:
    while True:
        print(store.add_comment(replace(PENDING, source="word " * 5_000)), flush=True)
except StoreProblem as problem:
    print(problem, flush=True)
print(store.count_comments(), flush=True)
sys.stdin.readline()
"""
    with Process(script, path) as full:
        full.go()
        acknowledged = []
        while (line := full.line()).isdigit():
            acknowledged.append(int(line))
        assert "disk" in line
        assert int(full.line()) == len(acknowledged)
        full.kill()

    assert acknowledged
    assert [comment.id for comment in store.iterate_comments()] == acknowledged
    assert store.check_integrity() == []


def test_a_folder_that_belongs_to_somebody_else_is_told(open_folder: Path) -> None:
    path = open_folder / "store.db"
    open_store(path, create=True).close()
    for file in open_folder.iterdir():
        file.chmod(0o444)
    open_folder.chmod(0o555)

    with as_nobody(), pytest.raises(StoreProblem, match=r"Permission denied.*who owns the folder"):
        open_store(path)

    with as_nobody(), pytest.raises(StoreProblem, match="Permission denied"):
        open_store(open_folder / "new.db", create=True)
    open_folder.chmod(0o755)


def test_a_file_that_may_only_be_read_is_told(open_folder: Path) -> None:
    path = open_folder / "store.db"
    open_store(path, create=True).close()
    path.chmod(0o444)
    path.with_suffix(".lock").chmod(0o666)
    open_folder.chmod(0o777)

    with as_nobody():
        store = open_store(path)
        with pytest.raises(StoreProblem, match="must belong to the user who runs the service"):
            store.add_comment(PENDING)
        assert store.count_comments() == 0
        store.close()


def test_damage_is_told_and_found_by_the_check(store: SQLiteStore, path: Path) -> None:
    for number in range(200):
        store.add_comment(replace(PENDING, source=f"{number} " * 200))
    store.close()
    with path.open("r+b") as file:
        last = path.stat().st_size // 4096  # the texts came last
        for page in range(last - 60, last - 20):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)

    damaged = open_store(path)

    with pytest.raises(StoreProblem, match=r"damaged.*restore the last backup"):
        list(damaged.iterate_comments())
    with pytest.raises(StoreProblem, match="damaged"):
        damaged.list_comments(limit=500)
    problems = damaged.check_integrity()
    assert problems
    assert all("damaged" in problem for problem in problems)
    damaged.close()


def test_a_row_that_belongs_to_nothing_is_found_by_the_check(store: SQLiteStore, path: Path) -> None:
    store.add_comment(PENDING)
    stranger = sqlite3.connect(path)
    stranger.execute("DELETE FROM threads")
    stranger.commit()
    stranger.close()

    (problem,) = store.check_integrity()

    assert "1 rows belong to something that is missing" in problem


def test_a_value_that_cannot_be_stored_is_told_and_leaves_the_store_usable(store: SQLiteStore) -> None:
    with pytest.raises(StoreProblem, match="could not do this"):
        store.add_comment(replace(PENDING, source=object()))

    assert store.add_comment(PENDING) == 1


def test_a_moment_without_a_zone_is_a_mistake_of_ours(store: SQLiteStore) -> None:
    with pytest.raises(TypeError):
        store.add_event(b"bucket", NOW.replace(tzinfo=None))
