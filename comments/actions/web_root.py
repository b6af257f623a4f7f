"""Where releases lie: ``var/releases/<n>/``, and ``var/current``, the link to the one that readers see."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from comments import manifest
from comments.actions.files import replace, switch
from comments.errors import Misconfigured, NotFound
from comments.manifest import Manifest, Thread
from comments.words import _

CURRENT = "current"
RELEASES = "releases"
RECORD = "release.json"
# Names with a dot are nobody's release: one being filled, one being deleted, a page being written.
FILLING = ".filling"
DELETING = ".deleting"
TEMPORARY = ".page"
NEXT_LINK = ".current"


@dataclass(frozen=True)
class Release:
    """One built site with its comments.

    :ivar renderer: the version of the renderer that wrote its threads; another one must not write into it.
    """

    number: int
    made: datetime
    current: bool
    by: str
    renderer: str
    folder: Path

    @property
    def public(self) -> Path:
        """The web root."""
        return self.folder / "public"

    @property
    def temporary(self) -> Path:
        """The one file that may be half-written, out of readers' sight."""
        return self.folder / TEMPORARY

    @property
    def manifest(self) -> Manifest:
        """What its pages say about their threads.

        :raise Misconfigured: the file is missing or damaged.
        """
        path = self.folder / manifest.FILE
        try:
            status = path.stat()
        except FileNotFoundError:
            return manifest.read(path)  # which says so
        return _manifest(str(path), status.st_ino, status.st_mtime_ns)

    def page(self, entry: Thread) -> Path:
        """The article's file.

        :raise Misconfigured: its path leads out of the web root.
        """
        page = self._below(entry, entry.path)
        return page if entry.path.endswith(".html") else page / "index.html"

    def feed(self, entry: Thread) -> Path:
        """The file of the thread's feed."""
        return self._below(entry, entry.feed)

    def _below(self, entry: Thread, path: str) -> Path:
        if ".." in Path(path).parts:
            raise Misconfigured(f"The path of the article “{entry.id}” is no path of this site: {entry.path}")
        return self.public / path.strip("/")

    def record(self) -> None:
        """Write down what this object knows of the release."""
        known = {"made": self.made.isoformat(), "by": self.by, "renderer": self.renderer}
        replace(self.folder / RECORD, json.dumps(known).encode(), self.temporary)


def current_release(var: Path) -> Release:
    """The release that readers see.

    :raise Misconfigured: there is none yet.
    """
    number = current_number(var)
    if number is None:
        raise Misconfigured(_("No release is published yet. Build the site and publish it: python3 tasks.py publish"))
    return _read(var, number, number)


def current_manifest(var: Path) -> Manifest:
    """The manifest of the release that readers see; read once per release.

    :raise Misconfigured: there is no release, or its manifest is damaged.
    """
    # Asked several times for every request: two questions to the system, and nothing is read.
    try:
        path = f"{var}/{os.readlink(f'{var}/{CURRENT}')}/{manifest.FILE}"
        status = os.stat(path)
    except OSError:
        return current_release(var).manifest  # which says what is wrong
    return _manifest(path, status.st_ino, status.st_mtime_ns)


def current_number(var: Path) -> int | None:
    """The number that the link names."""
    try:
        name = Path(os.readlink(var / CURRENT)).name
    except FileNotFoundError:
        return None
    return int(name) if name.isdigit() else None


def find_release(var: Path, number: int) -> Release:
    """:raise NotFound: it is not kept."""
    if not (var / RELEASES / str(number)).is_dir():
        raise NotFound(_("Release {number} is not kept.").format(number=number))
    return _read(var, number, current_number(var))


def list_releases(var: Path) -> list[Release]:
    """The kept releases, newest first; a damaged one is none."""
    current = current_number(var)
    kept = []
    for number in sorted(_numbers(var), reverse=True):
        with suppress(Misconfigured):
            kept.append(_read(var, number, current))
    return kept


def next_number(var: Path) -> int:
    """The number of the release to come."""
    return max(_numbers(var), default=0) + 1


def show(var: Path, number: int) -> None:
    """Let readers see this release from now on."""
    switch(var / CURRENT, f"{RELEASES}/{number}", var / NEXT_LINK)


def forget(release: Release) -> None:
    """Delete a release. Killed half-way, it is no release any more."""
    gone = release.folder.with_name(f"{DELETING}-{release.number}")
    os.rename(release.folder, gone)
    shutil.rmtree(gone)


def sweep(var: Path) -> None:
    """Take away what a crash left: half releases, half-written pages. Only for the holder of both locks."""
    (var / NEXT_LINK).unlink(missing_ok=True)
    releases = var / RELEASES
    for half in [*releases.glob(f"{FILLING}-*"), *releases.glob(f"{DELETING}-*")]:
        shutil.rmtree(half)
    for number in _numbers(var):
        with suppress(NotADirectoryError):  # somebody put a file in its place: it is no release
            (releases / str(number) / TEMPORARY).unlink(missing_ok=True)


def _numbers(var: Path) -> Iterator[int]:
    for folder in (var / RELEASES).glob("*"):
        if re.fullmatch(r"[1-9]\d*", folder.name):
            yield int(folder.name)


def _read(var: Path, number: int, current: int | None) -> Release:
    folder = var / RELEASES / str(number)
    try:
        known = json.loads((folder / RECORD).read_bytes())
        made = datetime.fromisoformat(known["made"])
        return Release(number, made, number == current, known["by"], known["renderer"], folder)
    except (OSError, ValueError, KeyError, TypeError):
        raise Misconfigured(
            _("Release {number} is damaged. Publish the site again: python3 tasks.py publish").format(number=number)
        ) from None


@lru_cache(maxsize=16)
def _manifest(path: str, inode: int, changed: int) -> Manifest:
    return manifest.read(Path(path))
