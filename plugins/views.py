"""What templates see: records with their keys looked up, their text rendered and their neighbours known.

Strings are plain text; only ``Markup`` is HTML. Views point at each other, so they are filled in after they are made.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from markupsafe import Markup

from plugins.gone import copies_of
from plugins.openings import repeats
from plugins.reader import Heading
from publication.records import Citation, Credential, Link
from publication.vocabulary import ACCESS, AUDIENCES, KINDS, LANGUAGES

Translate = Callable[[str], str]


@dataclass(eq=False)
class Author:
    """A person who writes."""

    key: str
    name: str
    suffix: str
    credentials: tuple[Credential, ...]
    bio: Markup
    photo: "Image | None"
    links: tuple[Link, ...]
    example: bool
    url: str
    articles: list["Article"] = field(default_factory=list)


@dataclass(eq=False)
class Topic:
    """A topic. What belongs to a child belongs to its parent too. ``introduction`` fits inside a paragraph."""

    key: str
    name: str
    url: str
    introduction: Markup
    parent: "Topic | None" = None
    children: list["Topic"] = field(default_factory=list)
    articles: list["Article"] = field(default_factory=list)
    resources: list["Resource"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many articles there are."""
        return len(self.articles)


@dataclass(eq=False)
class Tag:
    """A tag with its articles, newest first."""

    name: str
    slug: str
    url: str
    articles: list["Article"] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """A picture's file on the site. ``url`` is a path."""

    url: str
    type: str
    width: int
    height: int


@dataclass(frozen=True)
class Shared:
    """What stands beside links to a page elsewhere."""

    file: File
    alt: str


@dataclass(frozen=True)
class Image:
    """A lead picture or a portrait. ``html`` is the element that shows it; ``shared`` stands beside links to it."""

    src: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int
    html: Markup
    shared: Shared | None


@dataclass(frozen=True)
class Reviewed:
    """Who looked at a text, when, when the next look falls due, and whether it should have been by now."""

    on: date
    by: Author
    due: date | None
    overdue: bool = False


@dataclass(frozen=True)
class Notice:
    """A standing notice."""

    key: str
    title: str
    html: Markup


@dataclass(frozen=True)
class Reference:
    """A resource an article refers to, with its entry in the list of references."""

    resource: "Resource"
    apa: Markup


@dataclass(eq=False)
class Series:
    """An article's place in its series."""

    name: str
    part: int
    of: int
    previous: "Article | None" = None
    next: "Article | None" = None


@dataclass(frozen=True)
class Named:
    """A word of a vocabulary with its name in the page's language."""

    key: str
    name: str


@dataclass(eq=False)
class Article:
    """A public article."""

    id: str
    title: str
    summary: str
    url: str
    canonical: str
    date: datetime
    updated: datetime | None
    language: str
    authors: list[Author]
    topics: list[Topic]
    tags: list[Tag]
    body: Markup
    notes: tuple[Markup, ...]
    toc: tuple[Heading, ...]
    words: int
    minutes: int
    image: Image | None
    references: list[Reference]
    notices: list[Notice]
    reviewed: Reviewed | None
    comments: str
    closes: datetime | None
    apa: Markup
    series: Series | None = None
    related: list["Article"] = field(default_factory=list)
    previous: "Article | None" = None
    next: "Article | None" = None

    @property
    def opens_with_summary(self) -> bool:
        """Whether the summary says nothing that readers do not find right below it."""
        return repeats(self.summary, self.body)

    @property
    def modified(self) -> datetime:
        """When its text last changed for readers."""
        return max(self.date, self.updated or self.date)


@dataclass(eq=False)
class Resource:
    """An entry of the hub. Names of vocabulary words follow the language of the page that shows them."""

    id: str
    title: str
    url: str
    kind: str
    why: str
    topics: list[Topic]
    audience_keys: tuple[str, ...]
    language: str
    access: str
    link: str
    doi: str
    isbn: str
    apa: Markup
    body: Markup
    reviewed: Reviewed | None
    people: tuple[str, ...]
    year: str
    translate: Translate
    csl: Citation | None = None
    articles: list[Article] = field(default_factory=list)
    gone: bool = False  # the link has not answered for days

    @property
    def kind_name(self) -> str:
        """What kind of thing it is."""
        return self.translate(KINDS[self.kind])

    @property
    def access_name(self) -> str:
        """What it costs."""
        return self.translate(ACCESS[self.access])

    @property
    def language_name(self) -> str:
        """The language's own name."""
        return LANGUAGES[self.language]

    @property
    def audience(self) -> list[Named]:
        """Whom it is for."""
        return [Named(key, self.translate(AUDIENCES[key])) for key in self.audience_keys]

    @property
    def authors_text(self) -> str:
        """Its authors as one says them: one, two, or the first and others."""
        if len(self.people) > 2:
            return f"{self.people[0]} et al."
        return f" {self.translate('and')} ".join(self.people)

    @property
    def copies(self) -> str:
        """Where copies of what the link led to may be found."""
        return copies_of(self.link)

    @property
    def host(self) -> str:
        """Where the link leads."""
        return (urlsplit(self.link).hostname or "").removeprefix("www.")


@dataclass(eq=False)
class Page:
    """A page of the editors."""

    id: str
    title: str
    summary: str
    url: str
    language: str
    body: Markup
    notes: tuple[Markup, ...]

    @property
    def opens_with_summary(self) -> bool:
        """Whether the summary says nothing that readers do not find right below it."""
        return repeats(self.summary, self.body)
