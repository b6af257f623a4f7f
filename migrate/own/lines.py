"""Our own export: JSON Lines, a row of the conversation a line. docs/export.md describes it for other programs.

The first line says what the file is, the last one how many lines there should be.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from comments.actions.moving import Moved
from migrate.own import fields as f
from migrate.own.fields import Field, WrongField

FORMAT, VERSION = "practice-notes", 1
LAST = "end"
_OPTIONAL = frozenset(("address",))

SHAPES: Mapping[str, Mapping[str, Field]] = {
    "account": {
        "id": f.NUMBER,
        "name": f.STAFF,
        "role": f.ROLE,
        "author": f.maybe(f.LINE),
        "disabled": f.FLAG,
        "created": f.MOMENT,
        "chosen": f.maybe(f.WHEN),
        "hour": f.maybe(f.NUMBER),
        "muted": f.LINES,
        "address": f.ADDRESS,
    },
    "listing": {
        "id": f.NUMBER,
        "list": f.one_of("moderation", "disallowed"),
        "kind": f.one_of("word", "domain"),
        "value": f.LISTED,
        "by": f.LINE,
        "created": f.MOMENT,
        "expires": f.maybe(f.MOMENT),
    },
    "person": {"id": f.NUMBER, "created": f.MOMENT, "proven": f.maybe(f.MOMENT), "address": f.ADDRESS},
    "thread": {"id": f.LINE, "override": f.maybe(f.POLICY)},
    "comment": {
        "id": f.NUMBER,
        "thread": f.LINE,
        "parent": f.maybe(f.NUMBER),
        "person": f.maybe(f.NUMBER),
        "account": f.maybe(f.NUMBER),
        "name": f.LINE,
        "website": f.WEBSITE,
        "source": f.TEXT,
        "html": f.TEXT,
        "markup": f.NUMBER,
        "state": f.STATE,
        "former": f.maybe(f.STATE),
        "reasons": f.REASONS,
        "created": f.MOMENT,
        "approved": f.maybe(f.MOMENT),
        "edited": f.maybe(f.MOMENT),
        "version": f.NUMBER,
        "proposed": f.maybe(f.TEXT),
        "erased": f.FLAG,
        "language": f.LINE,
        "moderated": f.TEXT,
        "tell": f.FLAG,
        "announced": f.maybe(f.MOMENT),
        "edits": f.EDITS,
    },
    "subscription": {
        "id": f.NUMBER,
        "person": f.NUMBER,
        "comment": f.NUMBER,
        "thread": f.LINE,
        "scope": f.SCOPE,
        "asked": f.MOMENT,
        "confirmed": f.maybe(f.MOMENT),
    },
    "act": {
        "id": f.NUMBER,
        "at": f.MOMENT,
        "actor": f.LINE,
        "action": f.LINE,
        "comment": f.maybe(f.NUMBER),
        "thread": f.maybe(f.LINE),
        "detail": f.DETAIL,
    },
    "origin": {"source": f.LINE, "key": f.LINE, "comment": f.NUMBER, "number": f.maybe(f.NUMBER)},
    "brake": {"braked": f.MOMENT, "why": f.TEXT},
    "numbers": {"last": f.NUMBERS, "floor": f.maybe(f.NUMBER)},
}


def write(rows: Iterable[Moved], site: str, now: datetime, *, addresses: bool) -> Iterator[str]:
    """The lines of the file, first and last included."""
    yield _line({"format": FORMAT, "version": VERSION, "site": site, "made": now.isoformat(), "addresses": addresses})
    number = 0
    for row in rows:
        shape = SHAPES[row.kind]
        told = {name: field.write(row.values[name]) for name, field in shape.items() if name in row.values}
        yield _line({"row": row.kind, **told})
        number += 1
    yield _line({"row": LAST, "rows": number})


def read_row(found: Mapping[str, Any]) -> Moved:
    """The row of a line.

    :raise WrongField: it is none of ours; says what is wrong.
    """
    kind = found.get("row")
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise WrongField(f"its row is {json.dumps(kind)[:40]}, which nobody knows here")
    if unknown := found.keys() - shape.keys() - {"row"}:
        named = sorted(unknown)[0][:40].encode(errors="replace").decode()
        raise WrongField(f"{named} is nothing that {kind} has")
    values = {}
    for name, field in shape.items():
        if name not in found:
            if name in _OPTIONAL:
                continue
            raise WrongField(f"{name} is missing")
        try:
            values[name] = field.read(found[name])
        except WrongField as wrong:
            raise WrongField(f"{name} is not {wrong}") from None
    return Moved(kind, values)  # type: ignore[arg-type]  # the shapes have the same names


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"
