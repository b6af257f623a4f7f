"""Works of others in schema.org's words: what a resource is, who made it, where it appeared."""

import re
from collections.abc import Iterable

from plugins import terms
from plugins.terms import Node
from plugins.views import Resource
from publication.records import Citation, Name

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
# In books of several authors; the book is the larger work.
IN_BOOKS = ("chapter", "entry", "paper-conference")
IN_PERIODICALS = ("article-journal", "article-magazine", "article-newspaper")
POPULAR = ("article-magazine", "article-newspaper", "post-weblog", "webpage")

_PAGES = re.compile(r"([^\s,–—-]+)(?:\s*(?:--|[–—-])\s*([^\s,–—-]+))?")


def type_of(resource: Resource) -> str:
    """What kind of work it is."""
    csl = resource.csl
    if csl and csl.container_title and resource.kind == "podcast":
        return "PodcastEpisode"
    if csl and csl.type in POPULAR and resource.kind == "article":
        return "Article"
    return TYPES[resource.kind]


def cited(resource: Resource, site: str) -> Node:
    """A work as a list of references names it."""
    csl = resource.csl or Citation(type="webpage")
    return {
        "@type": type_of(resource),
        "@id": f"{site}{resource.url}#resource",
        "name": resource.title,
        "url": resource.link,
        "sameAs": _doi(resource),
        "author": _people(csl.author),
        "datePublished": csl.issued,
    }


def described(resource: Resource, site: str) -> Node:
    """A work as its own page in the hub tells of it: all that is known, and for whom it is."""
    csl = resource.csl or Citation(type="webpage")
    kind = type_of(resource)
    return {
        **cited(resource, site),
        "@type": [kind, "LearningResource"],
        "description": resource.why,
        "inLanguage": resource.language,
        "learningResourceType": resource.kind_name,
        "isAccessibleForFree": resource.access != "paid",
        "conditionsOfAccess": resource.access_name,
        "audience": [{"@type": "Audience", "audienceType": one.name} for one in resource.audience],
        "about": [terms.topic(topic, site) for topic in resource.topics],
        "identifier": _identifiers(resource, kind),
        "editor": [] if csl.type in IN_BOOKS else _people(csl.editor),
        "publisher": {"@type": "Organization", "name": csl.publisher} if csl.publisher else "",
        **_place(resource, csl, kind),
    }


def pages(text: str) -> tuple[str, str]:
    """First and last page of ``288-295``; both empty where it is more than one run of pages."""
    match = _PAGES.fullmatch(text.strip())
    return (match.group(1), match.group(2) or "") if match else ("", "")


def _place(resource: Resource, csl: Citation, kind: str) -> Node:
    """Where it appeared, and what only some kinds of work have."""
    place: Node = {"isPartOf": _container(resource, csl)}
    if kind == "PodcastEpisode":
        place = {"partOfSeries": {"@type": "PodcastSeries", "name": csl.container_title}}
    elif kind == "Book":
        place |= {"isbn": resource.isbn, "bookEdition": csl.edition}
    elif kind in ("Article", "ScholarlyArticle", "Chapter"):
        first, last = pages(csl.page)
        place |= {"pagination": csl.page, "pageStart": first, "pageEnd": last}
    return place


def _container(resource: Resource, csl: Citation) -> Node:
    if not csl.container_title:
        return {}
    if csl.type in IN_BOOKS:
        names = {"name": csl.container_title, "isbn": resource.isbn, "editor": _people(csl.editor)}
        return {"@type": "Book", **names}
    if csl.type not in IN_PERIODICALS:
        return {"@type": "CreativeWork", "name": csl.container_title}
    place: Node = {"@type": "Periodical", "name": csl.container_title}
    if csl.volume:
        place = {"@type": "PublicationVolume", "volumeNumber": csl.volume, "isPartOf": place}
    if csl.issue:
        place = {"@type": "PublicationIssue", "issueNumber": csl.issue, "isPartOf": place}
    return place


def _identifiers(resource: Resource, kind: str) -> list[Node]:
    in_book = resource.csl and resource.csl.type in IN_BOOKS and resource.csl.container_title
    isbn = "" if kind == "Book" or in_book else resource.isbn  # books have a member of their own for it
    known = {"DOI": resource.doi, "ISBN": isbn}
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in known.items() if value]


def _people(names: Iterable[Name]) -> list[Node]:
    return [_person(name) for name in names]


def _person(name: Name) -> Node:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    whole = " ".join(filter(None, (name.given, name.family)))
    return {"@type": "Person", "name": whole, "givenName": name.given, "familyName": name.family}


def _doi(resource: Resource) -> str:
    return f"https://doi.org/{resource.doi}" if resource.doi else ""
