"""Reads a mapping by a closed list of fields, each with its type. The lists are in ``schema``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from publication import nodes
from publication.problems import Problems, Wrong, choose_from, quoted

# What editors of other systems type, and what it is called here.
SYNONYMS = {
    "author": "authors",
    "categories": "topics",
    "category": "topics",
    "description": "summary",
    "excerpt": "summary",
    "keywords": "tags",
    "lang": "language",
    "modified": "updated",
    "permalink": "url",
    "published": "status",
    "state": "status",
}


@dataclass(frozen=True)
class Place:
    """Where a value is read: the key it stands at, whom to tell, and the zone of its local times.

    :ivar names: for ``authors`` and ``topics``, the key of each by its name in small letters.
    """

    key: str
    problems: Problems
    zone: ZoneInfo
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def at(self, key: str) -> "Place":
        return replace(self, key=key)


Reader = Callable[[nodes.Node, Place], Any]  # returns the value or raises Wrong


@dataclass(frozen=True)
class Field:
    """One key. ``required`` always; ``to_publish`` only once the text is to be published."""

    read: Reader
    required: bool = False
    to_publish: bool = False
    default: Any = ""
    example: str = "…"
    may_be_empty: bool = False


Shape = Mapping[str, Field]


@dataclass(slots=True)
class Values:
    """What was read: every key of the shape has a value, its default where it is missing or wrong."""

    line: int
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)

    def line_of(self, *keys: str) -> int:
        """The line of the first of ``keys`` that is there, else where all begins."""
        return next((self.lines[key] for key in keys if key in self.lines), self.line)


def read(node: nodes.Mapping, shape: Shape, place: Place) -> Values:
    """The values of ``node``; everything that is wrong with them goes to the place's problems."""
    found = Values(node.line, {key: one.default for key, one in shape.items()})
    for name, value in node.entries:
        if name.value in shape:
            _read_one(name, value, shape[name.value], place, found)
        else:
            place.problems.add(name.line, f"There is no key {quoted(name.value)}", _nearest(name.value, shape))
    for key, one in shape.items():
        if one.required and key not in found.lines:
            place.problems.add(found.line, f"The key {quoted(key)} is missing", f"Add {key}: {one.example}")
            found.wrong.add(key)
    return found


def require_to_publish(found: Values, shape: Shape, problems: Problems, *, preview: bool = False) -> None:
    """Report the keys that a text lacks for being published, or for being shown as though it were."""
    why, instead = ("a preview needs it", "") if preview else ("the text is published", " or set status: draft")
    for key, one in shape.items():
        if one.to_publish and key not in found.lines:
            cure = f"Add {key}: {one.example}{instead}."
            problems.add(found.line_of("status"), f"The key {quoted(key)} is missing, and {why}", cure)
            found.wrong.add(key)


def _read_one(key: nodes.Scalar, value: nodes.Node, one: Field, place: Place, found: Values) -> None:
    if isinstance(value, nodes.Scalar) and not value.value.strip() and not one.may_be_empty:
        return  # an empty value is as good as none
    found.lines[key.value] = key.line
    try:
        found.values[key.value] = one.read(value, place.at(key.value))
    except Wrong as wrong:
        found.wrong.add(key.value)
        if wrong.what:
            place.problems.add_wrong(wrong, value.line)


def _nearest(key: str, shape: Shape) -> str:
    other = SYNONYMS.get(key.lower(), "")
    return f"Did you mean {quoted(other)}?" if other in shape else choose_from(key, shape)
