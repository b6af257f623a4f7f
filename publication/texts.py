"""What is wrong in the text of an item, line by line: links, pictures, headings, footnotes."""

import re

from publication.bodies import Body, Found, Heading, Link
from publication.items import Item
from publication.links import Judge
from publication.problems import quoted
from publication.targets import Targets

# Words that say nothing to somebody who hears only the links of a page, as they stand when made plain.
_VAGUE = re.compile(
    r"(?:click |see )?here|click|this|(?:this )?(?:link|page|site|website)|(?:read |learn |see )?more|"
    r"(?:cliquez |cliquer |voir )?ici|(?:ce |cette )?(?:lien|page|site)|(?:en savoir |lire )?plus|lire la suite"
)
_TITLE = 1  # the level of the page's title, which the text stands below


def check(item: Item, targets: Targets) -> None:
    """Report what is wrong in the text of ``item``."""
    Reading(item, targets).check()


class Reading:
    """One text being read."""

    def __init__(self, item: Item, targets: Targets) -> None:
        self.item, self.body, self.judge = item, Body(item.body), Judge(item, targets)

    def check(self) -> None:
        for link in self.body.links():
            complaint = self.judge.complaint(link)
            if complaint:
                self._add(link.line, *complaint)
            if link.words is not None and link.href:
                self._words(link)
        for picture in self.body.pictures_without_alt():
            what = f"The picture {quoted(picture.text)} has no alt text"
            cure = "Say between [ and ] what is to be seen. Behind mere decoration, write {.decorative}."
            self._add(picture.line, what, cure, "alt-text")
        for picture in self.body.pictures_left_behind():
            what = f"The picture {quoted(picture.text)} was not brought over from the old site"
            cure = (
                "Put it into content/media and write ![what is to be seen](media/name.jpg) here, or delete these words."
            )
            self._add(picture.line, what, cure, "left-behind")
        self._headings()
        self._notes()
        for found in self.body.doubled_ids():
            self._add(
                found.line, f"The id {quoted(found.text)} is here twice", "Give one of them another.", "doubled-id"
            )

    def _words(self, link: Link) -> None:
        words = str(link.words)
        plain = "".join(c if c.isalnum() else " " for c in words.casefold())
        if not words.strip():
            what, cure = f"The link to {quoted(link.href)} has no words", "Write between [ and ] where it leads."
            self._add(link.line, what, cure, "link-text")
        elif _VAGUE.fullmatch(" ".join(plain.split())):
            what = f"The link {quoted(words)} does not say where it leads; some hear only the links of a page"
            self._add(link.line, what, "Make the name of what it leads to the link.", "vague-link-text")
        elif words.startswith(("http://", "https://", "www.")) and " " not in words:
            what = f"The words of the link {quoted(words)} are its address"
            self._add(link.line, what, f"Give it a name: [name]({link.href}).", "address-as-link-text")

    def _headings(self) -> None:
        # A resource's text stands below a heading of the second level; of a biography nobody knows.
        above = _TITLE if self.item.kind in ("article", "page") else _TITLE + 1
        for heading in self.body.headings():
            if heading.level == _TITLE:
                what = f"{quoted(heading.written)} is a heading of the first level, and the title is that already"
                self._add(heading.line, what, "Begin the line with ##; for a plain #, write \\#.", "heading")
                continue
            if not heading.words:
                self._add(
                    heading.line, "This heading has no words", "Write them behind the #, or delete it.", "heading"
                )
            elif heading.level > above + 1:
                self._add(heading.line, *_jump(heading, above))
            above = heading.level

    def _notes(self) -> None:
        for note in self.body.notes_without_text():
            what = f"The footnote {quoted(note.text)} has no text"
            self._note(note, what, f"Write it in a line of its own: [^{note.text}]: …")
        for note in self.body.notes_written_twice():
            what = f"There are two footnotes {quoted(note.text)}; only the last would be shown"
            self._note(note, what, "Give one of them another name, here and where it is referred to.")
        for note in self.body.notes_never_used():
            what = f"Nothing refers to the footnote {quoted(note.text)}"
            self._add(note.line, what, f"Write [^{note.text}] in the text, or delete it.", "footnote-unused")

    def _note(self, note: Found, what: str, cure: str) -> None:
        self._add(note.line, what, cure, "footnote")

    def _add(self, below: int, what: str, cure: str, rule: str) -> None:
        folded = self.item.kind in ("author", "topic")  # YAML has joined the lines
        self.item.problems.add(self.item.body_line + (0 if folded else below), what, cure, rule)


def _jump(heading: Heading, above: int) -> tuple[str, str, str]:
    where = "the first of the text" if above == _TITLE else f"below one of level {above}"
    what = f"The heading {quoted(heading.words)} is of level {heading.level}, and it is {where}"
    return what, f"Begin the line with {'#' * (above + 1)}.", "heading"
