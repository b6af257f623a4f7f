"""One old text as Markdown: blocks unfolded or paragraphs made, shortcodes resolved, HTML rewritten."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from migrate.text import blocks, codes, letters, paragraphs, shortcodes
from migrate.text.findings import Finding, Findings
from migrate.text.inline import Inline, Surroundings
from migrate.text.markdown import Writer
from migrate.text.tree import parse


@dataclass(frozen=True)
class Library:
    """What else of the export a text may show."""

    reusable: Callable[[int], str] = lambda _: ""
    pictures: shortcodes.Pictures = lambda _: ()
    of_text: Callable[[], Sequence[int]] = tuple


@dataclass(frozen=True)
class Converted:
    """The Markdown of a text, and what an editor should hear about it."""

    markdown: str
    findings: tuple[Finding, ...]


def convert(content: str, around: Surroundings, library: Library, notes: str = "") -> Converted:
    """``content`` of a post or page. ``notes`` is WordPress's list of its footnotes, as JSON."""
    findings = Findings()
    text = letters.tidy(content)
    known = _notes(notes)
    in_blocks = blocks.has_blocks(text)
    if in_blocks:
        text = blocks.unfold(text, findings, library.reusable)
    text = shortcodes.lift_notes(codes.as_pre(text), known)
    html = shortcodes.resolve(text, findings, library.pictures, library.of_text)
    if not in_blocks:
        html = paragraphs.with_paragraphs(html)
    inline = Inline(around, findings, known)
    body = Writer(inline).write(parse(html))
    at = 0
    while at < len(inline.used):  # a footnote may hold another one
        words = " ".join(inline.write(parse(inline.notes[inline.used[at]]).children).split())
        body += f"\n[^{at + 1}]: {words}\n"
        at += 1
    sound = body.encode("utf-8", "replace").decode("utf-8")  # JSON in it may have held halves of characters
    return Converted(sound, tuple(findings.found))


def _notes(written: str) -> dict[str, str]:
    try:
        found = json.loads(written) if written else []
    except ValueError:
        return {}
    if not isinstance(found, list):
        return {}
    return {str(one["id"]): str(one.get("content", "")) for one in found if isinstance(one, dict) and "id" in one}
