"""One lock for threads and processes."""

import multiprocessing
import os
import threading
from pathlib import Path

import pytest

from comments.locks import FileLock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "site.lock"


def test_the_same_thread_may_enter_again_and_leaves_as_often(path: Path) -> None:
    lock = FileLock(path)

    with lock:
        with lock:
            pass
        with pytest.raises(TimeoutError), FileLock(path, timeout=0.01):
            pass

    with FileLock(path, timeout=0.01):
        pass


def test_another_thread_waits(path: Path) -> None:
    lock, order = FileLock(path), []
    started = threading.Event()

    def other() -> None:
        started.set()
        with lock:
            order.append("other")

    thread = threading.Thread(target=other)
    with lock:
        thread.start()
        started.wait()
        order.append("first")
    thread.join()

    assert order == ["first", "other"]


def test_another_thread_gives_up_after_its_time(path: Path) -> None:
    lock, problems = FileLock(path, timeout=0.01), []

    def other() -> None:
        try:
            with lock:
                pass
        except TimeoutError as problem:
            problems.append(str(problem))

    thread = threading.Thread(target=other)
    with lock:
        thread.start()
        thread.join()

    assert problems == [f"Another thread kept {path} locked."]


def hold(path: Path, inside: "multiprocessing.synchronize.Event", leave: "multiprocessing.synchronize.Event") -> None:
    with FileLock(path):
        inside.set()
        leave.wait()


def test_another_process_waits_and_a_killed_one_is_not_waited_for(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    inside, leave = spawn.Event(), spawn.Event()
    process = spawn.Process(target=hold, args=(path, inside, leave))
    process.start()
    inside.wait()

    with pytest.raises(TimeoutError, match="Another process"), FileLock(path, timeout=0.01):
        pass
    process.kill()
    process.join()

    with FileLock(path):
        pass


def test_an_error_inside_frees_the_lock(path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), FileLock(path):
        raise ValueError("inside")

    with FileLock(path, timeout=0.01):
        pass


def test_a_folder_that_is_not_there_is_an_error_and_leaves_nothing_locked(path: Path) -> None:
    lock = FileLock(path / "missing" / "site.lock")

    for _number in range(2):
        with pytest.raises(OSError, match="No such file"), lock:
            pass


def test_only_the_owner_can_open_the_file_and_no_descriptor_stays_open(path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with FileLock(path):
        assert path.stat().st_mode & 0o777 == 0o600

    assert len(os.listdir("/proc/self/fd")) == before
