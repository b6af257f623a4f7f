"""Tells readers where an outside link may be gone, as far as the link check remembers."""

import re
from collections.abc import Callable, Collection
from html import escape, unescape
from urllib.parse import quote

from publication.health.state import key_of

ARCHIVE = "https://web.archive.org/web/*/"

_LINK = re.compile(r"<a\b[^<>]*?\bhref=\"(?P<href>https?:[^\"<>]*)\"[^<>]*>[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>")


def copies_of(url: str) -> str:
    """Where a reader may find copies of a page that is gone."""
    return ARCHIVE + quote(key_of(url), safe="/:;,?@&=+$!~*'()%-._")


class Marker:
    """Puts a short note behind every link of a text that is in ``gone``."""

    def __init__(self, gone: Collection[str], gettext: Callable[[str], str]) -> None:
        self.gone, self.gettext = gone, gettext

    def __contains__(self, url: str) -> bool:
        return key_of(url) in self.gone

    def mark(self, html: str) -> str:
        """``html``, which is sanitised, with the notes."""
        return _LINK.sub(self._marked, html) if self.gone else html

    def _marked(self, link: re.Match[str]) -> str:
        url = unescape(link["href"])
        if url not in self:
            return link[0]
        gone, copy = escape(self.gettext("This link may be gone.")), escape(self.gettext("Look for a copy"))
        return f'{link[0]} <small>({gone} <a href="{escape(copies_of(url))}" rel="noopener">{copy}</a>)</small>'
