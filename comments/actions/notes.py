"""Notes that other programs leave in ``var/``, as JSON: whatever stands there, the answer has its type or is none."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from comments.words import _

T = TypeVar("T")
# Far above what is ever written; a file of gigabytes must not take the service's memory.
LARGEST = 20_000_000
# What no page can hold: halves of surrogate pairs, and control characters.
_UNSHOWN = dict.fromkeys((*range(32), *range(127, 160)), " ") | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class Damaged(Exception):
    """The note cannot be read, or is not what it should be. ``str(error)`` says what, for whoever mends it."""


@dataclass(frozen=True)
class Note:
    """One JSON object. Every question raises Damaged where the answer is missing or of another kind."""

    raw: dict[str, Any]

    def text(self, key: str) -> str:
        """On one line, and nothing in it that a page could not hold."""
        return _shown(_typed(self._get(key), str, key))

    def lines(self, key: str) -> list[str]:
        """The lines of a text that are not empty."""
        found = _typed(self._get(key), str, key).splitlines()
        return [_shown(line) for line in found if line.strip()]

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(_shown(_typed(one, str, key)) for one in self._list(key))

    def whole(self, key: str) -> int:
        """Not negative."""
        number = _typed(self._get(key), int, key)
        if number < 0 or isinstance(number, bool):
            raise Damaged(key)
        return number

    def flag(self, key: str) -> bool:
        return _typed(self._get(key), bool, key)

    def moment(self, key: str) -> datetime:
        """An aware moment of a year that calendars can show in every zone."""
        try:
            found = datetime.fromisoformat(self.text(key))
        except ValueError:
            raise Damaged(key) from None
        if found.tzinfo is None or not 1 < found.year < 9999:
            raise Damaged(key)
        return found

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise Damaged(key) from None

    def note(self, key: str) -> "Note":
        return Note(_typed(self._get(key), dict, key))

    def notes(self, key: str) -> "list[Note]":
        return [Note(_typed(one, dict, key)) for one in self._list(key)]

    def has(self, key: str) -> bool:
        """Whether it says anything about it."""
        return self.raw.get(key) is not None

    def _get(self, key: str) -> Any:
        if key not in self.raw:
            raise Damaged(key)
        return self.raw[key]

    def _list(self, key: str) -> list[Any]:
        return _typed(self._get(key), list, key)


def read_note(file: Path) -> Note | None:
    """The note in ``file``; None where there is none.

    :raise Damaged: it cannot be read, or is no JSON object.
    """
    try:
        with file.open("rb") as source:
            raw = source.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damaged(error.strerror or str(error)) from None
    if len(raw) > LARGEST:
        raise Damaged(_("it is far too large"))
    try:
        return Note(_typed(json.loads(raw), dict, file.name))
    except (ValueError, RecursionError):  # RecursionError: brackets within brackets within brackets
        raise Damaged(_("it is no JSON")) from None


def _typed(value: Any, kind: type[T], key: str) -> T:
    if not isinstance(value, kind):
        raise Damaged(key)
    return value


def _shown(text: str) -> str:
    return text.translate(_UNSHOWN)
