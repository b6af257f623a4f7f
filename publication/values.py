"""Readers of single values: each takes a node and gives what it means, or raises ``Wrong`` with the cure."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Literal, TypeVar

from publication import fields, moments, nodes
from publication.fields import Place, Reader
from publication.files import MARKER
from publication.problems import Wrong, choose_from, quoted
from publication.slugs import is_id, slug

T = TypeVar("T")

REPORTED = Wrong("", "")  # the parts were reported one by one

_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})


def scalar(node: nodes.Node, place: Place) -> str:
    """The bare text of ``node``."""
    if isinstance(node, nodes.Scalar):
        return node.value.strip()
    raise Wrong(f"The {place.key} should be one text, not a list", f"Write {place.key}: …")


def text(longest: int = 200) -> Reader:
    """A reader of one line of plain text."""

    def read(node: nodes.Node, place: Place) -> str:
        words = " ".join(_whole_text(node, place).split())
        if len(words) > longest:
            what = f"The {place.key} has {len(words)} characters; there is room for {longest}"
            raise Wrong(what, f"Shorten it by {len(words) - longest}.")
        return words

    return read


def prose(node: nodes.Node, place: Place) -> str:
    """Markdown of any length, lines kept."""
    return _whole_text(node, place)


def alt(node: nodes.Node, place: Place) -> str:
    """Words for those who do not see the picture; deliberately empty only in quotation marks."""
    words = str(text(1000)(node, place))
    if not words and isinstance(node, nodes.Scalar) and not node.is_quoted:
        raise Wrong("The picture has no alt text", 'Describe it; or write alt: "" when it is only decoration.')
    return words


def key(node: nodes.Node, place: Place) -> str:
    """An id, key or slug."""
    word = scalar(node, place)
    if is_id(word):
        return word
    better = slug(word)
    cure = f"Write {place.key}: {better}" if better else "Use small letters a to z, digits and hyphens."
    raise Wrong(f"{quoted(word)} cannot be used as {place.key}", cure)


def one_of(words: Mapping[str, object]) -> Reader:
    """A reader of one word of a closed vocabulary."""

    def read(node: nodes.Node, place: Place) -> str:
        word = scalar(node, place)
        if word not in words:
            raise Wrong(f"{quoted(word)} is not a {place.key} we know", choose_from(word, words))
        return word

    return read


def list_of(reader: Reader) -> Reader:
    """A reader of a list without repetitions; each wrong item is reported on its own."""

    def read(node: nodes.Node, place: Place) -> tuple[object, ...]:
        if isinstance(node, nodes.Scalar):
            words = ", ".join(part.strip() for part in node.value.split(",") if part.strip())
            raise Wrong(f"The {place.key} should be a list", f"Write {place.key}: [{words}]")
        if isinstance(node, nodes.Mapping):
            raise Wrong(f"The {place.key} should be a list", "Begin each item with a hyphen, or use [ and ].")
        return _items(node, reader, place)

    return read


def _items(node: nodes.Listing, reader: Reader, place: Place) -> tuple[object, ...]:
    found: list[object] = []
    good = True
    for item in node.items:
        try:
            value = reader(item, place)
            if value in found:
                raise Wrong(f"{quoted(str(value))} is in the {place.key} twice", "Delete one of them.")
            found.append(value)
        except Wrong as wrong:
            good = False
            if wrong.what:
                place.problems.add_wrong(wrong, item.line)
    if not good:
        raise REPORTED
    return tuple(found)


def keys(node: nodes.Node, place: Place) -> object:
    """A list of keys. Where one is no key, the cure is the whole list, names of authors and topics as their keys."""
    words = _words(node)
    names = place.names.get(place.key, {})
    better = [names.get(word.casefold()) or slug(word) for word in words]
    if words and all(better) and not (isinstance(node, nodes.Listing) and all(map(is_id, words))):
        odd = next((word for word in words if not is_id(word)), "")
        listed = isinstance(node, nodes.Listing)
        what = f"{quoted(odd)} cannot be used in the {place.key}" if listed else f"The {place.key} should be a list"
        raise Wrong(what, f"Write {place.key}: [{', '.join(dict.fromkeys(better))}]")
    return _keys(node, place)


def _words(node: nodes.Node) -> list[str]:
    """What stands in a list of words, or between the commas of what should be one; nothing where it is more."""
    if isinstance(node, nodes.Scalar):
        return [word.strip() for word in node.value.split(",") if word.strip()]
    items = node.items if isinstance(node, nodes.Listing) else ()
    words = [item.value.strip() for item in items if isinstance(item, nodes.Scalar)]
    return words if len(words) == len(items) else []


_keys = list_of(key)


def record(shape: fields.Shape, make: Callable[..., T]) -> Reader:
    """A reader of a mapping, made into a record by ``make`` (which may raise ``Wrong``)."""

    def read(node: nodes.Node, place: Place) -> T:
        if not isinstance(node, nodes.Mapping):
            example = ", ".join(f"{name}: …" for name, one in shape.items() if one.required)
            raise Wrong(f"The {place.key} needs keys of its own", f"Write {place.key}: {{{example}}}")
        found = fields.read(node, shape, place)
        if found.wrong:
            raise REPORTED
        return make(**{name.replace("-", "_"): value for name, value in found.values.items()})

    return read


def flag(node: nodes.Node, place: Place) -> bool:
    """Yes or no."""
    word = scalar(node, place)
    if word.lower() not in _YES | _NO:
        raise Wrong(f"{quoted(word)} is neither yes nor no", f"Write {place.key}: yes or {place.key}: no.")
    return word.lower() in _YES


def number(node: nodes.Node, place: Place) -> int:
    """A whole number from 1 to 999."""
    word = scalar(node, place)
    if not re.fullmatch("[1-9][0-9]{0,2}", word):
        raise Wrong(f"{quoted(word)} is not a whole number from 1 on", f"Write {place.key}: 1")
    return int(word)


def moment(node: nodes.Node, place: Place) -> datetime:
    return moments.read_moment(scalar(node, place), place.zone)


def day(node: nodes.Node, place: Place) -> date:
    return moments.read_day(scalar(node, place))


def duration_or_never(node: nodes.Node, place: Place) -> moments.Duration | Literal["never"]:
    """As ``duration``, or the word ``never``."""
    text = scalar(node, place)
    if text.strip().lower() == "never":
        return "never"
    try:
        return moments.read_duration(text)
    except Wrong as wrong:
        raise Wrong(wrong.what, f"{wrong.cure} Or: never.") from None


def duration(node: nodes.Node, place: Place) -> moments.Duration:
    return moments.read_duration(scalar(node, place))


def tag(node: nodes.Node, place: Place) -> str:
    """A tag's name. It must leave something to make an address of."""
    name = str(text(50)(node, place))
    if not slug(name):
        raise Wrong(f"{quoted(name)} cannot be a tag", "Use at least one letter or digit.")
    return name


def _whole_text(node: nodes.Node, place: Place) -> str:
    value = scalar(node, place)
    if isinstance(node, nodes.Scalar) and node.lost:
        better = json.dumps(f"{value} {node.lost}", ensure_ascii=False)
        what = f"YAML takes {quoted(node.lost)} for a remark and drops it"
        raise Wrong(what, f"Put the {place.key} in quotation marks: {place.key}: {better}")
    if MARKER.search(value):
        what = f"The {place.key} holds a mark that the comment service uses to find its place"
        raise Wrong(what, "Leave <!-- out.")
    return value
