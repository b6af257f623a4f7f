"""What is worth a thought, though it stops nothing: reviews that are due, resources listed twice, links of the site."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from publication import states
from publication.bodies import Body, Link
from publication.fields import Values
from publication.health.collect import links_of
from publication.health.report import about
from publication.health.state import Link as Known
from publication.health.state import key_of
from publication.items import Item, Shelf
from publication.links import Judge
from publication.problems import Problem, Problems, quoted
from publication.records import Review
from publication.targets import Targets
from publication.titles import squashed

_LONG_TITLE = 100  # characters; search engines and cards show fewer
_SETTINGS = "pelicanconf.py"


def advise(shelf: Shelf, targets: Targets, as_of: datetime, health: Mapping[str, Known]) -> list[Problem]:
    """Add advice to the items, and answer what concerns the settings."""
    for item in shelf.texts:
        if item.is_readable and item.get("status") != "withdrawn":
            _title(item)
            _review(item, shelf, as_of)
    _same_source(shelf)
    _health(shelf, health)
    return _site_links(shelf, targets)


def _title(item: Item) -> None:
    title, summary = str(item.get("title")), str(item.get("summary") or "")
    if item.kind != "resource" and len(title) > _LONG_TITLE:
        what = f"The title has {len(title)} characters; search engines and cards cut it after about 60"
        item.problems.add(item.line_of("title"), what, "Say the rest in the summary.", "title-long")
    if summary and squashed(summary) == squashed(title):
        what = "The summary says what the title said"
        item.problems.add(item.line_of("summary"), what, "Say what a hurried reader gets from reading on.", "summary")


def _review(item: Item, shelf: Shelf, as_of: datetime) -> None:
    review: Review | None = item.get("reviewed")
    today = as_of.astimezone(shelf.settings.timezone).date()
    if review and review.due and review.due <= today and states.state(item, as_of) == "published":
        what = f"The review of {review.on} fell due on {review.due}"
        cure = f"Look at the text again, then write on: {today} and by whom."
        item.problems.add(item.line_of("reviewed"), what, cure, "review-due")


def _same_source(shelf: Shelf) -> None:
    first: dict[tuple[str, str], Item] = {}
    for item in shelf.of("resource"):
        if item.get("status") == "withdrawn":
            continue
        owners = [(field, source, first.setdefault((field, source), item)) for field, source in _sources(item)]
        for field, source, other in [one for one in owners if one[2] is not item][:1]:
            what = f"The {field} {quoted(source)} is also that of {other.where}"
            cure = "If both are one and the same, withdraw one of them."
            item.problems.add(item.line_of(field), what, cure, "same-source")


def _sources(item: Item) -> list[tuple[str, str]]:
    parts = urlsplit(str(item.get("link") or ""))
    place = (
        f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}{'?' * bool(parts.query)}{parts.query}"
    )
    isbn = "" if item.get("kind") == "chapter" else str(item.get("isbn") or "")
    found = [("doi", str(item.get("doi") or "").lower()), ("isbn", isbn), ("link", place)]
    return [(field, source) for field, source in found if source]


def _health(shelf: Shelf, health: Mapping[str, Known]) -> None:
    """What the link check remembers of the links in front matter and texts."""
    told = {url for url, link in health.items() if link.gone or link.moved}
    for item in shelf.everything() if told else ():
        for line, url in links_of(item):
            if key_of(url) in told:
                item.problems.add(line, *about(url, health[key_of(url)]))


def _site_links(shelf: Shelf, targets: Targets) -> list[Problem]:
    """Links of the settings: menus, the pages that the comment form names, and standing notices."""
    settings = shelf.settings
    site = Item("settings", "settings", Path(_SETTINGS), Values(1, {"status": "published"}), Problems(_SETTINGS))
    judge = Judge(site, targets)
    links = [(name, url) for name, url in settings.links]
    links += [
        (f"NOTICES {notice.key}", link.href)
        for notice in settings.notices.values()
        for link in Body(notice.text).links()
    ]
    for name, url in links:
        complaint = judge.complaint(Link(url, 0, None, ""))
        if complaint and complaint[2] != "own-address":
            site.problems.add(1, f"In {name}: {complaint[0]}", complaint[1], "site-link")
    return list(dict.fromkeys(site.problems.found))
