"""The list of the erased: what must not come back with a backup that is older than the erasure; ended letters too.

It lies beside the keys, not in the store, and holds random marks only. A line is on the disk before the rows go.
"""

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from comments.actions.files import sync_folder
from comments.errors import StoreProblem
from comments.store.base import Store
from comments.words import _

FILE = "erased"
# What of a row is gone: a comment's writer, its text too, or a person; or the letters asked for with a comment.
NAMELESS, TEXT, PERSON, LETTERS = "nameless", "text", "person", "letters"
LINE = re.compile(r"(nameless|text|person|letters) ([0-9a-f]{32})\n")


def list_of(var: Path) -> Path:
    """The list of the installation in that folder."""
    return var / "keys" / FILE


def bury(var: Path, store: Store, *, comments: Collection[int] = (), people: Collection[int] = (), text: bool) -> None:
    """Write down, before they are erased, comments (with their ``text`` or without) and people. Synced on return.

    Call it inside the transaction that erases: the store's lock keeps two writers apart.
    :raise StoreProblem: it cannot be written; then nothing may be erased.
    """
    kind = TEXT if text else NAMELESS
    lines = [f"{kind} {mark}\n" for mark in store.list_marks("comment", list(comments))]
    lines += [f"{PERSON} {mark}\n" for mark in store.list_marks("person", list(people))]
    _note(var, lines)


def bury_letters(var: Path, store: Store, comment: int) -> None:
    """Write down, before that is done, that the letters asked for with a comment end. As ``bury``."""
    _note(var, [f"{LETTERS} {mark}\n" for mark in store.list_marks("comment", [comment])])


def _note(var: Path, lines: list[str]) -> None:
    try:
        if lines:
            _append(list_of(var), lines)
    except OSError as error:
        why = _("The list of the erased cannot be written, so nothing was erased: {reason}.")
        raise StoreProblem(why.format(reason=error.strerror)) from error


def read(path: Path) -> set[tuple[str, str]]:
    """What the list names, as (kind, mark); nothing where there is no list. A line cut short by a crash is left out."""
    try:
        text = path.read_text("ascii", "replace")
    except FileNotFoundError:
        return set()
    return {(found[1], found[2]) for found in LINE.finditer(text)}


def write(path: Path, marks: Iterable[tuple[str, str]]) -> None:
    """Add those that the list does not name yet."""
    known = read(path)
    lines = [f"{kind} {mark}\n" for kind, mark in sorted(set(marks) - known)]
    if lines:
        _append(path, lines)


def _append(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        whole = not size or os.pread(descriptor, 1, size - 1) == b"\n"
        # What a crash cut short must not swallow the next line.
        data = ("" if whole else "\n") + "".join(lines)
        rest = data.encode()
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)
