"""Readers of addresses and numbers that lead somewhere: links, files, DOIs, ISBNs."""

import re
import unicodedata
from datetime import date
from urllib.parse import unquote, urlsplit

from publication import nodes
from publication.fields import Place
from publication.problems import Wrong, quoted
from publication.values import scalar

_UNSAFE = re.compile(r"[\s<>\"'`{}|\\^]")
# No part begins with a dot: such files are hidden, and two dots lead out of the site.
_PATH = re.compile(r"(?:/[\w~-][\w.~-]*)+(?:/|(?<=\.html))")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_AWKWARD = re.compile(r"[^A-Za-z0-9_.-]+")
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s<>\"]+")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi: *)", re.IGNORECASE)
_ISSUED = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def web_address(node: nodes.Node, place: Place) -> str:
    """An absolute http or https address."""
    address = scalar(node, place)
    if is_web_address(address):
        return address
    better = f"https://{address}" if is_web_address(f"https://{address}") and "." in address else "https://example.org/"
    raise Wrong(f"{quoted(address)} is not a web address", f"Write it whole: {place.key}: {better}")


def is_web_address(address: str) -> bool:
    """Whether ``address`` is an absolute http or https address without surprises."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port  # raises when it is no number
    except ValueError:
        return False
    named = bool(host) and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and named and len(address) <= 2000 and not _UNSAFE.search(address)


def site_path(node: nodes.Node, place: Place) -> str:
    """An address on this site, such as ``/2019/05/old-name/``."""
    path = scalar(node, place)
    plain = plain_path(path)
    if plain is None:
        raise Wrong(f"{quoted(path)} is not an address on this site", f"Write {place.key}: /old/address/")
    return plain


def plain_path(path: str) -> str | None:
    """``path`` as its file is named, signs such as ``%C3%A9`` decoded; None when it is no address of a page."""
    plain = unicodedata.normalize("NFC", unquote(path))
    return plain if _PATH.fullmatch(plain) and len(plain) <= 500 else None


def media(node: nodes.Node, place: Place) -> str:
    """A file under ``content/media``, written from the content folder on. Whether it is there is checked later."""
    path = scalar(node, place)
    if not is_media(path):
        name = _AWKWARD.sub("-", path.rpartition("/")[2]) or "picture.jpg"
        what = f"{quoted(path)} does not name a file in content/media"
        raise Wrong(what, f"Write {place.key}: media/{name} (letters, digits, dots and hyphens only).")
    return path


def is_media(path: str) -> bool:
    """Whether ``path`` has the form ``media/…`` and stays inside."""
    head, *rest = path.split("/")
    return head == "media" and bool(rest) and all(_FILE_NAME.fullmatch(one) for one in rest)


def doi(node: nodes.Node, place: Place) -> str:
    """A DOI without its resolver."""
    word = scalar(node, place)
    bare = _DOI_PREFIX.sub("", word, count=1)
    if _DOI.fullmatch(word):
        return word
    cure = f"Write doi: {bare}" if _DOI.fullmatch(bare) else "Write it as in doi: 10.1000/182"
    raise Wrong(f"{quoted(word)} is not a DOI", cure)


def isbn(node: nodes.Node, place: Place) -> str:
    """An ISBN of 10 or 13 digits, as digits only; its check digit must be right."""
    word = scalar(node, place)
    digits = word.replace("-", "").replace(" ", "").upper()
    if re.fullmatch("97[89][0-9]{10}", digits):
        total = sum(int(one) * (3 if index % 2 else 1) for index, one in enumerate(digits))
        fine = total % 10 == 0
    elif re.fullmatch("[0-9]{9}[0-9X]", digits):
        total = sum((10 if one == "X" else int(one)) * (10 - index) for index, one in enumerate(digits))
        fine = total % 11 == 0
    else:
        raise Wrong(f"{quoted(word)} is not an ISBN", "Write its 10 or 13 digits.")
    if not fine:
        raise Wrong(f"The check digit of the ISBN {quoted(word)} is wrong", "Copy it again from the book.")
    return digits


def issn(node: nodes.Node, place: Place) -> str:
    """The number of a periodical, ``0003-066X``; its check digit must be right."""
    word = scalar(node, place).upper()
    if not re.fullmatch("[0-9]{4}-[0-9]{3}[0-9X]", word):
        raise Wrong(f"{quoted(word)} is not an ISSN", "Write its 8 digits as in issn: 0003-066X")
    digits = word.replace("-", "")
    if sum((10 if one == "X" else int(one)) * (8 - index) for index, one in enumerate(digits)) % 11:
        raise Wrong(f"The check digit of the ISSN {quoted(word)} is wrong", "Copy it again from the journal.")
    return word


def issued(node: nodes.Node, place: Place) -> str:
    """The date of a publication: a year, a month, a day, or from one to another."""
    word = scalar(node, place)
    start, _, end = word.partition("/")
    right = _is_date(start) and (word == start or end == ".." or (_is_date(end) and start[:4] <= end[:4]))
    if not right:
        cure = f'Write {place.key}: "2004" or "2004-06" or "2004-06-21", or "2004/2008" or "2004/.." for a series.'
        raise Wrong(f"{quoted(word)} is not a date of publication", cure)
    return word


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return _ISSUED.fullmatch(text) is not None
