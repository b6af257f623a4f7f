"""Structured data (schema.org) as one graph per page: built as dictionaries, escaped once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from plugins.views import Article, Author, Resource, Shared
from publication.settings import Settings

Node = dict[str, Any]

# Besides LearningResource, which schema.org calls an addition to a primary type.
TYPES = {
    "guideline": "DigitalDocument",
    "book": "Book",
    "chapter": "Chapter",
    "article": "ScholarlyArticle",
    "research": "ScholarlyArticle",
    "tool": "SoftwareApplication",
    "course": "Course",
    "organisation": "WebSite",
    "video": "VideoObject",
    "podcast": "PodcastSeries",
}


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
    """Makes nodes for one site."""

    def __init__(self, settings: Settings, tagline: str, picture: Shared | None = None) -> None:
        self.site, self.tagline, self.picture = settings, tagline, picture

    def home(self) -> list[Node]:
        """The site itself, its publisher and its search."""
        search = {
            "@type": "SearchAction",
            "target": f"{self.site.url}/search/?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        }
        site = self._ref("WebSite", "/#site") | {
            "name": self.site.name,
            "description": self.tagline,
            "url": self.site.url + "/",
            "inLanguage": self.site.language,
            "publisher": {"@id": f"{self.site.url}/#publisher"},
            "potentialAction": search,
        }
        return [site, self._publisher()]

    def article(self, article: Article) -> list[Node]:
        """An article with its authors, its sources and its place. Comments point to its ``@id``."""
        node = self._ref("BlogPosting", f"{article.url}#article") | {
            "headline": article.title,
            "description": article.summary,
            "inLanguage": article.language,
            "datePublished": article.date.isoformat(),
            "dateModified": article.modified.isoformat(),
            "author": [self.person(author) for author in article.authors],
            "publisher": self._publisher(),
            "isPartOf": {"@id": f"{self.site.url}/#site"},
            "mainEntityOfPage": article.canonical,
            "url": article.canonical,
            "articleSection": [topic.name for topic in article.topics],
            "keywords": [tag.name for tag in article.tags],
            "wordCount": article.words,
            "image": self._image((article.image and article.image.shared) or self.picture),
            "citation": [self._citation(reference.resource) for reference in article.references],
        }
        if article.reviewed:
            node["reviewedBy"] = {"@id": self._id(f"{article.reviewed.by.url}#person")}
            node["lastReviewed"] = article.reviewed.on.isoformat()
        return [node, self.trail([(article.topics[0].name, article.topics[0].url), (article.title, article.url)])]

    def person(self, author: Author) -> Node:
        """An author with what they may call themselves and who says so."""
        return self._ref("Person", f"{author.url}#person") | {
            "name": author.name,
            "honorificSuffix": author.suffix,
            "url": self.site.url + author.url,
            "image": self._image(author.photo.shared if author.photo else None),
            "sameAs": [link.url for link in author.links],
            "hasCredential": [
                {
                    "@type": "EducationalOccupationalCredential",
                    "credentialCategory": credential.name,
                    "recognizedBy": {"@type": "Organization", "name": credential.by} if credential.by else "",
                    "identifier": credential.number,
                }
                for credential in author.credentials
            ],
        }

    def profile(self, author: Author, biography: str) -> list[Node]:
        """The page about an author."""
        node = self._ref("ProfilePage", author.url) | {"url": self.site.url + author.url}
        return [node | {"mainEntity": self.person(author) | {"description": biography}}]

    def resource(self, resource: Resource, hub: str) -> list[Node]:
        """An entry of the hub: what it is, for whom, at what price."""
        node = (
            self._ref("", f"{resource.url}#resource")
            | self._citation(resource)
            | {
                "@type": [TYPES[resource.kind], "LearningResource"],
                "description": resource.why,
                "inLanguage": resource.language,
                "learningResourceType": resource.kind_name,
                "isAccessibleForFree": resource.access != "paid",
                "audience": [{"@type": "Audience", "audienceType": one.name} for one in resource.audience],
                "about": [topic.name for topic in resource.topics],
                "isbn": resource.isbn,
            }
        )
        return [node, self.trail([(hub, "/resources/"), (resource.title, resource.url)])]

    def collection(self, name: str, url: str, items: Iterable[tuple[str, str]]) -> list[Node]:
        """A list of things with their names and addresses."""
        members = [
            {"@type": "ListItem", "position": number, "name": title, "url": self.site.url + path}
            for number, (title, path) in enumerate(items, start=1)
        ]
        node = self._ref("CollectionPage", url) | {"name": name, "url": self.site.url + url}
        return [node | {"mainEntity": {"@type": "ItemList", "itemListElement": members}}]

    def trail(self, steps: Sequence[tuple[str, str]]) -> Node:
        """The way from the front page."""
        items = [(self.site.name, "/"), *steps]
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": self.site.url + path}
                for number, (name, path) in enumerate(items, start=1)
            ],
        }

    def _citation(self, resource: Resource) -> Node:
        doi = f"https://doi.org/{resource.doi}" if resource.doi else ""
        return {"@type": TYPES[resource.kind], "name": resource.title, "url": resource.link, "sameAs": doi}

    def _image(self, shared: Shared | None) -> Node:
        if shared is None:
            return {}
        file = shared.file
        return {"@type": "ImageObject", "url": self.site.url + file.url, "width": file.width, "height": file.height}

    def _publisher(self) -> Node:
        return self._ref("Organization", "/#publisher") | {"name": self.site.name, "url": self.site.url + "/"}

    def _ref(self, kind: str, path: str) -> Node:
        return {"@type": kind, "@id": self._id(path)}

    def _id(self, path: str) -> str:
        return self.site.url + path
