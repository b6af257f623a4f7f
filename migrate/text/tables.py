"""Tables: as Markdown where it can say them, else as HTML."""

from migrate.text import escaping, safe_html
from migrate.text.inline import Inline
from migrate.text.tree import BLOCKS, Element


def write(table: Element, inline: Inline, caption: str = "") -> str:
    """``table`` with its caption, if it has one, in the line above."""
    own = next((child for child in table.elements() if child.tag == "caption"), None)
    words = caption or (inline.line(own.children) if own else "")
    head = f"Table: {words}\n\n" if words else ""
    if own:
        table.children.remove(own)
    rows = _rows(table)
    if not rows:
        return ""
    if not _is_simple(rows):
        return head + safe_html.keep(table, inline)
    width = max(map(len, rows))
    rows = [row + [Element("td")] * (width - len(row)) for row in rows]
    has_head = all(cell.tag == "th" or not cell.text().strip() for cell in rows[0]) or _has_head(table)
    cells = [[_cell(cell, inline, is_head=bool(has_head) and not at) for cell in row] for at, row in enumerate(rows)]
    heads = cells.pop(0) if has_head else [""] * width
    lines = [_row(heads), _row(["---"] * len(heads)), *map(_row, cells)]
    return head + "\n".join(lines)


def _rows(table: Element) -> list[list[Element]]:
    found = []
    for row in table.all("tr"):
        cells = [cell for cell in row.elements() if cell.tag in ("td", "th")]
        if cells:
            found.append(cells)
    return found


def _has_head(table: Element) -> bool:
    return any(part.tag == "thead" and next(part.all("tr"), None) for part in table.elements())


def _is_simple(rows: list[list[Element]]) -> bool:
    """At least two cells in a row, none joined with another, no block in any."""
    if max(map(len, rows)) < 2:
        return False
    cells = [cell for row in rows for cell in row]
    spans = any(cell.get(name) not in ("", "1") for cell in cells for name in ("colspan", "rowspan"))
    blocks = any(next(cell.all(*(BLOCKS - {"p"})), None) or len(list(cell.all("p"))) > 1 for cell in cells)
    return not (spans or blocks)


def _cell(cell: Element, inline: Inline, *, is_head: bool) -> str:
    """A cell in one line; the head of a row, which Markdown cannot say, in bold letters."""
    lines = [" ".join(line.split()) for line in inline.write(cell.children).strip().split("\n")]
    words = escaping.relaxed("<br>".join(line for line in lines if line)).replace("|", "\\|")
    return f"**{words}**" if cell.tag == "th" and not is_head and words and "**" not in words else words


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
