"""Several writers, one transaction: those who wait for the write lock share the next commit and its sync.

Whoever comes first leads: takes the lock, does the work of all who have come until then, commits once, and tells
everybody. Nobody is told before the commit. Who came meanwhile leads the next one.

It is done without savepoints, which cost more than the works: hardly any work fails once it has begun to write. Where
one does, everything is taken back, and each work is done again in a transaction of its own.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import copy_context
from typing import Any, TypeVar, cast

from comments.errors import StoreProblem

# So many works share a commit at most: the first one waits for the last.
MOST = 64

T = TypeVar("T")
Transaction = Callable[[], AbstractContextManager[None]]


class Spoiled(BaseException):
    """Something was written that must be taken back alone. Nobody but us catches it."""


class Together:
    """Gathers work.

    :param write: the store's transaction, under its lock.
    :param write_lightly: the same without savepoints: it raises Spoiled where one would have been needed.
    """

    def __init__(self, write: Transaction, write_lightly: Transaction) -> None:
        self._write = write
        self._write_lightly = write_lightly
        self._guard = threading.Lock()
        self._waiting: list[_Turn] = []
        self._led = False

    def do(self, work: Callable[[], T]) -> T:
        """What the work returns, once that is committed.

        :raise StoreProblem: the shared transaction could not begin or be committed: nothing was changed.
        """
        turn = _Turn(work)
        with self._guard:
            self._waiting.append(turn)
            leads, self._led = not self._led, True
        if not leads:
            turn.told.acquire()
        if not turn.over:
            self._lead()
        return cast(T, turn.result())

    def _lead(self) -> None:
        turns: list[_Turn] = []
        try:
            with self._write_lightly():
                turns = self._gathered(MOST)
                for turn in turns:
                    turn.take(self._write)
        except Spoiled:
            for turn in turns:
                turn.take(self._write)
        except BaseException as error:
            # Those who came meanwhile have waited for the same lock.
            turns = turns or self._gathered(None)
            for turn in turns:
                turn.fail(error)
            if not isinstance(error, StoreProblem):
                raise
        finally:
            self._tell(turns)

    def _gathered(self, most: int | None) -> list["_Turn"]:
        with self._guard:
            turns = self._waiting[:most]
            del self._waiting[: len(turns)]
        return turns

    def _tell(self, turns: list["_Turn"]) -> None:
        with self._guard:
            following = self._waiting[:1]
            self._led = bool(following)
        for turn in turns:
            turn.over = True
        for turn in (*following, *turns):
            turn.told.release()


class _Turn:
    """One thread's work. ``told`` is held until it is ``over`` or its thread is to lead."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._context = copy_context()
        self._value: object = None
        self._error: Exception | None = StoreProblem()  # until it is done
        self.over = False
        self.told = threading.Lock()
        self.told.acquire()

    def take(self, write: Transaction) -> None:
        """Do the work in a block of its own, or in a transaction of its own."""
        try:
            with write():
                self._value = self._context.run(self._work)
            self._error = None
        except Exception as error:
            self._error = error

    def fail(self, error: BaseException) -> None:
        # Each thread raises an error of its own; and who was refused is told that, whatever became of the others.
        if self._error is None or isinstance(self._error, StoreProblem):
            self._error = StoreProblem(str(error)).with_traceback(error.__traceback__)

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._value
