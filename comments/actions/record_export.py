"""The record as a file: for spreadsheets, or a line of JSON for each row. No row holds an address."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from comments.model import AuditRow

COLUMNS = ("id", "at", "who", "what", "comment", "article", "detail")
# What a spreadsheet takes for the beginning of a formula, behind spaces too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def as_csv(rows: Iterable[AuditRow]) -> Iterator[str]:
    """The rows as a table; cells that a spreadsheet would calculate begin with an apostrophe."""
    yield _line(COLUMNS)
    for row in rows:
        record = as_record(row)
        detail = json.dumps(row.detail, ensure_ascii=False, sort_keys=True) if row.detail else ""
        yield _line(cell(value) for value in (*list(record.values())[:-1], detail))


def as_lines(rows: Iterable[AuditRow]) -> Iterator[str]:
    """The rows as one JSON object a line."""
    for row in rows:
        yield json.dumps(as_record(row), ensure_ascii=False) + "\n"


def as_record(row: AuditRow) -> dict[str, object]:
    """A row for machines."""
    values = (row.id, row.at.isoformat(), row.actor, row.action, row.comment, row.thread, row.detail)
    return dict(zip(COLUMNS, values, strict=True))


def cell(value: object) -> str:
    """A value as text that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue()
