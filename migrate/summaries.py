"""The summary of an old text: what its author wrote for it, else how its own words begin."""

import re

from migrate.text.inline import GONE
from migrate.text.letters import one_line
from migrate.text.paragraphs import with_paragraphs
from migrate.text.tree import BLOCKS, Element, parse
from publication import left_behind
from publication.files import MARKER
from publication.plain import plain

_LONGEST = 300
_SHORTEST = 80  # a summary cut at a sentence's end is at least as long
_READ = 8000
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Blocks that say little by themselves: headings, quotations, lists, pictures, code, tables, rules, HTML, links alone.
_NO_SENTENCE = re.compile(
    r"#{1,6} |>|[-*:] |[0-9]{1,9}\. |!\[|`{3}|~{3}|\||Table: |\* \* \*|\*\*[^*\n]*\*\*$"
    r"|</?[a-z]|<https?:|\[\^|\[!\[|\[[a-z]\w*(?:\s+[\w-]+=[^\[\]]*)+\]|\[[^\]]*\]\([^)]*\)$"
)
_LINE_END = re.compile(r"(?<=[\w)*`])  \n(?=[*`(]*[A-Z0-9])")  # where a new line began without a sign
_NO_STOP = re.compile(r"(?<=[\w)])(?P<signs>[*`]*)$")
_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)$", re.MULTILINE | re.DOTALL)


def summary(excerpt: str, body: str, title: str) -> str:
    """The excerpt; else the first paragraphs, cut at the end of a sentence or word; else the title."""
    words = _spoken(parse(with_paragraphs(excerpt))) if excerpt.strip() else _beginning(body)
    return cut(one_line(MARKER.sub("", words))) or title


def cut(words: str) -> str:
    """``words`` in at most 300 characters, at the end of a sentence where there is one."""
    if len(words) <= _LONGEST:
        return words
    whole = words[: _LONGEST - 1]
    end = max(whole.rfind(sign) + len(sign.strip()) for sign in (". ", "! ", "? ", "。", "！", "？", "؟ "))
    shorter = whole.rsplit(" ", 1)[0] if " " in whole[-40:] else whole
    return whole[:end] if end > _SHORTEST else shorter.rstrip(",;:–— ") + "…"


def _spoken(node: Element) -> str:
    """The words below ``node`` without headings; a new line is a blank at least."""
    found = ""
    for child in node.children:
        if isinstance(child, str):
            found += child
        elif child.tag not in _HEADINGS | GONE:
            found += f" {_spoken(child)} " if child.tag in BLOCKS | {"br"} else _spoken(child)
    return found


def _beginning(body: str) -> str:
    text = left_behind.without(_FENCED.sub("", body[:_READ]))
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    sentences: list[str] = []
    for block in blocks:
        if not _NO_SENTENCE.match(block):
            sentences.append(_ended(block))
        elif sum(map(len, sentences)) > _SHORTEST:  # what comes behind a picture or heading is another matter
            break
    return plain("\n\n".join(sentences)) or plain("\n\n".join(map(_ended, blocks)))


def _ended(block: str) -> str:
    """A block that reads on: lines apart from each other, and a full stop at its end."""
    return _NO_STOP.sub(r"\g<signs>.", _LINE_END.sub(", ", block), count=1)
