"""What people wrote on other systems, made ready for the store."""

import html
import re

from migrate.replies import ADDRESS, Nowhere
from migrate.text.findings import Findings
from migrate.text.inline import Inline
from migrate.text.markdown import Writer
from migrate.text.tree import parse
from publication.places import is_web_address

_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WITHIN = re.compile(r"[^\s@<>\"(),;:/?&=#]{1,64}@[^\s@<>\"(),;:/?&=#]{1,200}")
_LONGEST = 2000  # characters of what a report shows


def markdown_of(written: str) -> str:
    """The Markdown that says what the HTML ``written`` says."""
    return Writer(Inline(Nowhere(), Findings())).write(parse(written)).strip()


def without_pictures(written: str) -> str:
    """HTML in which every picture is a link to it: comments show none here."""
    return _PICTURE.sub(_linked, written)


def without_addresses(text: str) -> str:
    """``text`` for a report: what looks like an e-mail address is not shown."""
    return _WITHIN.sub("(address)", text[:_LONGEST])


def name_of(name: str) -> tuple[str, str]:
    """The name to show, and in words what is different: nobody means to show an e-mail address."""
    plain = " ".join(name.split())
    if ADDRESS.fullmatch(plain):
        return plain.partition("@")[0], "it was signed with an e-mail address, of which only the name is shown"
    return plain, ""


def _linked(picture: re.Match[str]) -> str:
    found = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(picture[0])}
    address, words = found.get("src", "").strip(), found.get("alt", "").strip()
    if not is_web_address(address):
        return html.escape(words)
    return f'<a href="{html.escape(address)}">{html.escape(words or address)}</a>'
