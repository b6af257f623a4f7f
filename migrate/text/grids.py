"""The cells of a table where browsers put them: joined cells that join nothing are made narrower and lower."""

from collections.abc import Sequence

from migrate.text.tree import Element

_WIDEST = 1000


def straighten(groups: Sequence[Sequence[Sequence[Element]]]) -> None:
    """Give the cells of each group of rows (head, body, foot) spans that hold together.

    None reaches out of its group, lies over another, or spans a column in which no cell begins.
    """
    placed = [place for group in groups for place in _placed(group)]
    begun = sorted({column for _, column, _ in placed})
    for cell, column, width in placed:
        _set(cell, "colspan", sum(column <= one < column + width for one in begun))


def _placed(rows: Sequence[Sequence[Element]]) -> list[tuple[Element, int, int]]:
    """Each cell with its column and its width."""
    found: list[tuple[Element, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan") or len(rows), len(rows) - at)
            wanted = range(column, column + (_span(cell, "colspan") or 1))
            width = next((one - column for one in wanted if (at, one) in taken), len(wanted))
            taken |= {(at + down, column + right) for down in range(height) for right in range(width)}
            _set(cell, "rowspan", height)
            found.append((cell, column, width))
            column += width
    return found


def _span(cell: Element, name: str) -> int:
    written = cell.get(name).strip()
    return min(int(written), _WIDEST) if written.isascii() and written.isdigit() and len(written) < 10 else 1


def _set(cell: Element, name: str, span: int) -> None:
    cell.attributes.pop(name, None)
    if span > 1:
        cell.attributes[name] = str(span)
