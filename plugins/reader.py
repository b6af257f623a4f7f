"""Markdown by trusted authors in, safe HTML out."""

import html
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension
from markupsafe import Markup

from plugins.blocks import Blocks, Resolve
from plugins.gone import Marker
from plugins.language import Voice
from plugins.notes import DIVIDER, Notes
from plugins.sanitise import sanitise
from plugins.typography import FRENCH
from publication.anchors import name_of

WORDS_PER_MINUTE = 220

# Address and alt text of a picture in a text, and whether readers see it at once → the element that shows it.
Show = Callable[[str, str, bool], str | None]

_TAG = re.compile(r"<[^>]*>")
_PICTURE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


@dataclass(frozen=True)
class Heading:
    """A heading of a text, for a table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Text:
    """A rendered text: safe HTML, its footnotes in order, its headings and its length."""

    html: Markup
    notes: tuple[Markup, ...]
    toc: tuple[Heading, ...]
    words: int

    @property
    def minutes(self) -> int:
        """How long reading it takes."""
        return max(1, round(self.words / WORDS_PER_MINUTE))


class Reader:
    """Renders texts. One Markdown instance for each language, reset before each text."""

    def __init__(self, voice: Voice, resolve: Resolve, show: Show, gone: Collection[str] = ()) -> None:
        self._voice, self._show = voice, show
        self.gone = Marker(gone, voice.gettext)
        self._markdown = cache(lambda language: _markdown(language, voice.gettext, resolve))

    def read(self, source: str, language: str, *, opens: bool = False) -> Text:
        """Render Markdown ``source`` that is written in ``language``. A text that ``opens`` a page is seen at once."""
        with self._voice.speaking(language):
            return self._read(source, language, opens)

    def _read(self, source: str, language: str, opens: bool) -> Text:
        markdown = self._markdown(language)
        markdown.reset()
        text, *rest = [self.gone.mark(sanitise(part.strip())) for part in markdown.convert(source).split(DIVIDER)]
        parts = [self._with_pictures(text, opens), *(self._with_pictures(part, False) for part in rest)]
        # Markdown leaves the empty paragraph that carries each divider.
        body, *notes = [Markup(part.removesuffix("<p></p>").strip()) for part in parts]  # noqa: S704 - just sanitised
        toc = tuple(_headings(getattr(markdown, "toc_tokens", [])))
        return Text(body, tuple(notes), toc, len(plain(" ".join([body, *notes])).split()))

    def _with_pictures(self, safe: str, opens: bool) -> str:
        """Sanitised HTML with each picture in the sizes that were made of it."""
        if "<img" not in safe:
            return safe
        first = opens

        def show(found: re.Match[str]) -> str:
            nonlocal first
            given = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(found[0])}
            shown = self._show(given.get("src", ""), given.get("alt", ""), first)
            first = False
            return shown or found[0]

        return _PICTURE.sub(show, safe)

    def fragment(self, source: str, language: str) -> Markup:
        """Render a short text, such as a biography, in which footnotes have no place."""
        return self.read(source, language).html if source else Markup()


def plain(markup: str) -> str:
    """The words of safe HTML, without its tags."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _markdown(language: str, gettext: Callable[[str], str], resolve: Resolve) -> Markdown:
    quotes = FRENCH if language == "fr" else {}
    return Markdown(
        output_format="html",
        extensions=[
            "tables",
            "fenced_code",
            "sane_lists",
            SmartyExtension(smart_dashes=False, substitutions=quotes),
            TocExtension(marker="", slugify=name_of, toc_depth="2-4"),
            Notes(gettext),
            Blocks(language, gettext, resolve),
        ],
    )


def _headings(tokens: list[dict[str, object]]) -> list[Heading]:
    found: list[Heading] = []
    for token in tokens:
        found.append(Heading(int(str(token["level"])), str(token["id"]), html.unescape(str(token["name"]))))
        found.extend(_headings(token["children"]))  # type: ignore[arg-type]  # Markdown nests tokens of one shape
    return found
