"""The summary of an old text: what its author wrote for it, else how its own words begin."""

import re

from migrate.text.letters import one_line
from migrate.text.paragraphs import with_paragraphs
from migrate.text.tree import parse
from publication.files import MARKER
from publication.plain import plain

_LONGEST = 300
_SHORTEST = 80  # a summary cut at a sentence's end is at least as long
_READ = 8000
# Blocks that say little by themselves: headings, quotations, lists, pictures, code, tables, rules, HTML, links alone.
_NO_SENTENCE = re.compile(
    r"#{1,6} |>|[-*] |[0-9]{1,9}\. |!\[|`{3}|~{3}|\||Table: |\* \* \*"
    r"|</?[a-z]|<https?:|\*Picture not|\[\^|\[!\[|\[[^\]]*\]\([^)]*\)$"
)
_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)$", re.MULTILINE | re.DOTALL)


def summary(excerpt: str, body: str, title: str) -> str:
    """The excerpt; else the first paragraphs, cut at the end of a sentence or word; else the title."""
    words = parse(with_paragraphs(excerpt)).text() if excerpt.strip() else _beginning(body)
    return cut(one_line(MARKER.sub("", words))) or title


def cut(words: str) -> str:
    """``words`` in at most 300 characters, at the end of a sentence where there is one."""
    if len(words) <= _LONGEST:
        return words
    whole = words[: _LONGEST - 1]
    end = max(whole.rfind(sign) + len(sign.strip()) for sign in (". ", "! ", "? ", "。", "！", "？", "؟ "))
    shorter = whole.rsplit(" ", 1)[0] if " " in whole[-40:] else whole
    return whole[:end] if end > _SHORTEST else shorter.rstrip(",;:–— ") + "…"


def _beginning(body: str) -> str:
    text = _FENCED.sub("", body[:_READ])
    sentences: list[str] = []
    for block in filter(str.strip, text.split("\n\n")):
        if not _NO_SENTENCE.match(block):
            sentences.append(block)
        elif sum(map(len, sentences)) > _SHORTEST:  # what comes behind a picture or heading is another matter
            break
    return plain("\n\n".join(sentences)) or plain(text)
