"""The installation as it is now, for trying something out: whatever is done in it, nothing changes."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from comments.errors import Misconfigured
from comments.locks import Presence
from comments.runtime.opening import KEYS, STORE, Runtime, assemble, join, open_keys, utc_now
from comments.runtime.settings import Settings
from comments.store.copying import copy_untouched
from comments.store.sqlite import open_store
from comments.vault import have_keys
from comments.words import _

# Beside the store, not in the system's temporary folder: there is room, and nobody else may look in.
FOLDER = "rehearsal"


@contextmanager
def open_copy(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Iterator[Runtime]:
    """As ``open_runtime(create=True)`` would open it, but a copy of the store, or an empty one; gone with the block.

    A copy, and no transaction that is taken back: that would keep visitors from writing for as long as it lasts.
    :raise Misconfigured: store and keys do not belong together, or another rehearsal is going on.
    :raise StoreProblem: the store cannot be read, or its copy not be written.
    """
    var = settings.var.resolve()
    var.mkdir(parents=True, mode=0o700, exist_ok=True)
    presence = join(var)
    try:
        with _emptied(var / FOLDER) as folder:
            if (var / STORE).is_file():
                copy_untouched(var / STORE, folder / STORE)
            store = open_store(folder / STORE, create=True)
            try:
                has_keys = have_keys(var / KEYS) or store.get_key_checks()
                keys = open_keys(store, (var if has_keys else folder) / KEYS, create=True)
                yield assemble(settings, store, keys, clock, presence)
            finally:
                store.close()
    finally:
        presence.end()


def sweep(var: Path) -> None:
    """Take away what a rehearsal that was killed left behind."""
    if (var / FOLDER).is_dir():
        with suppress(BlockingIOError, FileNotFoundError), Presence(var / FOLDER, alone=True):
            shutil.rmtree(var / FOLDER)


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    sweep(folder.parent)
    try:
        folder.mkdir(mode=0o700)
        own = Presence(folder, alone=True)
    except (FileExistsError, FileNotFoundError, BlockingIOError):  # or somebody swept it away just now
        raise Misconfigured(_("Another rehearsal is going on. Try again when it has ended.")) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        own.end()
