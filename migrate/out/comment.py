"""A comment as WordPress and Disqus take it."""

import html
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from comments.model import Comment
from migrate.out.xml import cdata, plain, universal
from migrate.text.tree import Element, parse

_APPROVED = {"approved": "1", "pending": "0", "trash": "trash"}
_WHITE = re.compile("[ \\t\\n\\r\\f]+")
_BLOCKS = frozenset(("p", "blockquote", "ul", "ol", "li", "pre"))


def write(comment: Comment, text: str, address: str, zone: ZoneInfo, user: int = 0) -> str:
    """The element of a comment. ``text`` is its content, ``address`` empty where none is to be told.

    ``user`` is the number of its writer among the file's authors; 0 for all others.
    """
    return "\n".join(
        (
            "<wp:comment>",
            plain("wp:comment_id", comment.id),
            cdata("wp:comment_author", html.escape(comment.name, quote=False)),
            cdata("wp:comment_author_email", address),
            cdata("wp:comment_author_url", html.escape(comment.website, quote=False)),
            plain("wp:comment_author_IP", ""),
            cdata("wp:comment_date", f"{comment.created.astimezone(zone):%Y-%m-%d %H:%M:%S}"),
            cdata("wp:comment_date_gmt", universal(comment.created)),
            cdata("wp:comment_content", text),
            cdata("wp:comment_approved", _APPROVED[comment.state]),
            cdata("wp:comment_type", "comment"),
            plain("wp:comment_parent", comment.parent or 0),
            plain("wp:comment_user_id", user),
            "</wp:comment>",
            "",
        )
    )


def as_typed(safe: str) -> str:
    """The HTML of a comment as WordPress keeps it: an empty line between paragraphs, a line break for each break.

    Other line breaks, which mean nothing in HTML, become spaces; code keeps its own.
    """
    pieces = [
        _lines(run) if node is None else _lines(node.children) if node.tag == "p" else _block(node)
        for node, run in _runs(parse(safe).children)
    ]
    return "\n\n".join(piece for piece in pieces if piece)


Nodes = list[Element | str]


def _runs(nodes: Nodes) -> Iterator[tuple[Element | None, Nodes]]:
    """Blocks, and what stands between them."""
    run: Nodes = []
    for node in nodes:
        if isinstance(node, Element) and node.tag in _BLOCKS:
            yield None, run
            yield node, []
            run = []
        else:
            run.append(node)
    yield None, run


def _lines(nodes: Nodes) -> str:
    return "\n".join(line.strip(" ") for line in _inline(nodes, "\n").split("\n")).strip("\n")


def _inline(nodes: Nodes, line_break: str) -> str:
    found = []
    for node in nodes:
        if isinstance(node, str):
            found.append(html.escape(_WHITE.sub(" ", node), quote=False))
        elif node.tag == "br":
            found.append(line_break)
        else:
            found.append(f"{_opening(node)}{_inline(node.children, line_break)}</{node.tag}>")
    return "".join(found)


def _block(node: Element) -> str:
    if node.tag == "pre":
        return f"<pre>{_verbatim(node.children)}</pre>"
    inner: list[str] = []
    for block, run in _runs(node.children):
        words = _inline(run, "<br>").strip(" ")
        if block is not None:
            inner.append(_block(block))
        elif words:  # behind a block WordPress would take it for a paragraph, and close that in the wrong place
            inner.append(f"<p>{words}</p>" if inner else words)
    return f"{_opening(node)}{''.join(inner)}</{node.tag}>"


def _verbatim(nodes: Nodes) -> str:
    return "".join(
        html.escape(node, quote=False)
        if isinstance(node, str)
        else "\n"
        if node.tag == "br"
        else f"{_opening(node)}{_verbatim(node.children)}</{node.tag}>"
        for node in nodes
    )


def _opening(node: Element) -> str:
    given = "".join(f' {name}="{html.escape(node.get(name))}"' for name in ("href", "start") if node.get(name))
    return f"<{node.tag}{given}>"
