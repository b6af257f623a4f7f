"""Page builders' shortcodes: columns and boxes go, the words in them stay, those in their attributes as well."""

import html
import re
from urllib.parse import unquote

from migrate.text.findings import Findings

_LAYOUT = re.compile(
    r"(?<!\[)\[(?P<end>/)?(?P<name>(?:vc|et_pb|fusion|av|cs|x|mk|nectar)_[a-z0-9_]+"
    r"|(?:(?:column|col|one|two|three|four|five)_?)(?:half|thirds?|fourths?|quarters?|fifths?|sixths?|[0-9_]+)(?:_(?:last|first))?"
    r"|columns?|rows?|section|container|clear(?:fix)?|spacer|divider|gap|dropcap|leading)(?P<more>(?:\s[^\[\]]*)?)/?\]",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|“([^”]*)”)")
_TITLES = ("title", "heading", "headline", "text", "content", "subhead", "button_text", "label")
_SOURCES = ("src", "image_src", "image_url", "button_url", "url", "href", "link")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)(?:$|\?)", re.IGNORECASE)


def without_layout(text: str, findings: Findings) -> str:
    """``text`` without the shortcodes of page builders; that there were some is told once."""
    first = _LAYOUT.search(text)
    if not first:
        return text
    line = text.count("\n", 0, first.start()) + 1
    findings.add("layout", f"the layout of [{first['name']}] and the like; the words in it are kept", line)
    return _LAYOUT.sub(_words, text)


def _words(match: re.Match[str]) -> str:
    """Inside a line nothing is left of a box; a column begins a paragraph."""
    name = match["name"].lower()
    if name in ("dropcap", "leading") or (match["end"] and name.endswith(("text", "button", "btn"))):
        return ""
    given = {key.lower(): double or single or curly for key, double, single, curly in _ATTRIBUTE.findall(match["more"])}
    told = next((given[key].strip() for key in _TITLES if given.get(key, "").strip()), "")
    source = next((_address(given[key]) for key in _SOURCES if _address(given.get(key, ""))), "")
    if _PICTURE.search(source):
        return f'\n\n<img src="{html.escape(source)}" alt="{html.escape(given.get("alt", ""))}">\n\n'
    words = html.escape(html.unescape(told), quote=False)
    if words and name.endswith(("heading", "header")):
        return f"\n\n<h2>{words}</h2>\n\n"
    if words and source:
        return f'\n\n<p><a href="{html.escape(source)}">{words}</a></p>\n\n'
    return f"\n\n<p><strong>{words}</strong></p>\n\n" if words else "\n\n"


def _address(written: str) -> str:
    """An address, also where WPBakery wrote ``url:https%3A%2F%2F…|title:…``."""
    if written.startswith("url:"):
        written = unquote(written[4:].partition("|")[0])
    return written if written.startswith(("http://", "https://", "/")) else ""
