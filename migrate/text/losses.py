"""What a comment could not keep of its form, in sentences for the report."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

# Kind → what is said of one, and of several.
_TOLD = {
    "heading": ("its heading became a bold line", "its headings became bold lines"),
    "table": ("its table became lines of text", "its tables became lines of text"),
    "terms": (
        "its list of terms became bold lines with what they mean below",
        "its lists of terms became bold lines with what they mean below",
    ),
    "fold": ("what could be folded away stands open",) * 2,
    "picture": ("its picture became a link", "its pictures became links"),
    "no picture": (
        "its picture had no address on the web, so only its words are left",
        "its pictures had no addresses on the web, so only their words are left",
    ),
    "tracker": (
        "an invisible picture, which counted readers, was left out",
        "invisible pictures, which counted readers, were left out",
    ),
    "player": ("what it embedded became a link", "what it embedded became links"),
    "no player": (
        "something it embedded had no address on the web and was left out",
        "things it embedded had no addresses on the web and were left out",
    ),
    "raised": (
        "a raised or lowered letter stands like the others",
        "raised or lowered letters stand like the others",
    ),
    "short": (
        "what stood behind an abbreviation stands in brackets now",
        "what stood behind abbreviations stands in brackets now",
    ),
    "hint": (
        "the words that showed when one pointed at a link were left out",
        "the words that showed when one pointed at links were left out",
    ),
    "link": ("a link that led nowhere became words", "links that led nowhere became words"),
    "link in code": ("a link in code became words", "links in code became words"),
    "script": ("a script in it was left out", "scripts in it were left out"),
    "style": ("a style sheet in it was left out", "style sheets in it were left out"),
    "form": ("a form in it was left out; its words are kept", "forms in it were left out; their words are kept"),
    "drawing": (
        "a drawing in it was left out; its words are kept",
        "drawings in it were left out; their words are kept",
    ),
    "unseen": ("words in it that no browser showed were left out",) * 2,
}
_GONE = {
    "script": re.compile(r"<script\b", re.IGNORECASE),
    "style": re.compile(r"<style\b", re.IGNORECASE),
    "drawing": re.compile(r"<(?:svg|canvas)\b", re.IGNORECASE),
}
_FORM = re.compile(r"<form\b", re.IGNORECASE)
_FIELD = re.compile(r"<(?:input|select|textarea|button)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|iframe)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"<([A-Za-z][^\s<>/]*)")
_OF_PROGRAMS = re.compile(r"[a-z0-9]+(?:[:-][a-z0-9]+)+")  # names such as o:p or my-widget: nobody types them
_WORD = re.compile(r"\w+")
# Names of HTML, of its formulas and of its drawings.
_KNOWN_NAMES = """
a abbr acronym address annotation area article aside audio b base bdi bdo big blink blockquote body br button canvas
caption center circle cite code col colgroup data datalist dd defs del desc details dfn dialog dir div dl dt ellipse em
embed fieldset figcaption figure font footer form g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img
input ins kbd label legend li line link listing main map mark marquee math menu merror meta meter mfenced mfrac mi mn
mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
nav nobr noembed noframes noscript object ol optgroup option output p param path picture plaintext polygon polyline
pre progress q rb rect rp rt rtc ruby s samp script search section select semantics slot small source span stop strike
strong style sub summary sup svg table tbody td template text textarea tfoot th thead time title tr track tspan tt u ul
use var video wbr xmp
"""
_KNOWN = frozenset(_KNOWN_NAMES.split())


@dataclass
class Losses:
    """Counts what was lost, by its kind."""

    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, number: int = 1) -> None:
        if number:
            self._counts[kind] = self._counts.get(kind, 0) + number

    def told(self) -> tuple[str, ...]:
        """A sentence for each kind, in the order of the table above."""
        return tuple(sentences[self._counts[kind] > 1] for kind, sentences in _TOLD.items() if kind in self._counts)


def note_what_never_shows(html: str, losses: Losses) -> None:
    """Count the elements of ``html`` that are left out of every comment."""
    for kind, pattern in _GONE.items():
        losses.add(kind, len(pattern.findall(html)))
    losses.add("form", len(_FORM.findall(html)) or bool(_FIELD.search(html)))


def misses_words(html: str, shown: str) -> bool:
    """Whether ``html`` has words outside its tags that are not among those of ``shown``, or tags that are none."""
    names = (name.lower() for name in _NAME.findall(html))
    if any(name not in _KNOWN and not _OF_PROGRAMS.fullmatch(name) for name in names):
        return True
    written = Counter(_letters(_HIDDEN.sub(" ", html)))
    written.subtract(_letters(shown))
    return any(number > 0 for number in written.values())


def _letters(html: str) -> str:
    return "".join(_WORD.findall(unescape(_TAG.sub("", html))))
