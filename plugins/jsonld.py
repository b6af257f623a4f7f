"""Structured data (schema.org) as one graph per page: built as dictionaries, escaped once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from plugins import terms, works
from plugins.facets import Facet
from plugins.terms import Node
from plugins.views import Article, Author, Page, Resource, Reviewed, Shared, Topic
from publication.addresses import AUTHORS, HOME, RESOURCES, TOPICS
from publication.settings import Settings

Step = tuple[str, str]  # a name and a path


def script(nodes: Sequence[Mapping[str, Any]]) -> Markup | str:
    """The content of a ``script`` element; no ``<`` can end it or open a comment."""
    if not nodes:
        return ""
    graph = {"@context": "https://schema.org", "@graph": [_clean(node) for node in nodes]}
    return Markup(json.dumps(graph, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - escaped for its place


def _clean(value: Any) -> Any:
    """Without empty members."""
    if isinstance(value, Mapping):
        return {key: _clean(member) for key, member in value.items() if member not in ("", None, [], {})}
    return [_clean(member) for member in value] if isinstance(value, list) else value


class Graph:
    """Makes the graphs of one site's pages. ``licence`` is the address of the terms its articles are under, if any.

    What one page describes in full, others name by its ``@id``: the page's address and a word. A graph begins with
    what its page is about, and ends with the page itself, the way to it, the site and its publisher.
    """

    def __init__(self, settings: Settings, tagline: str, picture: Shared | None = None, licence: str = "") -> None:
        self.site, self.tagline, self.picture, self.licence = settings, tagline, picture, licence

    def home(self, articles: Iterable[Article] = ()) -> list[Node]:
        """The site itself, its search, and the articles on its front page."""
        search = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{self.site.url}/search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
        page, _trail, site, publisher = self._page("WebPage", self.site.name, HOME, description=self.tagline)
        page.pop("breadcrumb")  # nothing is above the front page
        posts = {"blogPost": [self._post(article) for article in articles]}
        return [site | {"description": self.tagline, "potentialAction": search}, publisher, self._blog() | posts, page]

    def article(self, article: Article) -> list[Node]:
        """An article with its authors, its sources and its place. Comments point to its ``@id``."""
        node = self._node("BlogPosting", f"{article.url}#article") | {
            "headline": article.title,
            "description": article.summary,
            "inLanguage": article.language,
            "datePublished": article.date.isoformat(),
            "dateModified": article.modified.isoformat(),
            "author": [self.person(author) for author in article.authors],
            "publisher": self._publisher(),
            "isPartOf": [self._ref("/#blog"), *self._series(article)],
            "mainEntityOfPage": self._ref(article.url),
            "url": article.canonical,
            "articleSection": [topic.name for topic in article.topics],
            "about": [terms.topic(topic, self.site.url) for topic in article.topics],
            "keywords": [tag.name for tag in article.tags],
            "wordCount": article.words,
            "timeRequired": f"PT{article.minutes}M",
            "isAccessibleForFree": True,
            "license": self.licence,
            "image": self._image((article.image and article.image.shared) or self.picture),
            "citation": [works.cited(reference.resource, self.site.url) for reference in article.references],
        }
        above = [(topic.name, topic.url) for topic in _line(article.topics[0])]
        page = self._page(
            "WebPage", article.title, article.url, above, language=article.language, **self._review(article.reviewed)
        )
        return [node, *page, self._blog()]

    def person(self, author: Author) -> Node:
        """An author with what they may call themselves and who says so."""
        bodies = [each.by for each in author.credentials if each.by and each.number]
        return self._person(author) | {
            "honorificSuffix": author.suffix,
            "image": self._image(author.photo.shared if author.photo else None),
            "sameAs": [link.url for link in author.links],
            # A number is given to those whom a body has on its register.
            "memberOf": [_organization(name) for name in dict.fromkeys(bodies)],
            "hasCredential": [
                {
                    "@type": "EducationalOccupationalCredential",
                    "credentialCategory": credential.name,
                    "recognizedBy": _organization(credential.by) if credential.by else "",
                    "identifier": credential.number,
                }
                for credential in author.credentials
            ],
        }

    def profile(self, author: Author, biography: str, articles: Iterable[Article], authors: str) -> list[Node]:
        """The page about an author, under the list that is called ``authors``, with the articles that it shows."""
        main = {
            "mainEntity": self.person(author) | {"description": biography},
            "hasPart": [self._post(article) for article in articles],
        }
        return self._page("ProfilePage", author.name, author.url, [(authors, AUTHORS)], description=biography, **main)

    def page(self, page: Page) -> list[Node]:
        """A page of the editors."""
        kind = "AboutPage" if page.id == "about" else "WebPage"
        return self._page(kind, page.title, page.url, description=page.summary, language=page.language)

    def resource(self, resource: Resource, hub: str) -> list[Node]:
        """An entry of the hub (which is called ``hub``): what it is, for whom, at what price."""
        node = works.described(resource, self.site.url)
        main = {"mainEntity": {"@id": node["@id"]}, **self._review(resource.reviewed)}
        return [node, *self._page("WebPage", resource.title, resource.url, [(hub, RESOURCES)], **main)]

    def collection(
        self, name: str, url: str, items: Iterable[Step], above: Sequence[Step] = (), **more: Any
    ) -> list[Node]:
        """A list of things with their names and addresses; ``above`` are the steps that lead to it."""
        members = [
            {"@type": "ListItem", "position": number, "name": title, "url": self.site.url + path}
            for number, (title, path) in enumerate(items, start=1)
        ]
        listed = self._node("ItemList", f"{url}#list") | {"numberOfItems": len(members), "itemListElement": members}
        return self._page("CollectionPage", name, url, above, mainEntity=listed, **more)

    def hub(
        self, name: str, url: str, items: Iterable[Resource], facets: Iterable[Facet], hub: str, description: str = ""
    ) -> list[Node]:
        """A page of the hub, which is called ``hub`` as a whole. The first lists the vocabularies that narrow it; where
        a value of ``facets`` is current, the page is about that."""
        found, steps = list(facets), [(resource.title, resource.url) for resource in items]
        if url == RESOURCES:
            page = self.collection(name, url, steps, description=description)
            return [*page, *(terms.facet(facet, self.site.url) for facet in found)]
        above, about = [(hub, RESOURCES)], {}
        if chosen := terms.current(found):
            value = chosen[1]
            about = terms.value(*chosen, self.site.url)
            above += [(f"{hub}: {value.name}", value.url)] if value.url != url else []
        return self.collection(name, url, steps, above, description=description, about=about)

    def topics(self, name: str, topics: Iterable[Topic], vocabulary: str) -> list[Node]:
        """The list of topics, which is a vocabulary too and has a name as such."""
        found = list(topics)
        page = self.collection(name, TOPICS, [(topic.name, topic.url) for topic in found])
        return [*page, terms.topics(vocabulary, found, self.site.url)]

    def topic(self, topic: Topic, name: str, url: str, items: Iterable[Step], topics: str) -> list[Node]:
        """A list of one topic's articles; the first has the topic's own address. ``topics`` names the list of all."""
        above = [(topics, TOPICS), *((step.name, step.url) for step in _line(topic) if step.url != url)]
        return self.collection(name, url, items, above, about=terms.topic(topic, self.site.url, whole=url == topic.url))

    # -- parts ---------------------------------------------------------------------------------------------------------
    def _page(self, kind: str, name: str, url: str, above: Sequence[Step] = (), **more: Any) -> list[Node]:
        """The page, the way to it, the site and its publisher."""
        address = self.site.url + url
        page = self._node(kind, url) | {
            "url": address,
            "name": name,
            "inLanguage": more.pop("language", "") or self.site.language,
            "isPartOf": self._ref("/#site"),
            "breadcrumb": self._ref(f"{url}#trail"),
        }
        return [page | more, self._trail(url, [*above, (name, url)]), self._website(), self._publisher()]

    def _trail(self, url: str, steps: Sequence[Step]) -> Node:
        items = [
            {"@type": "ListItem", "position": number, "name": name, "item": self.site.url + path}
            for number, (name, path) in enumerate([(self.site.name, HOME), *steps], start=1)
        ]
        return self._node("BreadcrumbList", f"{url}#trail") | {"itemListElement": items}

    def _review(self, reviewed: Reviewed | None) -> Node:
        if not reviewed:
            return {}
        return {"lastReviewed": reviewed.on.isoformat(), "reviewedBy": self._person(reviewed.by)}

    def _person(self, author: Author) -> Node:
        return self._node("Person", f"{author.url}#person") | {"name": author.name, "url": self.site.url + author.url}

    def _post(self, article: Article) -> Node:
        return self._node("BlogPosting", f"{article.url}#article") | {
            "headline": article.title,
            "url": article.canonical,
            "inLanguage": article.language,
            "datePublished": article.date.isoformat(),
            "author": [self._person(author) for author in article.authors],
        }

    def _series(self, article: Article) -> list[Node]:
        return [{"@type": "CreativeWorkSeries", "name": article.series.name}] if article.series else []

    def _website(self) -> Node:
        about = {"name": self.site.name, "url": self.site.url + HOME, "inLanguage": self.site.language}
        return self._node("WebSite", "/#site") | about | {"publisher": self._ref("/#publisher")}

    def _blog(self) -> Node:
        about = {"name": self.site.name, "url": self.site.url + HOME, "inLanguage": self.site.language}
        return self._node("Blog", "/#blog") | about | {"publisher": self._ref("/#publisher")}

    def _image(self, shared: Shared | None) -> Node:
        if shared is None:
            return {}
        file = shared.file
        return {"@type": "ImageObject", "url": self.site.url + file.url, "width": file.width, "height": file.height}

    def _publisher(self) -> Node:
        return self._node("Organization", "/#publisher") | {"name": self.site.name, "url": self.site.url + HOME}

    def _node(self, kind: str, path: str) -> Node:
        return {"@type": kind, "@id": self.site.url + path}

    def _ref(self, path: str) -> Node:
        return {"@id": self.site.url + path}


def _line(topic: Topic) -> list[Topic]:
    """A topic below the ones it belongs to."""
    return [*(_line(topic.parent) if topic.parent else []), topic]


def _organization(name: str) -> Node:
    return {"@type": "Organization", "name": name}
