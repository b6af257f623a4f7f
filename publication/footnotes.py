"""Footnotes, numbered as they are met: the numbers are part of ids and of headings' words, so they are told once."""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor


class Footnotes(FootnoteExtension):
    """Markdown's footnotes with ids ``r-1``, ``r-1-2`` … where the text refers to them; the notes are not placed."""

    def __init__(self) -> None:
        self.uses: dict[str, list[str]] = {}  # the ids of the places that refer to a note, in the order first met
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register definitions and references with Markdown."""
        md.registerExtension(self)
        self.parser = md.parser
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(_Reference(self), "footnote", 175)

    def reset(self) -> None:
        """Forget the notes of the last text."""
        super().reset()
        self.uses = {}

    def number(self, name: str) -> int:
        """The number of a note that is referred to."""
        return list(self.uses).index(name) + 1

    def refer(self, sup: etree.Element, number: int, place: str) -> None:
        """Fill the mark that stands in the text for note ``number``; ``place`` is its id."""
        sup.set("id", place)
        sup.text = str(number)


class _Reference(InlineProcessor):
    def __init__(self, notes: Footnotes) -> None:
        super().__init__(r"\[\^([^\]]+)\]")
        self.notes = notes

    def handleMatch(  # type: ignore[override]  # its types allow None only in all three
        self, match: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        name = match.group(1)
        if name not in self.notes.footnotes:
            return None, None, None
        places = self.notes.uses.setdefault(name, [])
        number = self.notes.number(name)
        places.append(f"r-{number}-{len(places) + 1}" if places else f"r-{number}")
        sup = etree.Element("sup")
        self.notes.refer(sup, number, places[-1])
        return sup, match.start(0), match.end(0)
