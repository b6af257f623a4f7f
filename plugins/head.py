"""What machines read in a page's head: description, canonical address, feeds, OpenGraph, Highwire tags, JSON-LD."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from plugins import jsonld
from plugins.feeds import Feed
from plugins.views import Article, Image, Shared
from publication.settings import Settings


@dataclass
class Head:
    """The template variable ``page``. ``url`` is a path, ``canonical`` absolute, ``next`` and ``prev`` are paths."""

    kind: str
    title: str
    description: str
    url: str
    canonical: str
    language: str
    feeds: list[dict[str, str]] = field(default_factory=list)
    robots: str = ""
    next: str | None = None
    prev: str | None = None
    image: Image | None = None
    json_ld: Markup | str = ""
    og: dict[str, str] = field(default_factory=dict)
    highwire: list[tuple[str, str]] = field(default_factory=list)


class Heads:
    """Makes heads for one site."""

    def __init__(self, settings: Settings, picture: Shared | None = None) -> None:
        self.settings, self.picture = settings, picture

    def make(
        self,
        kind: str,
        title: str,
        url: str,
        *,
        description: str = "",
        language: str = "",
        canonical: str = "",
        feeds: Sequence[Feed] = (),
        image: Image | None = None,
        graph: Sequence[Mapping[str, Any]] = (),
        **more: Any,
    ) -> Head:
        """The head of one page. A page without an address (404, shell) gets no canonical one and is not indexed."""
        head = Head(
            kind=kind,
            title=title,
            description=description,
            url=url,
            canonical=canonical or (self.settings.url + url if url else ""),
            language=language or self.settings.language,
            feeds=[{"title": feed.title, "url": feed.path} for feed in feeds],
            robots="" if url else "noindex",
            image=image,
            json_ld=jsonld.script(graph),
            **more,
        )
        head.og = self._open_graph(head) if url else {}
        return head

    def article(self, article: Article, **more: Any) -> Head:
        """The head of an article: dated, signed, and fit for reference managers."""
        head = self.make(
            "article",
            article.title,
            article.url,
            description=article.summary,
            language=article.language,
            canonical=article.canonical,
            image=article.image,
            prev=article.previous.url if article.previous else None,
            next=article.next.url if article.next else None,
            **more,
        )
        head.og["article:published_time"] = article.date.isoformat()
        if article.updated:
            head.og["article:modified_time"] = article.modified.isoformat()
        head.og["article:section"] = article.topics[0].name
        head.highwire = self._highwire(article)
        return head

    def _open_graph(self, head: Head) -> dict[str, str]:
        og = {
            "og:type": {"article": "article", "author": "profile"}.get(head.kind, "website"),
            "og:site_name": self.settings.name,
            "og:title": head.title,
            "og:description": head.description,
            "og:url": head.canonical,
            "og:locale": {"en": "en_CA", "fr": "fr_CA"}.get(head.language, head.language),
        }
        if shared := (head.image and head.image.shared) or self.picture:
            og["og:image"] = self.settings.url + shared.file.url
            og["og:image:type"], og["og:image:alt"] = shared.file.type, shared.alt
            og["og:image:width"], og["og:image:height"] = str(shared.file.width), str(shared.file.height)
        return {name: value for name, value in og.items() if value}

    def _highwire(self, article: Article) -> list[tuple[str, str]]:
        day = article.date.strftime("%Y/%m/%d")
        return [
            ("citation_title", article.title),
            *(("citation_author", author.name) for author in article.authors),
            ("citation_publication_date", day),
            ("citation_online_date", day),
            ("citation_journal_title", self.settings.name),
            ("citation_language", article.language),
            ("citation_fulltext_html_url", article.canonical),
        ]
