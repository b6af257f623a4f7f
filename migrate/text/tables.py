"""Tables: as Markdown where it can say them, else as HTML."""

from migrate.text import safe_html
from migrate.text.inline import Inline
from migrate.text.tree import BLOCKS, Element


def write(table: Element, inline: Inline, caption: str = "") -> str:
    """``table`` with its caption, if it has one, in the line above."""
    own = next((child for child in table.elements() if child.tag == "caption"), None)
    words = caption or (" ".join(inline.write(own.children).split()) if own else "")
    head = f"Table: {words}\n\n" if words else ""
    if own:
        table.children.remove(own)
    rows = _rows(table)
    if not rows:
        return ""
    if not _is_simple(rows):
        return head + safe_html.keep(table, inline)
    cells = [[_cell(cell, inline) for cell in row] for row in rows]
    heads = cells.pop(0) if all(cell.tag == "th" for cell in rows[0]) or _has_head(table) else [""] * len(cells[0])
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
    """As many cells in each row, none joined with another, no block in any."""
    if len({len(row) for row in rows}) != 1 or len(rows) < 2:
        return False
    cells = [cell for row in rows for cell in row]
    spans = any(cell.get(name) not in ("", "1") for cell in cells for name in ("colspan", "rowspan"))
    heads = any(cell.tag == "th" for row in rows[1:] for cell in row)
    blocks = any(next(cell.all(*(BLOCKS - {"p"})), None) or len(list(cell.all("p"))) > 1 for cell in cells)
    return not (spans or blocks or heads)


def _cell(cell: Element, inline: Inline) -> str:
    return " ".join(inline.write(cell.children).split()).replace("|", "\\|")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
