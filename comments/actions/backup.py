"""Backups: one file that holds the store as it was at one moment, and says so; never the keys.

Made while the service writes. Nothing has its final name before it was read back and found whole.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from comments.actions import tombstones
from comments.actions.context import Context
from comments.actions.files import sync_folder
from comments.actions.permissions import Actor, name_of
from comments.errors import Misconfigured
from comments.store.base import Store
from comments.store.base_upkeep import Progress
from comments.store.sqlite import open_store
from comments.words import _

FORMAT = 1
MANIFEST, STORE, PACKED = "manifest.json", "store.db", "backup.zip"
NAME = re.compile(r"practice-notes-\d{8}-\d{6}\.zip")
DRAFT = ".practice-notes-draft-"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Backup:
    """A backup's file and what it says of itself.

    :ivar counts: how many comments, people and accounts it holds.
    :ivar last: the highest ids ever given when it was made.
    """

    path: Path
    made: datetime
    bytes: int
    sha256: str
    counts: dict[str, int]
    last: dict[str, int]


def back_up(ctx: Context, actor: Actor, folder: Path, *, keep: int | None, progress: Progress) -> Backup:
    """Copy the store into a new file in ``folder``; with ``keep`` only so many of the newest backups stay there.

    The list of the erased is laid beside it, so that it is at hand where the keys' copy is older.
    :raise Misconfigured: the copy is not whole, or the folder is no place for one.
    """
    folder, var = folder.resolve(), ctx.settings.var.resolve()
    if folder.is_relative_to(var):
        raise Misconfigured(_("A backup beside the store is lost with it. Name a folder outside of %s.") % var)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    with _draft(folder) as draft:
        ctx.store.copy_to(draft / STORE, progress)
        path = folder / f"practice-notes-{ctx.now():%Y%m%d-%H%M%S}.zip"
        if path.exists():
            raise Misconfigured(_("%s is there already. Try again in a second.") % path)
        counts, last = inspect(draft / STORE)
        _pack(draft, ctx.now(), counts, last)
        backup = read_backup(draft / PACKED)
        os.rename(backup.path, path)
    tombstones.write(folder / tombstones.FILE, tombstones.read(tombstones.list_of(var)))
    sync_folder(folder)
    with ctx.store.write():
        ctx.store.add_audit(ctx.now(), name_of(actor), "backup", detail={"file": path.name})
    if keep:
        for old in list_backups(folder)[keep:]:
            old.unlink()
    return Backup(path, backup.made, backup.bytes, backup.sha256, backup.counts, backup.last)


def list_backups(folder: Path) -> list[Path]:
    """The backups in a folder, newest first."""
    return sorted((path for path in folder.glob("*.zip") if NAME.fullmatch(path.name)), reverse=True)


def read_backup(path: Path, unpack_to: Path | None = None) -> Backup:
    """What a backup says of itself, checked against what it holds; ``unpack_to`` gets the store's file.

    :raise Misconfigured: it is no backup of ours, or not whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read(MANIFEST))
            backup = _backup(path, told)
            with archive.open(STORE) as packed:
                found = _copied(packed, unpack_to, backup.bytes)
    except FileNotFoundError:
        raise Misconfigured(_("There is no file %s.") % path) from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, RuntimeError, NotImplementedError):
        raise Misconfigured(_("%s is no whole backup of Practice Notes. Take another one.") % path) from None
    except zlib.error:
        raise Misconfigured(_("%s is damaged. Take another backup.") % path) from None
    if found != backup.sha256:
        raise Misconfigured(_("%s is damaged: its checksum is another one. Take another backup.") % path)
    return backup


def inspect(path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Open a copy of the store and look whether it is whole: its counts, and its highest ids.

    :raise Misconfigured: it is not.
    """
    store = open_store(path)
    try:
        problems = store.check_integrity() + store.check_search()
        if problems:
            raise Misconfigured(_("The copy is not whole, so it is not kept. %s") % " ".join(problems))
        return count(store), store.get_last_ids()
    finally:
        store.close()


def count(store: Store) -> dict[str, int]:
    people = sum(each.kind == "person" for each in store.iterate_marks())
    return {"comments": store.count_comments(), "people": people, "accounts": len(store.list_accounts())}


def _pack(draft: Path, now: datetime, counts: dict[str, int], last: dict[str, int]) -> None:
    with (draft / STORE).open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    told = {
        "format": FORMAT,
        "what": "Practice Notes: the store of one installation, without its keys",
        "made": now.isoformat(),
        "bytes": (draft / STORE).stat().st_size,
        "sha256": sha256,
        "counts": counts,
        "last_ids": last,
    }
    descriptor = os.open(draft / PACKED, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(told, indent=1) + "\n")
            archive.write(draft / STORE, STORE)
        file.flush()
        os.fsync(descriptor)


def _backup(path: Path, told: dict[str, Any]) -> Backup:
    if told["format"] != FORMAT:
        raise ValueError(told["format"])
    last = {str(name): int(number) for name, number in told["last_ids"].items()}
    made = datetime.fromisoformat(told["made"])
    return Backup(path, made, int(told["bytes"]), str(told["sha256"]), dict(told["counts"]), last)


def _copied(packed: IO[bytes], target: Path | None, size: int) -> str:
    """Copy no more than was announced, and return the checksum."""
    digest, left = hashlib.sha256(), size
    descriptor = os.open(target or os.devnull, os.O_WRONLY | (os.O_CREAT | os.O_EXCL if target else 0), 0o600)
    with open(descriptor, "wb") as file:
        while chunk := packed.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise ValueError("more than announced")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        if target:
            os.fsync(descriptor)
    return digest.hexdigest()


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder for what is not finished, taken away at the end; locked, so that nobody sweeps it meanwhile."""
    draft = folder / f"{DRAFT}{os.getpid()}"
    draft.mkdir(mode=0o700)
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield draft
    finally:
        shutil.rmtree(draft)
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Take away what killed backups left; the system freed their locks."""
    for draft in folder.glob(f"{DRAFT}*"):
        descriptor = os.open(draft, os.O_RDONLY)
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(draft)
        os.close(descriptor)
