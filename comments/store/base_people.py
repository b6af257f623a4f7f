"""The store's verbs about people, what is counted, what was done, and accounts, each with its promise.

A part of ``base.Store``; the same rules hold here.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime

from comments.model import (
    Account,
    AuditRow,
    Decision,
    Person,
    Role,
    Session,
)


class PeopleStore(ABC):
    # -- people and browsers ------------------------------------------------------------------------------------------
    @abstractmethod
    def add_person(self, at: datetime, browser: bytes | None) -> int:
        """A new person, with the hash of the browser's cookie if it has one."""

    @abstractmethod
    def find_person_by_browser(self, browser: bytes) -> Person | None: ...

    @abstractmethod
    def get_person(self, person: int) -> Person: ...

    @abstractmethod
    def set_address(self, person: int, sealed: bytes, lookup: bytes) -> None: ...

    @abstractmethod
    def find_address(self, person: int) -> tuple[bytes, bytes] | None:
        """The sealed address and its lookup. Called by ``vault``'s callers only."""

    @abstractmethod
    def list_people_by_lookup(self, lookup: bytes) -> list[Person]: ...

    @abstractmethod
    def prove_person(self, person: int, browser: bytes | None, at: datetime) -> int:
        """Join all people who share this person's lookup into one proven person, whose id is returned.

        The browser that proved it now belongs to that person; browsers of those who only typed the address do not.
        """

    @abstractmethod
    def count_approved(self, person: int) -> int: ...

    @abstractmethod
    def forget_idle_addresses(self, before: datetime) -> int:
        """Forget the addresses of people who since that moment neither came, wrote nor proved their mailbox.

        An address somebody confirmed a subscription with is kept. Returns how many were forgotten.
        """

    @abstractmethod
    def forget_unused(self, person: int) -> None:
        """Forget a person with address, browsers and letters, unless a comment still belongs to them."""

    @abstractmethod
    def list_held(self, person: int) -> dict[str, list[dict[str, object]]]:
        """Every row, by table, that belongs to this person or to one of their comments, with moments as moments.

        What tables of another day hold is among them. Sealed and hashed values are left out, and so are answers of
        others.
        """

    # -- counters -----------------------------------------------------------------------------------------------------
    @abstractmethod
    def add_event(self, bucket: bytes, at: datetime) -> None:
        """Remember that something happened in a bucket (a keyed hash, never an address)."""

    @abstractmethod
    def list_events(self, bucket: bytes, since: datetime) -> list[datetime]:
        """Moments in that bucket since then, oldest first."""

    @abstractmethod
    def purge_events(self, before: datetime) -> int:
        """Forget events, spent tokens that expired, and the network prefixes of comments from before that moment.

        Returns the number of events.
        """

    @abstractmethod
    def forget_events(self, bucket: bytes) -> None:
        """Forget all that happened in that bucket."""

    @abstractmethod
    def spend(self, token: str, expires: datetime) -> bool:
        """Mark a single-use token as used. False when it was used before."""

    @abstractmethod
    def is_spent(self, token: str) -> bool: ...

    @abstractmethod
    def add_events(self, buckets: Iterable[bytes], at: datetime) -> None:
        """As ``add_event``, in all these buckets at once."""

    # -- audit --------------------------------------------------------------------------------------------------------
    @abstractmethod
    def add_audit(
        self,
        at: datetime,
        actor: str,
        action: str,
        *,
        comment: int | None = None,
        thread: str | None = None,
        detail: dict[str, object] | None = None,
    ) -> int: ...

    @abstractmethod
    def list_audit(self, *, comment: int | None = None, limit: int = 100, offset: int = 0) -> list[AuditRow]:
        """Newest first."""

    @abstractmethod
    def set_audit_detail(self, row: int, detail: dict[str, object]) -> None:
        """Replace what a row says beyond who, what and when: free words in it may have to be forgotten."""

    @abstractmethod
    def list_decisions(self, since: datetime, limit: int = 5_000) -> list[Decision]:
        """The newest first decisions on comments that waited, from that moment on, newest first, up to ``limit``.

        What its writer or a rule did is no decision, and what was undone since is none either.
        """

    @abstractmethod
    def count_by_reason(self, since: datetime | None = None) -> dict[str, int]:
        """How many comments have each reason, by its key, the most frequent first; of those that came since then."""

    @abstractmethod
    def count_held(self, since: datetime) -> tuple[int, int]:
        """How many comments came since then, and how many of them a check stopped."""

    @abstractmethod
    def count_by_thread(self, since: datetime, limit: int = 10) -> dict[str, int]:
        """The threads in which most comments came since then, with their numbers, the busiest first."""

    # -- accounts and sessions ----------------------------------------------------------------------------------------
    @abstractmethod
    def add_account(self, name: str, role: Role, at: datetime, author: str | None = None) -> int:
        """:raise Refused: the name is taken."""

    @abstractmethod
    def get_account(self, account: int) -> Account: ...

    @abstractmethod
    def find_account(self, name: str) -> Account | None:
        """By name, case-insensitively."""

    @abstractmethod
    def list_accounts(self) -> list[Account]: ...

    @abstractmethod
    def set_password(self, account: int, argon2: str | None) -> None: ...

    @abstractmethod
    def set_account_address(self, account: int, sealed: bytes | None) -> None: ...

    @abstractmethod
    def find_account_address(self, account: int) -> bytes | None: ...

    @abstractmethod
    def set_disabled(self, account: int, disabled: bool) -> None:
        """A disabled account loses its sessions too."""

    @abstractmethod
    def add_session(self, account: int, digest: bytes, at: datetime, expires: datetime) -> int: ...

    @abstractmethod
    def find_session(self, digest: bytes, at: datetime) -> Session | None:
        """A session that has not expired, of an account that is not disabled."""

    @abstractmethod
    def touch_session(self, session: int, at: datetime, expires: datetime) -> None: ...

    @abstractmethod
    def end_session(self, session: int) -> None: ...

    @abstractmethod
    def end_sessions(self, account: int, *, but: int | None = None) -> int: ...

    @abstractmethod
    def purge_sessions(self, before: datetime) -> int:
        """Forget the sessions that were over before that moment. Returns how many."""
