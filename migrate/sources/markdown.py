"""Markdown of systems that let some HTML stand in it."""

import re

from markdown_it import MarkdownIt

# What such systems let through, and what comments that went from one to the next are full of.
_HTML_NAMES = """
a abbr audio b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i iframe img ins kbd li ol p pre q s
span strong sub sup table td th tr u ul video
"""
_HTML = re.compile(rf"</?(?:{'|'.join(_HTML_NAMES.split())})\b[^<>]*>", re.IGNORECASE)
# What they show and comments here do not: pictures, headings, tables, rules.
_SIGNS = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]+\)|^ {0,3}#{1,6} |^ {0,3}\|?(?: *:?-{3,}:? *\|)+|\n\n {0,3}(?:-{3,}|\*{3,}|_{3,}) *$",
    re.MULTILINE,
)
_MARKDOWN = MarkdownIt("commonmark", {"html": True, "breaks": True, "maxNesting": 20})
_MARKDOWN.enable(["strikethrough", "table"])


def as_written(text: str) -> tuple[str, str]:
    """``text`` as HTML and as Markdown, one of them empty: Markdown, unless it says what comments here cannot.

    The HTML is not safe yet.
    """
    if _HTML.search(text) or _SIGNS.search(text):
        return str(_MARKDOWN.render(text)), ""
    return "", text
