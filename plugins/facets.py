"""The ways to narrow the hub. Every value is a page of its own, so it works without a script."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plugins.library import Library, with_parents
from plugins.views import Resource, Translate
from publication.addresses import path_of_facet
from publication.vocabulary import ACCESS, AUDIENCES, FACETS, KINDS, LANGUAGES

Words = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Value:
    """One value of a facet. ``count`` resources have it; ``left`` of them remain beside what the page shows."""

    key: str
    name: str
    count: int
    left: int
    url: str
    current: bool = False


@dataclass(frozen=True)
class Facet:
    """One way to narrow: ``kind``, ``topic``, ``audience``, ``language`` or ``access``."""

    key: str
    name: str
    values: tuple[Value, ...]

    def marked(self, chosen: Value, together: Counter[tuple[str, str]]) -> "Facet":
        """The same on the page of ``chosen``. Of another facet's values, those are left that go ``together`` with it;
        values of one facet add to each other."""
        if any(value is chosen for value in self.values):
            values = (replace(value, current=value is chosen) for value in self.values)
        else:
            values = (replace(value, left=together[self.key, value.key]) for value in self.values)
        return replace(self, values=tuple(values))


class Facets:
    """All facets of a library's resources, named in the language of now."""

    def __init__(self, library: Library, translate: Translate) -> None:
        self._translate = translate
        self._members: dict[tuple[str, str], list[Resource]] = {}
        for resource in library.resources:
            for pair in _pairs(resource):
                self._members.setdefault(pair, []).append(resource)
        self.all = (
            self._facet("kind", self._named(KINDS)),
            self._facet("topic", {key: topic.name for key, topic in library.topics.items()}),
            self._facet("audience", self._named(AUDIENCES)),
            self._facet("language", LANGUAGES),
            self._facet("access", self._named(ACCESS)),
        )

    def pages(self) -> Iterator[tuple[Value, tuple[Facet, ...], list[Resource]]]:
        """Every value, the facets with it marked, and the resources that have it."""
        for facet in self.all:
            for value in facet.values:
                members = self._members.get((facet.key, value.key), [])
                together = Counter(pair for resource in members for pair in _pairs(resource))
                yield value, tuple(one.marked(value, together) for one in self.all), members

    def _facet(self, key: str, names: dict[str, str]) -> Facet:
        counts = {value: len(self._members.get((key, value), [])) for value in names}
        values = (
            Value(value, name, counts[value], counts[value], path_of_facet(key, value)) for value, name in names.items()
        )
        return Facet(key, self._translate(FACETS[key]), tuple(values))

    def _named(self, words: dict[str, str]) -> dict[str, str]:
        return {key: self._translate(name) for key, name in words.items()}


def words(resource: Resource) -> Words:
    """What a resource is in each facet. Who belongs to a topic belongs to the topics above it."""
    return {
        "kind": (resource.kind,),
        "topic": tuple(topic.key for topic in with_parents(resource.topics)),
        "audience": resource.audience_keys,
        "language": (resource.language,),
        "access": (resource.access,),
    }


def _pairs(resource: Resource) -> Iterator[tuple[str, str]]:
    return ((facet, value) for facet, values in words(resource).items() for value in values)
