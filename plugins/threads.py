"""The manifest: what the comment service is told about the threads of this build."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from comments.manifest import Author, Manifest, Silent, Site, Thread, renderer_version
from plugins.views import Article
from publication.load import Publication
from publication.settings import Settings


def site(settings: Settings, options: Mapping[str, Any]) -> Site:
    """The site as the service sees it: its facts, and ``COMMENTS`` of the settings."""
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}
    return Site(name=settings.name, url=settings.url, zone=settings.zone, language=settings.language, **given)


def thread(article: Article, described: Site) -> Thread | None:
    """The thread of an article; None where comments are off."""
    if article.comments == "off":
        return None
    own = article.comments or "open"
    return Thread(
        id=article.id,
        path=article.url,
        title=article.title,
        language=article.language,
        policy="closed" if described.hold == "closed" else "open" if own == "first" else own,
        hold="first" if own == "first" else "",
        published=article.date,
        closes=article.closes,
        authors=tuple(Author(author.key, author.name) for author in article.authors),
    )


def as_shown(entry: Thread, at: datetime) -> Thread:
    """The thread with the policy that holds at this moment, as the page shows it."""
    over = entry.closes is not None and entry.closes <= at
    return replace(entry, policy="closed") if over else entry


def manifest(pub: Publication, theme: Path, described: Site, articles: Iterable[Article]) -> Manifest:
    """Everything the service needs to know of this build."""
    entries = [entry for article in articles if (entry := thread(article, described))]
    threads = {entry.id: entry for entry in entries}
    silent = {
        text.id: Silent(text.path, text.title, text.language)
        for text in (*pub.pages, *pub.articles)
        if text.id not in threads
    }
    return Manifest(described, renderer_version(theme), threads, pub.next_event, pub.since, silent)
