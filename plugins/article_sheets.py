"""The pages of articles: the front page, each article, and the lists by year, topic, tag and author."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from plugins import threads
from plugins.lists import Part, parts
from plugins.reader import plain
from plugins.sheets import Press, Sheet, sheet
from plugins.views import Article, Author, Resource, Topic
from publication.addresses import ARCHIVE, AUTHORS, HOME, TOPICS


def sheets(press: Press) -> Iterator[Sheet]:
    """All of them."""
    yield _home(press)
    for article in press.library.articles:
        yield _article(press, article)
    yield _archive(press)
    yield _all_topics(press)
    for topic in press.library.topics.values():
        yield from _topic(press, topic)
    for tag in press.library.tags.values():
        for part in _parts(press, tag.articles, tag.url):
            page = press.head_of_list("tag", tag.name, part.url, part.items)
            yield _list("tag", page, part, {"tag": tag})
    yield _all_authors(press)
    for author in press.library.authors.values():
        yield from _author(press, author)


def _home(press: Press) -> Sheet:
    library, settings = press.library, press.heads.settings
    latest = [article for article in library.articles if article is not library.lead]
    hub = sorted(library.resources, key=_last_reviewed, reverse=True)
    values = {
        "lead": library.lead,
        "latest": latest[: press.conf.get("HOME_ARTICLES", 6)],
        "topics": library.top_topics,
        "hub": hub[: press.conf.get("HOME_RESOURCES", 3)],
        "about": next((page for page in library.pages if page.id == "about"), None),
    }
    feeds, tagline = [press.main_feed, press.hub_feed], press.conf.get("SITESUBTITLE", "")
    page = press.heads.make("home", settings.name, HOME, description=tagline, feeds=feeds, graph=press.graph.home())
    return sheet("home", page, values, library.articles)


def _article(press: Press, article: Article) -> Sheet:
    entry = threads.thread(article)
    shown = threads.as_shown(entry, press.as_of) if entry else None
    page = press.heads.article(article, feeds=[press.main_feed], graph=press.graph.article(article))
    values = {"article": article, "manifest_site": press.comments, "thread": shown}
    here = article.canonical == press.heads.settings.url + article.url  # else it was published elsewhere first
    return sheet("article", page, values, [article], listed=here)


def _archive(press: Press) -> Sheet:
    articles = press.library.articles
    years = [(year, list(group)) for year, group in groupby(articles, lambda article: article.date.year)]
    page = press.head_of_list("archive", press.gettext("All articles"), ARCHIVE, articles)
    return sheet("archive", page, {"years": years}, articles)


def _all_topics(press: Press) -> Sheet:
    title = press.gettext("Topics")
    members = [(topic.name, topic.url) for topic in press.library.topics.values()]
    graph = press.graph.collection(title, TOPICS, members)
    page = press.head_of_list("topics", title, TOPICS, (), graph=graph)
    return sheet("topics", page, {"topics": press.library.top_topics})


def _topic(press: Press, topic: Topic) -> Iterator[Sheet]:
    path = f"/feeds/topics/{topic.key}.atom"
    feed = press.feed(f"topic:{topic.key}", topic.name, path, topic.url, topic.articles)
    description = plain(topic.introduction)
    for part in _parts(press, topic.articles, topic.url):
        # Resources stand on the newest page only, so that the numbered ones never change.
        values = {"topic": topic, "resources": [] if part.pager.newer else topic.resources}
        page = press.head_of_list("topic", topic.name, part.url, part.items, description=description, feed=feed)
        yield _list("topic", page, part, values)


def _all_authors(press: Press) -> Sheet:
    title, authors = press.gettext("Authors"), list(press.library.authors.values())
    graph = press.graph.collection(title, AUTHORS, [(author.name, author.url) for author in authors])
    page = press.head_of_list("authors", title, AUTHORS, (), graph=graph)
    return sheet("authors", page, {"authors": authors})


def _author(press: Press, author: Author) -> Iterator[Sheet]:
    path = f"/feeds/authors/{author.key}.atom"
    feed = press.feed(f"author:{author.key}", author.name, path, author.url, author.articles)
    life = plain(author.bio)
    for part in _parts(press, author.articles, author.url):
        graph = None if part.pager.newer else press.graph.profile(author, life)
        items, url = part.items, part.url
        page = press.head_of_list("author", author.name, url, items, description=life, feed=feed, graph=graph)
        yield _list("author", page, part, {"author": author})


def _list(template: str, page: Any, part: Part[Article], values: Mapping[str, Any]) -> Sheet:
    page.prev, page.next = part.pager.newer, part.pager.older
    return sheet(template, page, {**values, "articles": part.items, "pager": part.pager}, part.items)


def _parts(press: Press, articles: Sequence[Article], url: str) -> list[Part[Article]]:
    return parts(articles, url, press.conf.get("DEFAULT_PAGINATION") or 10)


def _last_reviewed(resource: Resource) -> date:
    return resource.reviewed.on if resource.reviewed else date.min
