"""The text of an article or page as HTML that stands on its own: links and pictures with the site's whole address.

What our pages add (numbers of figures, regions around tables, sizes of pictures) belongs to our pages and stays here.
"""

import html
import json
import re
import uuid
from dataclasses import dataclass, field

from markdown import Markdown

from migrate.text.tree import BLOCKS, VOID, Element, parse
from publication import links
from publication.load import Publication

# Everything else loses its tag and keeps its words; scripts and styles lose those too.
_TAGS_NAMES = """
a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins
kbd li mark ol p pre q s small strong sub summary sup table tbody td tfoot th thead tr ul var
"""
_TAGS = frozenset(_TAGS_NAMES.split())
_GONE = frozenset(("script", "style", "template", "noscript", "iframe", "object", "embed", "form"))
_ATTRIBUTES = {
    "abbr": ("title",),
    "img": ("alt",),
    "li": ("value",),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
_ELSEWHERE = re.compile(r"(?:https?://|mailto:|tel:|sms:|#)", re.IGNORECASE)
_DECORATIVE = re.compile(r"^\{[ \t]*\.decorative[ \t]*\}")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SHORTCODE = re.compile(r"\[(?=/?[A-Za-z])")
_NAMES_OF_NOTES = uuid.UUID("6d5f1c52-6f8e-5f0b-9d2c-7a3b1e4c9f10")
NOTES = "<!-- wp:footnotes /-->"


@dataclass(frozen=True)
class Rendered:
    """The content of a text, and its footnotes as WordPress keeps them: JSON, or nothing."""

    html: str
    notes: str = ""


def render(source: str, publication: Publication, about: str) -> Rendered:
    """Markdown ``source`` of the text ``about``, without anything that could run."""
    markdown = Markdown(output_format="html", extensions=["tables", "fenced_code", "sane_lists", "footnotes"])
    root = parse(markdown.convert(source))
    writer = _Writer(publication, about)
    notes = [writer.note(item) for item in _taken_notes(root)]
    blocks = [writer.write(node).strip(" ") for node in root.children]
    body = "\n".join(block for block in blocks if block)
    if not writer.used or not notes:
        return Rendered(body)
    return Rendered(f"{body}\n{NOTES}", json.dumps(notes, ensure_ascii=False))


def _taken_notes(root: Element) -> list[Element]:
    """The footnotes behind the text, which are taken out of it."""
    holders = [node for node in root.elements() if node.tag == "div" and node.has_class("footnote")]
    root.children = [node for node in root.children if not any(node is holder for holder in holders)]
    return [item for holder in holders for item in holder.all("li") if item.get("id").startswith("fn:")]


@dataclass
class _Writer:
    publication: Publication
    about: str
    used: set[str] = field(default_factory=set)

    def note(self, item: Element) -> dict[str, str]:
        name = item.get("id").removeprefix("fn:")
        inner = [
            node for child in item.children for node in (child.children if isinstance(child, Element) else [child])
        ]
        words = self._inner([node for node in inner if not _is_way_back(node)])
        return {"content": words.replace("\u00a0", " ").strip(), "id": self._name(name)}

    def write(self, node: Element | str, code: bool = False) -> str:
        if isinstance(node, str):
            text = html.escape(node if code else _SPACE.sub(" ", node), quote=False)
            return _SHORTCODE.sub("&#91;", text)
        if node.tag in _GONE:
            return ""
        if node.tag == "sup" and node.get("id").startswith("fnref"):
            return self._mark(node)
        if node.tag == "p" and (figure := self._figure(node)):
            return figure
        inner = self._inner(node.children, code or node.tag == "pre")
        if node.tag not in _TAGS:
            return inner
        given = {name: node.get(name) for name in _ATTRIBUTES.get(node.tag, ()) if node.get(name) or name == "alt"}
        if node.tag == "a":
            target = self._address(node.get("href"))
            if target is None:
                return inner
            given["href"] = target
        elif node.tag == "img":
            given["src"] = self._address(node.get("src")) or ""
            if not given["src"]:
                return html.escape(node.get("alt"), quote=False)
        written = "".join(f' {name}="{_quoted(value)}"' for name, value in sorted(given.items()))
        return f"<{node.tag}{written}>" + ("" if node.tag in VOID else f"{inner}</{node.tag}>")

    def _inner(self, nodes: list[Element | str], code: bool = False) -> str:
        found = []
        for at, node in enumerate(nodes):
            before = nodes[at - 1] if at else ""
            if isinstance(node, str) and isinstance(before, Element):
                node = _DECORATIVE.sub("", node) if before.tag == "img" else node
                node = node.lstrip() if before.tag == "br" and not code else node
            if isinstance(node, str) and not code and not node.strip() and _between_blocks(nodes, at):
                continue
            found.append(self.write(node, code))
        return "".join(found)

    def _figure(self, node: Element) -> str:
        """A picture alone in its paragraph, with a title: that is its caption."""
        inner = [child for child in node.children if isinstance(child, Element) or child.strip()]
        if len(inner) != 1 or not isinstance(inner[0], Element) or inner[0].tag != "img" or not inner[0].get("title"):
            return ""
        caption = self.write(inner[0].get("title"))
        return f"<figure>{self.write(inner[0])}<figcaption>{caption}</figcaption></figure>"

    def _mark(self, node: Element) -> str:
        link = next(node.all("a"), Element("a"))
        name = self._name(link.get("href").removeprefix("#fn:"))
        self.used.add(name)
        number = html.escape(link.text())
        return f'<sup data-fn="{name}" class="fn"><a href="#{name}" id="{name}-link">{number}</a></sup>'

    def _name(self, note: str) -> str:
        return str(uuid.uuid5(_NAMES_OF_NOTES, f"{self.about}#{note}"))

    def _address(self, href: str) -> str | None:
        target = links.resolve(self.publication, href)
        if target and target.startswith("/") and not target.startswith("//"):
            return self.publication.settings.url + target
        return target if target and _ELSEWHERE.match(target) else None


def _is_way_back(node: Element | str) -> bool:
    return isinstance(node, Element) and node.has_class("footnote-backref")


def _between_blocks(nodes: list[Element | str], at: int) -> bool:
    around = [nodes[place] for place in (at - 1, at + 1) if 0 <= place < len(nodes)]
    return any(isinstance(node, Element) and node.tag in BLOCKS for node in around)


def _quoted(value: str) -> str:
    return _SHORTCODE.sub("&#91;", html.escape(_SPACE.sub(" ", value)))
