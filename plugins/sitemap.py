"""What search engines are told: every public page, and when its content last changed."""

import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from urllib.parse import quote

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
FILE = "sitemap.xml"
MOST = 50_000  # addresses in one file, by the protocol

Listed = tuple[str, date | None]


def files(site: str, pages: Iterable[Listed], most: int = MOST) -> Iterator[tuple[str, bytes]]:
    """The sitemap of these paths as files by name: one, or an index and its parts. The date of a page is its
    content's, that of a part is its newest page's; neither is ever that of the build."""
    listed = sorted(((site + quote(path), changed) for path, changed in pages), key=itemgetter(0))
    if len(listed) <= most:
        yield FILE, _write("urlset", "url", listed)
        return
    index = []
    for number, start in enumerate(range(0, len(listed), most), start=1):
        part = listed[start : start + most]
        name = f"sitemap-{number}.xml"
        index.append((f"{site}/{name}", max((changed for _, changed in part if changed), default=None)))
        yield name, _write("urlset", "url", part)
    yield FILE, _write("sitemapindex", "sitemap", index)


def robots(site: str) -> bytes:
    """Everything that is public may be read; where to begin."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site}/{FILE}\n".encode()


def _write(root_name: str, name: str, listed: Sequence[Listed]) -> bytes:
    root = etree.Element(root_name, {"xmlns": NAMESPACE})
    for address, changed in listed:
        node = etree.SubElement(root, name)
        etree.SubElement(node, "loc").text = address
        if changed:
            etree.SubElement(node, "lastmod").text = changed.isoformat()
    etree.indent(root, " ")
    xml: bytes = etree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml + b"\n"
