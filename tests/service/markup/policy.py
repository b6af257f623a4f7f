"""What a comment's HTML may hold, judged on the tree that a browser would build of it."""

import re
import unicodedata
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

ALLOWED = {
    "p": set(),
    "br": set(),
    "a": {"href", "rel"},
    "em": set(),
    "strong": set(),
    "s": set(),
    "code": set(),
    "pre": set(),
    "blockquote": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
}
ADDRESS = re.compile(r"(https?://[^\s/@\\]+([/?#][^\s\\]*)?|mailto:[^\s/?@]+@[^\s/?@]+)", re.IGNORECASE)
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def breaches(html: str) -> list[str]:
    """Sentences about everything that must not be there."""
    return [*_in_text(html), *_in_tree(html)]


def _in_text(html: str) -> Iterator[str]:
    if "<!" in html or "<?" in html:
        yield "a comment, a declaration or an instruction"
    if UNSEEN.search(html):
        yield "a character that hides or reorders"
    marks = 0
    for sign in html:
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") or sign in "\u200c\u200d" else 0
        if marks > 8:
            yield "marks that pile up"
            break
    try:
        html.encode()
    except UnicodeEncodeError:
        yield "half a surrogate pair"


def _in_tree(html: str) -> Iterator[str]:
    root = LexborHTMLParser(f"<main>{html}</main>").css_first("main")
    if root is None or root.next is not None:
        yield "it breaks out of its place"
        return
    for node in root.traverse(include_text=False):
        if node != root:
            yield from _in_node(node)


def _in_node(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    if node.tag not in ALLOWED:
        yield f"an element <{node.tag}>"
    elif set(attributes) - ALLOWED[node.tag]:
        yield f"attributes of <{node.tag}>: {sorted(attributes)}"
    if node.tag == "a" and attributes:
        if not ADDRESS.fullmatch(attributes.get("href") or ""):
            yield f"a link to {attributes.get('href')!r}"
        if attributes.get("rel") != "nofollow ugc noopener":
            yield f"a link with rel {attributes.get('rel')!r}"
