"""Comments as a table for spreadsheets: its columns, and cells that no spreadsheet takes for a formula."""

import re

from comments.model import State

COLUMNS = ("number", "article", "answers", "state", "name", "website", "written", "text")
ADDRESS = "address"
MARK = "\ufeff"  # spreadsheets take a file without it for one in another encoding
STATES: dict[State, str] = {"approved": "published", "pending": "waiting", "spam": "spam", "trash": "bin"}

# What a spreadsheet calculates, behind spaces too; and what would look as though we had marked it.
_FORMULA = re.compile(r"'* *[=+\-@\t\r\n\0＝＋－＠]")


def guarded(text: str) -> str:
    """``text`` as a cell: with an apostrophe before what could be a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell. The apostrophe goes only where ``guarded`` puts one."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
