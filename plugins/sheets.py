"""What a page of the site is: its file, its template and what the template sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from comments.manifest import Site as CommentSite
from plugins.feeds import Feed, Feeds
from plugins.head import Head, Heads
from plugins.jsonld import Graph, Step
from plugins.language import Voice
from plugins.library import Library
from plugins.terms import Node
from plugins.views import Article, Resource
from publication.addresses import ARCHIVE
from publication.claims import file_of
from publication.vocabulary import LANGUAGES

Items = Sequence[Article] | Sequence[Resource]


@dataclass(frozen=True)
class Sheet:
    """One page. ``changed`` is when its content last changed, for the sitemap; not ``listed`` is not in there."""

    file: str
    template: str
    page: Head
    values: Mapping[str, Any] = field(default_factory=dict)
    changed: date | None = None
    listed: bool = True


@dataclass
class Press:
    """What all pages are made from. ``feeds`` fills with the feeds that belong to them."""

    library: Library
    heads: Heads
    graph: Graph
    maker: Feeds
    voice: Voice
    comments: CommentSite
    as_of: datetime
    conf: Mapping[str, Any]
    feeds: list[Feed] = field(default_factory=list)

    def __post_init__(self) -> None:
        articles, resources = self.gettext("Articles"), self.gettext("Resources")
        self.main_feed = self.maker.articles(
            "articles", self._name(articles), "/feeds/articles.atom", "/", self.library.articles
        )
        self.hub_feed = self.maker.resources(
            "resources", self._name(resources), "/feeds/resources.atom", "/resources/", self.library.resources
        )
        self.language_feeds = self._feeds_by_language()
        self.feeds = [self.main_feed, self.hub_feed, *self.language_feeds.values()]

    def gettext(self, message: str) -> str:
        """The message in the language of now, which is the site's while lists are made."""
        return self.voice.gettext(message)

    def feed(self, name: str, title: str, path: str, page: str, articles: Sequence[Article]) -> Feed | None:
        """A further feed; None for an empty list, which has no moment to be dated by."""
        if not articles:
            return None
        feed = self.maker.articles(name, self._name(title), path, page, articles)
        self.feeds.append(feed)
        return feed

    def head_of_list(
        self,
        kind: str,
        title: str,
        url: str,
        items: Items,
        *,
        description: str = "",
        feed: Feed | None = None,
        graph: list[Node] | None = None,
        above: Sequence[Step] = (),
    ) -> Head:
        """The head of a page that lists ``items``; ``graph`` replaces their list in the structured data.

        ``above`` are the steps that lead from the front page to the list.
        """
        nodes = graph or self.graph.collection(title, url, steps(items), above, description=description)
        feeds = [feed or self.main_feed]
        words = description or ". ".join(filter(None, (title, self.conf.get("SITESUBTITLE"))))
        return self.heads.make(kind, title, url, description=words, feeds=feeds, graph=nodes)

    def _feeds_by_language(self) -> dict[str, Feed]:
        """A feed for each language, where articles are written in more than one."""
        written: dict[str, list[Article]] = {}
        for article in self.library.articles:
            written.setdefault(article.language, []).append(article)
        if len(written) < 2:
            return {}
        return {
            language: self.maker.articles(
                f"language:{language}",
                self._name(LANGUAGES[language]),
                f"/feeds/languages/{language}.atom",
                ARCHIVE,
                written[language],
                language,
            )
            for language in sorted(written)
        }

    def _name(self, title: str) -> str:
        return f"{self.heads.settings.name}: {title}"


def sheet(
    template: str, page: Head, values: Mapping[str, Any] | None = None, items: Items = (), *, listed: bool = True
) -> Sheet:
    """The page at the address of its head. It changed when the newest of ``items`` did."""
    dates = [changed for item in items if (changed := _changed(item))]
    return Sheet(file_of(page.url), template, page, values or {}, max(dates, default=None), listed)


def steps(items: Items) -> list[Step]:
    """The titles and addresses of ``items``."""
    return [(item.title, item.url) for item in items]


def _changed(item: Article | Resource) -> date | None:
    if isinstance(item, Article):
        return item.modified.date()
    return item.reviewed.on if item.reviewed else None
