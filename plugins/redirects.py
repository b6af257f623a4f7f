"""Old addresses keep working: a page that leads on, and a map for web servers that answer better than a page can."""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from plugins.writer import SiteWriter
from publication.claims import file_of
from publication.former import is_page

MAP = "redirects.map"

# What nginx reads as one word without quotation marks, whatever its bytes are otherwise.
_WORD = re.compile(r"/[\w/.~%+-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{url}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={path}">
</head>
<body>
<p><a href="{path}">{title}</a></p>
</body>
</html>
"""


def write(writer: SiteWriter, redirects: Mapping[str, str], site: str, titles: Mapping[str, tuple[str, str]]) -> None:
    """Write a page for every former address where one can stand, and the map of all.

    ``titles`` has title and language by current address.
    """
    for former, path in sorted(redirects.items()):
        if not (is_page(former) and is_page(path)):
            continue  # no page can stand where a query tells addresses apart, or where a picture was
        title, language = titles.get(path, (path, "en"))
        writer.put(file_of(former), page(site, path, title, language).encode())
    writer.put(MAP, server_map(redirects).encode())


def page(site: str, path: str, title: str, language: str) -> str:
    """The small page that leads on to ``path``: for hosts that know nothing but files."""
    target = quote(path)
    values = {"language": language, "title": title, "url": site + target, "path": target}
    return _PAGE.format(**{name: escape(value) for name, value in values.items()})


def server_map(redirects: Mapping[str, str]) -> str:
    """Lines for the ``map`` of nginx. Old addresses stand as nginx compares them, decoded; new ones as sent, encoded.

    :raise ValueError: an address is none, or holds characters that no line can hold; or one leads to another site.
    """
    return "".join(f"{_word(former)} {_target(path)};\n" for former, path in sorted(redirects.items()))


def _target(path: str) -> str:
    """Where readers are sent: to a place of this site and nowhere else."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise ValueError(f"{path!r} is no address of this site.")
    return quote(path)


def _word(path: str) -> str:
    """A path as one word of nginx's language: in quotation marks where it holds signs of that language."""
    if _CONTROL.search(path) or not path.startswith("/"):
        raise ValueError(f"{path!r} cannot be an address in {MAP}.")
    if _WORD.fullmatch(path):
        return path
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
