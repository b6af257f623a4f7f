"""A comment's blocks in the elements that comments have here: paragraphs, lists, quotations, code."""

from collections.abc import Iterable, Iterator

from migrate.text.losses import Losses
from migrate.text.phrases import ALONE, CODE, Node, Phrases, trimmed
from migrate.text.tree import Element

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_OURS = frozenset(("ul", "ol"))
_AROUND = frozenset(("thead", "tbody", "tfoot", "div"))  # what may stand between a table and its rows, and such
_RULE = "* * *"


class Remarks:
    """Rebuilds one comment. What it could not keep goes to ``losses``; ``at`` is where its links begin."""

    def __init__(self, losses: Losses, at: str = "") -> None:
        self._losses, self._phrases = losses, Phrases(losses, at)

    def blocks(self, nodes: Iterable[Node]) -> list[Element]:
        """``nodes`` as blocks; what stands between those becomes paragraphs."""
        found: list[Element] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and _is_block(node):
                found += [*_paragraph(self._phrases.write(run)), *self._block(node)]
                run = []
            else:
                run.append(node)
        return found + _paragraph(self._phrases.write(run))

    def _block(self, node: Element) -> list[Element]:
        tag = node.tag
        if tag in _LISTS:
            return self._list(node)
        if tag == "blockquote":
            inner = self.blocks(node.children)
            return [Element("blockquote", {}, [*inner])] if inner else []
        if tag in ("pre", "listing"):
            text = self._phrases.code(node).strip("\n")
            return [Element("pre", {}, [Element("code", {}, [f"{text}\n"])])] if text.strip() else []
        if tag == "hr":
            return [Element("p", {}, [_RULE])]
        if tag == "table":
            return self._table(node)
        if tag == "dl":
            return self._terms(node)
        if tag in _HEADINGS or tag == "summary":
            self._losses.add("fold" if tag == "summary" else "heading", bool(node.text().strip()))
            return self._bold(node)
        return self.blocks(node.children)

    def _list(self, node: Element) -> list[Element]:
        items: list[Element] = []
        for child in node.children:
            blocks = self.blocks(child.children if isinstance(child, Element) and child.tag == "li" else [child])
            if blocks and blocks[0].tag in _OURS:  # a list in a list, without words of its own above
                items, blocks = _deeper(items, blocks)
            is_tight = bool(blocks) and blocks[0].tag == "p" and all(one.tag in _OURS for one in blocks[1:])
            item: list[Node] = [*blocks[0].children, *blocks[1:]] if is_tight else [*blocks]
            items += [Element("li", {}, item)] if item else []
        start = node.get("start") if node.tag == "ol" else ""
        given = {"start": start} if start.isascii() and start.isdigit() and len(start) < 10 else {}
        return [Element("ol" if node.tag == "ol" else "ul", given, [*items])] if items else []

    def _table(self, node: Element) -> list[Element]:
        """Its caption in bold letters, then a line for each row."""
        self._losses.add("table", bool(node.text().strip()))
        found: list[Element] = []
        lines: list[list[Node]] = []
        for row in _parts(node):
            if row.tag == "tr":
                lines.append(_joined([self._cell(cell) for cell in row.elements()], " | "))
            else:
                found += self._bold(row)
        return found + _paragraph(_joined(lines, Element("br")))

    def _cell(self, cell: Element) -> list[Node]:
        inner = self._phrases.flat(cell.children)
        return [Element("strong", {}, inner)] if cell.tag == "th" and inner else inner

    def _terms(self, node: Element) -> list[Element]:
        """Each term in bold letters and, where it is no more than a paragraph, what it means in the line below."""
        self._losses.add("terms", bool(node.text().strip()))
        found: list[Element] = []
        lines: list[list[Node]] = []
        for part in _parts(node):
            is_simple = not any(_is_block(one) for one in part.elements())
            if part.tag == "dt" or not is_simple:
                found += _paragraph(_joined(lines, Element("br")))
                lines = []
            if part.tag == "dt":
                found += [] if is_simple else self._bold(part)
            lines += [self._term(part)] if is_simple else []
            found += [] if is_simple or part.tag == "dt" else self.blocks(part.children)
        return found + _paragraph(_joined(lines, Element("br")))

    def _term(self, part: Element) -> list[Node]:
        inner = trimmed(self._phrases.write(part.children))
        return [Element("strong", {}, inner)] if part.tag == "dt" and inner else inner

    def _bold(self, node: Element) -> list[Element]:
        inner = self._phrases.flat(node.children)
        return [Element("p", {}, [Element("strong", {}, inner)])] if inner else []


def _is_block(node: Element) -> bool:
    return node.tag in ALONE or (node.tag not in CODE | {"a"} and next(node.all(*ALONE), None) is not None)


def _deeper(items: list[Element], blocks: list[Element]) -> tuple[list[Element], list[Element]]:
    """``blocks``, which begin with a list, below the item above; where there is none, its items instead of it."""
    if not items:
        items, blocks = [*blocks[0].elements()], blocks[1:]
    items[-1].children += blocks
    return items, []


def _parts(node: Element) -> Iterator[Element]:
    """The rows of a table, or the terms of a list and what they mean; words between them are a part as well."""
    for child in node.children:
        if isinstance(child, Element) and child.tag in _AROUND:
            yield from _parts(child)
        elif isinstance(child, Element):
            yield child
        elif child.strip():
            yield Element("", {}, [child])


def _paragraph(nodes: list[Node]) -> list[Element]:
    inner = trimmed(nodes)
    return [Element("p", {}, inner)] if inner else []


def _joined(lines: Iterable[list[Node]], between: Node) -> list[Node]:
    """All lines that say something, with ``between`` between each two."""
    found: list[Node] = []
    for line in lines:
        if line:
            found += [between, *line] if found else line
    return found
