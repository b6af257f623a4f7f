"""What Markdown cannot say, kept as plain HTML: tables with joined cells, definition lists, details."""

import html
import re
from dataclasses import replace

from migrate.text.inline import GONE, Inline, is_file_name
from migrate.text.tree import BLOCKS, VOID, Element, parse

_TAGS_NAMES = """
a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure hr i img ins
kbd li mark ol p pre q s small strong sub summary sup table tbody td tfoot th thead tr ul var
"""
_TAGS = frozenset(_TAGS_NAMES.split())
_ATTRIBUTES = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start",),
    "abbr": ("title",),
}


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LINES = frozenset(("p", "li", "td", "th", "dt", "dd", "caption", "summary", "figcaption"))
_FOLDED = frozenset(("details", "dl", "ol", "ul", "table", "thead", "tbody", "tfoot", "tr", "blockquote", "figure"))
_SPACES = re.compile(r"\s+")
_EMPTY_LINE = re.compile(r"(?<=\n)[ \t]*\n")


def keep(node: Element, inline: Inline) -> str:
    """``node`` as HTML without empty lines, so that Markdown takes it as one block."""
    text = _write(node, inline)
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())


def _write(node: Element | str, inline: Inline, *, in_code: bool = False) -> str:
    if isinstance(node, str):
        written = html.escape(node if in_code else _SPACES.sub(" ", node), quote=False)
        return _EMPTY_LINE.sub("&#10;", written) if in_code else written
    if node.tag in GONE:
        inline.tell_gone(node)
        return ""
    if node.tag == "img":
        return _picture(node, inline)
    if inline.note_of(node):
        return _note(node, inline)
    inner = "".join(_write(child, inline, in_code=in_code or node.tag == "pre") for child in node.children)
    if node.tag in _HEADINGS:  # the headings of a page are those of its Markdown
        return f"\n<p><strong>{inner.strip()}</strong></p>\n" if inner.strip() else ""
    if node.tag not in _TAGS:  # a box in which lines stood is a paragraph here
        is_line = node.tag in BLOCKS and inner.strip() and next(node.all(*BLOCKS), None) is None
        return f"\n<p>{inner.strip()}</p>\n" if is_line else inner
    if node.tag in _LINES:
        inner = inner.strip()
        if not inner and node.tag not in ("td", "th"):
            return ""
    if node.tag in VOID:
        return f"<{node.tag}>"
    given = {name: node.get(name) for name in _ATTRIBUTES.get(node.tag, ()) if node.get(name)}
    if node.tag == "a":
        target = inline.around.link(node.get("href"), node.text()) if node.get("href") else None
        if target is None or not inner.strip():
            return inner
        given["href"] = target
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in given.items())
    if node.tag in _FOLDED:
        return f"\n<{node.tag}{written}>\n{inner.strip()}\n</{node.tag}>\n" if inner.strip() else ""
    whole = f"<{node.tag}{written}>{inner}</{node.tag}>"
    return f"\n{whole}\n" if node.tag in _LINES else whole


def _note(node: Element, inline: Inline) -> str:
    """A footnote's words where its mark stood: in HTML there are no marks."""
    inline.findings.add("note", "a footnote inside what was kept as HTML stands in brackets there", node.line)
    flat = replace(inline, notes={})  # a note may hold its own mark
    words = "".join(_write(child, flat) for child in parse(inline.notes[inline.note_of(node)]).children)
    return f" ({words.strip()})" if words.strip() else ""


def _picture(node: Element, inline: Inline) -> str:
    file = inline.around.picture(node.get("src"))
    if file is None:
        return html.escape(node.get("alt"), quote=False)
    alt = "" if is_file_name(node.get("alt")) else node.get("alt").strip()
    if not alt:
        inline.findings.add("alt-text", f"the picture {file} has no words for those who do not see it", node.line)
    return f'<img src="{html.escape(file)}" alt="{html.escape(alt)}">'
