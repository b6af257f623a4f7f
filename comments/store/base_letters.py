"""The store's verbs about letters and who wants them, each with its promise.

A part of ``base.Store``; the same rules hold here.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime

from comments.model import (
    Comment,
    Letter,
    LetterChoice,
    Scope,
    Subscription,
)


class LetterStore(ABC):
    # -- outbox -------------------------------------------------------------------------------------------------------
    @abstractmethod
    def add_letter(
        self,
        kind: str,
        at: datetime,
        due: datetime,
        *,
        account: int | None = None,
        person: int | None = None,
        subscription: int | None = None,
        invitation: int | None = None,
        comments: Sequence[int] = (),
    ) -> int: ...

    @abstractmethod
    def find_waiting_letter(
        self, kind: str, *, account: int | None = None, person: int | None = None, subscription: int | None = None
    ) -> Letter | None:
        """An unsent, unclaimed letter of this kind to this reader from this subscription, to bundle more into."""

    @abstractmethod
    def extend_letter(self, letter: int, comments: Sequence[int]) -> None: ...

    @abstractmethod
    def last_letter(self, kind: str, *, account: int | None = None, person: int | None = None) -> datetime | None:
        """When the newest letter of this kind to this reader was sent or queued."""

    @abstractmethod
    def claim_letters(self, at: datetime, lease: datetime, limit: int = 10) -> list[Letter]:
        """Due letters, leased until then so that nobody else sends them."""

    @abstractmethod
    def mark_sent(self, letter: int, at: datetime) -> None: ...

    @abstractmethod
    def mark_failed(self, letter: int, error: str, *, retry: datetime | None, at: datetime) -> None:
        """Try again at ``retry``, or give up for good with None. ``error`` must hold no address."""

    @abstractmethod
    def retry_letter(self, letter: int, at: datetime) -> Letter:
        """Make a letter that waits or was given up due at that moment, with all its tries before it again.

        :raise NotFound: there is none.
        :raise Refused: it was sent, or somebody is sending it.
        """

    @abstractmethod
    def list_letters(self, *, limit: int = 100) -> list[Letter]:
        """Newest first."""

    @abstractmethod
    def purge_letters(self, before: datetime) -> int:
        """Forget the letters that were sent or given up before that moment. Returns how many."""

    # -- subscriptions ------------------------------------------------------------------------------------------------
    @abstractmethod
    def add_subscription(
        self, person: int, comment: int, scope: Scope, at: datetime, *, confirmed: datetime | None = None
    ) -> int:
        """A wish for letters, asked for with a comment; nothing is sent before it is confirmed.

        It ends when that comment or that person is forgotten.
        """

    @abstractmethod
    def get_subscription(self, subscription: int) -> Subscription:
        """:raise NotFound: it ended."""

    @abstractmethod
    def find_subscription(self, comment: int) -> Subscription | None:
        """The one that was asked for with this comment."""

    @abstractmethod
    def list_subscriptions(self, lookup: bytes) -> list[Subscription]:
        """All of one address, whoever typed it, oldest first."""

    @abstractmethod
    def list_followers(self, comment: int) -> list[Subscription]:
        """The confirmed ones to which this comment is news; those that wait for answers first."""

    @abstractmethod
    def confirm_subscription(self, subscription: int, at: datetime) -> None:
        """Note the consent; the first moment counts."""

    @abstractmethod
    def end_subscription(self, subscription: int) -> None:
        """Forget it, with its letters."""

    @abstractmethod
    def purge_subscriptions(self, before: datetime) -> int:
        """Forget those that were asked for before that moment and never confirmed. Returns how many."""

    @abstractmethod
    def set_tell(self, comment: int) -> None:
        """Its writer wants a letter when it is published."""

    @abstractmethod
    def list_news(self, before: datetime, limit: int = 50) -> list[Comment]:
        """Comments approved up to that moment, shown on their page, of which nobody was told; oldest first."""

    @abstractmethod
    def mark_announced(self, comments: Sequence[int], at: datetime) -> None:
        """They are no news any more, whatever becomes of them."""

    @abstractmethod
    def get_letter_choice(self, account: int) -> LetterChoice:
        """When an account gets letters."""

    @abstractmethod
    def set_letter_choice(self, account: int, choice: LetterChoice) -> None: ...

    @abstractmethod
    def set_muted(self, account: int, thread: str, muted: bool) -> None:
        """Whether an account wants no letters about one thread."""

    @abstractmethod
    def list_muted(self, account: int) -> list[str]:
        """The threads about which an account wants no letters."""

    @abstractmethod
    def list_muting(self, comment: int) -> list[int]:
        """The accounts that want no letters about this comment's thread."""
