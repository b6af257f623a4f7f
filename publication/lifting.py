"""One text as though it were published now, for the eyes of a reviewer; nothing else changes."""

from collections.abc import Sequence
from pathlib import Path

from publication import fields, files, schema
from publication.items import Item, Shelf
from publication.problems import NEAREST, choose_from, quoted


class CannotLift(Exception):
    """No text is meant by what was typed. ``str(error)`` says what to type."""


def lift(shelf: Shelf, name: str) -> Item:
    """The text that ``name`` means: its id, its file, or the end of its file's path. What it lacks for being
    published goes to its problems.

    :raise CannotLift: there is no such text, or there are several.
    """
    item = _find(shelf, name)
    if item.is_readable and item.get("status") != "published" and "status" not in item.fields.wrong:
        fields.require_to_publish(item.fields, schema.TEXTS[item.kind], item.problems, preview=True)
        if item.kind != "resource" and not item.body.strip():
            item.problems.add(item.body_line, "There is no text", "Write it below the second ---.")
    return item


def _find(shelf: Shelf, name: str) -> Item:
    named = [item for item in shelf.texts if item.id == name and item.is_readable] or _by_path(shelf, Path(name).parts)
    if len(named) == 1:
        return named[0]
    if named:
        which = ", ".join(files.shown(item.source, shelf.content) for item in named)
        raise CannotLift(f"{quoted(name)} is the name of several texts. Type which one: {which}.")
    known = [item.id for item in shelf.texts]
    nearest = choose_from(Path(name).stem, known, most=NEAREST)
    raise CannotLift(f"There is no article, page or resource {quoted(name)}. {nearest}")


def _by_path(shelf: Shelf, parts: Sequence[str]) -> list[Item]:
    """Texts whose file's path ends so, from whatever folder it was typed."""
    wanted = tuple(part for part in parts if part not in ("..", "."))
    return [item for item in shelf.texts if item.source.parts[-len(wanted) :] == wanted] if wanted else []
