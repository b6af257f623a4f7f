"""Footnotes: numbered as they are met, and kept apart from the text so that the page may place them."""

import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from publication.footnotes import Footnotes

# Stands between the text and each note. The source cannot hold it: Markdown removes these control characters.
DIVIDER = "\u0002note\u0003"


class Notes(Footnotes):
    """Markdown's footnotes with ids ``fn-1`` and ``r-1``, and a link back in words."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self.gettext = gettext
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register with Markdown: definitions, references, and the two steps around its inline patterns."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_Parse(md, self), "notes-parse", 50)
        md.treeprocessors.register(_Place(md, self), "notes-place", 15)

    def unused(self) -> list[str]:
        """Names of notes that the text never refers to."""
        return [name for name in self.footnotes if name not in self.uses]

    def refer(self, sup: etree.Element, number: int, place: str) -> None:
        """A link to the note."""
        label = self.gettext("Note %(number)d") % {"number": number}
        link = etree.SubElement(sup, "a", {"href": f"#fn-{number}", "id": place, "aria-label": label})
        link.text = str(number)


class _Parse(Treeprocessor):
    """Adds each note to the tree, so that links and emphasis in it are found like any others."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self.notes = notes

    def run(self, root: etree.Element) -> None:
        for name, source in self.notes.footnotes.items():
            holder = etree.SubElement(root, "note", {"name": name})
            self.notes.parser.parseChunk(holder, source)


class _Place(Treeprocessor):
    """Moves the notes behind the text in the order of their numbers, with dividers; unused ones come last."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self.notes = notes

    def run(self, root: etree.Element) -> None:
        holders = {holder.get("name", ""): holder for holder in root.findall("note")}
        for holder in holders.values():
            root.remove(holder)
        for name in [*self.notes.uses, *self.notes.unused()]:
            etree.SubElement(root, "p").tail = DIVIDER
            holder = holders[name]
            self._add_way_back(holder, name)
            root.extend(list(holder))

    def _add_way_back(self, holder: etree.Element, name: str) -> None:
        last = holder[-1] if len(holder) and holder[-1].tag == "p" else etree.SubElement(holder, "p")
        for place in self.notes.uses.get(name, []):
            _append(last, " ")
            number = self.notes.number(name)
            label = self.notes.gettext("Back to note %(number)d in the text") % {"number": number}
            link = etree.SubElement(last, "a", {"href": f"#{place}", "aria-label": label})
            link.text = self.notes.gettext("back")


def _append(element: etree.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
