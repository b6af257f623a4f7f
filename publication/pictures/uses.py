"""Where the publication uses files of ``content/media``: in front matter, in texts, in the settings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publication.bodies import Body
from publication.items import Item, Shelf
from publication.places import is_media
from publication.records import Image

# What stands behind a picture that is only decoration.
DECORATIVE = r"\{[ \t]*\.decorative[ \t]*\}"

_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\]\[]++|\[[^\]\[]*+\])*+)\]"
    r"(?:\([ \t]*+<?(?P<path>[^\s()<>]*+)>?(?:[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'))?+[ \t]*+\)"
    r"|\[(?P<label>[^\]\[\n]*+)\])?"
    rf"(?P<mark>{DECORATIVE})?"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<label>[^\]\n]{1,200})\]:[ \t]*<?(?P<path>[^\s<>]+)", re.MULTILINE)
_HTML = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*[\"']?(?P<path>[^\s\"'<>]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Use:
    """A file at a line of a text. ``alt`` and ``mark`` are those of a picture that is written in Markdown."""

    item: Item
    line: int
    path: str
    is_picture: bool
    alt: str | None = None
    mark: bool = False


def uses(shelf: Shelf) -> Iterator[Use]:
    """Every use in every text, author and topic, whether the file is there or not."""
    for item in shelf.everything():
        yield from _in_front(item)
        yield from _in_body(item)


def _in_front(item: Item) -> Iterator[Use]:
    image: Image | None = item.get("image")
    if image:
        yield Use(item, item.line_of("image"), image.src, True, image.alt)
    if photo := item.get("photo"):
        yield Use(item, item.line_of("photo"), photo, True)


def _in_body(item: Item) -> Iterator[Use]:
    if "media/" not in item.body:
        return
    body = Body(item.body)
    for link in body.links():
        if path := _media(link.href):
            yield Use(item, _line(item, link.line), path, False)
    named = {one["label"].casefold(): one["path"] for one in _DEFINITION.finditer(body.text)}
    for below, found in _with_lines(_PICTURE, body.text):
        label = (found["label"] or found["alt"]).casefold()
        if path := _media(found["path"] or named.get(label, "")):
            alt = " ".join(found["alt"].split())
            yield Use(item, _line(item, below), path, True, alt, bool(found["mark"]))
    for below, found in _with_lines(_HTML, body.text):
        if path := _media(found["path"]):
            yield Use(item, _line(item, below), path, True)


def _media(address: str) -> str:
    """The file in the content folder that an address of a text means; empty when it means none."""
    path = address.partition("#")[0].partition("?")[0].removeprefix("/")
    return path if is_media(path) else ""


def _with_lines(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Every match, and how many lines are above it."""
    below = seen = 0
    for found in pattern.finditer(text):
        below += text.count("\n", seen, found.start())
        seen = found.start()
        yield below, found


def _line(item: Item, below: int) -> int:
    folded = item.kind in ("author", "topic")  # YAML has joined the lines
    return item.body_line + (0 if folded else below)
