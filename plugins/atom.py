"""A feed as Atom (RFC 4287)."""

import xml.etree.ElementTree as etree
from datetime import datetime

from plugins.feeds import Entry, Feed, legible
from publication.settings import Settings

ATOM = "http://www.w3.org/2005/Atom"
XML = "{http://www.w3.org/XML/1998/namespace}"


def write(feed: Feed, settings: Settings) -> bytes:
    """The feed as XML."""
    root = etree.Element("feed", {"xmlns": ATOM, XML + "lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=settings.url + feed.path)
    _add(root, "link", rel="alternate", type="text/html", href=settings.url + feed.page)
    author = _add(root, "author")
    _add(author, "name", settings.name)
    for entry in feed.entries:
        root.append(_entry(entry))
    etree.indent(root, " ")
    xml: bytes = etree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml + b"\n"


def _entry(entry: Entry) -> etree.Element:
    node = etree.Element("entry", {XML + "lang": entry.language})
    _add(node, "id", entry.id)
    _add(node, "title", entry.title)
    _add(node, "link", rel="alternate", type="text/html", href=entry.url)
    if entry.external:
        _add(node, "link", rel="related", href=entry.external)
    if entry.replies:
        _add(node, "link", rel="replies", type="text/html", href=entry.replies)
    if entry.published:
        _add(node, "published", _moment(entry.published))
    _add(node, "updated", _moment(entry.updated))
    for person in entry.authors:
        author = _add(node, "author")
        _add(author, "name", person.name)
        _add(author, "uri", person.url)
    for category in entry.categories:
        _add(node, "category", term=category)
    _add(node, "summary", entry.summary)
    _add(node, "content", entry.html, type="html")
    return node


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _add(parent: etree.Element, name: str, text: str = "", **attributes: str) -> etree.Element:
    node = etree.SubElement(parent, name, {key: legible(value) for key, value in attributes.items()})
    node.text = legible(text) or None
    return node
