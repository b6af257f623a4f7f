"""Markdown with everything blanked out that readers never see as text: code and comments. Offsets and lines stay."""

import re
from bisect import bisect_right
from collections.abc import Iterator

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n`]*$", re.MULTILINE)
_TICKS = re.compile(r"`+")
# What opens HTML whose content is none of Markdown's, and what closes it.
_RAW = (("<!--", "-->"), ("<pre", "</pre>"), ("<code", "</code>"))


def without_code(source: str) -> str:
    """``source`` with fenced blocks, code spans, raw code and comments blanked out; lines and offsets stay."""
    return _blanked(_blanked(source, _code(source)), _raw(_blanked(source, _code(source)).lower()))


def _blanked(source: str, places: Iterator[tuple[int, int]]) -> str:
    blank = list(source)
    for start, end in places:
        blank[start:end] = (c if c == "\n" else " " for c in source[start:end])
    return "".join(blank)


def _raw(text: str) -> Iterator[tuple[int, int]]:
    """Where HTML comments and code are. One that never closes is left as it is."""
    for opening, closing in _RAW:
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start)
            if end < 0:
                break
            yield start, end + len(closing)
            start = text.find(opening, end)


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
