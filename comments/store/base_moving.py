"""The store's promises about moving to another installation: all that makes up the conversation, row by row."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Literal, NamedTuple

MovedKind = Literal[
    "account", "listing", "person", "thread", "comment", "subscription", "act", "origin", "brake", "numbers"
]


class Moved(NamedTuple):
    """A row that moves. ``values`` are by column: moments, flags and lists as such, ``sealed`` as bytes."""

    kind: MovedKind
    values: dict[str, Any]


class MovingStore(ABC):
    @abstractmethod
    def iterate_moved(self, *, sealed: bool = False) -> Iterator[Moved]:
        """All that makes up the conversation, in one consistent reading, in an order that never changes.

        Comments come thread by thread, the oldest first. ``numbers`` come last: the highest ever given, so that none
        is given again. Passwords, sessions, codes, browsers, networks, letters, counters and what the filter learned
        stay; ``sealed`` has the sealed addresses of people and accounts with them.
        """

    @abstractmethod
    def count_moved(self) -> int:
        """About how many rows ``iterate_moved`` has, for a progress bar."""

    @abstractmethod
    def has_conversation(self) -> bool:
        """Whether anybody ever wrote here, was brought over or put on a list. Accounts alone are no conversation."""

    @abstractmethod
    def moving_in(self) -> AbstractContextManager[None]:
        """A write block in which ``put_moved`` may be given rows before those that they belong to.

        :raise NotFound: at its end, where a row belongs to something that did not come, or comments answer one another
            in a circle; nothing is changed then.
        """

    @abstractmethod
    def put_moved(self, row: Moved) -> int:
        """Add a row as it was there, with its number; without ``id`` it gets a new one. Returns the number.

        :raise StoreProblem: the number is taken.
        """
