"""Steps on files that are whole or not there: nothing that a reader may have open is ever written into."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

# What a file system answers where it has no hard links, or none here.
_NO_LINKS = {
    errno.EXDEV,
    errno.EPERM,
    errno.EACCES,
    errno.EMLINK,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EINVAL,
}
READABLE = 0o644


def replace(path: Path, data: bytes, temporary: Path, *, mode: int = READABLE) -> None:
    """Make ``data`` the content of ``path``; on disk when this returns. The file's mode stays; ``mode`` is a new one's.

    ``temporary`` lies on the same file system and is nobody else's.
    """
    mode = path.stat().st_mode & 0o777 if path.exists() else mode
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace_by_link(path: Path, source: Path, temporary: Path) -> None:
    """Make ``path`` the same file as ``source``."""
    if path.exists() and path.samefile(source):
        return  # a rename between two names of one file does nothing, and would leave the temporary name
    temporary.unlink(missing_ok=True)
    link(source, temporary)
    os.replace(temporary, path)


def link(source: Path, target: Path) -> None:
    """A second name for a file, or a copy where there can be none."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        target.unlink(missing_ok=True)
        shutil.copyfile(source, target)
        shutil.copymode(source, target)


def remove(path: Path) -> None:
    """Take a file away, if it is there."""
    if path.exists():
        path.unlink()
        sync_folder(path.parent)


def switch(name: Path, target: str, temporary: Path) -> None:
    """Let the symbolic link ``name`` point to ``target``: at every moment to the old one or to the new one."""
    temporary.unlink(missing_ok=True)
    os.symlink(target, temporary)
    os.replace(temporary, name)
    sync_folder(name.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def walk(root: Path) -> Iterator[Path]:
    """Every file below a folder, as a path relative to it, in a fixed order."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            yield (Path(folder) / name).relative_to(root)
