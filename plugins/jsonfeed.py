"""A feed as JSON Feed (version 1.1)."""

import json
from typing import Any

from plugins.feeds import Entry, Feed, legible
from publication.settings import Settings

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed, settings: Settings) -> bytes:
    """The feed as JSON. The format has no place for the feed's own id: its address is that."""
    told = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": settings.url + feed.page,
        "feed_url": settings.url + feed.json,
        "language": feed.language,
        "authors": [{"name": settings.name, "url": settings.url + "/"}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return (json.dumps(_legible(told), ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.external,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(timespec="seconds") if entry.published else "",
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "authors": [_filled({"name": who.name, "url": who.url, "avatar": who.picture}) for who in entry.authors],
        "tags": list(entry.categories),
        "language": entry.language,
    }
    return {**_filled(item), "content_html": entry.html}  # which must be there, even if empty


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}


def _legible(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _legible(member) for name, member in value.items()}
    return [_legible(member) for member in value] if isinstance(value, list) else legible(value)
