"""Former addresses of every kind: of pages, of files, and those where a query tells the pages apart, as ``/?p=17``.

Servers compare them in the form given here (``comments/web/former.py``, ``deploy/nginx.conf``).
"""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from publication.places import plain_path

# What WordPress tells its pages apart by, in the order in which it counts: whatever else is asked along with it counts
# for nothing. Posts, pages and attachments share their numbers.
NAMES = (
    ("p|page_id|attachment_id", "p", "[0-9]+"),
    ("cat", "cat", "[0-9]+"),
    ("author", "author", "[0-9]+"),
    ("tag", "tag", "[a-z0-9%._~+-]+"),
    ("m", "m", "[0-9]+"),
    ("feed", "feed", "[a-z0-9-]+"),
)
_NAMED = tuple((re.compile(f"(?:^|&)(?:{names})=({value})(?:&|$)"), name) for names, name, value in NAMES)
_QUERY = re.compile(r"[a-z0-9%._~+=&-]{1,300}")
_FOLDER = re.compile(r"/|(?:/[\w~-][\w.~-]*)+/?")
_FILE = re.compile(r"(?:/[\w~-][\w.~-]*)*/[\w~-][\w.~-]*\.[A-Za-z0-9]{1,5}")
_LONGEST = 500


def former_address(address: str) -> str | None:
    """``address`` as it is written down and compared; None when it can be none of this site."""
    path, mark, query = address.partition("?")
    if not mark:
        return plain_path(path) or _place(path, _FILE)
    place, words = _place(path, _FOLDER), query.lower()
    if place is None or not _QUERY.fullmatch(words):
        return None
    return f"{place}?{asked(words)}"


def asked(query: str) -> str:
    """What counts of a query in small letters: the one parameter that is known, else all of it."""
    found = ((pattern.search(query), name) for pattern, name in _NAMED)
    return next((f"{name}={match[1]}" for match, name in found if match), query)


def has_query(address: str) -> bool:
    """Whether an address is told from others by its query: no file can stand there."""
    return "?" in address


def is_page(address: str) -> bool:
    """Whether a page can stand at an address, so that a host which knows nothing but files can answer it."""
    return not has_query(address) and address.endswith(("/", ".html"))


def is_target(address: str) -> bool:
    """Whether an address is written as that of a page or file of ours is."""
    return not has_query(address) and former_address(address) == address


def place_of(address: str) -> str:
    """The path of an address."""
    return address.partition("?")[0]


def own_part(address: str) -> str:
    """An address of an older site from its first slash on, without its host and its fragment."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (re.sub("/{2,}", "/", parts.path) or "/") + (f"?{parts.query}" if parts.query else "")


def _place(path: str, form: re.Pattern[str]) -> str | None:
    plain = unicodedata.normalize("NFC", unquote(path))
    return plain if form.fullmatch(plain) and len(plain) <= _LONGEST else None
