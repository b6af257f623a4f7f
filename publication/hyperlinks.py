"""Finds links and pictures in Markdown, as the build will: inline, by reference, in ``<…>`` and in HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# One pass over the signs that links are made of; an escaped one is passed over.
_SIGN = re.compile(r"\\.|!\[|\[|\](?=(?P<next>[(\[])?)", re.DOTALL)
# The address may hold parentheses in pairs, and blanks where somebody forgot to write %20.
_TARGET = re.compile(
    r"\([ \t]*+\n?[ \t]*+(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+))"
    r"(?P<rest>[^()\n\"']*+)(?=[)\"'\n])"
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,200})\]")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*(?:\n[ \t]*)?<?([^\s<>]+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]{0,30}://|mailto:)[^<>\s]*)>")
_TAG = re.compile(
    r"<(?P<tag>[A-Za-z][A-Za-z0-9]*)\b[^<>]*?\s(?P<name>href|src)\s*=\s*"
    r"(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)'|(?P<plain>[^\s\"'<>]+))",
    re.IGNORECASE,
)
_END_OF_LINK = re.compile(r"</a\s*>|<a\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()<>#+.!|-])")
_AMPERSAND = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_LONGEST_WORDS = 2000


@dataclass(frozen=True)
class Link:
    """A link or the source of a picture. ``words`` is where that stands which readers click on, if anything."""

    href: str
    start: int  # where the address stands
    words: slice | None = None
    label: str = ""  # of [words][label] without such a definition: the address is not there at all


def find(text: str) -> Iterator[Link]:
    """Every link and picture of ``text``, which is without code."""
    definitions = {_normal(match[1]) for match in _DEFINITION.finditer(text)}
    yield from _inline(text, definitions)
    for match in _DEFINITION.finditer(text):
        yield Link(address(match[2]), match.start(2))
    for match in _AUTOLINK.finditer(text):
        yield Link(address(match[1]), match.start(1), slice(*match.span(1)))
    for match in _TAG.finditer(text):
        yield _html(match, text)


def address(written: str) -> str:
    """An address as a browser will see it: Markdown's escapes and ``&amp;`` undone."""
    return _AMPERSAND.sub("&", _ESCAPE.sub(r"\1", written.strip()))


def _inline(text: str, definitions: set[str]) -> Iterator[Link]:
    opened: list[re.Match[str]] = []
    for sign in _SIGN.finditer(text):
        if sign[0][0] == "\\":
            continue
        if sign[0] != "]":
            opened.append(sign)
            continue
        if not opened:
            continue
        opening = opened.pop()
        words = slice(opening.end(), sign.start())
        if sign.start() - opening.end() > _LONGEST_WORDS or "\n\n" in text[words]:
            continue
        if sign["next"] == "(":
            target = _TARGET.match(text, sign.end())
            if target:
                yield _of_target(target, None if opening[0] == "![" else words)
        elif sign["next"] == "[" and not text[words].startswith("^"):
            label = _undefined(text, opening.start(), words, definitions)
            if label:
                yield Link("", opening.start(), label=label)


def _of_target(target: re.Match[str], words: slice | None) -> Link:
    group = "bare" if target["angle"] is None else "angle"
    return Link(address(target[group] + target["rest"]), target.start(group), words)


def _undefined(text: str, start: int, words: slice, definitions: set[str]) -> str:
    """The label of ``[words][label]`` where nothing defines it; nothing for text such as ``list[0][1]``."""
    before = text[start - 1] if start else " "
    reference = _REFERENCE.match(text, words.stop + 1)
    if reference is None or reference[1].startswith("^") or before.isalnum() or before in ")]":
        return ""
    label = reference[1].strip() or text[words].strip()
    return "" if _normal(label) in definitions else label


def _normal(label: str) -> str:
    return " ".join(label.split()).lower()


def _html(match: re.Match[str], text: str) -> Link:
    group = next(name for name in ("double", "single", "plain") if match[name] is not None)
    words = None
    if match["tag"].lower() == "a":
        begin = text.find(">", match.end()) + 1
        end = _END_OF_LINK.search(text, begin, begin + _LONGEST_WORDS) if begin else None
        words = slice(begin, end.start()) if end else None
    return Link(address(match[group]), match.start(group), words)
