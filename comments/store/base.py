"""The store's verbs, each with its promise. SQLite keeps them today; PostgreSQL is to keep the same ones.

``get_x`` raises NotFound, ``find_x`` returns None, ``list_x`` returns a list. Every verb that writes runs inside
``with store.write():`` — one transaction, begun with the write lock, committed and synced when the block ends, rolled
back when it raises. Called outside such a block a writing verb opens its own. No verb holds a rule of the product.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from comments.model import (
    Asked,
    Facts,
)
from comments.store.base_comments import CommentStore
from comments.store.base_doors import DoorStore
from comments.store.base_guard import GuardStore
from comments.store.base_letters import LetterStore
from comments.store.base_moving import MovingStore
from comments.store.base_people import PeopleStore
from comments.store.base_upkeep import UpkeepStore

T = TypeVar("T")


class Store(CommentStore, PeopleStore, DoorStore, LetterStore, GuardStore, UpkeepStore, MovingStore, ABC):
    # -- life ---------------------------------------------------------------------------------------------------------
    @abstractmethod
    def write(self) -> AbstractContextManager[None]:
        """One transaction under the lock that all processes share. Nested blocks join the outer one."""

    @abstractmethod
    def write_together(self, work: Callable[[], T]) -> T:
        """Do ``work`` in a transaction that works of other threads may share, and return what it returns.

        It is committed and synced when this returns. A work that raises takes back only what it did itself, and its
        error is raised here. It may run in another thread, in this one's context; in a write block it joins that.
        """

    @abstractmethod
    def close(self) -> None:
        """Close this store's connections, under the lock."""

    @abstractmethod
    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, under the lock, and truncate it."""

    @abstractmethod
    def check_integrity(self) -> list[str]:
        """Sentences about damage; empty when the store is whole."""

    @abstractmethod
    def version(self) -> str:
        """The engine and its version, for reports."""

    # -- keys ---------------------------------------------------------------------------------------------------------
    @abstractmethod
    def get_key_checks(self) -> dict[str, bytes]:
        """Check value by key id."""

    @abstractmethod
    def set_key_check(self, key: str, value: bytes) -> None: ...

    # -- submissions --------------------------------------------------------------------------------------------------
    @abstractmethod
    def read_facts(self, asked: Asked) -> Facts:
        """All that the decision on a submission hangs on, in one reading."""
