"""What stands inside a line: emphasis, links, code, pictures."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from migrate.embedded import is_embedded
from migrate.text import escaping
from migrate.text.findings import Findings
from migrate.text.tree import Element
from publication import left_behind

STRONG, EMPHASIS = frozenset(("strong", "b")), frozenset(("em", "i", "cite", "var", "dfn"))
_CODE = frozenset(("code", "tt", "samp"))
# Kept as HTML, since Markdown has no sign for them.
_KEPT = {
    "del": "del",
    "s": "del",
    "strike": "del",
    "ins": "ins",
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
    "mark": "mark",
}
_KEPT |= {"abbr": "abbr", "acronym": "abbr"}
_GONE_NAMES = """
script style noscript template head title meta link svg canvas map area colgroup col input select textarea
"""
GONE = frozenset(_GONE_NAMES.split())
_LOOKS = frozenset(("span", "font", "u", "small", "big", "nobr", "wbr", "button", "label"))
_GIST = re.compile(r"(?:https?:)?//(gist\.github\.com/[\w./-]{1,100}?)\.js\b")
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)|(?:IMG|DSC[NF]?|PICT|DCP)[_-]?[0-9][0-9_-]*", re.IGNORECASE
)


class Surroundings(Protocol):
    """What a text needs to know of the rest of the publication."""

    def link(self, address: str, words: str = "") -> str | None:
        """Where ``address`` leads in the new publication; None when it leads nowhere any more.

        ``words`` are those of the link, for what is told of it.
        """

    def picture(self, address: str) -> str | None:
        """The file in ``content/`` that is at ``address``; None when it was not brought over."""

    def is_picture(self, address: str) -> bool:
        """Whether ``address`` is only a larger view or the page of a picture."""


@dataclass
class Inline:
    """Writes runs of text. ``notes`` maps the ids of footnotes to their HTML; ``used`` lists those met, in order."""

    around: Surroundings
    findings: Findings
    notes: Mapping[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)

    def write(self, nodes: list[Element | str], within: frozenset[str] = frozenset()) -> str:
        """The Markdown of ``nodes``; ``within`` are the kinds of emphasis around them."""
        written, shown = "", False
        for node in _merged(nodes):
            part = self._node(node, within)
            if written.endswith("!") and part.startswith("[") and not part.startswith("[^"):
                written = f"{written[:-1]}\\!"  # else the link would be a picture
            written += f" {part}" if shown and written and part[:1].isalnum() else part
            shown = isinstance(node, Element) and _is_picture(node)  # words stand apart from it
        return written

    def line(self, nodes: list[Element | str], within: frozenset[str] = frozenset()) -> str:
        """The same as one whole line: a heading, a cell, a source."""
        return escaping.relaxed(" ".join(self.write(nodes, within).split()))

    def _node(self, node: Element | str, within: frozenset[str]) -> str:
        if isinstance(node, str):
            return escaping.words(node)
        tag = node.tag
        if tag == "br":
            return "\n"
        if tag in GONE:
            return self.leave_out(node)
        if tag == "img":
            return self.picture(node)
        if tag == "a":
            return self._link(node, within)
        if tag in _CODE:
            return code(node.text())
        if tag == "math":
            return self._formula(node)
        if tag in STRONG | EMPHASIS:
            return self._emphasis(node, within)
        name = self.note_of(node)
        if name:
            return self._note(name)
        inner = self.write(node.children, within)
        if tag == "q" and inner.strip():
            return f"“{inner}”"
        if tag in _KEPT and inner.strip() and (_KEPT[tag] != "abbr" or node.get("title")):
            title = f' title="{html.escape(node.get("title"))}"' if _KEPT[tag] == "abbr" else ""
            return f"<{_KEPT[tag]}{title}>{inner}</{_KEPT[tag]}>"
        return inner

    def _emphasis(self, node: Element, within: frozenset[str]) -> str:
        kind, sign = ("strong", "**") if node.tag in STRONG else ("em", "*")
        inner = self.write(node.children, within | {kind})
        words = inner.strip()
        if kind in within or not words or "\n\n" in words or not node.text().strip():
            return inner
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        return f"{before}{sign}{words}{sign}{after}"

    def _link(self, node: Element, within: frozenset[str]) -> str:
        inner = self.write(node.children, within)
        words, address = inner.strip(), node.get("href").strip()
        pictures = next(node.all("img"), None) is not None
        if not address or not words or (pictures and self.around.is_picture(address)):
            return inner
        target = self.around.link(address, node.text())
        if target is None:
            return inner
        if words.startswith("![](") and words.count("![") == 1 and words.endswith("{.decorative}"):
            words = f"![{_purpose(node, target)}]{words[3:].removesuffix('{.decorative}')}"
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        flat = words.replace("\n", " ")
        plain = node.text().strip()
        if plain == target and not pictures and target.startswith(("http://", "https://")) and "&" not in target:
            return f"{before}<{escaping.destination(target)}>{after}"
        return f"{before}[{flat}]({escaping.destination(target)}){after}"

    def picture(self, node: Element, caption: str = "") -> str:
        """A picture; one that was not brought over is told in words."""
        later = node.get("data-src") or node.get("data-lazy-src")
        source = later if later and is_embedded(node.get("src")) else node.get("src") or later
        if is_tracker(node):
            self.findings.add("tracker", f"an invisible picture from {source[:100]}, which counts readers", node.line)
            return ""
        file = self.around.picture(source) if source else None
        alt = "" if is_file_name(node.get("alt")) else escaping.alternative(node.get("alt"))
        if file is None:
            if not source:
                return ""
            file_name = "" if is_embedded(source) else source.rpartition("/")[2].partition("?")[0][:80]
            name = alt or file_name or "without a name"
            return left_behind.instead_of(escaping.words(name), escaping.words(caption.strip()))
        if not alt:
            self.findings.add("alt-text", f"the picture {file} has no words for those who do not see it", node.line)
        title = f' "{escaping.caption(caption)}"' if caption.strip() else ""
        mark = "" if alt else "{.decorative}"
        return f"![{alt}]({file}{title}){mark}"

    def _formula(self, node: Element) -> str:
        """A formula as it was typed, where that is told."""
        typed = next((one.text() for one in node.all("annotation")), node.text())
        self.findings.add("formula", f"the formula {typed[:60]}, which is shown as it was typed", node.line)
        return code(typed)

    def note_of(self, node: Element) -> str:
        """The id of the footnote whose mark ``node`` is; empty where it is none."""
        if node.tag != "sup" or not (node.get("data-fn") or node.has_class("fn")):
            return ""
        link = next(node.all("a"), None)
        name = node.get("data-fn") or (link.get("href").lstrip("#") if link else "")
        return name if name in self.notes else ""

    def _note(self, name: str) -> str:
        if name not in self.used:
            self.used.append(name)
        return f"[^{self.used.index(name) + 1}]"

    def leave_out(self, node: Element) -> str:
        """What stays of an element that is not brought over: a link to the code that a script would have shown."""
        self.tell_gone(node)
        gist = _GIST.match(node.get("src")) if node.tag == "script" else None
        return f"<https://{gist[1]}>" if gist else ""

    def tell_gone(self, node: Element) -> None:
        """Say that an element was left out, where readers or editors could miss it."""
        if node.tag == "script":
            where = node.get("src")[:100]
            self.findings.add("script", f"a script{f' from {where}' if where else ''}, left out", node.line)
        elif node.tag in ("input", "select", "textarea"):
            self.findings.add("form", "a form, left out: it would lead nowhere", node.line)
        elif node.tag in ("svg", "canvas"):
            self.findings.add("drawing", "a drawing inside the text, left out", node.line)


def _merged(nodes: list[Element | str]) -> list[Element | str]:
    """Neighbours of one kind of emphasis as one: ``**a****b**`` would not be what it was."""
    found: list[Element | str] = []
    for node in _bare(nodes):
        last = found[-1] if found else None
        kind = _kind(node)
        if kind and isinstance(node, Element) and isinstance(last, Element) and _kind(last) == kind:
            found[-1] = Element(last.tag, last.attributes, [*last.children, *node.children], last.line)
        else:
            found.append(node)
    return found


def _bare(nodes: list[Element | str]) -> Iterator[Element | str]:
    """The same without elements that only said how it looked."""
    for node in nodes:
        if isinstance(node, Element) and node.tag in _LOOKS:
            yield from _bare(node.children if node.get("aria-hidden") != "true" else [])
        else:
            yield node


def _kind(node: Element | str) -> str:
    if isinstance(node, str):
        return ""
    return "strong" if node.tag in STRONG else "em" if node.tag in EMPHASIS else ""


def _is_picture(node: Element) -> bool:
    """Whether it is a picture, or a link that is nothing else."""
    is_link = node.tag == "a" and not node.text().strip()
    return node.tag == "img" or (is_link and next(node.all("img"), None) is not None)


def _purpose(node: Element, target: str) -> str:
    """What to say of a picture that is nothing but a link: where it leads."""
    scheme, _, rest = target.partition(":")
    place = (urlsplit(target).hostname or "") if rest.startswith("//") else rest.replace("-", " ").strip("/")
    return escaping.alternative(node.get("title") or place or scheme)


def is_file_name(alt: str) -> bool:
    """Whether the words for those who do not see a picture are only what its file is called."""
    return bool(_FILE_NAME.fullmatch(alt.strip()))


def is_tracker(node: Element) -> bool:
    """Whether a picture is there to be fetched, not to be seen."""
    sizes = {node.get("width").removesuffix("px"), node.get("height").removesuffix("px")}
    return sizes <= {"0", "1"}


def code(text: str) -> str:
    """Code inside a line; ticks in it are kept."""
    plain = " ".join(text.split())
    if not plain:
        return ""
    ticks = "`"
    while ticks in plain:
        ticks += "`"
    space = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{ticks}{space}{plain}{space}{ticks}"
