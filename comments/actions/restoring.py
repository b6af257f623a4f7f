"""Restoring: a backup takes the place of the store, without those who were erased since it was made.

All that can fail is done on a copy; then one rename makes it the store. Killed before that, nothing has happened; the
store that was replaced stays aside for some days.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from comments.actions import privacy, restored_doors, tombstones
from comments.actions.backup import Backup, count, inspect, read_backup
from comments.actions.files import sync_folder
from comments.actions.permissions import Actor, name_of
from comments.actions.restored_doors import Doors
from comments.actions.web_root import list_releases
from comments.errors import CommentsError
from comments.locks import FileLock
from comments.runtime.opening import KEYS, STORE, open_keys, work_alone
from comments.store.base import Store
from comments.store.sqlite import open_store

DRAFT = ".restoring"
REPLACED = "replaced-"
BESIDE = ("-wal", "-shm")
# Where the replaced store cannot be read: further than any publication comes between two backups.
GAP = 100_000


@dataclass(frozen=True)
class Restored:
    """What was put back.

    :ivar again: how many comments and people of the backup were erased again.
    :ivar aside: where the replaced store lies now; None where there was none.
    :ivar shut: the accounts that are shut out, as nobody knows whether they were since the backup.
    :ivar silent: the accounts that have no address now: their last one was sealed with other keys.
    :ivar bare: the accounts that are shut out, as their last second step was sealed with other keys.
    """

    backup: Backup
    counts: dict[str, int]
    again: int
    aside: Path | None
    shut: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Before:
    """What is known of the store that is replaced: threads its pages may show, the highest ids given, its doors."""

    threads: set[str]
    last: dict[str, int]
    doors: Doors | None


def restore(
    var: Path,
    actor: Actor,
    file: Path,
    clock: Callable[[], datetime],
    *,
    without_addresses: bool = False,
    let_in: bool = False,
) -> Restored:
    """Put the backup in place of the store of a stopped installation. Its pages are due afterwards.

    :param let_in: accounts that the replaced store does not tell about stay open.
    :raise Misconfigured: the service runs, the backup is not whole, or the keys are not those it was made with.
    """
    var = var.resolve()
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with work_alone(var):
        draft = var / DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        try:
            backup = read_backup(file, draft / STORE)
            inspect(draft / STORE)
            erased = tombstones.read(file.resolve().parent / tombstones.FILE) | tombstones.read(tombstones.list_of(var))
            done = _prepare(
                draft / STORE, var, actor, backup, erased, clock(), without_addresses=without_addresses, let_in=let_in
            )
            inspect(draft / STORE)
            tombstones.write(tombstones.list_of(var), erased)
            aside = _switch(var, draft / STORE, clock())
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return replace(done, aside=aside)


def list_aside(var: Path) -> list[Path]:
    """Folders with stores that were replaced, oldest first."""
    return sorted(path for path in var.glob(f"{REPLACED}*") if path.is_dir())


def drop_aside(var: Path, now: datetime, days: int) -> int:
    """Delete replaced stores after so many days: what is erased meanwhile still stands in them."""
    dropped = 0
    for path in list_aside(var):
        with suppress(ValueError):
            made = datetime.strptime(path.name.removeprefix(REPLACED) + "+0000", "%Y%m%d-%H%M%S%z")
            if now - made > timedelta(days=days):
                shutil.rmtree(path)
                dropped += 1
    return dropped


def _prepare(
    path: Path,
    var: Path,
    actor: Actor,
    backup: Backup,
    erased: Collection[tuple[str, str]],
    now: datetime,
    *,
    without_addresses: bool,
    let_in: bool,
) -> Restored:
    """Make of the copy what the store shall be."""
    store = open_store(path)
    try:
        if without_addresses:
            store.drop_sealed()
            store.set_key_checks({})
        open_keys(store, var / KEYS, create=without_addresses)
        before = _known_before(var, backup)
        with store.write():
            store.skip_ids(before.last)
            again = replay(store, erased, now)
            for thread in sorted(before.threads | {each.id for each in store.list_threads()}):
                store.mark_due(thread)
            shut = restored_doors.shut(store, before.doors, now, let_in=let_in)
            detail: dict[str, object] = {"file": backup.path.name, "made": backup.made.isoformat()}
            store.add_audit(now, name_of(actor), "restore backup", detail=detail | {"erased again": again})
        return Restored(backup, count(store), again, None, shut.unknown, shut.silent, shut.bare)
    finally:
        store.close()


def replay(store: Store, erased: Collection[tuple[str, str]], now: datetime) -> int:
    """Erase again whatever of it the list names, and end letters again. Returns how many rows were erased."""
    kinds: dict[str, set[str]] = {}
    for kind, mark in erased:
        kinds.setdefault(mark, set()).add(kind)
    named = [each for each in store.iterate_marks() if not kinds.keys().isdisjoint(each.marks)]
    found = [each for each in named if any(kinds.get(mark, set()) - {tombstones.LETTERS} for mark in each.marks)]
    for each in named:
        ended = store.find_subscription(each.id) if each.kind == "comment" else None
        if ended:
            store.end_subscription(ended.id)
    for each in found:
        if each.kind == "comment":
            comment = store.get_comment(each.id)
            text = any(tombstones.TEXT in kinds.get(mark, ()) for mark in each.marks)
            privacy.forget_words(store, comment, text=text, at=now)
            store.mark_due(comment.thread)
    for each in found:
        if each.kind == "person":
            address = store.find_address(each.id)
            # Whoever shared the mailbox was erased with it, under whichever mark.
            alike = store.list_people_by_lookup(address[1]) if address else []
            for person in {each.id, *(other.id for other in alike)}:
                store.forget_unused(person)
    return len(found)


def _known_before(var: Path, backup: Backup) -> _Before:
    try:
        store = open_store(var / STORE)
        try:
            threads = {each.id for each in store.list_threads()}
            return _Before(threads, store.get_last_ids(), restored_doors.look(store))
        finally:
            store.close()  # under the lock, so that its log is in the file
    except CommentsError:
        shown = (release.manifest.threads for release in list_releases(var))
        last = {name: number + GAP for name, number in backup.last.items()}
        return _Before({thread for threads in shown for thread in threads}, last, None)


def _switch(var: Path, new: Path, now: datetime) -> Path | None:
    """Let the copy be the store; what was there lies aside, whole or damaged as it was."""
    store, aside = var / STORE, _place_aside(var, now)
    with FileLock(store.with_suffix(".lock"), 10.0):
        there = [path for path in (store, *_beside(store)) if path.exists()]
        if there:
            aside.mkdir(mode=0o700)
            if store.exists():
                os.link(store, aside / STORE)
            # A log of the old store would be read into the new one.
            for path in _beside(store):
                if path.exists():
                    os.rename(path, aside / path.name)
            sync_folder(aside)
        os.chmod(new, 0o600)
        os.replace(new, store)
        sync_folder(var)
    return aside if there else None


def _place_aside(var: Path, now: datetime) -> Path:
    """Where the replaced store goes: named after the moment, or the next second where one lies there already."""
    while (path := var / f"{REPLACED}{now:%Y%m%d-%H%M%S}").exists():
        now += timedelta(seconds=1)
    return path


def _beside(store: Path) -> Iterable[Path]:
    return [store.with_name(store.name + end) for end in BESIDE]
