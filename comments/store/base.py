"""The store's verbs, each with its promise. SQLite keeps them today; PostgreSQL is to keep the same ones.

``get_x`` raises NotFound, ``find_x`` returns None, ``list_x`` returns a list. Every verb that writes runs inside
``with store.write():`` — one transaction, begun with the write lock, committed and synced when the block ends, rolled
back when it raises. Called outside such a block a writing verb opens its own. No verb holds a rule of the product.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from comments.model import (
    Account,
    AuditRow,
    Comment,
    Letter,
    NewComment,
    Person,
    Policy,
    PublicComment,
    Reason,
    Role,
    Session,
    State,
    ThreadState,
)
from comments.store.base_doors import DoorStore


class Store(DoorStore, ABC):
    # -- life ---------------------------------------------------------------------------------------------------------
    @abstractmethod
    def write(self) -> AbstractContextManager[None]:
        """One transaction under the lock that all processes share. Nested blocks join the outer one."""

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

    # -- comments -----------------------------------------------------------------------------------------------------
    @abstractmethod
    def add_comment(self, comment: NewComment) -> int:
        """Insert and return the new id; ids are never reused.

        Grows the thread's revision when the comment is visible at once (state approved).
        :raise TokenSpent: a comment with this form token exists.
        """

    @abstractmethod
    def get_comment(self, comment: int) -> Comment:
        """:raise NotFound: there is none."""

    @abstractmethod
    def find_comment_by_token(self, token: str) -> Comment | None: ...

    @abstractmethod
    def find_repeated(self, digest: str, since: datetime) -> Comment | None:
        """The newest comment with this digest (thread, parent, name, text), not in the trash, since then."""

    @abstractmethod
    def set_state(self, comment: int, state: State, at: datetime, *, version: int | None = None) -> Comment:
        """Move to another state and return the comment as it now is; the former state is kept for undo.

        Grows the thread's revision when what readers see changes.
        :raise Stale: ``version`` is given and is not the stored one.
        """

    @abstractmethod
    def set_text(
        self, comment: int, source: str, html: str, markup: int, at: datetime, *, version: int | None = None
    ) -> Comment:
        """Replace the text; the former one is kept in the edit history until the comment is erased.

        Clears a proposed edit. Grows the revision when the comment is approved.
        :raise Stale: as above.
        """

    @abstractmethod
    def set_proposed(self, comment: int, source: str | None, reasons: Sequence[Reason], at: datetime) -> Comment:
        """Keep an edit that waits (or drop it with None); the approved text stays published."""

    @abstractmethod
    def erase_comment(self, comment: int, *, text: bool, at: datetime) -> None:
        """Forget who wrote it: name, website, person, prefix, edit history; the text too when ``text``.

        A comment without text counts as removed (state trash). Leaves nothing in the full-text index, the outbox or
        the engine's log. A person no other comment belongs to is forgotten with address, browsers and letters. The
        name of an erased comment is empty.
        """

    @abstractmethod
    def delete_comment(self, comment: int, at: datetime) -> bool:
        """Delete it for good, with its record; nothing is left, as with ``erase_comment``.

        False when other comments answer it: then it keeps its place and its number, empty, and loses the rest.
        """

    @abstractmethod
    def list_discarded(self, before: datetime, limit: int = 500) -> list[Comment]:
        """Up to so many comments in spam or trash which since that moment nobody wrote or did anything to.

        Those that only keep a place for their answers are left out.
        """

    @abstractmethod
    def list_written_by(self, person: int) -> list[Comment]:
        """All comments that belong to a person, oldest first."""

    @abstractmethod
    def list_public(self, thread: str) -> list[PublicComment]:
        """What readers may see, oldest first: approved comments, and removed ones that have visible replies."""

    @abstractmethod
    def list_recent_public(self, limit: int) -> list[tuple[str, PublicComment]]:
        """The newest approved comments of the whole site with their thread ids, newest first."""

    @abstractmethod
    def list_comments(
        self,
        *,
        state: State | None = None,
        thread: str | None = None,
        query: str = "",
        newest_first: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Comment]:
        """For the desk. ``query`` is what a person typed; it is searched in text and names, as words or beginnings.

        An approved comment with a proposed edit is listed among the approved and, as it waits, among the pending.
        """

    @abstractmethod
    def count_comments(self, *, state: State | None = None, thread: str | None = None, query: str = "") -> int: ...

    @abstractmethod
    def count_by_state(self) -> dict[State, int]:
        """Every state with the count of its list, so an approved comment with a proposed edit counts twice."""

    @abstractmethod
    def count_by_span(self, edges: Sequence[datetime]) -> list[dict[State, int]]:
        """For each span between two neighbours of ``edges`` (rising), the comments that came in it, by state.

        A comment at an edge belongs to the span that begins there. States nobody is in are left out.
        """

    @abstractmethod
    def list_edits(self, comment: int) -> list[tuple[datetime, str]]:
        """Former texts with the moment each was replaced, oldest first."""

    @abstractmethod
    def iterate_comments(self) -> Iterator[Comment]:
        """Every comment by id, in one consistent reading, for exports."""

    # -- threads ------------------------------------------------------------------------------------------------------
    @abstractmethod
    def get_thread(self, thread: str) -> ThreadState:
        """Its state; a thread nobody wrote in has the default one."""

    @abstractmethod
    def list_threads(self) -> list[ThreadState]: ...

    @abstractmethod
    def list_due(self) -> list[ThreadState]:
        """Threads whose revision is above what is shown."""

    @abstractmethod
    def set_shown(self, thread: str, revision: int) -> None:
        """Raise ``shown`` to ``revision``; never lowers it."""

    @abstractmethod
    def mark_due(self, thread: str) -> None:
        """Grow the revision without another change: the page must be written again."""

    @abstractmethod
    def set_override(self, thread: str, policy: Policy | None) -> None:
        """The desk's word on one thread, or None to follow the file again. Grows the revision if it is another word."""

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

        Returns how many.
        """

    @abstractmethod
    def forget_unused(self, person: int) -> None:
        """Forget a person with address, browsers and letters, unless a comment still belongs to them."""

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
        invitation: int | None = None,
        comments: Sequence[int] = (),
    ) -> int: ...

    @abstractmethod
    def find_waiting_letter(self, kind: str, *, account: int | None = None, person: int | None = None) -> Letter | None:
        """An unsent, unclaimed letter of this kind to this reader, to bundle more into."""

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
    def list_letters(self, *, limit: int = 100) -> list[Letter]:
        """Newest first."""

    @abstractmethod
    def purge_letters(self, before: datetime) -> int:
        """Forget the letters that were sent or given up before that moment. Returns how many."""
