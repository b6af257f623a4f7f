"""What can be found: every public article, resource and author as a row of the index."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from publication.load import Publication
from publication.plain import plain
from publication.records import Article, Author, Name, Resource
from publication.vocabulary import KINDS, LANGUAGES


@dataclass(frozen=True)
class Row:
    """One text. ``key`` is its own for good; ``body`` is Markdown until somebody asks for its words."""

    key: str
    kind: str  # article, resource or author
    language: str
    url: str
    title: str
    names: str
    summary: str
    body: str
    topics: tuple[str, ...] = ()  # keys, parents included
    byline: str = ""
    year: str = ""

    @property
    def hash(self) -> bytes:
        """Equal for equal rows."""
        return hashlib.blake2b(repr(astuple(self)).encode(), digest_size=16).digest()

    @property
    def shelves(self) -> tuple[str, ...]:
        """The languages among whose texts it is found. A name is at home in each."""
        return tuple(LANGUAGES) if self.kind == "author" else (self.language,)

    @property
    def columns(self) -> tuple[str, str, str, str]:
        """Title, names, summary and body as plain words."""
        return self.title, self.names, self.summary, plain(self.body)


def rows(publication: Publication) -> Iterator[Row]:
    """All of them, in no order that matters."""
    yield from (_article(article, publication) for article in publication.articles)
    yield from (_resource(resource, publication) for resource in publication.resources)
    yield from (_author(author, publication) for author in publication.authors.values())


def _article(article: Article, publication: Publication) -> Row:
    authors = [publication.authors[key].name for key in article.authors if key in publication.authors]
    topics = with_parents(article.topics, publication)
    return Row(
        key=f"article {article.id}",
        kind="article",
        language=article.language,
        url=article.path,
        title=article.title,
        names=" · ".join([*authors, *_names_of(topics, publication), *article.tags]),
        summary=article.summary,
        body=article.body,
        topics=topics,
        byline=", ".join(authors),
        year=str(article.date.astimezone(publication.settings.timezone).year),
    )


def _resource(resource: Resource, publication: Publication) -> Row:
    makers = (resource.csl.author or resource.csl.editor) if resource.csl else ()
    people = [_full(one) for one in makers]
    topics = with_parents(resource.topics, publication)
    return Row(
        key=f"resource {resource.id}",
        kind="resource",
        language=resource.language,
        url=resource.path,
        title=resource.title,
        names=" · ".join([*people, *_names_of(topics, publication), KINDS[resource.kind]]),
        summary=resource.why,
        body=resource.body,
        topics=topics,
        byline=f"{people[0]} …" if len(people) > 3 else ", ".join(people),
        year=resource.csl.issued[:4] if resource.csl else "",
    )


def _author(author: Author, publication: Publication) -> Row:
    names = " ".join(part for one in author.credentials for part in (one.name, one.by) if part)
    language = publication.settings.language
    return Row(f"author {author.key}", "author", language, author.path, author.name, names, plain(author.bio), "")


def _full(name: Name) -> str:
    return " ".join(filter(None, (name.given, name.family, name.literal)))


def with_parents(keys: Iterable[str], publication: Publication) -> tuple[str, ...]:
    """These topics and all above them, as the topics' own pages list their texts; once each, in order."""
    found: set[str] = set()
    for key in keys:
        while key in publication.topics and key not in found:
            found.add(key)
            key = publication.topics[key].parent
    return tuple(sorted(found))


def _names_of(topics: Iterable[str], publication: Publication) -> list[str]:
    return [publication.topics[key].name for key in topics]
