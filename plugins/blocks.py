"""Figures, tables and links: what Markdown makes of them, turned into what our pages need."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from plugins import html_tables
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
    """Gives pictures their addresses; one that stands alone with a title becomes a figure with that caption.

    Several in one paragraph, with nothing else in it, become a gallery.
    """

    def run(self, root: etree.Element) -> None:
        for picture in root.iter("img"):
            self._complete(picture)
        figures = 0
        for paragraph in list(root.iter("p")):
            shown = _only_pictures(paragraph)
            if len(shown) > 1:
                figures = self._make_gallery(paragraph, shown, figures)
            elif shown and shown[0].tag == "img" and shown[0].get("title"):
                figures += 1
                self._make_figure(paragraph, figures)

    def _complete(self, picture: etree.Element) -> None:
        picture.set("src", self.blocks.resolve(picture.get("src", "")) or "")
        picture.set("alt", curl(picture.get("alt", ""), self.blocks.language))
        picture.tail = _DECORATIVE.sub("", picture.tail or "", count=1) if _is_marked(picture) else picture.tail

    def _make_gallery(self, paragraph: etree.Element, shown: list[etree.Element], figures: int) -> int:
        """Each of ``shown`` as a figure; gives the number of the last one that has a caption."""
        tail = paragraph.tail
        paragraph.clear()
        paragraph.tag, paragraph.tail = "div", tail
        paragraph.set("class", "gallery")
        for one in shown:
            one.tail = None
            figure = etree.SubElement(paragraph, "figure")
            figure.append(one)
            figures += bool(next(one.iter("img")).get("title"))
            self._make_figure(figure, figures)
        return figures

    def _make_figure(self, figure: etree.Element, number: int) -> None:
        figure.tag = "figure"
        figure.set("class", "plate")
        figure.text = None
        title = next(figure.iter("img")).attrib.pop("title", "")
        if title:
            caption = etree.SubElement(figure, "figcaption")
            label = etree.SubElement(caption, "b")
            label.text = self.blocks.gettext("Figure %(number)d.") % {"number": number}
            label.tail = f" {title}"


class _Tables(_Step):
    """Puts each table, also one in HTML, into a region that scrolls and can be reached by keyboard."""

    def run(self, root: etree.Element) -> None:
        number = 0
        above = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.tag == "table" and element in above:
                number += 1
                _mark_heads(element)
                _mark_figures(element)
                self._wrap(above[element], element, number)
            for kept in HTML_PLACEHOLDER_RE.findall(f"{element.text}{element.tail}"):
                number = self._complete(int(kept), number)

    def _complete(self, kept: int, before: int) -> int:
        """Make a piece of HTML that Markdown keeps fit our pages; gives the number of the last table in it."""
        pieces = self.md.htmlStash.rawHtmlBlocks
        html = html_tables.resolve_addresses(str(pieces[kept]), self.blocks.resolve)
        pieces[kept], number = html_tables.frame(html, before, self._label)
        return number

    def _label(self, number: int) -> str:
        return self.blocks.gettext("Table %(number)d.") % {"number": number}

    def _wrap(self, parent: etree.Element, table: etree.Element, number: int) -> None:
        at = list(parent).index(table)
        above = parent[at - 1] if at else None
        region = etree.Element("div", {"class": "scroll", "role": "region", "tabindex": "0"})
        region.tail, table.tail = table.tail, None
        label = self._label(number)
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


def _only_pictures(paragraph: etree.Element) -> list[etree.Element]:
    """The pictures, and links that are pictures, of a paragraph that holds nothing else but line breaks."""
    shown = [one for one in paragraph if one.tag != "br"]
    words = [paragraph.text, *(one.tail for one in paragraph)]
    is_bare = not any(map(str.strip, filter(None, words))) and all(map(_is_picture, shown))
    return shown if is_bare else []


def _is_picture(element: etree.Element) -> bool:
    if element.tag in ("a", "span"):  # a link to what is hidden now is a span
        return len(element) == 1 and _is_picture(element[0]) and not "".join(element.itertext()).strip()
    return element.tag == "img"
