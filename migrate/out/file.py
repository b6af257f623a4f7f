"""The file that is written: it has its name only when it is whole, and only its owner can read it."""

import os
from collections.abc import Iterable
from pathlib import Path

from comments.actions.files import sync_folder
from migrate.problems import Unusable

PRIVATE = 0o600


def refuse_place(path: Path, *, replace: bool) -> None:
    """Make sure that a file can be written there.

    :raise Unusable: a file of this name is there and is not to be replaced, or its folder is not there.
    """
    if path.is_dir():
        raise Unusable(f"{path} is a folder. Name the file that should be written in it.")
    if path.exists() and not replace:
        raise Unusable(f"{path} is there already. Add --replace to write it anew, or give another name.")
    if not path.parent.is_dir():
        raise Unusable(f"There is no folder {path.parent}. Make it, or give another name.")


def write(path: Path, pieces: Iterable[str], *, replace: bool) -> int:
    """Write ``pieces`` beside ``path`` and move them there when all are on the disk. Returns the bytes.

    :raise Unusable: as ``refuse_place`` does.
    """
    refuse_place(path, replace=replace)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            os.fchmod(descriptor, PRIVATE)
            file.writelines(pieces)
            file.flush()
            os.fsync(descriptor)
            size = file.tell()
        _place(fresh, path, replace)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)
    return size


def _place(fresh: Path, path: Path, replace: bool) -> None:
    if replace:
        os.replace(fresh, path)
        return
    try:
        os.link(fresh, path)  # unlike a rename, never in place of a file that came meanwhile
    except FileExistsError:
        raise Unusable(f"{path} is there now; it was not when this began. Give another name.") from None
    except OSError:
        os.replace(fresh, path)  # a file system without links
