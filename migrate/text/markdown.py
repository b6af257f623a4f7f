"""A tree of HTML as Markdown that looks as if a person had written it."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from migrate.text import escaping, players, safe_html, tables
from migrate.text.codes import language_of
from migrate.text.inline import GONE, Inline
from migrate.text.tree import BLOCKS, Element

T = TypeVar("T")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FRAMES = frozenset(("iframe", "embed", "object", "video", "audio"))
_KEPT = frozenset(("dl", "details"))
_ROWS = frozenset(("div", "p", "li", "tr"))  # of code that was pasted from a page, line by line
_BREAK = "  \n"
_ALONE = re.compile(r"<(https?://[^<>]+)>")
_GALLERIES = ("wp-block-gallery", "blocks-gallery-grid", "gallery", "tiled-gallery", "wp-block-jetpack-tiled-gallery")
_PICTURE = r"!\[[^\]]*\]\([^()\s]*(?: \"[^\"]*\")?\)(?:\{\.decorative\})?"
_PICTURES = re.compile(rf"(?:(?:{_PICTURE}|\[{_PICTURE}\]\([^()\s]*\))\n?)+")
_BACKGROUND = re.compile(r"background-image:\s*url\(\s*['\"]?([^'\")\s]{1,2000})")


class Writer:
    """Writes blocks. One for each text, as headings follow from those before."""

    def __init__(self, inline: Inline) -> None:
        self.inline = inline
        self._above: list[int] = []
        self._inside = 0  # lists and quotations around what is written

    def write(self, root: Element) -> str:
        """The whole text, ending in one line break; empty when nothing is left."""
        text = "\n\n".join(self.blocks(root.children))
        return f"{text}\n" if text else ""

    def blocks(self, nodes: Iterable[Element | str]) -> list[str]:
        """The blocks of ``nodes``; what stands between block elements becomes paragraphs."""
        found: list[str] = []
        run: list[Element | str] = []
        for node in nodes:
            if isinstance(node, Element) and (node.tag in BLOCKS or _holds_blocks(node)):
                found += self._paragraph(run)
                run = []
                inner = [block for block in self._block(node) if block]
                found += _beside(inner) if node.has_class(*_GALLERIES) else inner
            else:
                run.append(node)
        return found + self._paragraph(run)

    def _block(self, node: Element) -> list[str]:
        tag = node.tag
        if tag in GONE:
            return [link for link in [self.inline.leave_out(node)] if link]
        if tag in _HEADINGS:
            return self._heading(node)
        if tag == "p":
            return self._paragraph(node.children) if not _holds_blocks(node) else self.blocks(node.children)
        if node.has_class("wp-block-gallery", "blocks-gallery-grid") and node.tag == "ul":
            return self.blocks(item for entry in node.elements() for item in entry.children)
        if tag in ("ul", "ol", "menu") and not any(child.tag == "li" for child in node.elements()):
            return self.blocks(node.children)
        if tag in ("ul", "ol", "menu"):
            return [self._within(self._list, node)]
        if tag == "blockquote":
            return [_quoted(self._within(self._quotation, node))]
        if tag == "pre":
            return self._pre(node)
        if tag == "hr":
            return ["* * *"]
        if tag == "table":
            return [tables.write(node, self.inline)]
        if tag == "figure":
            return self._figure(node)
        if node.has_class("wp-caption", "gallery-item"):
            return self._figure(_as_figure(node))
        if node.has_class("wp-block-file"):
            return self.blocks(_without_button(node))
        if tag in _FRAMES:
            return self._frame(node)
        if tag in _KEPT:
            return [safe_html.keep(node, self.inline)]
        if tag in ("form", "fieldset"):
            self.inline.findings.add("form", "a form, left out: it would lead nowhere", node.line)
            return []
        behind = _BACKGROUND.search(node.get("style"))
        picture = [self.inline.picture(Element("img", {"src": behind[1]}, line=node.line))] if behind else []
        return [*picture, *self.blocks(node.children)]

    def _heading(self, node: Element) -> list[str]:
        words = self.inline.line(node.children, frozenset({"strong"}))
        if not node.text().strip() or not words:
            return self._paragraph(node.children)  # perhaps a picture
        if self._inside:  # a heading in there is none of the page
            return [f"**{words}**"]
        level = _HEADINGS[node.tag]
        while self._above and self._above[-1] >= level:
            self._above.pop()
        self._above.append(level)
        return [f"{'#' * min(len(self._above) + 1, 6)} {words}"]

    def _paragraph(self, nodes: list[Element | str]) -> list[str]:
        code = self._code(nodes)
        if code:
            return code
        lines = [line.strip() for line in self.inline.write(nodes).split("\n")]
        while lines and not lines[0]:
            lines.pop(0)
        while lines and not lines[-1]:
            lines.pop()
        if not lines:
            return []
        pieces = re.split(r"\n{2,}", "\n".join(lines))
        text = [
            _BREAK.join(escaping.line_start(line) for line in escaping.relaxed(piece).split("\n") if line)
            for piece in pieces
            if piece.strip()
        ]
        return [_apart(piece) for piece in text]

    def _code(self, nodes: list[Element | str]) -> list[str]:
        """A paragraph of nothing but code in several lines."""
        full = [node for node in nodes if isinstance(node, Element) or node.strip()]
        if len(full) != 1 or not isinstance(full[0], Element) or full[0].tag not in ("code", "tt"):
            return []
        return self._pre(full[0]) if "\n" in _text_with_breaks(full[0]).strip() else []

    def _within(self, write: Callable[[Element], T], node: Element) -> T:
        self._inside += 1
        try:
            return write(node)
        finally:
            self._inside -= 1

    def _list(self, node: Element) -> str:
        number = int(node.get("start")) if node.get("start").isdigit() and node.tag == "ol" else 1
        items: list[list[str]] = []
        for child in node.children:
            is_item = isinstance(child, Element) and child.tag == "li"
            item = self.blocks(child.children if isinstance(child, Element) and is_item else [child])
            if item and (is_item or not items):
                items.append(item)
            elif items:  # what stands between items, such as a list of its own, belongs to the one above
                items[-1] += item
        loose = any(len([block for block in item if not _is_list(block)]) > 1 for item in items)
        written = []
        for at, item in enumerate(items):
            sign = f"{number + at}." if node.tag == "ol" else "-"
            joined = ("\n\n" if loose else "\n").join(item)
            written.append(f"{sign} " + joined.replace("\n", "\n    ").replace("\n    \n", "\n\n"))
        return ("\n\n" if loose else "\n").join(written)

    def _quotation(self, node: Element) -> list[str]:
        """What is quoted, and below it, behind a dash, whom."""
        sources = [child for child in node.elements() if child.tag == "cite" or _is_source(child)]
        blocks = self.blocks([child for child in node.children if child not in sources])
        for source in sources:
            inner = next(source.all("cite"), source)
            words = self.inline.line(inner.children).lstrip("–—- ")
            blocks += [f"— {words}"] if words else []
        return blocks

    def _pre(self, node: Element) -> list[str]:
        if node.has_class("wp-block-verse"):
            return self._verse(node)
        text = _text_with_breaks(node).strip("\n").rstrip()
        inner = next(node.all("code"), None)
        language = language_of(node.attributes) or (language_of(inner.attributes) if inner else "")
        fence = "```"
        while fence in text:
            fence += "`"
        text = "\n".join(line.rstrip() for line in text.split("\n"))
        return [f"{fence}{language}\n{text}\n{fence}"] if text.strip() else []

    def _verse(self, node: Element) -> list[str]:
        """Each line counts; an empty one begins a stanza."""
        text = "\n".join(line.strip() for line in self.inline.write(_with_breaks(node.children)).split("\n"))
        stanzas = [escaping.relaxed(one.strip("\n")) for one in re.split("\n{2,}", text) if one.strip()]
        return [_BREAK.join(escaping.line_start(line) for line in one.split("\n")) for one in stanzas]

    def _figure(self, node: Element) -> list[str]:
        caption = next((child for child in node.elements() if child.tag == "figcaption"), None)
        words = " ".join(caption.text().split()) if caption else ""
        is_plain = caption is not None and not next(caption.all("a"), None)
        inner = [child for child in node.children if child is not caption]
        pictures = list(node.all("img"))
        table = next(node.all("table"), None)
        if table is not None:
            return [tables.write(table, self.inline, caption)]
        if len(pictures) == 1 and not next(node.all("figure", "p", "blockquote", "iframe", "video"), None):
            if caption and next(caption.all("a"), None):
                self.inline.findings.add("caption", f"the link in the caption “{words[:60]}” became words", node.line)
            return [block for block in [self._picture(pictures[0], words, inner)] if block]
        frames = [child for child in node.elements() if child.tag in _FRAMES]
        if len(frames) == 1 and is_plain and words:
            return self._frame(frames[0], words)
        blocks = self.blocks(inner)
        alone = _ALONE.fullmatch(blocks[0]) if len(blocks) == 1 and is_plain and words else None
        if alone:  # something embedded, whose caption says what it is
            return [f"[{escaping.words(words)}]({alone[1]})"]
        return blocks + (self._paragraph(caption.children) if caption else [])

    def _picture(self, picture: Element, caption: str, around: list[Element | str]) -> str:
        """A picture with its caption; a link around it stays where it leads to more than the picture."""
        link = next((one for one in Element("", {}, around).all("a") if next(one.all("img"), None)), None)
        if link is None or caption or not picture.get("alt").strip():
            return self.inline.picture(picture, caption)
        return self.inline.write([link]).strip()

    def _frame(self, node: Element, caption: str = "") -> list[str]:
        source = (
            node.get("src")
            or node.get("data")
            or next((one.get("src") for one in node.all("source") if one.get("src")), "")
        )
        if not source:
            return self.blocks(node.children) if node.tag == "object" else []
        address = players.page_of(source)
        name = " ".join((caption or node.get("title") or players.name_of(address)).split())
        link = self.inline.around.link(address, name)
        if node.has_class("wp-block-file__embed"):
            return []
        if link:
            self.inline.findings.add("frame", f"a frame or player of {source[:100]}, which became a link", node.line)
        else:
            self.inline.findings.add("no-frame", f"a frame or player of {source[:100]}; its name is kept", node.line)
        words = escaping.words(name)
        return [f"[{words}]({escaping.destination(link)})" if link else words]


def _as_figure(node: Element) -> Element:
    """What WordPress itself made of [caption] and [gallery], and somebody pasted into a text."""
    caption = next((one for one in node.all("p", "dd") if one.has_class("wp-caption-text", "gallery-caption")), None)
    pictures: list[Element | str] = [*node.all("img")]
    words: list[Element | str] = [Element("figcaption", {}, caption.children, caption.line)] if caption else []
    return Element("figure", {}, pictures + words, node.line)


def _without_button(node: Element) -> list[Element | str]:
    """A file by its name; the button beside it leads to the same place."""
    links = [one for one in node.elements() if one.tag == "a"]
    named = [one for one in links if not one.has_class("wp-block-file__button") and one.text().strip()]
    return [one for one in node.children if not named or one not in links or one in named]


def _holds_blocks(node: Element) -> bool:
    return next(node.all(*BLOCKS), None) is not None


def _is_source(node: Element) -> bool:
    """A paragraph that is nothing but the source of a quotation."""
    inner = [child for child in node.children if isinstance(child, Element) or child.strip()]
    return node.tag == "p" and len(inner) == 1 and isinstance(inner[0], Element) and inner[0].tag == "cite"


def _is_list(block: str) -> bool:
    return bool(re.match(r"(?:- |[0-9]{1,9}\. )", block))


def _quoted(blocks: list[str]) -> str:
    text = "\n\n".join(blocks)
    return (
        "\n".join(f"> {line}".rstrip(" ") if not line.endswith("  ") else f"> {line}" for line in text.split("\n"))
        if text
        else ""
    )


def _apart(paragraph: str) -> str:
    """Pictures that are a paragraph by themselves, each in its line: they are shown beside one another."""
    parts = re.findall(_PICTURE, paragraph)
    return "\n".join(parts) if parts and not re.sub(_PICTURE, "", paragraph).strip() else paragraph


def _beside(blocks: list[str]) -> list[str]:
    """Neighbouring blocks of nothing but pictures as one, for the same reason."""
    found: list[str] = []
    for block in blocks:
        if found and _PICTURES.fullmatch(block) and _PICTURES.fullmatch(found[-1]):
            found[-1] += f"\n{block}"
        else:
            found.append(block)
    return found


def _with_breaks(nodes: list[Element | str]) -> list[Element | str]:
    """The same with line breaks of the text as elements: in verse each one counts."""
    found: list[Element | str] = []
    for node in nodes:
        if isinstance(node, Element):
            found.append(Element(node.tag, node.attributes, _with_breaks(node.children), node.line))
            continue
        for at, line in enumerate(node.split("\n")):
            found += [Element("br")] * (at > 0) + [line]
    return found


def _text_with_breaks(node: Element) -> str:
    found = ""
    for child in node.children:
        if isinstance(child, str):
            found += child
        elif child.tag == "br":
            found += "\n"
        else:
            whole = _text_with_breaks(child)
            found += f"{whole}\n" if child.tag in _ROWS and not whole.endswith("\n") else whole
    return found
