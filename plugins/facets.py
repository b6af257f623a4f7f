"""The ways to narrow the hub. Every value is a page of its own, so it works without a script."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from plugins.library import Library
from plugins.views import Resource, Translate
from publication.addresses import path_of_facet
from publication.vocabulary import ACCESS, AUDIENCES, FACETS, KINDS, LANGUAGES

Has = Callable[[Resource], tuple[str, ...]]


@dataclass(frozen=True)
class Value:
    """One value of a facet with the number of resources that have it."""

    key: str
    name: str
    count: int
    url: str
    current: bool = False


@dataclass(frozen=True)
class Facet:
    """One way to narrow: ``kind``, ``topic``, ``audience``, ``language`` or ``access``."""

    key: str
    name: str
    values: tuple[Value, ...]

    def marked(self, chosen: Value) -> "Facet":
        """The same with ``chosen`` as the current value."""
        return replace(self, values=tuple(replace(value, current=value is chosen) for value in self.values))


class Facets:
    """All facets of a library's resources, named in the language of now."""

    def __init__(self, library: Library, translate: Translate) -> None:
        self.library, self.translate = library, translate
        self._members: dict[tuple[str, str], list[Resource]] = {}
        topics = {key: topic.name for key, topic in library.topics.items()}
        self.all = (
            self._facet("kind", self._named(KINDS), lambda resource: (resource.kind,)),
            self._facet("topic", topics, self._topics),
            self._facet("audience", self._named(AUDIENCES), lambda resource: resource.audience_keys),
            self._facet("language", LANGUAGES, lambda resource: (resource.language,)),
            self._facet("access", self._named(ACCESS), lambda resource: (resource.access,)),
        )

    def pages(self) -> Iterator[tuple[Value, tuple[Facet, ...], list[Resource]]]:
        """Every value, the facets with it marked, and the resources that have it."""
        for facet in self.all:
            for value in facet.values:
                marked = tuple(one.marked(value) if one is facet else one for one in self.all)
                yield value, marked, self._members[facet.key, value.key]

    def _facet(self, key: str, names: dict[str, str], has: Has) -> Facet:
        for name in names:
            self._members[key, name] = []
        for resource in self.library.resources:
            for value in has(resource):
                self._members[key, value].append(resource)
        values = (
            Value(value, name, len(self._members[key, value]), path_of_facet(key, value))
            for value, name in names.items()
        )
        return Facet(key, self.translate(FACETS[key]), tuple(values))

    def _named(self, words: dict[str, str]) -> dict[str, str]:
        return {key: self.translate(name) for key, name in words.items()}

    def _topics(self, resource: Resource) -> tuple[str, ...]:
        return tuple(key for key, topic in self.library.topics.items() if resource in topic.resources)
