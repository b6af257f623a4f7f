"""What stands inside a line of a comment, in the elements that comments have here: links, emphasis, code."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from comments.actions.transfer import may_be_linked
from migrate.hrefs import join, split
from migrate.text import escaping, players
from migrate.text.inline import EMPHASIS, STRONG, is_file_name, is_tracker
from migrate.text.losses import Losses
from migrate.text.tree import BLOCKS, Element

Node = Element | str
Link = Callable[[str, str], list[Node]]  # address and words → what leads there
PLAYERS = frozenset(("video", "audio", "embed", "object"))
ALONE = (BLOCKS | {"dir", "listing", "marquee"}) - PLAYERS - {"iframe"}  # what begins and ends with a line
CODE = frozenset(("code", "tt", "kbd", "samp"))
_SIGNS = {
    **dict.fromkeys(STRONG, "strong"),
    **dict.fromkeys(EMPHASIS, "em"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
}
_INLINE = frozenset(("a", "abbr", "acronym", "br", "img", "q", "source", "sub", "sup", "param"))
SEEN = ALONE | PLAYERS | CODE | _INLINE | frozenset(_SIGNS)
_BLANKS = re.compile(r"[ \t\n]+")
_BARE = re.compile(r"https?://(?:\([^\s()<>\"]*\)|[^\s()<>\"“”«»])+")
_AFTER_BARE = ".,;:!?'’…*_~]}"
_FACE = re.compile(r"[^\w\s]{1,4}|[:;8][\w-]{1,3}|:\w{1,30}:")


class Phrases:
    """Writes runs of a comment anew. What they lose goes to ``losses``; ``at`` is where their links begin."""

    def __init__(self, losses: Losses, at: str = "") -> None:
        self._losses, self._at = losses, at

    def write(self, nodes: Iterable[Node]) -> list[Node]:
        """``nodes`` with no elements but those that a line of a comment may hold."""
        return [
            part for one in self._each(nodes, _linked) for part in ([one] if isinstance(one, Element) else _live(one))
        ]

    def flat(self, nodes: Iterable[Node]) -> list[Node]:
        """The same all in one line."""
        return trimmed(" " if isinstance(one, Element) and one.tag == "br" else one for one in self.write(nodes))

    def code(self, node: Element) -> str:
        """The text of code; a picture or link in it as if it had been typed."""
        found = ""
        for child in node.children:
            if isinstance(child, str):
                found += child
            elif child.tag == "br":
                found += "\n"
            elif child.tag == "img":
                self._losses.add("link in code")
                found += " ".join(word for word in (child.get("alt"), child.get("src")) if word)
            else:
                inner = self.code(child)
                self._losses.add("link in code", child.tag == "a" and child.get("href") not in ("", inner))
                found += f"{inner}\n" if child.tag in ALONE and not inner.endswith("\n") else inner
        return found

    def _each(self, nodes: Iterable[Node], link: Link) -> list[Node]:
        """``link`` makes a link of what is no part of the text, such as a picture."""
        return [one for node in nodes for one in ([node] if isinstance(node, str) else self._element(node, link))]

    def _element(self, node: Element, link: Link) -> list[Node]:
        tag = node.tag
        if tag == "br":
            return [Element("br")]
        if tag == "img":
            return self._picture(node, link)
        if tag in PLAYERS:
            return self._player(node, link)
        if tag == "a":
            return self._link(node)
        if tag in CODE:
            text = self.code(node)
            return [Element("code", {}, [text])] if text.strip() else [text]
        inner = self._each(node.children, link)
        if tag in _SIGNS:
            return [Element(_SIGNS[tag], {}, inner)] if inner else []
        if tag == "q":
            return ["“", *inner, "”"]
        if tag in ("abbr", "acronym"):
            return [*inner, *self._explained(node)]
        self._losses.add("raised", tag in ("sub", "sup") and bool(node.text().strip()))
        return [" ", *inner, " "] if tag in ALONE else inner

    def _explained(self, node: Element) -> list[Node]:
        told = " ".join(node.get("title").split())
        if not told or told.casefold() == node.text().strip().casefold():
            return []
        self._losses.add("short")
        return [f" ({told})"]

    def _picture(self, node: Element, link: Link) -> list[Node]:
        """Its words, which lead to it."""
        written = node.get("alt").strip()
        if node.has_class("wp-smiley", "emoji") or (written and _FACE.fullmatch(written)):
            return [written]
        if is_tracker(node):
            self._losses.add("tracker")
            return []
        addresses = [self._address(node.get(name)) for name in ("src", "data-src")]
        address = next((one for one in addresses if may_be_linked(one)), "")
        if not address:
            self._losses.add("no picture")
            return [written]
        self._losses.add("picture")
        return link(address, written if written and not is_file_name(written) else _name_of(address))

    def _player(self, node: Element, link: Link) -> list[Node]:
        """A link to what would be played, then what is said where it cannot be."""
        parts = (node, *node.all("source", "embed", "param", "object"))
        sources = (self._address(one.get(name)) for one in parts for name in ("src", "data", "value"))
        address = players.page_of(next((one for one in sources if may_be_linked(one)), ""))
        told = [one for one in node.children if isinstance(one, str) or one.tag not in PLAYERS | {"source", "param"}]
        fallback = self.flat(told)
        self._losses.add("player" if address else "no player")
        if not address:
            return fallback
        return [*link(address, " ".join(node.get("title").split()) or address), " ", *fallback]

    def _link(self, node: Element) -> list[Node]:
        """A link. A picture in it is words of the link, and behind it stands a link to the picture."""
        address, behind = self._address(node.get("href")), list[Node]()

        def aside(inner_address: str, words: str) -> list[Node]:
            if not _is_view_of(address, inner_address):
                behind.extend([" (", *_linked(inner_address, _name_of(inner_address)), ")"])
            return [words]

        inner = [
            " " if isinstance(one, Element) and one.tag == "br" else one for one in self._each(node.children, aside)
        ]
        words = Element("", {}, inner).text().strip()
        if not may_be_linked(address):
            # Without an address, and no place that others lead to, it had one that no browser follows.
            self._losses.add("link", bool(words) and not (node.get("name") or node.get("id")))
            return [*inner, *behind]
        hint = " ".join(node.get("title").split())
        self._losses.add("hint", bool(hint) and hint not in (words, address))
        return [*([Element("a", {"href": address}, inner)] if trimmed(inner) else []), *behind]

    def _address(self, written: str) -> str:
        whole = join(self._at, written.strip()) if written.strip() else ""
        return escaping.destination(f"https:{whole}" if whole.startswith("//") else whole)


def trimmed(nodes: Iterable[Node]) -> list[Node]:
    """``nodes`` as one run of words: blanks folded, none at either end and none behind a line break."""
    found: list[Node] = []
    for node in nodes:
        if not isinstance(node, str):
            found.append(node)
            continue
        last = found.pop() if found and isinstance(found[-1], str) else ""
        text = _BLANKS.sub(" ", f"{last}{node}")
        text = text.lstrip(" ") if not found or _is_break(found[-1]) else text
        found += [text] if text else []
    while found and (_is_break(found[-1]) or isinstance(found[-1], str)):
        last = found.pop()
        if isinstance(last, str) and last.rstrip(" "):
            return [*found, last.rstrip(" ")]
    while found and _is_break(found[0]):
        found.pop(0)
    return found


def _is_view_of(address: str, picture: str) -> bool:
    """Whether ``address`` is that of ``picture`` in another size."""
    stem = re.sub(r"-[0-9]+x[0-9]+$", "", split(picture).path.rpartition(".")[0])
    return bool(stem) and split(address).path.startswith(stem)


def _is_break(node: Node) -> bool:
    return not isinstance(node, str) and node.tag == "br"


def _live(text: str) -> list[Node]:
    """``text`` with the addresses in it as links, as WordPress shows them."""
    found: list[Node] = []
    done = 0
    for match in _BARE.finditer(text):
        shown = match[0].rstrip(_AFTER_BARE)
        if may_be_linked(escaping.destination(shown)):
            found += [text[done : match.start()], *_linked(escaping.destination(shown), shown)]
            done = match.start() + len(shown)
    return [*found, text[done:]]


def _linked(address: str, words: str) -> list[Node]:
    return [Element("a", {"href": address}, [words])]


def _name_of(address: str) -> str:
    return unquote(split(address).path.rpartition("/")[2]) or address
