"""Topics and the facets of the hub as vocabularies (schema.org's DefinedTermSet): each value is a term with a page."""

from collections.abc import Iterable
from typing import Any

from plugins.facets import Facet, Value
from plugins.reader import plain
from plugins.views import Topic
from publication.addresses import RESOURCES, TOPICS, path_of_topic

Node = dict[str, Any]


def topic(topic: Topic, site: str, *, whole: bool = False) -> Node:
    """A topic as a term; ``whole`` with what it means and where it belongs, as its own page says it."""
    node = _term(f"{site}{topic.url}", topic.name)
    if not whole:
        return node
    belongs = {"inDefinedTermSet": {"@id": f"{site}{TOPICS}#terms"}}
    return node | {"termCode": topic.key, "description": plain(topic.introduction)} | belongs


def topics(name: str, topics: Iterable[Topic], site: str) -> Node:
    """The vocabulary of topics."""
    return _set(f"{site}{TOPICS}#terms", name, [topic(each, site) | {"termCode": each.key} for each in topics])


def value(facet: Facet, value: Value, site: str) -> Node:
    """A value of a facet as a term of its vocabulary."""
    return _value(facet, value, site) | {"inDefinedTermSet": {"@id": _id(facet, site)}}


def current(facets: Iterable[Facet]) -> tuple[Facet, Value] | None:
    """The value that a page of the hub is narrowed to, with its facet."""
    return next(((facet, value) for facet in facets for value in facet.values if value.current), None)


def facet(facet: Facet, site: str) -> Node:
    """A facet as a vocabulary."""
    return _set(_id(facet, site), facet.name, [_value(facet, value, site) for value in facet.values])


def _value(facet: Facet, value: Value, site: str) -> Node:
    # A topic is one term, wherever it narrows something.
    home = path_of_topic(value.key) if facet.key == "topic" else value.url
    return _term(f"{site}{home}", value.name) | {"termCode": value.key}


def _id(facet: Facet, site: str) -> str:
    return f"{site}{TOPICS}#terms" if facet.key == "topic" else f"{site}{RESOURCES}#{facet.key}"


def _term(address: str, name: str) -> Node:
    return {"@type": "DefinedTerm", "@id": f"{address}#term", "name": name, "url": address}


def _set(name: str, title: str, terms: list[Node]) -> Node:
    return {"@type": "DefinedTermSet", "@id": name, "name": title, "hasDefinedTerm": terms}
