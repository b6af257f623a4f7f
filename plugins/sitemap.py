"""What search engines are told: every public page, and when its content last changed."""

import xml.etree.ElementTree as etree
from collections.abc import Iterable
from datetime import date

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(pages: Iterable[tuple[str, date | None]]) -> bytes:
    """The sitemap of these absolute addresses; the date is the content's, never that of the build."""
    root = etree.Element("urlset", {"xmlns": NAMESPACE})
    for address, changed in pages:
        url = etree.SubElement(root, "url")
        etree.SubElement(url, "loc").text = address
        if changed:
            etree.SubElement(url, "lastmod").text = changed.isoformat()
    etree.indent(root, " ")
    xml: bytes = etree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml + b"\n"


def robots(site: str) -> bytes:
    """Everything that is public may be read; where to begin."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site}/sitemap.xml\n".encode()
