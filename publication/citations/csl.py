"""CSL-JSON, which citation processors read: https://citationstyles.org."""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from publication.citations import dates
from publication.citations.work import Work
from publication.records import Citation, Name

Item = dict[str, Any]

_PEOPLE = ("author", "editor", "translator")
_DATES = ("issued", "original_date")
_IN_CAPITALS = {"issn": "ISSN"}


def write(works: Iterable[Work]) -> bytes:
    """A file of these works: one array."""
    items = [item(work) for work in works]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def item(work: Work) -> Item:
    """The work as one item, with no key that has nothing to say."""
    facts: Item = {_key(field.name): _value(work.facts, field.name) for field in fields(Citation)}
    made = {"id": work.id, "title": work.title, "language": work.language}
    made |= facts | {"DOI": work.doi, "ISBN": work.isbn, "URL": work.url}
    return {key: value for key, value in made.items() if value}


def _key(name: str) -> str:
    return _IN_CAPITALS.get(name, name.replace("_", "-"))


def _value(facts: Citation, name: str) -> Any:
    value = getattr(facts, name)
    if name in _PEOPLE:
        return [_name(one) for one in value]
    return _date(value) if name in _DATES else value


def _name(name: Name) -> dict[str, str]:
    parts = {_key(field.name): getattr(name, field.name) for field in fields(Name)}
    return {key: value for key, value in parts.items() if value}


def _date(issued: str) -> Item:
    span = dates.read(issued)
    if span is None:
        return {}
    parts = [list(day) for day in (span.start, span.end) if day]
    return {"date-parts": parts} | ({"edtf": issued} if span.open else {})
