"""Content as typed, frozen records. Field names are those of the front matter.

Every text field is plain text, except where it says Markdown. Keys of other records stay keys; ``Publication``
looks them up. ``path`` is the address on the site; ``url`` is the same, for templates.
"""

from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime
from pathlib import Path

from publication.moments import Duration


@dataclass(frozen=True)
class Image:
    """A picture under ``content/``. An empty ``alt`` says that it is decoration."""

    src: str
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Series:
    name: str
    part: int


@dataclass(frozen=True)
class Review:
    """Who looked at a text, when, and how long that holds. ``due`` is None without ``every``."""

    on: Day
    by: str
    every: Duration | None = None

    @property
    def due(self) -> Day | None:
        return self.every.after(self.on) if self.every else None


@dataclass(frozen=True)
class Credential:
    name: str
    by: str = ""
    number: str = ""


@dataclass(frozen=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True)
class Name:
    """A name in a citation: a person's, or ``literal`` for an organisation's."""

    family: str = ""
    given: str = ""
    literal: str = ""
    suffix: str = ""
    non_dropping_particle: str = ""


@dataclass(frozen=True)
class Citation:
    """What a reference list needs to know, in the words of CSL (hyphens are underscores here)."""

    type: str
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    issued: str = ""  # YYYY, YYYY-MM or YYYY-MM-DD; from/to, or from/.. for what still goes on
    container_title: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    edition: str = ""
    publisher: str = ""
    publisher_place: str = ""
    collection_title: str = ""
    event: str = ""
    genre: str = ""
    translator: tuple[Name, ...] = ()
    original_date: str = ""
    collection_number: str = ""
    version: str = ""
    issn: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every record has: where it was read and where it stands."""

    source: Path
    line: int
    path: str
    body: str = ""  # Markdown
    body_line: int = 1

    @property
    def url(self) -> str:
        return self.path


@dataclass(frozen=True, kw_only=True)
class Text(Record):
    """What articles, pages and resources share. ``state`` and ``published`` hold at the publication's moment."""

    id: str
    title: str
    slug: str
    status: str
    state: str
    language: str

    @property
    def published(self) -> bool:
        return self.state == "published"


@dataclass(frozen=True, kw_only=True)
class Article(Text):
    """``date`` of a draft that has none is the publication's moment."""

    summary: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    date: datetime
    updated: datetime | None = None
    expires: datetime | None = None
    closes: datetime | None = None  # when comments close
    tags: tuple[str, ...] = ()
    series: Series | None = None
    featured: bool = False
    canonical: str = ""
    image: Image | None = None
    comments: str = "open"
    notices: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    reviewed: Review | None = None


@dataclass(frozen=True, kw_only=True)
class Page(Text):
    summary: str


@dataclass(frozen=True, kw_only=True)
class Resource(Text):
    """``link`` is never empty: without one it is made of the DOI. ``isbn`` holds digits only."""

    kind: str
    why: str
    topics: tuple[str, ...]
    audience: tuple[str, ...]
    access: str
    link: str
    doi: str = ""
    isbn: str = ""
    csl: Citation | None = None
    reviewed: Review | None = None


@dataclass(frozen=True, kw_only=True)
class Author(Record):
    """``bio`` is Markdown. ``family`` is the part of the name that references begin with, where it was written."""

    key: str
    name: str
    family: str = ""
    organisation: bool = False
    suffix: str = ""
    credentials: tuple[Credential, ...] = ()
    bio: str = ""
    photo: str = ""
    links: tuple[Link, ...] = ()
    example: bool = False


@dataclass(frozen=True, kw_only=True)
class Topic(Record):
    """``introduction`` is Markdown; ``children`` are keys, in the file's order."""

    key: str
    name: str
    parent: str = ""
    introduction: str = ""
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tag:
    """``slug`` is its key; ``articles`` are the ids of public ones, newest first."""

    name: str
    slug: str
    path: str
    articles: tuple[str, ...] = field(default=())

    @property
    def url(self) -> str:
        return self.path
