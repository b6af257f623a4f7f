"""Atom feeds: whole texts, every author, ids that never change, and no moment that is not the content's own."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from plugins.gallery import plain_pictures
from plugins.views import Article, Resource
from publication.moments import start_of
from publication.settings import Settings

ATOM = "http://www.w3.org/2005/Atom"
XML = "{http://www.w3.org/XML/1998/namespace}"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_TAG = re.compile("<[a-z][^<>]*>")
_ADDRESS = re.compile(r'(?<=\s)(href|src)="(?=[/#])')
# XML 1.0 has no place for these, not even escaped.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """One item of a feed. ``name`` is the part of its id after the site's authority; ``html`` is safe HTML."""

    name: str
    title: str
    url: str
    language: str
    published: datetime | None
    updated: datetime
    summary: str
    html: str
    authors: tuple[tuple[str, str], ...] = ()  # name, path
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed: where it is (``path``), what it follows (``page``), and its entries, newest first."""

    name: str
    title: str
    path: str
    page: str
    entries: tuple[Entry, ...]


class Feeds:
    """Makes and writes the feeds of one site."""

    def __init__(self, settings: Settings, authority: str, limit: int) -> None:
        self.settings, self.authority, self.limit = settings, authority, limit

    def articles(self, name: str, title: str, path: str, page: str, articles: Sequence[Article]) -> Feed:
        """A feed of articles."""
        return Feed(name, title, path, page, tuple(self._article(article) for article in articles[: self.limit]))

    def resources(self, name: str, title: str, path: str, page: str, resources: Iterable[Resource]) -> Feed:
        """A feed of the hub, last reviewed first. A resource that was never reviewed has no moment to stand at."""
        entries = [self._resource(resource) for resource in resources if resource.reviewed]
        entries.sort(key=lambda entry: entry.updated, reverse=True)
        return Feed(name, title, path, page, tuple(entries[: self.limit]))

    def write(self, feed: Feed) -> bytes:
        """The feed as XML."""
        root = etree.Element("feed", {"xmlns": ATOM, XML + "lang": self.settings.language})
        _add(root, "id", f"tag:{self.authority}:{feed.name}")
        _add(root, "title", feed.title)
        _add(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=NEVER)))
        _add(root, "link", rel="self", type="application/atom+xml", href=self.settings.url + feed.path)
        _add(root, "link", rel="alternate", type="text/html", href=self.settings.url + feed.page)
        author = _add(root, "author")
        _add(author, "name", self.settings.name)
        for entry in feed.entries:
            root.append(self._entry(entry))
        etree.indent(root, " ")
        xml: bytes = etree.tostring(root, encoding="utf-8")
        return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml + b"\n"

    def _entry(self, entry: Entry) -> etree.Element:
        node = etree.Element("entry", {XML + "lang": entry.language})
        _add(node, "id", f"tag:{self.authority}:{entry.name}")
        _add(node, "title", entry.title)
        _add(node, "link", rel="alternate", type="text/html", href=self.settings.url + entry.url)
        if entry.published:
            _add(node, "published", _moment(entry.published))
        _add(node, "updated", _moment(entry.updated))
        for name, path in entry.authors:
            author = _add(node, "author")
            _add(author, "name", name)
            _add(author, "uri", self.settings.url + path)
        for category in entry.categories:
            _add(node, "category", term=category)
        _add(node, "summary", entry.summary)
        _add(node, "content", self._absolute(plain_pictures(entry.html), entry.url), type="html")
        return node

    def _absolute(self, html: str, url: str) -> str:
        """Readers of feeds are elsewhere: addresses of ours get the site, places on the page the page."""

        def whole(match: re.Match[str]) -> str:
            page = url if match.string[match.end()] == "#" else ""
            return f'{match.group(1)}="{self.settings.url}{page}'

        return _TAG.sub(lambda tag: _ADDRESS.sub(whole, tag.group()), html)

    def _article(self, article: Article) -> Entry:
        notes = "".join(f'<li id="fn-{number}">{note}</li>' for number, note in enumerate(article.notes, start=1))
        return Entry(
            name=article.id,
            title=article.title,
            url=article.url,
            language=article.language,
            published=article.date,
            updated=article.modified,
            summary=article.summary,
            html=f"{article.body}<ol>{notes}</ol>" if notes else str(article.body),
            authors=tuple((author.name, author.url) for author in article.authors),
            categories=tuple(topic.name for topic in article.topics),
        )

    def _resource(self, resource: Resource) -> Entry:
        reviewed = resource.reviewed
        return Entry(
            name=resource.id,
            title=resource.title,
            url=resource.url,
            language=self.settings.language,
            published=None,
            updated=start_of(reviewed.on, self.settings.timezone) if reviewed else NEVER,
            summary=resource.why,
            html=str(resource.body),
            categories=tuple(topic.name for topic in resource.topics),
        )


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _add(parent: etree.Element, name: str, text: str = "", **attributes: str) -> etree.Element:
    node = etree.SubElement(parent, name, {key: _CONTROL.sub("", value) for key, value in attributes.items()})
    node.text = _CONTROL.sub("", text) or None
    return node
