"""What an export of another system holds: plain records, before anything is decided about them.

Moments are aware ``datetime`` values in UTC, or None where the export has none that can be read.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Site:
    """The site that was exported: its name, its address without a slash at the end, the version of the export.

    ``made_by`` is the program that wrote the export.
    """

    title: str = ""
    url: str = ""
    language: str = ""
    version: str = ""
    made_by: str = ""


@dataclass(frozen=True)
class Writer:
    """Somebody with an account there. The address is not even read."""

    login: str
    name: str
    bio: str = ""
    number: int = 0


@dataclass(frozen=True)
class Term:
    """A category or a tag. ``parent`` is the slug of the category above it."""

    kind: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment, pingback or trackback. ``address`` is an e-mail address and for the vault only."""

    id: int
    author: str
    address: str = field(repr=False)
    website: str
    made: datetime | None
    content: str
    approved: str
    kind: str
    parent: int
    user: int = 0  # number of the account it was written with


@dataclass(frozen=True)
class Item:
    """A post, page, attachment or whatever else the other system keeps as an item. ``line`` is where it begins."""

    id: int
    kind: str
    title: str
    link: str
    guid: str
    status: str
    made: datetime | None
    modified: datetime | None
    content: str
    excerpt: str
    creator: str
    slug: str
    parent: int
    order: int
    password: str
    sticky: bool
    terms: tuple[Term, ...]
    meta: dict[str, str]
    file: str
    comment_status: str
    replies: tuple[Reply, ...]
    line: int
    identifier: str = ""  # of the thread, where the export is one for Disqus
