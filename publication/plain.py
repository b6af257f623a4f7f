"""Markdown as the words a reader would hear: for the search index and counts."""

import re
from collections.abc import Callable


def _as_text(code: re.Match[str]) -> str:
    """Tags in code are words."""
    return code[0].replace("<", "&lt;").replace(">", "&gt;")


_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE), ""),  # fences, not the code in them
    (re.compile(r"!\[([^\]\[]*)\]\([^()\s]*(?:[ \t]+\"([^\"\n]*)\")?\)"), r"\1 \2"),  # pictures: alt and caption
    (re.compile(r"\{[ \t]*\.decorative[ \t]*\}"), ""),  # the mark of pictures that say nothing
    (re.compile(r"\[\^[^\]\s]{1,50}\]:?"), ""),  # footnote marks, not their texts
    (re.compile(r"\[((?:[^\]\[]|\[[^\]\[]*\])*)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\[]*)\]\[[^\]\[]*\]"), r"\1"),
    (re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*$", re.MULTILINE), ""),  # where links of the last kind lead
    (re.compile(r"<(https?://[^\s<>]+)>"), r"\1"),
    (re.compile(r"(?<!`)(`{1,3})(?!`)[^\n]{1,2000}?(?<!`)\1(?!`)"), _as_text),
    (re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL), " "),
    (re.compile(r"^[ \t]*(?:#{1,6}|>+|[-*+]|[0-9]{1,3}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^Table: ", re.MULTILINE), ""),
    (re.compile(r"^[|:\-= \t]+$", re.MULTILINE), ""),  # rules of tables and headings
    (re.compile(r"(?<!\\)(?:[|`]|\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~)"), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|<>-])"), r"\1"),
    (re.compile(r"&lt;"), "<"),
    (re.compile(r"&gt;"), ">"),
    (re.compile(r"&amp;"), "&"),
    (re.compile(r"\s+"), " "),
    (re.compile(r" (?=[.,;:!?)])"), ""),
)


def plain(markdown: str) -> str:
    """``markdown`` as one line of words, without signs, addresses and footnote marks."""
    for pattern, words in _STEPS:
        markdown = pattern.sub(words, markdown)
    return markdown.strip()
