"""Which files of ``content/media`` are published: those that something public uses, and no others.

Nobody can tell of a file that no text names whether it may be seen: it may have belonged to a text that was withdrawn
and deleted since.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from urllib.parse import unquote

from publication.bodies import Body
from publication.items import Item, Shelf
from publication.links import own_path
from publication.pictures.uses import uses
from publication.places import is_media

_ATTRIBUTE = re.compile(
    r"\b(?:src|srcset|href|poster|data)\s*+=\s*+(?:\"([^\"<>]*+)\"|'([^'<>]*+)'|([^\s\"'<>]++))", re.IGNORECASE
)


def used(shelf: Shelf, hidden: Collection[int] = ()) -> set[str]:
    """The files that texts, authors, topics and settings use, without what only the ``hidden`` (by ``id()``) use."""
    site = shelf.settings.url
    found = {use.path for use in uses(shelf) if id(use.item) not in hidden}
    for item in shelf.everything():
        if id(item) not in hidden:
            found.update(_in_item(item, site))
    for text in shelf.settings.texts:
        found.update(in_text(text, site))
    return found | ({shelf.settings.site_picture.src} if shelf.settings.site_picture else set())


def opened(path: str, public_files: Collection[str]) -> bool:
    """Whether ``PUBLIC_FILES`` names a file, or a folder that it is in."""
    return any(path == one or path.startswith(f"{one.rstrip('/')}/") for one in public_files)


def in_text(text: str, site: str) -> Iterator[str]:
    """The files that a text leads to or shows: as Markdown, as HTML, or because it is an address itself."""
    if "media" not in text:
        return
    body = Body(text)
    found = [text, *(link.href for link in body.links())]
    for match in _ATTRIBUTE.finditer(body.text):
        value = unescape(match[1] or match[2] or match[3] or "")
        found += [value, *(part.split()[0] for part in value.split(",") if part.strip())]  # as in srcset
    yield from filter(None, (_file(one, site) for one in found))


def _strings(value: object) -> Iterator[str]:
    """Every string in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif is_dataclass(value):
        for name in fields(value):
            yield from _strings(getattr(value, name.name))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _strings(one)


def _in_item(item: Item, site: str) -> Iterator[str]:
    for text in (item.body, *_strings(item.fields.values)):
        yield from in_text(text, site)


def _file(address: str, site: str) -> str:
    """The file of ours that an address means; empty when it means none."""
    written = unescape(address.strip())
    own = own_path(written, site) or written
    path = unquote(own.partition("#")[0].partition("?")[0]).removeprefix("/")
    return path if is_media(path) else ""
