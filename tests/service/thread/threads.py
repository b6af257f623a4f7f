"""Public comments and how to read the HTML made of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from comments import markup
from comments.manifest import Thread
from comments.model import PublicComment
from comments.thread.render import Renderer
from tests.contracts.tiny_site import SITE, START, THREADS

ENTRY = THREADS["first"]
FRENCH = THREADS["second"]


def comment(number: int, /, parent: int | None = None, **more: Any) -> PublicComment:
    """Number n was written n minutes after the start by "Person n"."""
    html = markup.render(f"Text {number}.")
    made = PublicComment(number, parent, f"Person {number}", "", html, START + timedelta(minutes=number))
    return replace(made, **more)


def tree(renderer: Renderer, comments: list[PublicComment], entry: Thread = ENTRY) -> LexborHTMLParser:
    """The thread's region as a browser reads it."""
    return LexborHTMLParser(renderer.regions(SITE, entry, comments)["thread"].decode())


def one(parser: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = parser.css(selector)
    assert len(found) == 1, f"{len(found)} × {selector}"
    return found[0]
