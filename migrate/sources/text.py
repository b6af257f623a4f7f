"""What people wrote on other systems, made ready for the store."""

import html
import re

from migrate.replies import Nowhere
from migrate.text.findings import Findings
from migrate.text.inline import Inline
from migrate.text.markdown import Writer
from migrate.text.tree import parse
from publication.places import is_web_address

_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def markdown_of(written: str) -> str:
    """The Markdown that says what the HTML ``written`` says."""
    return Writer(Inline(Nowhere(), Findings())).write(parse(written)).strip()


def without_pictures(written: str) -> str:
    """HTML in which every picture is a link to it: comments show none here."""
    return _PICTURE.sub(_linked, written)


def _linked(picture: re.Match[str]) -> str:
    found = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(picture[0])}
    address, words = found.get("src", "").strip(), found.get("alt", "").strip()
    if not is_web_address(address):
        return html.escape(words)
    return f'<a href="{html.escape(address)}">{html.escape(words or address)}</a>'
