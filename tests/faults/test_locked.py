"""Somebody else keeps the store locked: for a while one waits, for too long one is told, and readers notice nothing."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.steps import (
    ANSWERS_WITHIN,
    READS_WITHIN,
    Writers,
    assert_kept,
    assert_reads,
    assert_tells_nothing_of_itself,
)
from tests.product.conftest import ROOT, Installation, wait_for

pytestmark = pytest.mark.long

WRITERS = (1, 2, 3, 4)
OURS = """
import sys
from pathlib import Path
from comments.locks import FileLock
with FileLock(Path(sys.argv[1]).with_suffix(".lock")):
    print("locked", flush=True)
    sys.stdin.readline()
"""
FOREIGN = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""
LOCKS = pytest.mark.parametrize("lock", [OURS, FOREIGN], ids=["by a command of ours", "by a foreign program"])


@contextmanager
def locked(place: Installation, lock: str, seconds: float) -> Iterator[float]:
    """Another process has the store for so long; gives the moment at which it lets go."""
    command = [sys.executable, "-c", lock, str(place.var / "store.db")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "locked\n"
        end = time.monotonic() + seconds
        yield end
        wait_for(lambda: time.monotonic() >= end, "the time to pass", seconds + 1)
        holder.communicate("\n")


@LOCKS
def test_four_seconds_are_waited_out(place: Installation, lock: str) -> None:
    writers = Writers(place)
    writers.open_forms(*WRITERS)

    with ThreadPoolExecutor(len(WRITERS)) as pool, locked(place, lock, 4):
        sending = [pool.submit(writers.send, number) for number in WRITERS]
        read_quickly(place)
        wait_for(lambda: not any(each.done() for each in sending), "nobody to be answered too early")
        # The lock goes while they wait.
    assert [each.result().status for each in sending] == [303] * len(WRITERS)
    writers.check()
    assert_tells_nothing_of_itself(place)


@LOCKS
def test_forty_seconds_are_told_with_the_text_kept(place: Installation, lock: str) -> None:
    writers = Writers(place)
    writers.open_forms(*WRITERS)

    with locked(place, lock, 40) as end, ThreadPoolExecutor(len(WRITERS)) as pool:
        while time.monotonic() + ANSWERS_WITHIN < end:
            started = time.monotonic()
            sending = [pool.submit(writers.send, number) for number in WRITERS]
            while not all(each.done() for each in sending):
                read_quickly(place)
            for number, sent in zip(WRITERS, sending, strict=True):
                assert_kept(sent.result(), writers.fields(number)["comment"])
            assert time.monotonic() - started < ANSWERS_WITHIN

    assert [writers.send(number).status for number in WRITERS] == [303] * len(WRITERS)
    writers.check()
    assert_tells_nothing_of_itself(place)


def read_quickly(place: Installation) -> None:
    started = time.monotonic()
    assert_reads(place)
    assert time.monotonic() - started < READS_WITHIN


def test_a_lock_that_its_holder_took_with_it_is_no_lock(place: Installation, tmp_path: Path) -> None:
    writers = Writers(place)
    command = [sys.executable, "-c", FOREIGN, str(place.var / "store.db")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "locked\n"
        holder.kill()

    assert writers.send(1).status == 303
    with sqlite3.connect(place.var / "store.db") as store:
        assert store.execute("PRAGMA quick_check").fetchone() == ("ok",)
    store.close()
