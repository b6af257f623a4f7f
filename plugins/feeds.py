"""Feeds: whole texts, every author, ids that never change, and no moment that is not the content's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from plugins.absolute import absolute
from plugins.gallery import plain_pictures
from plugins.views import Article, Author, Image, Resource
from publication.moments import start_of
from publication.settings import Settings

NEVER = datetime(1970, 1, 1, tzinfo=UTC)

# XML 1.0 has no place for these, not even escaped.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Person:
    """Who wrote an entry, with the addresses of their page and their picture (or nothing)."""

    name: str
    url: str
    picture: str = ""


@dataclass(frozen=True)
class Entry:
    """One item of a feed. Its addresses are absolute, and ``html`` is safe HTML that can be read anywhere.

    :ivar external: what the entry is about, where that is something elsewhere.
    :ivar replies: where the answers to it stand, if it takes any.
    """

    id: str
    title: str
    url: str
    language: str
    published: datetime | None
    updated: datetime
    summary: str
    html: str
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    image: str = ""
    external: str = ""
    replies: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed: where it is (``path``, and ``json``), what it follows (``page``), and its entries, newest first."""

    id: str
    title: str
    path: str
    page: str
    language: str
    entries: tuple[Entry, ...]

    @property
    def json(self) -> str:
        """The address of the same as a JSON Feed."""
        return f"{self.path.removesuffix('.atom')}.json"

    @property
    def links(self) -> list[dict[str, str]]:
        """What a page says in its head to be found by readers of feeds."""
        kinds = {"application/atom+xml": self.path, "application/feed+json": self.json}
        return [{"title": self.title, "type": kind, "url": path} for kind, path in kinds.items()]

    @property
    def updated(self) -> datetime:
        """When anything in it last changed; of an empty feed, always the same moment."""
        return max((entry.updated for entry in self.entries), default=NEVER)


class Feeds:
    """Makes the feeds of one site. ``authority`` is the name and year that stand in every id."""

    def __init__(self, settings: Settings, authority: str, limit: int) -> None:
        self.settings, self.authority, self.limit = settings, authority, limit
        self._made: dict[str, Entry] = {}  # an article is in many feeds

    def articles(
        self, name: str, title: str, path: str, page: str, articles: Sequence[Article], language: str = ""
    ) -> Feed:
        """A feed of articles. ``name`` is the part of its id that is its own."""
        entries = tuple(self._article(article) for article in articles[: self.limit])
        return Feed(self._id(name), title, path, page, language or self.settings.language, entries)

    def resources(self, name: str, title: str, path: str, page: str, resources: Iterable[Resource]) -> Feed:
        """A feed of the hub, last reviewed first. A resource that was never reviewed has no moment to stand at."""
        entries = [self._resource(resource) for resource in resources if resource.reviewed]
        entries.sort(key=lambda entry: entry.updated, reverse=True)
        return Feed(self._id(name), title, path, page, self.settings.language, tuple(entries[: self.limit]))

    def _article(self, article: Article) -> Entry:
        if article.id not in self._made:
            self._made[article.id] = self._make(article)
        return self._made[article.id]

    def _make(self, article: Article) -> Entry:
        site = self.settings.url
        notes = "".join(f'<li id="fn-{number}">{note}</li>' for number, note in enumerate(article.notes, start=1))
        html = f"{_plate(article.image)}{article.body}{f'<ol>{notes}</ol>' if notes else ''}"
        return Entry(
            id=self._id(article.id),
            title=article.title,
            url=site + article.url,
            language=article.language,
            published=article.date,
            updated=article.modified,
            summary=article.summary,
            html=absolute(plain_pictures(html), site, site + article.url),
            authors=tuple(self._person(author) for author in article.authors),
            categories=_once([topic.name for topic in article.topics] + [tag.name for tag in article.tags]),
            image=site + article.image.src if article.image else "",
            replies=site + article.url if article.comments != "off" else "",
        )

    def _resource(self, resource: Resource) -> Entry:
        reviewed, address = resource.reviewed, self.settings.url + resource.url
        return Entry(
            id=self._id(resource.id),
            title=resource.title,
            url=address,
            language=self.settings.language,
            published=None,
            updated=start_of(reviewed.on, self.settings.timezone) if reviewed else NEVER,
            summary=resource.why,
            html=absolute(plain_pictures(f"<p>{escape(resource.why)}</p>{resource.body}"), self.settings.url, address),
            categories=tuple(topic.name for topic in resource.topics),
            external=resource.link,
        )

    def _person(self, author: Author) -> Person:
        site = self.settings.url
        return Person(author.name, site + author.url, site + author.photo.src if author.photo else "")

    def _id(self, name: str) -> str:
        return f"tag:{self.authority}:{name}"


def legible(text: str) -> str:
    """``text`` without what no format of feeds can carry to every reader."""
    return _CONTROL.sub("", text)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Without those that differ in capitals only from one before."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _plate(image: Image | None) -> str:
    """The lead picture, which stands before the text."""
    if image is None:
        return ""
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    words = escape(" ".join(filter(None, (image.caption, image.credit))))
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure><img src="{escape(image.src)}" alt="{escape(image.alt)}"{size}>{caption}</figure>'
