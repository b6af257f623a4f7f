"""HTML as a tree, forgiving as browsers are: what never closes is closed, what never opened is passed over."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

from migrate.text.letters import tidy

_VOID_NAMES = """
area base br col embed hr img input link meta param source track wbr
"""
VOID = frozenset(_VOID_NAMES.split())
_BLOCKS_NAMES = """
address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
caption video audio iframe object
"""
BLOCKS = frozenset(_BLOCKS_NAMES.split())
_CLOSES = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table", "thead", "tbody", "tfoot"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "option": ({"option"}, {"select"}),
}
_DEEPEST = 100


@dataclass
class Element:
    """An element with its children: texts and elements. ``line`` is where it begins."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Element", str]] = field(default_factory=list)
    line: int = 0

    def elements(self) -> Iterator["Element"]:
        """The elements among the children."""
        return (child for child in self.children if isinstance(child, Element))

    def all(self, *tags: str) -> Iterator["Element"]:
        """Every element below with one of ``tags``, in order."""
        for child in self.elements():
            if child.tag in tags:
                yield child
            yield from child.all(*tags)

    def text(self) -> str:
        """The words below, as they stand."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has_class(self, *names: str) -> bool:
        return not set(names).isdisjoint(self.get("class").split())


def parse(html: str) -> Element:
    """The tree of a piece of HTML, below an element without a name."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.root


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_for(tag)
        element = Element(tag, {name: value or "" for name, value in attrs}, line=self.getpos()[0])
        self._open[-1].children.append(element)
        if tag not in VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self._open[-1].tag == tag:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(tidy(data, mend=False))  # the whole was mended before

    def handle_pi(self, data: str) -> None:
        """``<?php …`` is code, also where nobody said so; what Word writes so says nothing."""
        if data.startswith("xml"):
            return
        in_code = any(one.tag in ("pre", "code") for one in self._open)
        self._open[-1].children.append(f"<?{data}>" if in_code else Element("code", {}, [f"<?{data}>"]))

    def _close_for(self, tag: str) -> None:
        """A new item closes the one before it; a block closes an open paragraph."""
        if tag in _CLOSES:
            closed, limits = _CLOSES[tag]
            for depth in range(len(self._open) - 1, 0, -1):
                if self._open[depth].tag in limits:
                    break
                if self._open[depth].tag in closed:
                    del self._open[depth:]
        elif tag in BLOCKS and self._open[-1].tag == "p":
            self._open.pop()
