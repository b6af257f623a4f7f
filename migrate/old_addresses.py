"""Addresses of the old site as they are compared: what makes no difference is taken away."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit

_NOISE = re.compile(
    r"utm_.*|mtm_.*|pk_.*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|amp|ref|ref_src|share|nb|"
    r"replytocom|isappinstalled|showcomment|noamp|fb_.*|spref",
    re.IGNORECASE,
)
_NUMBERS = ("p", "page_id", "post_id")
_CACHE = re.compile(r"/[cvi]/(?:s/)?[^/]+(?=/)")  # the address of a copy at ….cdn.ampproject.org
_KEPT_COPY = re.compile(r"https?://webcache\.googleusercontent\.com/search\?q=cache:(?:[^:/]*:)?([^&+]+).*")
_ENDINGS = (
    re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$"),
    re.compile(r"/comment-page-[0-9]+$"),
    re.compile(r"(?:/amp|\.amp)(?=\.html$|$)"),
    re.compile(r"\.(?:html?|php|aspx?)$"),
)
_MOST = 4000  # characters of an address


@dataclass(frozen=True)
class OldAddress:
    """``host`` is empty where only a path is known; ``number`` is what ``?p=17`` asks for."""

    host: str
    path: str
    query: str
    number: int


def read(address: str) -> OldAddress | None:
    """``address`` for comparing; None for what can be none."""
    try:
        parts = urlsplit(_KEPT_COPY.sub(r"\1", address.strip()[:_MOST], count=1))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = _comparable(parts.path)
    if host.endswith(".cdn.ampproject.org"):
        path = _CACHE.sub("", path, count=1)
    given = [(key, value) for key, value in parse_qsl(parts.query) if not _NOISE.fullmatch(key)]
    number = next((value for key, value in given if key in _NUMBERS and value.isascii() and value.isdigit()), "")
    if parts.fragment.startswith("!"):  # pages that a script put together
        given.append(("#!", parts.fragment))
    return OldAddress(host, path, urlencode(sorted(given)), int(number) if len(number) < 16 and number else 0)


def forms(path: str) -> Iterator[str]:
    """``path`` as ``read`` has it, then with ever more taken away that names the same page."""
    yield path
    if path.startswith("/amp/"):
        path = path[4:]
        yield path
    for ending in _ENDINGS:
        shorter = ending.sub("", path)
        if shorter != path:
            path = shorter
            yield path or "/"


def _comparable(path: str) -> str:
    """Decoded whatever way it was encoded, in one Unicode form, in small letters, without a slash at the end."""
    data = unquote_to_bytes(path)
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        plain = data.decode("cp1252", "replace")
    pieces = [piece for piece in unicodedata.normalize("NFC", plain).casefold().split("/") if piece not in ("", ".")]
    return "/" + "/".join(pieces)
