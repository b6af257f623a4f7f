"""The store's verbs about lists, the brake and what the filter learned, each with its promise.

A part of ``base.Store``; the same rules hold here.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import datetime

from comments.model import (
    GuardState,
    Listed,
    Listing,
    ListKind,
)


class GuardStore(ABC):
    # -- the guard ----------------------------------------------------------------------------------------------------
    @abstractmethod
    def get_guard(self) -> GuardState:
        """What the guard has to know of the whole site."""

    @abstractmethod
    def set_brake(self, since: datetime | None, why: str = "") -> bool:
        """Have everything wait since then, or no longer (None). False when it was so already: nothing is changed."""

    @abstractmethod
    def add_listing(
        self, list_: Listed, kind: ListKind, value: str, by: str, at: datetime, expires: datetime | None = None
    ) -> int:
        """Put an entry on a list and return its id; one that is there gets this moment, name and expiry."""

    @abstractmethod
    def remove_listing(self, listing: int) -> Listing:
        """Take an entry off its list and return it.

        :raise NotFound: there is none.
        """

    @abstractmethod
    def list_listings(self, at: datetime) -> list[Listing]:
        """All entries that hold at that moment, oldest first."""

    @abstractmethod
    def purge_listings(self, before: datetime) -> int:
        """Forget the entries that expired before that moment. Returns how many."""

    @abstractmethod
    def learn(self, comment: int, *, spam: bool, tokens: Collection[bytes], caught: bool = False) -> None:
        """Count a comment's words as those of spam or of a good one, in place of what was learned from it before.

        ``caught``: the filter would have filed it. Of the words seen least, those beyond a fixed number are forgotten.
        """

    @abstractmethod
    def unlearn(self, comment: int) -> None:
        """Take back what was learned from a comment, if anything was."""

    @abstractmethod
    def unlearn_all(self) -> None:
        """Forget all that was learned."""

    @abstractmethod
    def is_learned(self, comment: int) -> bool | None:
        """Whether it was learned as spam; None where nothing was learned from it."""

    @abstractmethod
    def keep_learned(self, comment: int) -> None:
        """Keep the counts, but nothing that leads back to this comment: it is about to be deleted for its age."""

    @abstractmethod
    def count_tokens(self, tokens: Collection[bytes]) -> dict[bytes, tuple[int, int]]:
        """For each known word, in how many good comments and in how much spam it stood."""
