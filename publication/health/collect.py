"""Every outside link of what is public, with the places it is in."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from publication import states
from publication.bodies import Body
from publication.health.state import key_of
from publication.items import Item, read_all
from publication.links import WEB, is_this_computer, own_path
from publication.settings import Settings


def collect(content: Path, settings: Settings, as_of: datetime, *, local: bool = False) -> dict[str, tuple[str, ...]]:
    """Address → ``content/…:LINE`` of each place, in order. Problems elsewhere in the content do not matter here.

    ``local`` takes links to this computer too, for trying things out.
    """
    places: dict[str, list[str]] = {}
    for item in read_all(content.resolve(), settings).everything():
        if not item.is_readable or (item.get("status") is not None and states.state(item, as_of) != "published"):
            continue
        for line, href in links_of(item):
            if _is_outside(href, settings, local):
                places.setdefault(key_of(href), []).append(f"{item.problems.file}:{line}")
    return {url: tuple(dict.fromkeys(places[url])) for url in sorted(places)}


def links_of(item: Item) -> Iterator[tuple[int, str]]:
    """Every link of an item with its line: those of its fields, then those of its text."""
    for field in ("link", "canonical"):
        if item.get(field):
            yield item.line_of(field), str(item.get(field))
    if item.get("doi"):
        yield item.line_of("doi"), f"https://doi.org/{item.get('doi')}"
    for link in item.get("links") or ():
        yield item.line_of("links"), link.url
    folded = item.kind in ("author", "topic")  # YAML has joined the lines
    for found in Body(item.body).links():
        yield item.body_line + (0 if folded else found.line), found.href


def _is_outside(href: str, settings: Settings, local: bool) -> bool:
    try:
        parts = urlsplit(href)
        host = parts.hostname
        _ = parts.port  # raises when it is no number
    except ValueError:
        return False  # a problem of the content
    if parts.scheme not in WEB or not host or "@" in parts.netloc or own_path(href, settings.url) is not None:
        return False
    return (local or not is_this_computer(href)) and not any(_matches(href, rule) for rule in settings.links_exclude)


def _matches(href: str, rule: str) -> bool:
    return href.startswith(rule) if "/" in rule else is_at(href, rule)


def is_at(href: str, host: str) -> bool:
    """Whether a web address is at ``host`` or below it."""
    named = urlsplit(href).hostname or ""
    return named == host or named.endswith(f".{host}")
