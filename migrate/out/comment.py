"""A comment as WordPress and Disqus take it."""

import html
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from comments.model import Comment
from migrate.out.xml import cdata, plain, universal

_APPROVED = {"approved": "1", "pending": "0", "trash": "trash"}
_TOKEN = re.compile(r"(<[^<>]*>)")
_WHITE = re.compile("[ \\t\\n]+")
_GAPS = re.compile("\\n{3,}")
_DEEPER = re.compile(r"<(?:blockquote|ul|ol|li|pre)\b")
_SHALLOWER = re.compile(r"</(?:blockquote|ul|ol|li|pre)>")


def write(comment: Comment, text: str, address: str, zone: ZoneInfo) -> str:
    """The element of a comment. ``text`` is its content, ``address`` empty where none is to be told."""
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
            plain("wp:comment_user_id", 0),
            "</wp:comment>",
            "",
        )
    )


def as_typed(safe: str) -> str:
    """The HTML of a comment as WordPress keeps it: an empty line between paragraphs, a line break for each break.

    Other line breaks, which mean nothing in HTML, become spaces; code keeps its own.
    """
    return _GAPS.sub("\n\n", "".join(_pieces(safe))).strip("\n")


def _pieces(safe: str) -> Iterator[str]:
    depth = code = 0
    inside = broken = False  # in a paragraph; just behind a line break
    for piece in _TOKEN.split(safe):
        if not piece.startswith("<"):
            words = piece if code else _WHITE.sub(" ", piece)
            yield (words.lstrip(" ") if broken and not code else words) if inside or depth or words.strip() else ""
            broken = False if piece else broken
            continue
        broken = piece == "<br>" and not depth
        code += piece.startswith("<pre") - piece.startswith("</pre")
        if _SHALLOWER.match(piece):
            depth -= 1
            yield piece if depth else f"{piece}\n\n"
        elif _DEEPER.match(piece):
            yield piece if depth else f"\n\n{piece}"
            depth += 1
        elif depth:
            yield piece
        else:
            inside = (inside and piece != "</p>") or piece == "<p>"
            yield {"<p>": "\n\n", "</p>": "\n\n", "<br>": "\n"}.get(piece, piece)
