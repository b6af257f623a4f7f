"""What can be wrong with an installation besides its store, its pages and its mail: each with its cure."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from comments.actions import tombstones
from comments.actions.opening import Installation
from comments.actions.restoring import list_aside
from comments.errors import Misconfigured
from comments.runtime import desk_url_of
from comments.vault import load_next

# A release and a backup need room for a while; SQLite's log too.
LEAST_FREE = 200_000_000


def search_problems(here: Installation) -> Iterator[str]:
    """An index that does not say what the comments say."""
    for sentence in here.ctx.store.check_search():
        yield f"{sentence} Mend it: rebuild-search"


def folder_problems(here: Installation) -> Iterator[str]:
    """Folders that cannot be written, doors that stand open, no room left."""
    var = here.runtime.var
    for folder in (var, var / "releases", var / "keys"):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            yield f"{folder} cannot be written. It must belong to the user who runs the service: chown -R USER {folder}"
    for path in (var / "mail", *list_aside(var), *var.glob("store.db-*")):
        if path.exists() and path.stat().st_mode & 0o077:
            yield f"Others on this machine can open {path}. Close it: chmod go= {path}"
    erased = tombstones.list_of(var)
    if erased.exists() and not erased.is_file():
        yield f"{erased} is no file, so nothing can be erased. Move it away."
    free, needed = shutil.disk_usage(var).free, max(LEAST_FREE, 3 * _size(var / "store.db"))
    if free < needed:
        yield f"The disk has {_megabytes(free)} left, and {_megabytes(needed)} should be. Free some space."


def address_problems(here: Installation) -> Iterator[str]:
    """A desk that cannot stand where it was put."""
    if here.has_release:
        try:
            desk_url_of(here.runtime.settings, here.site_url)
        except Misconfigured as problem:
            yield str(problem)


def notes_on_settings(here: Installation) -> Iterator[str]:
    """Settings that fit together badly, though nothing is broken."""
    settings = here.runtime.settings
    public = here.site_url.startswith("https://")
    if public and not settings.proxies:
        yield (
            "PN_PROXIES is 0. Behind nginx or another proxy set it to their number, else all visitors count as one "
            "network, and a flood of one stops all."
        )
    if settings.proxies and not public:
        yield "PN_PROXIES is set, but the site has no https address. Without a proxy, set it to 0: visitors can lie."
    if public and not settings.smtp_host:
        yield f"PN_SMTP_HOST is not set: letters stay in {here.runtime.var / 'mail'}, and nobody gets them."


def notes_on_leftovers(here: Installation) -> Iterator[str]:
    """What an operation that was cut short, or was done lately, has left."""
    var = here.runtime.var
    for path in list_aside(var):
        days = here.runtime.settings.keep_traces_days
        yield f"{path} is a store that was replaced. It is deleted after {days} days; delete it sooner if all is well."
    if load_next(var / "keys"):
        yield "New keys were begun and not finished; all goes on with those there are. To finish: rotate-keys"
    for path in (var / "keys").glob("keys.unfit-*"):
        yield f"{path} are keys that fitted no store. Delete the file when you are sure."


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _megabytes(count: int) -> str:
    return f"{count // 1_000_000} MB"
