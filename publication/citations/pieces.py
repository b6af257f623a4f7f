"""Runs of a reference and how they are put together: sentences, each with one mark at its end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

_MARKS = ".?!…"
_QUOTES = '”"'
_TO = re.compile(r"(?<=\w) ?(?:-{1,2}|–) ?(?=\w)")


@dataclass(frozen=True)
class Piece:
    """A run of a reference. ``language`` is said where it is not the one around it."""

    text: str
    style: Literal["plain", "italic", "link"] = "plain"
    language: str = ""


def plain(text: str) -> tuple[Piece, ...]:
    """A part of a reference that is nothing but words; nothing at all for none."""
    return (Piece(text),) if text else ()


def dashed(numbers: str) -> str:
    """``1-9`` and ``1--9`` with the dash that stands for "to"."""
    return _TO.sub("–", numbers)


def sentences(parts: Iterable[tuple[Piece, ...]], *, stop_inside_quotes: bool) -> tuple[Piece, ...]:
    """The parts that are not empty, each ended, a space between them."""
    found: list[Piece] = []
    for part in parts:
        if part:
            found += [*([Piece(" ")] if found else []), *_ended(part, stop_inside_quotes)]
    return tuple(found)


def _ended(part: tuple[Piece, ...], stop_inside_quotes: bool) -> tuple[Piece, ...]:
    """The part with its full stop, unless it ends with a mark of its own."""
    last = part[-1]
    bare = last.text.rstrip(_QUOTES + "»’ \u00a0\u202f")
    if bare[-1:] and bare[-1] in _MARKS:
        return part
    if stop_inside_quotes and last.text[-1] in _QUOTES:
        return (*part[:-1], replace(last, text=f"{last.text[:-1]}.{last.text[-1]}"))
    return (*part, Piece("."))


def text(pieces: Iterable[Piece]) -> str:
    """Without any style."""
    return "".join(piece.text for piece in pieces)


def html(pieces: Iterable[Piece]) -> str:
    """Safe HTML with nothing but ``em``, ``a`` and, for a title in another language, ``span``."""
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    words = escape(piece.text)
    language = f' lang="{escape(piece.language)}"' if piece.language else ""
    if piece.style == "italic":
        return f"<em{language}>{words}</em>"
    if piece.style == "link":
        return f'<a href="{words}">{words}</a>'
    return f"<span{language}>{words}</span>" if language else words
