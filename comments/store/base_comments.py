"""The store's verbs about comments, threads and where imported ones came from, each with its promise.

A part of ``base.Store``; the same rules hold here.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Unpack

from comments.model import (
    Comment,
    Narrowing,
    NewComment,
    Policy,
    PublicComment,
    Reason,
    State,
    ThreadState,
)


class CommentStore(ABC):
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
        """Up to so many comments in spam or trash which since that moment nobody wrote, brought over or did
        anything to.

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
        """As ``add_comment``, remembering where it came from. Its ``number`` is kept if that was never given before.

        If it was, ``list_public`` tells the comment's former number besides its own.
        """

    @abstractmethod
    def get_own_numbers(self) -> int:
        """The highest number given here before anything was brought over: all up to it were this site's own."""

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
