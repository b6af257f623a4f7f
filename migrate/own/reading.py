"""Our own export read back, line by line: whole and well-formed, or a sentence that says where it is not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from comments.actions.moving import Moved
from migrate.own.fields import LINE, WrongField
from migrate.own.lines import FORMAT, LAST, VERSION, read_row
from migrate.problems import Unusable

LONGEST = 20_000_000  # bytes of a line
_AGAIN = "Export it again (python3 tasks.py export), or mend that line."


class Lines:
    """The rows of one file; ``line`` is the one that was read last, ``site`` whose conversation it is.

    ``addresses`` says whether e-mail addresses are in it.
    """

    def __init__(self, path: Path, progress: Callable[[int], None] = lambda _: None) -> None:
        self.path, self.line, self.site, self.addresses = path, 0, "", False
        self._progress = progress

    def rows(self) -> Iterator[Moved]:
        """Every row, in the order of the file.

        :raise Unusable: it is not whole, or a line is none of ours.
        """
        self.line = 0
        with self.path.open("rb") as file:
            found = (self._object(line) for line in iter(lambda: file.readline(LONGEST), b""))
            self._begin(next(found, {}))
            last: dict[str, Any] | None = None
            number = 0
            for row in found:
                if last is not None:
                    raise self.wrong("there is something behind the last line")
                if row.get("row") == LAST:
                    last = row
                    continue
                number += 1
                if number % 500 == 0:
                    self._progress(file.tell())
                try:
                    yield read_row(row)
                except WrongField as wrong:
                    raise self.wrong(str(wrong)) from None
            self._progress(file.tell())
        if last is None:
            raise self.wrong("the file breaks off there: its last line, which counts the others, is missing")
        if last.get("rows") != number:
            raise self.wrong(f"it says that there are {last.get('rows')} rows, but there are {number}")

    def wrong(self, what: str) -> Unusable:
        """What is wrong with the line that was read last."""
        return Unusable(f"{self.path.name}, line {self.line}: {what}. {_AGAIN}")

    def _object(self, line: bytes) -> dict[str, Any]:
        self.line += 1
        if not line.endswith(b"\n"):
            raise self.wrong("the file breaks off there" if len(line) < LONGEST else "the line is too long")
        try:
            found = json.loads(line.decode("utf-8-sig" if self.line == 1 else "utf-8"))
        except (ValueError, RecursionError):
            raise self.wrong("this is no line of JSON") from None
        if not isinstance(found, dict):
            raise self.wrong("this is no object of JSON")
        return found

    def _begin(self, head: dict[str, Any]) -> None:
        if head.get("format") != FORMAT:
            raise self.wrong("this is no export of Practice Notes")
        if head.get("version") != VERSION:
            raise self.wrong(f"it has the version {str(head.get('version'))[:20]}, and this program reads {VERSION}")
        try:
            self.site = LINE.read(head.get("site", ""))
        except WrongField as wrong:
            raise self.wrong(f"its site is not {wrong}") from None
        self.addresses = head.get("addresses") is True


def is_ours(data: bytes) -> bool:
    """Whether a file that begins like this is an export of our own."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"format": "practice-notes"')
