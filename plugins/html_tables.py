"""Tables and addresses in the HTML that a text holds: Markdown leaves them as they are, our pages cannot."""

import re
from collections.abc import Callable

_EDGE = re.compile(r"<(?P<end>/?)table\b[^<>]*>", re.IGNORECASE)
_CAPTION = re.compile(r"(?P<table><table\b[^<>]*>\s*)<caption\b(?P<given>[^<>]*)>\s*", re.IGNORECASE)
_ID = re.compile(r"\bid\s*=\s*[\"']?(?P<id>[a-z][a-z0-9_-]{0,99})\b")
_ADDRESS = re.compile(
    r"(?P<tag><(?:a|img)\b[^<>]*?)\s(?P<name>href|src)\s*=\s*\"(?P<address>[^\"<>]*)\"", re.IGNORECASE
)
_FRAMED = 'class="scroll"'


def frame(html: str, before: int, label: Callable[[int], str]) -> tuple[str, int]:
    """``html`` with each table that is in no other in a region that scrolls and can be reached by keyboard.

    ``before`` tables stand above; gives the number of the last one as well. ``label`` names a table by its number.
    """
    if _FRAMED in html:  # whoever wrote it did so
        return html, before
    parts: list[str] = []
    depth = at = 0
    for edge in _EDGE.finditer(html):
        if not edge["end"]:
            if not depth:
                parts.append(html[at : edge.start()])
                at = edge.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                before += 1
                parts.append(_framed(html[at : edge.end()], f"table-{before}", label(before)))
                at = edge.end()
    return "".join([*parts, html[at:]]), before


def resolve_addresses(html: str, resolve: Callable[[str], str | None]) -> str:
    """``html`` with where its links and pictures are; what leads nowhere that is public loses its address."""

    def resolved(found: re.Match[str]) -> str:
        address = resolve(found["address"])
        return found["tag"] if address is None else f'{found["tag"]} {found["name"]}="{address}"'

    return _ADDRESS.sub(resolved, html)


def _framed(table: str, name: str, label: str) -> str:
    caption = _CAPTION.match(table)
    named = f'aria-label="{label.rstrip(".")}"'
    if caption:
        own = _ID.search(caption["given"])
        name = own["id"] if own else name
        table = f'{caption["table"]}<caption id="{name}"><b>{label}</b> {table[caption.end() :]}'
        named = f'aria-labelledby="{name}"'
    return f'<div class="scroll" role="region" tabindex="0" {named}>\n{table}\n</div>'
