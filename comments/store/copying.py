"""A store's file as it is, copied without touching it: whatever is done with the copy, nobody notices."""

import os
import shutil
from pathlib import Path

from comments.locks import FileLock
from comments.store.engine import PATIENCE
from comments.store.problems import translated

_PARTS = ("", "-wal")  # what was committed and is not in the file yet stands in the log


def copy_untouched(source: Path, target: Path) -> None:
    """Make ``target``, which only its owner can read, a copy of the store in ``source``.

    ``Store.copy_to`` needs an opened store: the last one that closes it moves the log into the file. This copies the
    bytes, under the lock in which everybody writes.
    :raise StoreProblem: it cannot be read now, or the copy not be written.
    """
    with translated(), FileLock(source.with_suffix(".lock"), PATIENCE):
        for ending in _PARTS:
            part = source.with_name(source.name + ending)
            if part.is_file():
                copy = target.with_name(target.name + ending)
                os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
                shutil.copyfile(part, copy)
