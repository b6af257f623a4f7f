"""A small reader of microformats (microformats.org/wiki/microformats2-parsing), as far as the site uses them."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

ROOT = re.compile(r"h-[a-z0-9-]+")
PROPERTY = re.compile(r"(p|u|dt|e)-([a-z0-9-]+)")
URLS = {"a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "video": "src", "source": "src"}


@dataclass
class Item:
    """One microformat: its types, its properties with all their values, and those inside it that are no property."""

    types: list[str]
    properties: dict[str, list[Any]] = field(default_factory=dict)
    children: list["Item"] = field(default_factory=list)

    def one(self, name: str) -> Any:
        """The only value of a property."""
        (value,) = self.properties[name]
        return value

    def texts(self, name: str) -> list[Any]:
        """The values of a property; of those that are items, their names."""
        return [value.one("name") if isinstance(value, Item) else value for value in self.properties.get(name, [])]


def read(html: str | bytes, base: str) -> list[Item]:
    """The items of a page at the address ``base`` that stand in no other item."""
    page = Item([])
    body = LexborHTMLParser(html).body
    assert body is not None
    for node in body.iter():
        _walk(node, page, base)
    return page.children


def _walk(node: LexborNode, parent: Item, base: str) -> None:
    classes = (node.attributes.get("class") or "").split()
    types = [name for name in classes if ROOT.fullmatch(name)]
    properties = [match.groups() for name in classes if (match := PROPERTY.fullmatch(name))]
    inner = parent
    if types:
        inner = Item(types)
    for child in node.iter():
        _walk(child, inner, base)
    if types:
        _imply(inner, node, base)
    for prefix, name in properties:
        value = inner if types else _value(prefix, node, base)
        parent.properties.setdefault(name, []).append(value)
    if types and not properties:
        parent.children.append(inner)


def _value(prefix: str, node: LexborNode, base: str) -> str:
    given = node.attributes
    if prefix == "e":
        return (node.inner_html or "").strip()
    if prefix == "u" and node.tag in URLS and given.get(URLS[node.tag]) is not None:
        return urljoin(base, given[URLS[node.tag]] or "")
    if prefix == "dt" and node.tag in ("time", "ins", "del") and given.get("datetime"):
        return given["datetime"] or ""
    if node.tag in ("data", "input") and given.get("value") is not None:
        return urljoin(base, given["value"] or "") if prefix == "u" else given["value"] or ""
    return " ".join(node.text().split())


def _imply(item: Item, node: LexborNode, base: str) -> None:
    """The name and the address of an item that gives none."""
    plain = not any(isinstance(value, Item) for values in item.properties.values() for value in values)
    if "name" not in item.properties and plain and not item.children and "content" not in item.properties:
        item.properties["name"] = [" ".join(node.text().split())]
    links = [link for link in node.css("a[href]") if link != node]
    if "url" not in item.properties and node.tag == "a":
        item.properties["url"] = [urljoin(base, node.attributes["href"] or "")]
    elif "url" not in item.properties and len(links) == 1 and links[0].parent == node:
        item.properties["url"] = [urljoin(base, links[0].attributes["href"] or "")]
