"""Tables: as Markdown where it can say them, else as HTML that says no more than they do."""

from collections.abc import Iterable, Iterator

from migrate.text import escaping, grids, safe_html
from migrate.text.inline import GONE, Inline
from migrate.text.tree import BLOCKS, Element

_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
_NO_ROWS = GONE | {"caption"}
Group = tuple[str, list[list[Element]]]


def write(table: Element, inline: Inline, caption: Element | None = None) -> str:
    """``table`` with ``caption``, or with its own if it has one."""
    caption = caption or next((child for child in table.elements() if child.tag == "caption"), None)
    groups = _groups(table)
    grids.straighten([rows for _, rows in groups])
    rows = [row for _, rows in groups for row in rows]
    if not rows:
        return inline.line(caption.children) if caption else ""
    why = _why_html(groups)
    if why:
        inline.findings.add("table", f"a table with {why}, kept as HTML", table.line)
    if why or max(map(len, rows)) < 2:
        return safe_html.keep(_clean(groups, caption), inline)
    words = inline.line(caption.children) if caption else ""
    return (f"Table: {words}\n\n" if words else "") + _with_pipes(groups, rows, inline)


def _with_pipes(groups: list[Group], rows: list[list[Element]], inline: Inline) -> str:
    width = max(map(len, rows))
    rows = [row + [Element("td")] * (width - len(row)) for row in rows]
    has_head = groups[0][0] == "thead" or all(cell.tag == "th" or not cell.text().strip() for cell in rows[0])
    cells = [[_cell(cell, inline, is_head=has_head and not at) for cell in row] for at, row in enumerate(rows)]
    heads = cells.pop(0) if has_head else [""] * width
    return "\n".join([_row(heads), _row(["---"] * width), *map(_row, cells)])


def _groups(table: Element) -> list[Group]:
    """Its rows in their groups, the foot last; a row without cells is none, nor is a group without rows."""
    found: list[Group] = []
    for part in table.children:
        is_group = isinstance(part, Element) and part.tag in _GROUPS
        name = part.tag if isinstance(part, Element) and is_group else "tbody"
        rows = list(_rows([part]))
        if rows and not is_group and found and found[-1][0] == name:
            found[-1][1].extend(rows)
        elif rows:
            found.append((name, rows))
    return sorted(found, key=lambda group: _GROUPS.index(group[0]))


def _rows(parts: Iterable[Element | str]) -> Iterator[list[Element]]:
    """The rows of ``parts``; words that stand where none can are a row."""
    for part in parts:
        if isinstance(part, str):
            if part.strip():
                yield [Element("td", {}, [part])]
        elif part.tag == "tr":
            cells = list(_cells(part.children))
            if cells:
                yield cells
        elif part.tag in _CELLS:
            yield [part]
        elif part.tag not in _NO_ROWS:
            yield from _rows(part.children)


def _cells(parts: Iterable[Element | str]) -> Iterator[Element]:
    """The cells of ``parts``; what stands between them is one."""
    for part in parts:
        if isinstance(part, Element) and part.tag in _CELLS:
            yield part
        elif isinstance(part, Element) or part.strip():
            yield Element("td", {}, [part])


def _why_html(groups: list[Group]) -> str:
    """What Markdown cannot say of the table; nothing where it can."""
    rows = [row for _, rows in groups for row in rows]
    cells = [cell for row in rows for cell in row]
    heads = max(sum(len(rows) for name, rows in groups if name == "thead"), _rows_of_heads(rows))
    reasons = {
        "joined cells": any(cell.get(name) for cell in cells for name in ("colspan", "rowspan")),
        "another table in it": any(next(cell.all("table"), None) for cell in cells),
        "lists or paragraphs in its cells": any(map(_holds_blocks, cells)),
        "several rows of heads": heads > 1,
        "a foot": groups[-1][0] == "tfoot" and len(groups) > 1,
        "heads of rows": any(cell.get("scope").startswith("row") for cell in cells) and bool(rows[0][0].text().strip()),
    }
    return next((reason for reason, is_so in reasons.items() if is_so), "")


def _rows_of_heads(rows: list[list[Element]]) -> int:
    """How many rows at the top are nothing but heads, where there is more than one column."""
    tops = (at for at, row in enumerate(rows) if any(cell.tag != "th" for cell in row) or len(row) < 2)
    return next(tops, len(rows))


def _holds_blocks(cell: Element) -> bool:
    return next(cell.all(*(BLOCKS - {"p"})), None) is not None or len(list(cell.all("p"))) > 1


def _clean(groups: list[Group], caption: Element | None) -> Element:
    """The same with nothing around and between its groups, rows and cells, and with heads that say of what."""
    children: list[Element | str] = [Element("caption", {}, caption.children, caption.line)] if caption else []
    for name, rows in groups:
        written = [Element("tr", {}, [*_scoped(row, is_head=name == "thead")]) for row in rows]
        children.append(Element(name, {}, [*written]))
    return Element("table", {}, children)


def _scoped(row: list[Element], *, is_head: bool) -> Iterator[Element]:
    is_head = is_head or (len(row) > 1 and all(cell.tag == "th" for cell in row))
    for cell in row:
        given = {name: cell.get(name) for name in ("colspan", "rowspan") if cell.get(name)}
        if cell.tag == "th":
            scope = cell.get("scope").strip().lower()
            given["scope"] = scope if scope in ("row", "col") else "col" if is_head else "row"
        yield Element(cell.tag, given, cell.children, cell.line)


def _cell(cell: Element, inline: Inline, *, is_head: bool) -> str:
    """A cell in one line; the head of a row, which Markdown cannot say, in bold letters."""
    lines = [" ".join(line.split()) for line in inline.write(cell.children).strip().split("\n")]
    words = escaping.relaxed("<br>".join(line for line in lines if line)).replace("|", "\\|")
    return f"**{words}**" if cell.tag == "th" and not is_head and words and "**" not in words else words


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
