"""The whole publication at one moment: every record that is public, and every problem of every file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from publication import (
    addressbook,
    addresses,
    advice,
    crosscheck,
    former_claims,
    lifting,
    schema,
    stand_ins,
    states,
    texts,
    titles,
)
from publication.addressbook import Book, Entry
from publication.health import state as health
from publication.items import Item, Shelf, read_all
from publication.pictures import check as pictures
from publication.pictures.check import Pictures
from publication.places import is_media
from publication.problems import Problem
from publication.records import Article, Author, Page, Resource, Tag, Text, Topic
from publication.settings import Settings
from publication.slugs import slug
from publication.states import Event
from publication.subjects import subjects
from publication.targets import Targets

_RECORDS: dict[str, type[Text]] = {"article": Article, "page": Page, "resource": Resource}


@dataclass(frozen=True)
class Publication:
    """What is public at ``as_of``. With any problem it is incomplete, and nothing should be made of it.

    ``hidden`` holds drafts and texts in review, scheduled, expired and withdrawn: never part of the site.
    """

    content: Path
    settings: Settings
    as_of: datetime
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]  # what is worth a thought; it stops nothing
    behind: Problem | None  # the only one there is, when `check --write` mends it
    articles: tuple[Article, ...]  # newest first
    pages: tuple[Page, ...]
    resources: tuple[Resource, ...]  # by title
    hidden: tuple[Text, ...]
    authors: Mapping[str, Author]
    topics: Mapping[str, Topic]
    tags: Mapping[str, Tag]
    redirects: Mapping[str, str]
    events: tuple[Event, ...]
    pictures: Pictures
    addresses: Mapping[str, Entry] = field(repr=False)  # the address book as it should be
    since: datetime | None = None  # the last event before ``as_of``
    lifted: Text | None = None  # the one that is shown as though it were published

    @property
    def next_event(self) -> datetime | None:
        """When the site must be built again at the latest."""
        return self.events[0].at if self.events else None

    @property
    def lead(self) -> Article | None:
        """The newest featured article."""
        return next((article for article in self.articles if article.featured), None)

    def find(self, key: str) -> Article | Page | Resource | None:
        """The public text with the id ``key``."""
        return self._by_id.get(key)

    @cached_property
    def hidden_paths(self) -> frozenset[str]:
        """Present and former addresses of the texts that are not public: no page may link there."""
        ids = {text.id for text in self.hidden}
        former = {path for key in ids & self.addresses.keys() for path in self.addresses[key].paths}
        return frozenset(former | {text.path for text in self.hidden}) - {text.path for text in self._by_id.values()}

    @cached_property
    def by_subject(self) -> Mapping[tuple[str, str], list[Article]]:
        """Articles that share a topic, reference, tag or word, newest first; keys such as ``("topics", "consent")``."""
        found: dict[tuple[str, str], list[Article]] = {}
        for article in self.articles:
            for subject in subjects(article):
                found.setdefault(subject, []).append(article)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Article | Page | Resource]:
        texts: list[Article | Page | Resource] = [*self.articles, *self.pages, *self.resources]
        return {text.id: text for text in texts}


def load(content: Path, settings: Settings, as_of: datetime, *, lift: str = "") -> Publication:
    """Everything under ``content`` as it is at the aware moment ``as_of``. Whatever is in the files, it answers.

    ``lift`` names one text, by id or file, that is taken as published whatever its state.
    :raise lifting.CannotLift: no text is meant by ``lift``.
    """
    content = content.resolve()
    shelf = read_all(content, settings)
    lifted = lifting.lift(shelf, lift) if lift else None
    book = addressbook.read(content)
    found = examine(shelf, book, as_of, lifted)
    paths, entries, shown = found.paths, found.entries, found.pictures
    maker = _Maker(shelf, paths, as_of, lifted)
    made = [(item, maker.text(item)) for item in shelf.texts]
    texts = [text for _, text in made if text]
    public = [text for text in texts if text.published]
    articles = sorted((one for one in public if isinstance(one, Article)), key=_newest_first)
    authors = {key: maker.author(item) for key, item in shelf.authors.items()}
    topics = {key: maker.topic(item) for key, item in shelf.topics.items()}
    tags = _tags(articles)
    return Publication(
        content=content,
        settings=settings,
        as_of=as_of,
        problems=found.stopping,
        advice=found.advice,
        behind=found.behind,
        articles=tuple(articles),
        pages=tuple(sorted((one for one in public if isinstance(one, Page)), key=lambda page: page.id)),
        resources=tuple(sorted((one for one in public if isinstance(one, Resource)), key=_by_title)),
        hidden=tuple(text for text in texts if not text.published),
        authors=authors,
        topics=topics,
        tags=tags,
        redirects=_redirects(
            Book(book.problems, dict(entries)), public, shown.public, stand_ins.lists(articles, authors, topics, tags)
        ),
        events=tuple(sorted(event for item in shelf.texts for event in states.events(item, settings, as_of))),
        pictures=found.pictures,
        addresses=entries,
        since=max(filter(None, (states.last_event(item, settings, as_of) for item in shelf.texts)), default=None),
        lifted=next((text for item, text in made if text and item is lifted), None),
    )


@dataclass(frozen=True)
class Examined:
    """What comes out when every file is compared with every other."""

    stopping: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    behind: Problem | None
    paths: Mapping[int, str]
    entries: Mapping[str, Entry]
    pictures: Pictures


def examine(shelf: Shelf, book: Book, as_of: datetime, lifted: Item | None = None, *, advised: bool = True) -> Examined:
    """Find every problem of a shelf, and where its items stand. ``advised`` False spares what only advice needs."""
    paths = addresses.assign(shelf, book.years())
    entries = addressbook.updated(book, shelf, paths)
    hidden = {id(item) for item in shelf.texts if item is not lifted and states.state(item, as_of) != "published"}
    shown, missing = pictures.check(shelf, hidden)
    found = {*missing, *_check(shelf, book, entries, paths, as_of, advised)} | shelf.problems()
    advice = {problem for problem in found if problem.severity == "advice"}
    found -= advice
    behind = None if found else addressbook.behind(book, entries)  # an address may still change with what is mended
    stopping = (behind,) if behind else tuple(sorted(found))
    return Examined(stopping, tuple(sorted(advice)), behind, paths, entries, shown)


def _check(
    shelf: Shelf,
    book: Book,
    entries: Mapping[str, Entry],
    paths: Mapping[int, str],
    as_of: datetime,
    advised: bool,
) -> list[Problem]:
    """Compare every file with every other. Problems go to the items; those of no item are the answer."""
    addresses.find_clashes(shelf, paths)
    addresses.find_tag_clashes(shelf)
    targets = Targets.of(shelf, paths, entries)
    crosscheck.check(shelf, targets)
    titles.check(shelf, advised=advised)
    for item in shelf.everything():
        texts.check(item, targets)
    clashes = [*addressbook.compare(book, shelf), *former_claims.find(book, entries, targets)]
    if not advised:
        return clashes
    remembered = health.read(shelf.settings.links_file) if shelf.settings.links_file else {}
    about_settings = advice.advise(shelf, targets, as_of, remembered)
    return [*clashes, *about_settings]


@dataclass(frozen=True)
class _Maker:
    """Makes records of items."""

    shelf: Shelf
    paths: Mapping[int, str]
    as_of: datetime
    lifted: Item | None = None

    def text(self, item: Item) -> Text | None:
        """The record of a text; None where a value is missing or wrong, which is a problem already."""
        if not item.is_readable or item.fields.wrong:
            return None
        settings = self.shelf.settings
        values = dict(item.fields.values)
        values.pop("url")
        values["slug"] = values["slug"] or item.id
        values["language"] = values["language"] or settings.language
        state = "published" if item is self.lifted else states.state(item, self.as_of)
        values |= self._where(item) | {"state": state, "body": item.body}
        if item.kind == "article":
            values["date"] = values["date"] or self.as_of.astimezone(settings.timezone)
            values["closes"] = states.closes(item, settings)
            values["notices"] = settings.default_notices if values["notices"] is None else values["notices"]
        elif item.kind == "resource":
            values["link"] = values["link"] or _link_of(values)
        return _RECORDS[item.kind](**values)

    def author(self, item: Item) -> Author:
        values = {key: item.fields.values[key] for key in schema.AUTHOR}
        return Author(key=item.id, body=item.body, **values, **self._where(item))

    def topic(self, item: Item) -> Topic:
        values = {key: item.fields.values[key] for key in schema.TOPIC}
        children = tuple(key for key, other in self.shelf.topics.items() if other.get("parent") == item.id)
        return Topic(key=item.id, children=children, body=item.body, **values, **self._where(item))

    def _where(self, item: Item) -> dict[str, Any]:
        return {
            "source": item.source,
            "line": item.line_of("id"),
            "path": self.paths[id(item)],
            "body_line": item.body_line,
        }


def _link_of(values: Mapping[str, Any]) -> str:
    if values["doi"]:
        return f"https://doi.org/{values['doi']}"
    return f"https://search.worldcat.org/isbn/{values['isbn']}" if values["isbn"] else ""


def _tags(articles: list[Article]) -> dict[str, Tag]:
    names: dict[str, str] = {}
    ids: dict[str, list[str]] = {}
    for article in articles:
        for name in article.tags:
            key = slug(name)
            names.setdefault(key, name)
            ids.setdefault(key, []).append(article.id)
    return {key: Tag(names[key], key, addresses.path_of_tag(names[key]), tuple(ids[key])) for key in sorted(names)}


def _redirects(book: Book, texts: list[Text], files: frozenset[str], lists: frozenset[str]) -> dict[str, str]:
    """Former address → present one, of what is public: neither a hidden text nor a file that only such a text shows.

    What leads to a list that is not made now leads to what stands in for it.
    """
    moved = {key for key, entry in book.entries.items() if entry.kind == addressbook.MOVED}
    public = {text.path for text in texts} | {path for path in moved if not is_media(path[1:]) or path[1:] in files}
    answered = {path.casefold() for path in public}
    return {
        old: stand_ins.standing(new, lists)
        for old, new in book.redirects().items()
        if new in public and old.casefold() not in answered
    }


def _newest_first(article: Article) -> tuple[float, str]:
    return -article.date.timestamp(), article.id


def _by_title(resource: Resource) -> tuple[str, str]:
    return slug(resource.title, longest=200), resource.id
