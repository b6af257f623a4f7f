"""A comment's HTML made to fit: only what comments may hold here. All its words stay, and what is lost is told."""

import html
import re
from dataclasses import dataclass

import nh3

from migrate.text import escaping
from migrate.text.codes import as_pre
from migrate.text.findings import Findings
from migrate.text.inline import Inline
from migrate.text.losses import Losses, misses_words, note_what_never_shows
from migrate.text.markdown import Writer
from migrate.text.paragraphs import with_paragraphs
from migrate.text.phrases import SEEN, Node
from migrate.text.remarks import Remarks
from migrate.text.tree import VOID, Element, parse

_ATTRIBUTES = "alt class data data-src height id name src start title value width"
# Reads as browsers do: what is never closed, or stands where it cannot, means here what it meant there.
_BROWSER = nh3.Cleaner(
    tags=set(SEEN),
    clean_content_tags={"script", "style", "noscript"},
    attributes={"*": set(_ATTRIBUTES.split()), "a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="pass_through",
    link_rel=None,
)
# Signs of a program, of an address as Markdown has it, or of a sum, where no tag ends.
_NO_TAG = re.compile(r"<\?(?!xml)|<(?=https?://)|<(?=[^<>]*\Z)", re.IGNORECASE)
_FRAME = re.compile(r"<iframe\b([^<>]*)>(?:[^<]*</iframe\s*>)?", re.IGNORECASE)
_NAME = re.compile(r"(?<=<)[A-Za-z][^\s<>/]*|(?<=</)[A-Za-z][^\s<>/]*")
# What a browser reads in ways of its own. Of any other name only the words count: a cleaner would take them as well.
_READ_NAMES = """
button col colgroup fieldset form input noscript optgroup option script select style textarea title
"""
_READ = SEEN.union(_READ_NAMES.split())
# Nothing can be lost of what has no other tags than these. Looked at first: most comments have none.
_LOSES = re.compile(
    r"<(?!/?(?:p|br|b|i|em|strong|s|del|strike|blockquote|code|pre|ul|ol|li|cite|q|div|span) ?/?>)", re.IGNORECASE
)


@dataclass(frozen=True)
class Fitted:
    """A comment as safe as its tags, as the Markdown that says the same, and what it lost, in sentences."""

    html: str
    markdown: str
    lost: tuple[str, ...]


def fit(written: str, at: str = "", *, classic: bool = True) -> Fitted:
    """What a person wrote elsewhere, in HTML or, if ``classic``, in text whose new lines count, as WordPress has it.

    ``at`` is where its links begin.
    The HTML still has to go through the sanitiser: that one decides what is safe.
    """
    losses = Losses()
    coded = as_pre(_NO_TAG.sub(lambda sign: f"&lt;{sign[0][1:]}", written))
    whole = with_paragraphs(coded) if classic else coded
    note_what_never_shows(whole, losses)
    framed = _FRAME.sub(r"<object\1></object>", whole)  # what stands in a frame is not shown
    shown = _BROWSER.clean(_NAME.sub(_read, framed))
    blocks = Remarks(losses, at).blocks(parse(shown).children)
    markdown = Writer(_Signs(_Everywhere(), Findings())).write(Element("", {}, [*blocks])).strip()
    fitted = "\n".join(map(_written, blocks))
    losses.add("unseen", misses_words(whole, fitted))
    return Fitted(fitted, markdown, losses.told())


def lost(written: str, at: str = "") -> tuple[str, ...]:
    """What ``fit`` would tell: quickly, where there is nothing to tell."""
    return fit(written, at).lost if _LOSES.search(written) else ()


def _read(name: re.Match[str]) -> str:
    return name[0] if name[0].lower() in _READ else "span"


def says_something(written: str) -> bool:
    """Whether anything is left of it."""
    return bool(written.strip()) and ("<" not in written or bool(fit(written).html))


class _Everywhere:
    """A comment's surroundings once it fits: every link is one, and there are no pictures."""

    def link(self, address: str, words: str = "") -> str | None:
        return address

    def picture(self, address: str) -> str | None:
        return None

    def is_picture(self, address: str) -> bool:
        return False


class _Signs(Inline):
    """Writes the signs that comments know, which have one for what is struck out, and no HTML."""

    def _node(self, node: Node, within: frozenset[str]) -> str:
        if isinstance(node, str):
            return escaping.words(node).replace("~~", r"\~\~")
        if node.tag != "s":
            return super()._node(node, within)
        inner = self.write(node.children, within)
        return f"~~{inner.strip()}~~" if inner.strip() else inner


def _written(node: Node) -> str:
    if isinstance(node, str):
        return html.escape(node, quote=False)
    given = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attributes.items())
    inner = "".join(map(_written, node.children))
    return f"<{node.tag}{given}>" if node.tag in VOID else f"<{node.tag}{given}>{inner}</{node.tag}>"
