"""What an edit changes, word by word, so that a moderator sees at a glance what was added and what was taken out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\S+\s*|\s+")
# Comparing costs about the product of both sides. Above this, hostile text could take seconds: it is shown whole.
MOST_STEPS = 160_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, was added or was taken out."""

    kind: Literal["same", "added", "removed"]
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """The way from ``old`` to ``new``; joined without the removed pieces it is ``new``."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    middle = _compared(before[start : len(before) - end], after[start : len(after) - end])
    whole = [_piece("same", before[:start]), *middle, _piece("same", before[len(before) - end :])]
    return [piece for piece in whole if piece.text]


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    different = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(different, min(len(one), len(other)))


def _compared(before: list[str], after: list[str]) -> Iterator[Piece]:
    if len(before) * len(after) > MOST_STEPS:
        yield from (_piece("removed", before), _piece("added", after))
        return
    for step, start, end, other_start, other_end in SequenceMatcher(None, before, after).get_opcodes():
        if step == "equal":
            yield _piece("same", before[start:end])
            continue
        yield _piece("removed", before[start:end])
        yield _piece("added", after[other_start:other_end])


def _piece(kind: Literal["same", "added", "removed"], words: list[str]) -> Piece:
    return Piece(kind, "".join(words))
