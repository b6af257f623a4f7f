"""How the store talks to SQLite: a connection per thread, one writer at a time, errors in our words."""

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from comments.errors import StoreProblem
from comments.locks import FileLock
from comments.store.log_file import LogFile
from comments.store.problems import in_our_words, translated
from comments.store.together import Spoiled, Together
from comments.words import _

# Seconds a writer waits for its turn, and SQLite for a reader that is in its way.
PATIENCE = 10.0
SQLITE_PATIENCE = 5.0
# Seconds an erasing writer keeps all others waiting for a reader of what it erased.
SWEEP_PATIENCE = 1.0
# Commits of this process after which the write-ahead log is moved into the file (about 13 MB of log in a flood of
# comments). The log keeps its room and is written over from its start: a commit that makes the file longer waits
# twice as long for the disk as one that does not.
CHECKPOINT_EVERY = 100
LOG_ROOM = 16 * 1024 * 1024  # bytes

PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    # FULL: what was acknowledged survives a power cut (WAL with NORMAL may lose the last commits).
    "PRAGMA synchronous = FULL",
    # What is deleted or overwritten is overwritten with zeros.
    "PRAGMA secure_delete = ON",
    # Only we checkpoint, under the lock: SQLite before 3.51.3 can lose commits when a write and a checkpoint meet.
    "PRAGMA wal_autocheckpoint = 0",
    f"PRAGMA journal_size_limit = {LOG_ROOM}",
    # Nothing personal in the system's temporary folder.
    "PRAGMA temp_store = MEMORY",
    # Kilobytes for each thread's connection. The system keeps the file in its own cache, once for all of them.
    "PRAGMA cache_size = -1000",
)

Values = Mapping[str, object]
P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound="Engine")

log = logging.getLogger(__name__)


class Link:
    """One thread's connection and how deep in write blocks the thread is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.depth = 0
        self.light = False  # this transaction makes no savepoints
        self.erased = False  # this transaction forgot something, so the log must be emptied after it
        self.unsearched = False  # this transaction erased text, so the index must be built anew within it
        self._busy = threading.Lock()  # so that close() of another thread waits for a running statement

    def run(self, sql: str, values: Values) -> list[sqlite3.Row]:
        with self._busy:
            try:
                return self.connection.execute(sql, values).fetchall()
            except (sqlite3.Error, OverflowError) as error:
                raise in_our_words(error) from error

    def run_each(self, sql: str, values: Sequence[Values]) -> None:
        with self._busy, translated():
            self.connection.executemany(sql, values)

    def roll_back(self) -> None:
        # On a full disk SQLite may have rolled back by itself.
        if self.connection.in_transaction:
            self.run("ROLLBACK", {})

    def close(self) -> None:
        with self._busy, translated():
            self.connection.close()


class Engine:
    """Reads and writes one SQLite file. Threads may share it; a process forked later must open its own."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._lock = FileLock(self._path.with_suffix(".lock"), PATIENCE)
        self._log_file = LogFile(self._path)
        self._links: dict[threading.Thread, Link] = {}
        self._together = Together(self.write, self._shared_transaction)
        self._shared: Link | None = None
        self._closed = False
        self._commits = 0
        self._sweep = False  # the log is to be emptied: what was erased or overwritten may still stand in it
        with translated():
            self._identity = self._path.stat().st_ino

    # -- life ---------------------------------------------------------------------------------------------------------
    def write(self) -> AbstractContextManager[None]:
        """One transaction under the lock that all processes share. Nested blocks join the outer one.

        A nested block that raises takes back only what was done in it.
        :raise StoreProblem: the store cannot be written now; nothing was changed.
        """
        link = self._link()
        if not link.depth:
            return self._transaction(light=False)
        return self._nested_lightly(link) if link.light else self._nested(link)

    @contextmanager
    def _shared_transaction(self) -> Iterator[None]:
        """As ``write``, without savepoints: it raises Spoiled where one would have been needed.

        Whichever thread leads uses one and the same connection: another one would have to read all pages anew that
        were changed since its own last turn, which takes longer than the work.
        """
        thread = threading.current_thread()
        with self._locked():
            own = self._links.pop(thread, None)
            try:
                self._shared = self._links[thread] = self._shared or self._opened(thread)
                with self._transaction(light=True):
                    yield
            finally:
                self._links.pop(thread, None)
                if own:
                    self._links[thread] = own

    @contextmanager
    def _transaction(self, *, light: bool) -> Iterator[None]:
        """As ``write``, not nested. A ``light`` one makes no savepoints within it: it raises Spoiled where one would
        have been needed, and has changed nothing."""
        link = self._link()
        with self._locked():
            self._check_still_there()
            link.run("BEGIN IMMEDIATE", {})
            link.depth, link.light = 1, light
            try:
                yield
                self._check_block(link)
                if link.unsearched:
                    self._sweep_search(link)
                self._log_file.check()
                link.run("COMMIT", {})
                erased = link.erased
            except BaseException:
                link.roll_back()
                raise
            finally:
                link.depth = 0
                link.light = link.erased = link.unsearched = False
            self._after_commit(link, erased)

    def write_together(self, work: Callable[[], T]) -> T:
        """Do ``work`` in a transaction that the works of other threads may share, and return what it returns.

        It is committed and synced when this returns. A work that raises takes back only what it did itself, and its
        error is raised here. It may run in another thread, in this one's context; in a write block it joins that.
        :raise StoreProblem: the store cannot be written now; nothing of this was changed.
        """
        link = self._links.get(threading.current_thread())
        if link and link.depth:
            with self.write():
                return work()
        return self._together.do(work)

    def close(self) -> None:
        """Close the connections of all threads, under the lock: the last one that closes checkpoints by itself."""
        with self._locked():
            self._closed = True
            if self._shared:
                self._shared.close()
                self._shared = None
            while self._links:
                self._links.popitem()[1].close()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, under the lock, and truncate it.

        :raise StoreProblem: a reader is in the way; nothing is lost, and the next commits try again.
        """
        link = self._link()
        if link.depth:
            raise RuntimeError("No checkpoint inside a write block.")
        with self._locked():
            self._sweep = True
            if not self._emptied(link, SQLITE_PATIENCE):
                raise StoreProblem(_("The store is busy. Try again in a moment."))

    # -- for the verbs ------------------------------------------------------------------------------------------------
    def _rows(self, sql: str, **values: object) -> list[sqlite3.Row]:
        """All rows of a SELECT."""
        return self._link().run(sql, values)

    def _row(self, sql: str, **values: object) -> sqlite3.Row | None:
        """The first row, or None."""
        rows = self._rows(sql, **values)
        return rows[0] if rows else None

    def _value(self, sql: str, **values: object) -> Any:
        """The first column of the only row."""
        return self._rows(sql, **values)[0][0]

    def _run(self, sql: str, **values: object) -> list[sqlite3.Row]:
        """Change something, inside a write block; rows of a RETURNING clause, if any."""
        link = self._link()
        if not link.depth:
            raise RuntimeError("A change outside of a write block.")
        self._check_block(link)
        return link.run(sql, values)

    def _run_each(self, sql: str, values: Sequence[Values]) -> None:
        """The same change with each of these values, inside a write block."""
        link = self._link()
        self._check_block(link)
        link.run_each(sql, values)

    def _mark_erased(self, *, searched: bool) -> None:
        """This transaction forgets something: the log is truncated after it, and the index, where it was
        ``searched``, built anew in it. Once for the whole transaction, however much it erases."""
        link = self._link()
        link.erased = True
        link.unsearched |= searched

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own that sees the store as it is now for as long as the block lasts."""
        with self._locked():
            connection = self._connected()
        try:
            with translated():
                connection.execute("BEGIN")
            yield connection
        finally:
            with self._locked(), translated():
                connection.close()

    # -- connections --------------------------------------------------------------------------------------------------
    @contextmanager
    def _locked(self) -> Iterator[None]:
        with translated():
            self._lock.__enter__()
        try:
            yield
        finally:
            self._lock.__exit__(None, None, None)

    def _link(self) -> Link:
        thread = threading.current_thread()
        link = self._links.get(thread)
        return self._opened(thread) if link is None else link

    def _opened(self, thread: threading.Thread) -> Link:
        with self._locked():
            if self._closed:
                raise StoreProblem(_("The store was closed."))
            for dead in [other for other in self._links if not other.is_alive()]:
                self._links.pop(dead).close()
                self._log_file.forget()
            self._check_still_there()
            link = self._links[thread] = Link(self._connected())
        return link

    def _connected(self) -> sqlite3.Connection:
        with translated():
            connection = sqlite3.connect(
                # mode=rw: a missing file is an error, never a new empty store.
                f"{self._path.as_uri()}?mode=rw",
                uri=True,
                timeout=SQLITE_PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                connection.row_factory = sqlite3.Row
                for pragma in PRAGMAS:
                    connection.execute(pragma)
            except BaseException:
                connection.close()
                raise
        return connection

    def _check_still_there(self) -> None:
        # SQLite would go on writing into a deleted file, and the comment would be lost with the last connection.
        try:
            same = os.stat(self._path).st_ino == self._identity
        except OSError:
            same = False
        if not same:
            raise StoreProblem(_("The store's file was removed or replaced. Put it back, or restart the service."))

    def _check_block(self, link: Link) -> None:
        # On a full disk SQLite takes the whole block back by itself. Whoever caught that error must not go on half
        # way: each further statement would be a transaction of its own.
        if not link.connection.in_transaction:
            raise StoreProblem(_("The disk is full. Nothing was changed. Free some space, then try again."))

    @contextmanager
    def _nested(self, link: Link) -> Iterator[None]:
        self._check_block(link)
        name = f"block{link.depth}"
        link.run(f"SAVEPOINT {name}", {})
        link.depth += 1
        try:
            yield
        except BaseException:
            if link.connection.in_transaction:
                link.run(f"ROLLBACK TO {name}", {})
                link.run(f"RELEASE {name}", {})
            raise
        else:
            link.run(f"RELEASE {name}", {})
        finally:
            link.depth -= 1

    @contextmanager
    def _nested_lightly(self, link: Link) -> Iterator[None]:
        self._check_block(link)
        before = link.connection.total_changes
        link.depth += 1
        try:
            yield
        except Exception as error:
            if link.connection.total_changes != before:
                raise Spoiled from error
            raise
        finally:
            link.depth -= 1

    # -- upkeep -------------------------------------------------------------------------------------------------------
    def _sweep_search(self, link: Link) -> None:
        # A deleted entry stays readable in the index's older segments until they are merged.
        for command in ("rebuild", "optimize"):
            link.run("INSERT INTO comments_search (comments_search) VALUES (:command)", {"command": command})

    def _after_commit(self, link: Link, erased: bool) -> None:
        self._commits += 1
        self._sweep |= erased
        if not self._sweep and self._commits < CHECKPOINT_EVERY:
            return
        try:
            if self._sweep:
                # Worth waiting for readers only to get erased text out of the log; else the next commit tries again.
                self._emptied(link, SWEEP_PATIENCE if erased else 0)
            else:
                self._commits = 0
                link.run("PRAGMA wal_checkpoint(PASSIVE)", {})
        except StoreProblem as problem:
            # What was asked is committed; that alone is what the caller must hear.
            log.warning("Checkpoint put off: %s", problem)

    def _emptied(self, link: Link, patience: float) -> bool:
        """Whether the whole log went into the file and nothing of it is left, readers being waited for so long.

        Called under the lock.
        """
        self._commits = 0
        link.run(f"PRAGMA busy_timeout = {int(patience * 1000)}", {})
        try:
            busy = link.run("PRAGMA wal_checkpoint(TRUNCATE)", {})[0][0]
        finally:
            link.run(f"PRAGMA busy_timeout = {int(SQLITE_PATIENCE * 1000)}", {})
        self._sweep &= bool(busy)
        return not busy


def joining(verb: Callable[Concatenate[E, P], T]) -> Callable[Concatenate[E, P], T]:
    """As ``writing``, for a verb of a single statement: that is done or not, so it needs no savepoint in a block."""

    @wraps(verb)
    def wrapped(self: E, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._link().depth:
            return verb(self, *args, **kwargs)
        with self.write():
            return verb(self, *args, **kwargs)

    return wrapped


def writing(verb: Callable[Concatenate[E, P], T]) -> Callable[Concatenate[E, P], T]:
    """A verb that changes something: it joins the caller's write block, or opens its own."""

    @wraps(verb)
    def wrapped(self: E, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self.write():
            return verb(self, *args, **kwargs)

    return wrapped
