"""The store's verbs, each with its promise. SQLite keeps them today; PostgreSQL is to keep the same ones.

``get_x`` raises NotFound, ``find_x`` returns None, ``list_x`` returns a list. Every verb that writes runs inside
``with store.write():`` — one transaction, begun with the write lock, committed and synced when the block ends, rolled
back when it raises. Called outside such a block a writing verb opens its own. No verb holds a rule of the product.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TypeVar, Unpack

from comments.model import (
    Account,
    Asked,
    AuditRow,
    Comment,
    Decision,
    Facts,
    GuardState,
    Letter,
    LetterChoice,
    Listed,
    Listing,
    ListKind,
    Narrowing,
    NewComment,
    Person,
    Policy,
    PublicComment,
    Reason,
    Role,
    Scope,
    Session,
    State,
    Subscription,
    ThreadState,
)
from comments.store.base_doors import DoorStore
from comments.store.base_upkeep import UpkeepStore

T = TypeVar("T")


class Store(DoorStore, UpkeepStore, ABC):
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
    def list_said(self, said: str, limit: int = 5) -> list[Comment]:
        """The newest comments of the whole site with this digest of their words, not in the trash, newest first."""

    @abstractmethod
    def set_said(self, comment: int, said: str) -> None:
        """The digest of its words, after these were changed."""

    @abstractmethod
    def set_state(self, comment: int, state: State, at: datetime, *, version: int | None = None) -> Comment:
        """Move to another state and return the comment as it now is; the former state is kept for undo.

        Grows the thread's revision when what readers see changes.
        :raise Stale: ``version`` is given and is not the stored one.
        """

    @abstractmethod
    def set_text(
        self,
        comment: int,
        source: str,
        html: str,
        markup: int,
        at: datetime,
        *,
        version: int | None = None,
        moderated: str = "",
    ) -> Comment:
        """Replace the text; the former one is kept in the edit history until the comment is erased.

        Clears a proposed edit. Grows the revision when the comment is approved. ``moderated`` is what readers are told
        where the words are a moderator's and not their writer's.
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
        newest_first: bool = False,
        beyond: int | None = None,
        limit: int = 50,
        offset: int = 0,
        **narrowing: Unpack[Narrowing],
    ) -> list[Comment]:
        """For the desk. ``beyond`` is the comment after which the list goes on, in its order, if there is such a one.

        An approved comment with a proposed edit is listed among the approved and, as it waits, among the pending.
        """

    @abstractmethod
    def count_comments(self, **narrowing: Unpack[Narrowing]) -> int:
        """How many ``list_comments`` has when narrowed down alike."""

    @abstractmethod
    def count_by_state(self, **narrowing: Unpack[Narrowing]) -> dict[State, int]:
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
    def find_former_text(self, comment: int) -> tuple[str, str] | None:
        """The text before the last change, with what readers were then told of a moderator's change."""

    @abstractmethod
    def iterate_comments(self) -> Iterator[Comment]:
        """Every comment by id, in one consistent reading, for exports."""

    # -- imports ------------------------------------------------------------------------------------------------------
    @abstractmethod
    def has_origin(self, source: str, key: str) -> bool:
        """Whether this comment of that source was imported once, even if it was erased since."""

    @abstractmethod
    def find_by_origin(self, source: str, key: str) -> int | None:
        """The comment that was imported as ``key`` of ``source``; None when there is none, or none any more."""

    @abstractmethod
    def import_comment(self, comment: NewComment, source: str, key: str) -> int:
        """As ``add_comment``, remembering where it came from. Its ``number`` is kept if that was never given before."""

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

    # -- submissions --------------------------------------------------------------------------------------------------
    @abstractmethod
    def read_facts(self, asked: Asked) -> Facts:
        """All that the decision on a submission hangs on, in one reading."""

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

        What its writer or a rule did is no decision.
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
