"""What in a comment's text asks for care, marked where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from comments.actions.guard.memory import Memory
from comments.checks import care
from comments.web.desk.door import context


@dataclass(frozen=True)
class Part:
    """A stretch of text; ``words`` say what it is where it is marked."""

    text: str
    words: str = ""


def marked(text: str) -> list[Part]:
    """For templates: the text in parts, joined it is as before. Escaping is the template's."""
    ctx = context()
    guard: Memory = ctx.guard
    return list(_parts(text, care.find(text, guard.words(ctx.settings.care_words))))


def _parts(text: str, spans: list[care.Span]) -> Iterator[Part]:
    at = 0
    for span in spans:
        if span.start > at:
            yield Part(text[at : span.start])
        yield Part(text[span.start : span.end], care.name_of(span.kind))
        at = span.end
    if at < len(text):
        yield Part(text[at:])
