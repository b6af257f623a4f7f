"""Reads Markdown as far as checking needs it: links, pictures, headings and footnotes with their lines."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from publication import hyperlinks, left_behind
from publication.blanking import without_code
from publication.plain import plain

# Decoration is marked as in ![](media/line.png){.decorative}, and needs no words.
_DECORATIVE = r"(?:\([^()\n]*+\)|\[[^\]\[\n]*+\])\{[ \t]*\.decorative[ \t]*\}"
_PICTURE = re.compile(rf"!\[(?P<alt>[^\]\[]*)\](?=[(\[])(?!{_DECORATIVE})")
_HTML_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_HTML_ALT = re.compile(r"\balt\s*=", re.IGNORECASE)
_HEADING = re.compile(r"^(?P<signs>#{1,6})(?P<words>[^\n]*)|<h(?P<html>[1-6])\b[^<>]*>", re.MULTILINE | re.IGNORECASE)
_HTML_HEADING_END = re.compile(r"</h[1-6]", re.IGNORECASE)
_LONGEST_HEADING = 1000
_UNDERLINE = re.compile(r"\n(?P<sign>=+|-+)[ \t]*$", re.MULTILINE)
_FENCES = ("```", "~~~")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,50})\](:)?")
_HTML_ID = re.compile(r"<[A-Za-z][^<>]*?\sid\s*=\s*[\"']?([^\s\"'<>]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """Something in a text: what, and how many lines below its first."""

    text: str
    line: int


@dataclass(frozen=True)
class Link:
    """A link. ``words`` is what readers hear of it, None where it is none; ``label`` one that nothing defines."""

    href: str
    line: int
    words: str | None
    label: str


@dataclass(frozen=True)
class Heading:
    """A heading with its level and its words; ``written`` is the whole line."""

    level: int
    words: str
    written: str
    line: int


class Body:
    """A Markdown text without its code."""

    def __init__(self, source: str) -> None:
        self.text = without_code(source)
        self.source = source
        self._ends = [match.start() for match in re.finditer("\n", self.text)]

    def links(self) -> list[Link]:
        """Where every link and picture leads to."""
        return [self._link(link) for link in hyperlinks.find(self.text)]

    def pictures_without_alt(self) -> list[Found]:
        found = [self._found(match, 0) for match in _PICTURE.finditer(self.text) if not match["alt"].strip()]
        html = (match for match in _HTML_PICTURE.finditer(self.text) if not _HTML_ALT.search(match[0]))
        return found + [self._found(match, 0) for match in html]

    def pictures_left_behind(self) -> list[Found]:
        """The names of pictures that did not come along when the text moved in."""
        return [Found(plain(name), self._line(start)) for start, name in left_behind.find(self.text)]

    def headings(self) -> list[Heading]:
        """Headings in their order: with signs, underlined, or as HTML."""
        found = [(match.start(), self._heading(match)) for match in _HEADING.finditer(self.text)]
        for match in _UNDERLINE.finditer(self.text):
            begin = self.text.rfind("\n", 0, match.start()) + 1
            above = self.source[begin : match.start()].strip()
            first = begin < 2 or self.text[begin - 2] == "\n"
            if above and above[:3] not in _FENCES and (first or match["sign"][0] == "="):
                level = 1 if match["sign"][0] == "=" else 2
                found.append((begin, Heading(level, plain(above), above, self._line(match.start()))))
        return [heading for _, heading in sorted(found, key=lambda one: one[0])]

    def notes_without_text(self) -> list[Found]:
        """Footnote marks whose footnote is missing."""
        marks, written = self._marks()
        return [self._found(mark, 1) for mark in marks if not mark[2] and mark[1] not in written]

    def notes_written_twice(self) -> list[Found]:
        """Footnotes with a name that another one has already: only the last would be shown."""
        seen: Counter[str] = Counter()
        found = []
        for mark in self._marks()[0]:
            seen[mark[1]] += bool(mark[2])
            if mark[2] and seen[mark[1]] > 1:
                found.append(self._found(mark, 1))
        return found

    def notes_never_used(self) -> list[Found]:
        """Footnotes that no mark leads to."""
        marks, _ = self._marks()
        used = {mark[1] for mark in marks if not mark[2]}
        return [self._found(mark, 1) for mark in marks if mark[2] and mark[1] not in used]

    def doubled_ids(self) -> list[Found]:
        """Ids of HTML that an earlier element has already."""
        seen: Counter[str] = Counter()
        found = []
        for match in _HTML_ID.finditer(self.text):
            seen[match[1]] += 1
            if seen[match[1]] == 2:
                found.append(self._found(match, 1))
        return found

    def _marks(self) -> tuple[list[re.Match[str]], set[str]]:
        marks = list(_NOTE_MARK.finditer(self.text))
        return marks, {mark[1] for mark in marks if mark[2]}

    def _link(self, link: hyperlinks.Link) -> Link:
        written = None if link.words is None else self.source[link.words]
        words = written if written is None or _HTML_PICTURE.search(written) else plain(written)
        return Link(link.href, self._line(link.start), words, link.label)

    def _heading(self, match: re.Match[str]) -> Heading:
        if match["html"]:
            end = _HTML_HEADING_END.search(self.text, match.end(), match.end() + _LONGEST_HEADING)
            words = plain(self.source[match.end() : end.start()]) if end else match[0]
            return Heading(int(match["html"]), words, match[0], self._line(match.start()))
        written = self.source[match.start() : match.end()]
        words = plain(written.lstrip("#").rstrip().rstrip("#"))
        return Heading(len(match["signs"]), words, written, self._line(match.start()))

    def _found(self, match: re.Match[str], group: int) -> Found:
        return Found(match[group], self._line(match.start(group)))

    def _line(self, offset: int) -> int:
        return bisect_left(self._ends, offset)
