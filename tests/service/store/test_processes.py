"""Several processes on one store: one writes at a time, none loses anything, nobody hears that it is locked."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest

from comments.errors import StoreProblem
from comments.locks import FileLock
from comments.store.sqlite import SQLiteStore, open_store
from tests.service.store.contract.cast import PENDING, THREAD
from tests.service.store.processes import Process

WRITE = """
for number in range({number}):
    print(store.add_comment(replace(APPROVED, source=f"{name} {{number}}")), flush=True)
store.close()
"""
CHECKPOINT = """
import threading
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set())).start()
while not stop.is_set():
    store.checkpoint()
store.close()
"""
HOLD = """
with store.write():
    store.add_comment(PENDING)
    print("inside", flush=True)
    sys.stdin.readline()
store.close()
"""


def test_a_writer_waits_for_the_writer_of_another_process(store: SQLiteStore, path: Path) -> None:
    store.close()
    with Process(HOLD, path) as first, Process(WRITE.format(name="second", number=1), path) as second:
        first.go()
        assert first.line() == "inside"
        second.go()
        reader = sqlite3.connect(path)
        assert reader.execute("SELECT count(*) FROM comments").fetchone() == (0,)
        reader.close()
        assert second.running
        with pytest.raises(TimeoutError), FileLock(path.with_suffix(".lock"), timeout=0):
            pass

        first.go()

        assert second.line() == "2"
        first.wait()
        second.wait()


def test_a_writer_that_waited_too_long_is_told_that_the_store_is_busy(store: SQLiteStore, path: Path) -> None:
    impatient = open_store(path)
    impatient._lock.timeout = 0.05
    with Process(HOLD, path) as other:
        other.go()
        assert other.line() == "inside"

        with pytest.raises(StoreProblem, match="busy"):
            impatient.add_comment(PENDING)

        assert impatient.count_comments() == 0
        other.go()
        other.wait()
    impatient.close()


def test_the_lock_of_a_killed_process_is_free_and_its_half_of_a_block_gone(store: SQLiteStore, path: Path) -> None:
    with Process(HOLD, path) as other:
        other.go()
        assert other.line() == "inside"
        other.kill()

    assert store.add_comment(PENDING) == 1
    assert store.count_comments() == 1


def test_four_processes_write_while_another_checkpoints_and_nothing_is_lost(store: SQLiteStore, path: Path) -> None:
    number = 60
    with ExitStack() as stack:
        checkpoints = stack.enter_context(Process(CHECKPOINT, path))
        writers = [stack.enter_context(Process(WRITE.format(name=name, number=number), path)) for name in "abcd"]
        checkpoints.go()
        for writer in writers:
            writer.go()
        for writer in writers:
            writer.wait()
        checkpoints.go()
        checkpoints.wait()

    texts = {comment.source for comment in store.iterate_comments()}
    assert texts == {f"{name} {n}" for name in "abcd" for n in range(number)}
    assert store.get_thread(THREAD).revision == 4 * number
    assert store.check_integrity() == []


def test_what_was_acknowledged_survives_a_kill(store: SQLiteStore, path: Path) -> None:
    with Process(WRITE.format(name="a", number=100_000), path) as writer:
        writer.go()
        acknowledged = [writer.line() for _number in range(30)]
        acknowledged += writer.kill()

    stored = {comment.id for comment in store.iterate_comments()}
    # The last line may be cut short by the kill itself.
    assert stored >= {int(line) for line in acknowledged[:-1]}
    assert store.check_integrity() == []


def test_two_processes_may_make_and_migrate_one_store_at_once(tmp_path: Path) -> None:
    elsewhere = open_store(tmp_path / "elsewhere.db", create=True)
    elsewhere.close()
    script = f"""
own = open_store(Path({str(tmp_path / "var" / "store.db")!r}), create=True)
own.add_comment(PENDING)
own.close()
store.close()
"""
    with Process(script, elsewhere._path) as one, Process(script, elsewhere._path) as other:
        one.go()
        other.go()
        one.wait()
        other.wait()

    both = open_store(tmp_path / "var" / "store.db")
    assert both.count_comments() == 2
    both.close()


def test_closing_waits_for_the_lock_because_the_last_to_close_checkpoints(store: SQLiteStore, path: Path) -> None:
    impatient = open_store(path)
    impatient._lock.timeout = 0.05
    with FileLock(path.with_suffix(".lock")), pytest.raises(StoreProblem, match="busy"):
        impatient.close()

    impatient.close()
