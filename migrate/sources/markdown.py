"""Markdown of systems that let some HTML stand in it."""

import re

from markdown_it import MarkdownIt

# What such systems let through, and what comments that went from one to the next are full of.
_HTML = re.compile(
    r"</?(?:p|br|a|em|i|strong|b|blockquote|code|pre|ul|ol|li|del|s|img|div|span)\b[^<>]*>", re.IGNORECASE
)
_MARKDOWN = MarkdownIt("commonmark", {"html": True, "breaks": True, "maxNesting": 20})
_MARKDOWN.enable("strikethrough")


def as_written(text: str) -> tuple[str, str]:
    """``text`` as HTML and as Markdown, one of them empty: Markdown, unless there is HTML in it.

    The HTML is not safe yet.
    """
    if _HTML.search(text):
        return str(_MARKDOWN.render(text)), ""
    return "", text
