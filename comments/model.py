"""What the comment service talks about: plain, immutable records without behaviour of storage or HTTP.

Moments are aware ``datetime`` values in UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

State = Literal["pending", "approved", "spam", "trash"]
STATES: tuple[State, ...] = ("pending", "approved", "spam", "trash")

Policy = Literal["open", "held", "closed", "off"]
Role = Literal["administrator", "moderator", "author"]
Kind = Literal["approve", "hold", "spam"]


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
    """

    thread: str
    comment: str
    name: str
    email: str = ""
    website: str = ""
    parent: int | None = None
    notify: bool = False
    trapped: bool = False


@dataclass(frozen=True)
class NewComment:
    """A row about to be inserted. ``token`` is the id of the spent form token (unique), or None for imports."""

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


@dataclass(frozen=True)
class ThreadState:
    """The service's own facts of a thread. ``override`` is the desk's word and wins over the file."""

    id: str
    revision: int = 0
    shown: int = 0
    override: Policy | None = None


@dataclass(frozen=True)
class Person:
    """A browser or a proven mailbox. ``proven`` is when the mailbox was proven, if it was."""

    id: int
    created: datetime
    proven: datetime | None
    has_address: bool


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
