"""The write-ahead log beside the store, and whether it is still the one that SQLite writes to."""

import os
from pathlib import Path

from comments.errors import StoreProblem
from comments.words import _


class LogFile:
    """Remembers which file the log is, from the first look on."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(f"{store.name}-wal")
        self._identity: int | None = None

    def forget(self) -> None:
        """A connection was closed: if it was the last, SQLite took the log away, and makes another one."""
        self._identity = None

    def check(self) -> None:
        """Call this where a transaction is open, before it is committed.

        :raise StoreProblem: somebody removed or replaced the log. SQLite would go on writing into the removed one, and
            what it acknowledged would be lost with its last connection, unless that is closed in good order.
        """
        try:
            found = os.stat(self._path).st_ino
        except OSError:
            found = None
        if found is not None and self._identity in (None, found):
            self._identity = found
            return
        raise StoreProblem(
            _(
                "The store's log (%s) was removed or replaced. Stop the service as usual, never by force, "
                "and start it again: it puts what the log held into the store when it ends."
            )
            % self._path.name
        )
