"""What the comment service talks about: plain, immutable records without behaviour of storage or HTTP.

Moments are aware ``datetime`` values in UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypedDict

State = Literal["pending", "approved", "spam", "trash"]
STATES: tuple[State, ...] = ("pending", "approved", "spam", "trash")

Policy = Literal["open", "held", "closed", "off"]
Role = Literal["administrator", "moderator", "author"]
Kind = Literal["approve", "hold", "spam"]
# What a subscription is about: answers to one comment, or all new comments of its thread.
Scope = Literal["replies", "thread"]
SCOPES: tuple[Scope, ...] = ("replies", "thread")
# When somebody at the desk gets letters: as things happen, once a day, or only what is urgent.
When = Literal["at once", "daily", "urgent"]
WHENS: tuple[When, ...] = ("at once", "daily", "urgent")


@dataclass(frozen=True)
class Reason:
    """Why a check held or filed a comment: a stable key and the sentence a moderator reads."""

    key: str
    sentence: str
    urgent: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the checks decided. No check deletes."""

    kind: Kind
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Draft:
    """What a person typed, normalised, within the limits, not yet stored.

    ``email`` is plain only here and in the vault's callers; it is never part of a stored or shown record.
    ``tell``: its writer wants a letter when it is published.
    """

    thread: str
    comment: str
    name: str
    email: str = ""
    website: str = ""
    parent: int | None = None
    notify: str = ""  # a Scope, or nothing
    tell: bool = False
    trapped: bool = False


class Narrowing(TypedDict, total=False):
    """What the desk's lists are narrowed down by; what is left out or None narrows nothing.

    ``query`` is what a person typed; it is searched in text and names, as words or beginnings. ``reason`` is the key
    of one of a comment's reasons; ``urgent`` whether one of them is urgent. It came from ``since`` on, before
    ``until``.
    """

    state: State | None
    thread: str | None
    query: str
    reason: str | None
    urgent: bool | None
    person: int | None
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class NewComment:
    """A row about to be inserted. ``token`` is the id of the spent form token (unique), or None for imports.

    ``digest`` finds the same words by the same name in the same place again, ``said`` the same words anywhere.
    """

    thread: str
    name: str
    source: str
    html: str
    markup: int
    state: State
    created: datetime
    parent: int | None = None
    person: int | None = None
    website: str = ""
    reasons: tuple[Reason, ...] = ()
    token: str | None = None
    digest: str = ""
    prefix: bytes | None = None
    account: int | None = None
    language: str = ""
    said: str = ""
    number: int | None = None  # the id it must have, for imports; it was never given before

    def stored(self, number: int, *, has_address: bool) -> "Comment":
        """What the store holds once it has given it this number."""
        return Comment(
            id=number,
            thread=self.thread,
            parent=self.parent,
            person=self.person,
            account=self.account,
            name=self.name,
            website=self.website,
            source=self.source,
            html=self.html,
            markup=self.markup,
            state=self.state,
            reasons=self.reasons,
            created=self.created,
            approved=self.created if self.state == "approved" else None,
            edited=None,
            version=1,
            has_address=has_address,
            token=self.token,
        )


@dataclass(frozen=True)
class Comment:
    """A stored comment as the desk and the actions see it. It holds no address."""

    id: int
    thread: str
    parent: int | None
    person: int | None
    account: int | None
    name: str
    website: str
    source: str
    html: str
    markup: int
    state: State
    reasons: tuple[Reason, ...]
    created: datetime
    approved: datetime | None
    edited: datetime | None
    version: int  # grows with every change; a moderation link is bound to it
    former: State | None = None  # the state before spam or trash, for restore
    proposed: str | None = None  # source of an edit that waits while the approved text stays published
    erased: bool = False
    has_address: bool = False
    token: str | None = None
    moderated: str = ""  # the reason, for readers, where a moderator changed somebody else's text
    tell: bool = False  # its writer wants a letter when it is published


@dataclass(frozen=True)
class PublicComment:
    """Everything of a comment that may ever leave the server, in a page, a feed or the API.

    ``gone`` marks a removed comment that still has visible replies: it has no name, text or website.
    """

    id: int
    parent: int | None
    name: str
    website: str
    html: str
    created: datetime
    edited: datetime | None = None
    badge: str = ""  # "author", "staff" or ""
    gone: bool = False
    language: str = ""
    moderated: str = ""  # why a moderator changed the text, where one did
    number: int | None = None  # the one it had in another system, where that was taken here


@dataclass(frozen=True)
class ThreadState:
    """The service's own facts of a thread. ``override`` is the desk's word and wins over the file."""

    id: str
    revision: int = 0
    shown: int = 0
    override: Policy | None = None


@dataclass(frozen=True)
class Decision:
    """The first word of a moderator on a comment that waited: when it came, and how long the comment had waited.

    ``published`` tells whether the comment went to the page.
    """

    at: datetime
    waited: timedelta
    published: bool


@dataclass(frozen=True)
class Person:
    """A browser or a proven mailbox. ``proven`` is when the mailbox was proven, if it was."""

    id: int
    created: datetime
    proven: datetime | None
    has_address: bool


@dataclass(frozen=True)
class Asked:
    """What ``Store.read_facts`` is asked about one submission. Bytes are keyed hashes, never what was typed.

    :ivar digest: of thread, parent, name and text.
    :ivar lookup: of the address typed.
    :ivar network: the bucket of events of the network it comes from; ``lookup_bucket`` that of the address.
    :ivar since: events before that moment count no more.
    """

    thread: str
    token: str
    digest: str
    browser: bytes | None
    lookup: bytes | None
    network: bytes
    lookup_bucket: bytes | None
    since: datetime


@dataclass(frozen=True)
class Facts:
    """What the store says to that.

    :ivar override: the desk's word on the thread.
    :ivar earlier: the comment that this form's token let in already.
    :ivar repeated: the newest comment with these words, not in the trash.
    :ivar newest: the last event in the buckets.
    :ivar person: whom this browser stands for; ``lookup`` and ``approved``: that person's address, and whether a
        comment of theirs was approved.
    :ivar others: the address typed is stored for somebody else, ``proven_others``: who has proved it.
    """

    override: Policy | None
    earlier: int | None
    repeated: int | None
    newest: datetime | None
    person: Person | None
    lookup: bytes | None
    approved: bool
    others: bool
    proven_others: bool


@dataclass(frozen=True)
class Account:
    id: int
    name: str
    role: Role
    author: str | None  # key of a record in content/authors/, for role "author"
    password: str | None  # argon2 hash
    disabled: bool
    has_address: bool


@dataclass(frozen=True)
class Session:
    id: int
    account: Account
    created: datetime
    seen: datetime
    expires: datetime
    confirmed: datetime  # when password or code were last shown


@dataclass(frozen=True)
class Invitation:
    """Somebody who was asked to come, and has not come yet. Its address is kept apart, sealed.

    :ivar name: how the sender calls the person.
    :ivar sender: the name of the account that asked.
    """

    id: int
    name: str
    role: Role
    author: str | None
    sender: str
    created: datetime
    expires: datetime


@dataclass(frozen=True)
class AuditRow:
    id: int
    at: datetime
    actor: str  # an account's name, "commenter", "command line" or "service"
    action: str
    comment: int | None
    thread: str | None
    detail: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditFilter:
    """Which rows of the record are wanted; None is any. ``until`` itself is not included."""

    actor: str | None = None
    action: str | None = None
    comment: int | None = None
    thread: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Letter:
    """A queued letter. It holds ids, never text or addresses: the letter is rendered when it is sent."""

    id: int
    kind: str
    account: int | None
    person: int | None
    comments: tuple[int, ...]
    created: datetime
    due: datetime
    attempts: int
    sent: datetime | None = None
    failed: datetime | None = None
    error: str = ""
    invitation: int | None = None
    subscription: int | None = None  # the one it comes from, and can be ended by


Listed = Literal["moderation", "disallowed"]
ListKind = Literal["word", "address", "prefix", "domain"]


@dataclass(frozen=True)
class Listing:
    """An entry of one of WordPress's two lists. ``value`` is a word or a domain, or the keyed hash of the rest."""

    id: int
    list: Listed
    kind: ListKind
    value: str
    by: str
    created: datetime
    expires: datetime | None = None


@dataclass(frozen=True)
class GuardState:
    """What the guard has to know of the whole site, read in one go.

    :ivar lists: grows with every change of the lists.
    :ivar braked: since when everything waits, and ``why``; None while it does not.
    :ivar ham: how many comments the filter learned as good ones, and ``spam`` as spam.
    :ivar ham_tokens: how many words those were, and ``spam_tokens``.
    :ivar caught: how much of that spam it would have filed by itself, and of the good ones (``alarms``).
    """

    lists: int = 0
    braked: datetime | None = None
    why: str = ""
    ham: int = 0
    spam: int = 0
    ham_tokens: int = 0
    spam_tokens: int = 0
    caught: int = 0
    alarms: int = 0


@dataclass(frozen=True)
class Subscription:
    """Somebody wants letters. Nothing is sent before ``confirmed``, the moment of consent.

    :ivar comment: the one it was asked for with; answers to it are what ``replies`` is about.
    """

    id: int
    person: int
    comment: int
    thread: str
    scope: Scope
    asked: datetime
    confirmed: datetime | None = None


@dataclass(frozen=True)
class LetterChoice:
    """When an account gets letters; ``hour`` is that of the daily one, in the site's zone."""

    when: When = "at once"
    hour: int = 8
