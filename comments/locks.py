"""One lock for threads and processes alike, on a file that holds nothing."""

import fcntl
import os
import threading
import time
from pathlib import Path
from types import TracebackType

# How long a waiter with a time limit sleeps between two tries. A write holds the lock for about a millisecond.
PAUSE = 0.002


class FileLock:
    """Only one thread of one process is ever inside ``with FileLock(path):``.

    The same thread may enter it again. The system frees it when its holder dies. Two locks on one path exclude each
    other also within one process, so give a path to one FileLock and share that.

    With ``timeout`` (seconds) a waiter gives up with TimeoutError; without, it waits for as long as it takes.
    :raise OSError: the file cannot be opened or made.
    """

    def __init__(self, path: Path, timeout: float | None = None) -> None:
        self.path = path
        self.timeout = timeout
        self._thread_lock = threading.RLock()
        self._depth = 0
        self._descriptor = -1

    def __enter__(self) -> "FileLock":
        deadline = None if self.timeout is None else time.monotonic() + self.timeout
        if not self._thread_lock.acquire(timeout=-1 if self.timeout is None else self.timeout):
            raise TimeoutError(f"Another thread kept {self.path} locked.")
        try:
            if self._depth == 0:
                self._descriptor = self._locked_descriptor(deadline)
            self._depth += 1
        except BaseException:
            self._thread_lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            # Unlocked by word, not only by closing: a child forked meanwhile shares the descriptor.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
        self._thread_lock.release()

    def _locked_descriptor(self, deadline: float | None) -> int:
        # Opened anew each time: a descriptor kept over a fork would carry its lock into the child.
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait(descriptor, deadline)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _wait(self, descriptor: int, deadline: float | None) -> None:
        if deadline is None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            return
        while True:
            try:
                return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise TimeoutError(f"Another process kept {self.path} locked.") from None
                time.sleep(PAUSE)


class Presence:
    """Says that somebody works in a folder. Many may at once, or one ``alone``; the system forgets who dies.

    :raise BlockingIOError: somebody is there who does not go together with that.
    """

    def __init__(self, folder: Path, *, alone: bool = False) -> None:
        # The folder itself is locked: that needs no file, and a store moved in or out takes nothing along.
        self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BaseException:
            os.close(self._descriptor)
            raise

    def end(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> "Presence":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
