"""Reads Markdown as far as checking needs it: links, pictures, headings and footnotes with their lines.

Code is blanked out first, keeping every offset, so that examples are not taken for links.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n`]*$", re.MULTILINE)
_TICKS = re.compile(r"`+")
_LINK = re.compile(r"\]\([ \t]*<?([^\s()<>]+)")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)
_HTML_LINK = re.compile(r"\b(?:href|src)\s*=\s*[\"']?([^\s\"'<>]+)", re.IGNORECASE)
# Decoration is marked as in ![](media/line.png){.decorative}, and needs no words.
_DECORATIVE = r"(?:\([^()\n]*+\)|\[[^\]\[\n]*+\])\{[ \t]*\.decorative[ \t]*\}"
_PICTURE = re.compile(rf"!\[(?P<alt>[^\]\[]*)\](?=[(\[])(?!{_DECORATIVE})")
_HTML_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_HTML_ALT = re.compile(r"\balt\s*=", re.IGNORECASE)
_TITLE = re.compile(r"^#(?!#)[^\n]*|<h1\b", re.MULTILINE | re.IGNORECASE)
_UNDERLINE = re.compile(r"\n(=+)[ \t]*$", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,50})\](:)?")


@dataclass(frozen=True)
class Found:
    """Something in a text: what, and how many lines below its first."""

    text: str
    line: int


class Body:
    """A Markdown text without its code."""

    def __init__(self, source: str) -> None:
        self.text = without_code(source)
        self._ends = [match.start() for match in re.finditer("\n", self.text)]

    def links(self) -> list[Found]:
        """Where every link and picture leads to."""
        patterns = (_LINK, _DEFINITION, _HTML_LINK)
        return [self._found(match, 1) for pattern in patterns for match in pattern.finditer(self.text)]

    def pictures_without_alt(self) -> list[Found]:
        found = [self._found(match, 0) for match in _PICTURE.finditer(self.text) if not match["alt"].strip()]
        html = (match for match in _HTML_PICTURE.finditer(self.text) if not _HTML_ALT.search(match[0]))
        return found + [self._found(match, 0) for match in html]

    def titles(self) -> list[Found]:
        """Headings of the first level: with a sign, underlined, or as HTML."""
        found = [self._found(match, 0) for match in _TITLE.finditer(self.text)]
        for match in _UNDERLINE.finditer(self.text):
            above = self.text[self.text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if above.strip():
                found.append(Found(above.strip(), self._line(match.start())))
        return found

    def notes_without_text(self) -> list[Found]:
        """Footnote marks whose footnote is missing."""
        marks = list(_NOTE_MARK.finditer(self.text))
        written = {mark[1] for mark in marks if mark[2]}
        return [self._found(mark, 1) for mark in marks if not mark[2] and mark[1] not in written]

    def _found(self, match: re.Match[str], group: int) -> Found:
        return Found(match[group], self._line(match.start(group)))

    def _line(self, offset: int) -> int:
        return bisect_left(self._ends, offset)


def without_code(source: str) -> str:
    """``source`` with fenced blocks and code spans blanked out; lines and offsets stay."""
    blank = list(source)
    for start, end in _code(source):
        blank[start:end] = (c if c == "\n" else " " for c in source[start:end])
    return "".join(blank)


def _code(source: str) -> Iterator[tuple[int, int]]:
    """Where the code is. A fence that never closes is none, as in the reader."""
    fences = list(_FENCE.finditer(source))
    closing: dict[str, list[int]] = {}
    for index, fence in enumerate(fences):
        closing.setdefault(fence[0].rstrip(), []).append(index)
    last = position = 0
    while position < len(fences):
        ends = closing.get(fences[position]["fence"], [])
        after = bisect_right(ends, position)
        if after < len(ends):
            start, position = fences[position].start(), ends[after]
            yield from _spans(source, last, start)
            last = fences[position].end()
            yield start, last
        position += 1
    yield from _spans(source, last, len(source))


def _spans(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Code spans: each run of backticks up to the next run of the same length in the same paragraph."""
    runs = list(_TICKS.finditer(source, start, end))
    coming: dict[int, list[re.Match[str]]] = {}
    for run in reversed(runs):
        coming.setdefault(len(run[0]), []).append(run)
    done = start
    for run in runs:
        same = coming[len(run[0])]
        while same and same[-1].start() <= run.start():
            same.pop()
        if run.start() >= done and same and "\n\n" not in source[run.end() : same[-1].start()]:
            done = same[-1].end()
            yield run.start(), done
