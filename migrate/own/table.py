"""The table for spreadsheets brought in again, also where a spreadsheet has saved it with other separators."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import Any

from comments.actions.context import Context
from comments.actions.transfer import Foreign
from comments.model import State
from migrate.model import Site
from migrate.outcomes import Entry
from migrate.own import fields as f
from migrate.own.cells import ADDRESS, COLUMNS, STATES, unguarded
from migrate.own.fields import Field, WrongField
from migrate.own.joining import Joiner
from migrate.problems import Unusable
from migrate.sources.job import Job, Kind, Peek, Told

SOURCE = "practice-notes:table"
_SEPARATORS = (",", ";", "\t")
_LONGEST = 1_000_000  # characters of a cell
_STATES: dict[str, State] = {word: state for state, word in STATES.items()}


@dataclass(frozen=True)
class Row:
    """One comment as the table has it; ``line`` is where its row ends."""

    line: int
    number: int
    article: str
    answers: int | None
    state: State
    name: str
    website: str
    written: datetime
    text: str
    address: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """Tells it from all others, those of other sites included."""
        return f"{self.article}/{self.number}/{self.written.isoformat()}"


def recognises(peek: Peek) -> bool:
    """Whether its first line names our columns."""
    return _separator(peek.data) is not None


def bring(job: Job) -> Told:
    """Read the files to their ends, and only then add what is not there yet.

    :raise Unusable: one cannot be read. Nothing has changed then.
    """
    told = Told(site=Site(title="a table"))
    mixed = False
    for path in job.files:
        seen: set[str] = set()
        for article, rows in groupby(_rows(path, _step(job, path, "Reading")), key=lambda row: row.article):
            mixed |= article in seen
            seen.add(article)
            deque(rows, maxlen=0)
    with job.store() as ctx:
        for path in job.files:
            _join(ctx, path, job, told, mixed)
    return told


def _join(ctx: Context, path: Path, job: Job, told: Told, mixed: bool) -> None:
    joiner = Joiner(ctx, SOURCE, told.ledger)
    rows: Any = _rows(path, _step(job, path, "Writing"))
    if mixed:  # somebody sorted it: the comments of an article have to be together
        rows = sorted(rows, key=lambda row: row.article)
    for article, group in groupby(rows, key=lambda row: row.article):
        these = list(group)
        keys = {row.number: row.key for row in these}
        joiner.join(article, [(_entry(row), _foreign(row, keys)) for row in these])


def _foreign(row: Row, keys: dict[int, str]) -> Foreign:
    return Foreign(
        key=row.key,
        name=row.name,
        html="",
        source=row.text,
        state=row.state,
        made=row.written,
        parent="" if row.answers is None else keys.get(row.answers, f"comment {row.answers}"),
        address=row.address,
        website=row.website,
        number=row.number,
    )


def _entry(row: Row) -> Entry:
    return Entry(
        "comment", str(row.number), f"{row.name or 'Anonymous'}, {row.article}"[:120], "imported", line=row.line
    )


def _step(job: Job, path: Path, what: str) -> Callable[[int], None]:
    size = path.stat().st_size
    return lambda read: job.progress(what, read, size)


def _separator(data: bytes) -> str | None:
    head = data.decode("utf-8-sig", "replace").partition("\n")[0].replace('"', "").strip().casefold()
    return next((sign for sign in _SEPARATORS if head.split(sign)[: len(COLUMNS)] == list(COLUMNS)), None)


def _rows(path: Path, step: Callable[[int], None]) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST)
    with path.open("rb") as raw:
        separator = _separator(raw.read(4096)) or ","
    with path.open("rb") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            columns = [name.strip().casefold() for name in next(reader)]
            for cells in reader:
                if any(cells):
                    step(raw.tell())
                    yield _row(path, reader.line_num, columns, cells)
        except csv.Error as error:
            raise Unusable(
                f"{path.name}, line {reader.line_num}: this is no table ({error}). Save it as CSV again."
            ) from None
        except UnicodeDecodeError:
            raise Unusable(
                f"{path.name}, after line {reader.line_num}: it is not written in UTF-8. Save it as “CSV UTF-8”."
            ) from None


_CELLS: dict[str, Field] = {
    "article": f.LINE,
    "name": f.LINE,
    "website": f.WEBSITE,
    "written": f.MOMENT,
    "text": f.TEXT,
    ADDRESS: Field(f.ADDRESS.write, lambda cell: f.ADDRESS.read(cell) if cell else ""),
}


def _row(path: Path, line: int, columns: list[str], cells: list[str]) -> Row:
    def wrong(what: str) -> Unusable:
        return Unusable(f"{path.name}, line {line}: {what}. Mend that row, or export the table again.")

    if len(cells) != len(columns):
        raise wrong(f"the row has {len(cells)} cells, and the first line names {len(columns)}")
    found = {name: unguarded(cell) for name, cell in zip(columns, cells, strict=True)}
    values: dict[str, Any] = {"line": line, "number": _whole(found["number"]), "answers": None}
    if not values["number"]:
        raise wrong(f"the number is “{found['number'][:40]}”, which is none")
    if found["answers"]:
        values["answers"] = _whole(found["answers"])
        if not values["answers"]:
            raise wrong(f"it answers “{found['answers'][:40]}”, which is no number")
    if found["state"] not in _STATES:
        raise wrong(f"the state is not one of {', '.join(_STATES)}")
    values["state"] = _STATES[found["state"]]
    for name, kind in _CELLS.items():
        try:
            values[name] = kind.read(found.get(name, ""))
        except WrongField as error:
            raise wrong(f"the {name} is not {error}") from None
    if not values["article"] or not values["text"].strip():
        raise wrong("there is no article or no text")
    return Row(**values)


def _whole(text: str) -> int | None:
    plain = text.strip()
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 17 else 0
    return number if 0 < number < f.MOST else None


KIND = Kind("a table of Practice Notes", recognises, bring)
