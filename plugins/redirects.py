"""Old addresses keep working: a page that leads on, and a map for web servers that answer better than a page can."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from plugins.writer import SiteWriter
from publication.claims import file_of

MAP = "redirects.map"

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
    """Write a page for every former address, and the map. ``titles`` has title and language by current address."""
    for former, path in sorted(redirects.items()):
        title, language = titles.get(path, (path, "en"))
        values = {"language": language, "title": title, "url": site + path, "path": path}
        page = _PAGE.format(**{name: escape(value) for name, value in values.items()})
        writer.put(file_of(former), page.encode())
    lines = [f"{former} {quote(path)};\n" for former, path in sorted(redirects.items())]
    writer.put(MAP, "".join(lines).encode())
