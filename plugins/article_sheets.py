"""The pages of articles: the front page, each article, and the lists by year, topic, tag and author."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from plugins import threads
from plugins.lists import Part, parts
from plugins.reader import plain
from plugins.sheets import Press, Sheet, sheet, steps
from plugins.views import Article, Author, Resource, Tag, Topic
from publication.addresses import ARCHIVE, AUTHORS, HOME, TOPICS
from publication.vocabulary import FACETS


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
        yield from _tag(press, tag)
    yield _all_authors(press)
    for author in press.library.authors.values():
        yield from _author(press, author)


def _home(press: Press) -> Sheet:
    library, settings = press.library, press.heads.settings
    others = [article for article in library.articles if article is not library.lead]
    latest = others[: press.conf.get("HOME_ARTICLES", 6)]
    hub = sorted(library.resources, key=_last_reviewed, reverse=True)
    values = {
        "lead": library.lead,
        "latest": latest,
        "topics": library.top_topics,
        "hub": hub[: press.conf.get("HOME_RESOURCES", 3)],
        "about": next((page for page in library.pages if page.id == "about"), None),
    }
    feeds, tagline = [press.main_feed, press.hub_feed], press.conf.get("SITESUBTITLE", "")
    graph = press.graph.home([library.lead, *latest] if library.lead else latest)
    page = press.heads.make("home", settings.name, HOME, description=tagline, feeds=feeds, graph=graph)
    return sheet("home", page, values, library.articles)


def _article(press: Press, article: Article) -> Sheet:
    entry = threads.thread(article, press.comments)
    shown = threads.as_shown(entry, press.as_of) if entry else None
    feeds = [press.main_feed]
    if article.language != press.heads.settings.language and article.language in press.language_feeds:
        feeds.append(press.language_feeds[article.language])
    page = press.heads.article(article, feeds=feeds, graph=press.graph.article(article))
    values = {"article": article, "manifest_site": press.comments, "thread": shown}
    here = article.canonical == press.heads.settings.url + article.url  # else it was published elsewhere first
    return sheet("article", page, values, [article], listed=here)


def _archive(press: Press) -> Sheet:
    articles = press.library.articles
    years = [(year, list(group)) for year, group in groupby(articles, lambda article: article.date.year)]
    page = press.head_of_list("archive", press.gettext("All articles"), ARCHIVE, articles)
    page.follow = press.main_feed
    page.feeds += [link for feed in press.language_feeds.values() for link in feed.links]
    return sheet("archive", page, {"years": years}, articles)


def _all_topics(press: Press) -> Sheet:
    title = press.gettext("Topics")
    graph = press.graph.topics(title, press.library.topics.values(), press.gettext(FACETS["topic"]))
    page = press.head_of_list("topics", title, TOPICS, (), graph=graph)
    return sheet("topics", page, {"topics": press.library.top_topics})


def _topic(press: Press, topic: Topic) -> Iterator[Sheet]:
    path = f"/feeds/topics/{topic.key}.atom"
    feed = press.feed(f"topic:{topic.key}", topic.name, path, topic.url, topic.articles)
    description = plain(topic.introduction)
    for part in _parts(press, topic.articles, topic.url):
        # Resources stand on the newest page only, so that the numbered ones never change.
        resources = [] if part.pager.newer else topic.resources
        values, items = {"topic": topic, "resources": resources}, [*steps(part.items), *steps(resources)]
        title = _title(press, topic.name, part)
        graph = press.graph.topic(topic, title, part.url, items, press.gettext("Topics"))
        words = "" if part.pager.newer else description
        page = press.head_of_list("topic", title, part.url, part.items, description=words, feed=feed, graph=graph)
        yield _list("topic", page, part, values)


def _tag(press: Press, tag: Tag) -> Iterator[Sheet]:
    feed = press.feed(f"tag:{tag.slug}", tag.name, f"/feeds/tags/{tag.slug}.atom", tag.url, tag.articles)
    for part in _parts(press, tag.articles, tag.url):
        above = [(tag.name, tag.url)] if part.pager.newer else []
        page = press.head_of_list("tag", _title(press, tag.name, part), part.url, part.items, feed=feed, above=above)
        yield _list("tag", page, part, {"tag": tag})


def _all_authors(press: Press) -> Sheet:
    title, authors = press.gettext("Authors"), list(press.library.authors.values())
    graph = press.graph.collection(title, AUTHORS, [(author.name, author.url) for author in authors])
    page = press.head_of_list("authors", title, AUTHORS, (), graph=graph)
    return sheet("authors", page, {"authors": authors})


def _author(press: Press, author: Author) -> Iterator[Sheet]:
    path = f"/feeds/authors/{author.key}.atom"
    feed = press.feed(f"author:{author.key}", author.name, path, author.url, author.articles)
    life, authors = plain(author.bio), press.gettext("Authors")
    above = [(authors, AUTHORS), (author.name, author.url)]
    for part in _parts(press, author.articles, author.url):
        title, items, url = _title(press, author.name, part), part.items, part.url
        graph = None if part.pager.newer else press.graph.profile(author, life, items, authors)
        words = "" if part.pager.newer else life
        page = press.head_of_list("author", title, url, items, description=words, feed=feed, graph=graph, above=above)
        yield _list("author", page, part, {"author": author})


def _list(template: str, page: Any, part: Part[Article], values: Mapping[str, Any]) -> Sheet:
    page.prev, page.next = part.pager.newer, part.pager.older
    shown = [*part.items, *values.get("resources", [])]
    return sheet(template, page, {**values, "articles": part.items, "pager": part.pager}, shown)


def _title(press: Press, name: str, part: Part[Article]) -> str:
    """The title of a page of a list: all but the newest are told apart by their number."""
    if not part.pager.newer:
        return name
    return press.gettext("{title}, page {number}").format(title=name, number=part.pager.number)


def _parts(press: Press, articles: Sequence[Article], url: str) -> list[Part[Article]]:
    return parts(articles, url, press.conf.get("DEFAULT_PAGINATION") or 10)


def _last_reviewed(resource: Resource) -> date:
    return resource.reviewed.on if resource.reviewed else date.min
