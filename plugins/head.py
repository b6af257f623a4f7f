"""What machines read in a page's head: description, canonical address, feeds, OpenGraph, Highwire tags, JSON-LD."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from plugins import highwire, jsonld
from plugins.feeds import Feed
from plugins.views import Article, Image, Resource, Shared
from publication.settings import Settings

NOINDEX = "noindex"


@dataclass
class Head:
    """The template variable ``page``. ``url`` is a path, ``canonical`` absolute, ``next`` and ``prev`` are paths.

    :ivar follow: the feed of what this very page lists, if it has one.
    :ivar facts: OpenGraph beyond ``og``; a name may stand there more than once.
    """

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
    facts: list[tuple[str, str]] = field(default_factory=list)
    highwire: list[tuple[str, str]] = field(default_factory=list)
    follow: Feed | None = None
    licence: str = ""


class Heads:
    """Makes heads for one site.

    ``locales`` are the names that OpenGraph has for our languages; ``licence`` is the address of the articles' terms.
    ``picture`` is shared where a page has none of its own.
    """

    def __init__(
        self,
        settings: Settings,
        picture: Shared | None = None,
        locales: Mapping[str, str] | None = None,
        licence: str = "",
    ) -> None:
        self.settings, self.picture, self.locales, self.licence = settings, picture, locales or {}, licence

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
            feeds=[link for feed in feeds for link in feed.links],
            follow=next((feed for feed in feeds if feed.page == url), None),
            robots="" if url else NOINDEX,
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
        head.facts = self._facts(article)
        head.highwire = highwire.of_article(article, self.settings.name)
        head.licence = self.licence
        return head

    def resource(self, resource: Resource, **more: Any) -> Head:
        """The head of an entry of the hub: reference managers find the work itself."""
        head = self.make("resource", resource.title, resource.url, description=resource.why, **more)
        head.highwire = highwire.of_resource(resource, head.canonical)
        return head

    def _open_graph(self, head: Head) -> dict[str, str]:
        og = {
            "og:type": {"article": "article", "author": "profile"}.get(head.kind, "website"),
            "og:site_name": self.settings.name,
            "og:title": head.title,
            "og:description": head.description,
            "og:url": head.canonical,
            "og:locale": self.locales.get(head.language, head.language),
        }
        if shared := (head.image and head.image.shared) or self.picture:
            og["og:image"] = self.settings.url + shared.file.url
            og["og:image:type"], og["og:image:alt"] = shared.file.type, shared.alt
            og["og:image:width"], og["og:image:height"] = str(shared.file.width), str(shared.file.height)
        return {name: value for name, value in og.items() if value}

    def _facts(self, article: Article) -> list[tuple[str, str]]:
        modified = [("article:modified_time", article.modified.isoformat())] if article.updated else []
        return [
            ("article:published_time", article.date.isoformat()),
            *modified,
            *(("article:author", self.settings.url + author.url) for author in article.authors),
            ("article:section", article.topics[0].name),
            *(("article:tag", tag.name) for tag in article.tags),
        ]
