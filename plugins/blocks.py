"""Figures, tables and links: what Markdown makes of them, turned into what our pages need."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from plugins.typography import curl

CAPTION = "Table:"
OUTSIDE = ("http:", "https:")

Resolve = Callable[[str], str | None]

# Behind a picture that is only decoration.
_DECORATIVE = re.compile(r"\{[ \t]*\.decorative[ \t]*\}")


class Blocks(Extension):
    """Resolves links and pictures, and makes figures and tables with captions of them."""

    def __init__(self, language: str, gettext: Callable[[str], str], resolve: Resolve) -> None:
        self.language, self.gettext, self.resolve = language, gettext, resolve
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register behind the inline patterns: links before figures, as figures read resolved addresses."""
        md.treeprocessors.register(_Links(md, self), "our-links", 18)
        md.treeprocessors.register(_Figures(md, self), "our-figures", 17)
        md.treeprocessors.register(_Tables(md, self), "our-tables", 16)


class _Step(Treeprocessor):
    def __init__(self, md: Markdown, blocks: Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks


class _Links(_Step):
    """Gives links their addresses. A link to something that is not public now becomes its words."""

    def run(self, root: etree.Element) -> None:
        for link in root.iter("a"):
            address = self.blocks.resolve(link.get("href", ""))
            if address is None:
                link.tag = "span"
                link.attrib.clear()
                continue
            link.set("href", address)
            if address.startswith(OUTSIDE):
                link.set("rel", "noopener")


class _Figures(_Step):
    """Gives pictures their addresses; one that stands alone with a title becomes a figure with that caption."""

    def run(self, root: etree.Element) -> None:
        for picture in root.iter("img"):
            self._complete(picture)
        figures = 0
        for paragraph in list(root.iter("p")):
            alone = _alone(paragraph)
            if alone is not None and alone.get("title"):
                figures += 1
                self._make_figure(paragraph, alone, figures)

    def _complete(self, picture: etree.Element) -> None:
        picture.set("src", self.blocks.resolve(picture.get("src", "")) or "")
        picture.set("alt", curl(picture.get("alt", ""), self.blocks.language))
        picture.tail = _DECORATIVE.sub("", picture.tail or "", count=1) if _is_marked(picture) else picture.tail

    def _make_figure(self, paragraph: etree.Element, picture: etree.Element, number: int) -> None:
        paragraph.tag = "figure"
        paragraph.set("class", "plate")
        paragraph.text = None
        caption = etree.SubElement(paragraph, "figcaption")
        label = etree.SubElement(caption, "b")
        label.text = self.blocks.gettext("Figure %(number)d.") % {"number": number}
        label.tail = " " + picture.attrib.pop("title")


class _Tables(_Step):
    """Puts each table into a region that scrolls and can be reached by keyboard, under its caption."""

    def run(self, root: etree.Element) -> None:
        number = 0
        for parent in [element for element in root.iter() if element.find("table") is not None]:
            for table in parent.findall("table"):
                number += 1
                _mark_heads(table)
                _mark_figures(table)
                self._wrap(parent, table, number)

    def _wrap(self, parent: etree.Element, table: etree.Element, number: int) -> None:
        at = list(parent).index(table)
        above = parent[at - 1] if at else None
        region = etree.Element("div", {"class": "scroll", "role": "region", "tabindex": "0"})
        region.tail, table.tail = table.tail, None
        label = self.blocks.gettext("Table %(number)d.") % {"number": number}
        parent[at] = region
        region.append(table)
        if above is not None and above.tag == "p" and (above.text or "").startswith(CAPTION):
            region.set("aria-labelledby", f"table-{number}")
            table.insert(0, _caption(above, label, f"table-{number}"))
            parent.remove(above)
        else:
            region.set("aria-label", label.rstrip("."))


def _caption(paragraph: etree.Element, label: str, name: str) -> etree.Element:
    caption = etree.Element("caption", {"id": name})
    head = etree.SubElement(caption, "b")
    head.text = label
    head.tail = " " + (paragraph.text or "").removeprefix(CAPTION).lstrip()
    caption.extend(list(paragraph))
    return caption


def _mark_heads(table: etree.Element) -> None:
    """Columns have heads; rows have them too where the corner is empty."""
    heads = table.findall("thead/tr/th")
    for cell in heads:
        cell.set("scope", "col")
    if heads and not (heads[0].text or "").strip() and not len(heads[0]):
        heads[0].tag = "td"
        heads[0].attrib.pop("scope")
        for row in table.findall("tbody/tr"):
            row[0].tag = "th"
            row[0].set("scope", "row")


def _mark_figures(table: etree.Element) -> None:
    """A column set to the right holds figures; the style sheet knows how they stand."""
    for cell in [*table.iter("th"), *table.iter("td")]:
        if "right" in cell.attrib.pop("style", ""):
            cell.set("class", "n")


def _is_marked(picture: etree.Element) -> bool:
    return _DECORATIVE.match(picture.tail or "") is not None


def _alone(paragraph: etree.Element) -> etree.Element | None:
    if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return None
    return paragraph[0] if paragraph[0].tag == "img" else None
