"""Fills a new release: links to what the build made, and to what the release before has of use."""

import gzip
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

from comments import manifest
from comments.actions import files, shown
from comments.actions.web_root import Release
from comments.manifest import INDEX, PRIVATE
from comments.model import ThreadState
from comments.search import copying
from comments.thread.render import REGIONS
from comments.thread.splice import MarkerError, region, splice

# Files of earlier releases, kept for pages that are still open: since when they are not shown any more, the path, and
# for a picture the pages that showed it.
INHERITED = "inherited.txt"
# So long they are handed on; to the next release in any case.
STAY = timedelta(hours=1)
FINGERPRINTED = re.compile(r"(?:theme|pictures)/.+\.[0-9a-f]{8,}\.[a-z0-9]+(\.gz)?")
# Not linked: the next build writes into the index, and a build that was killed left its journal beside it.
CHANGED_IN_PLACE = (INDEX, f"{INDEX}-journal")
Inherited = dict[str, tuple[datetime, frozenset[str]]]
COMPRESSIBLE = (".css", ".js", ".svg", ".json", ".txt", ".xml")


def link_base(output: Path, release: Release) -> None:
    """Give every file of the build a name in the release; the private ones outside of the web root."""
    made: set[Path] = set()
    for path in files.walk(output):
        if path.as_posix() in CHANGED_IN_PLACE:
            continue
        target = release.folder / path if path.as_posix() in PRIVATE else release.public / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        files.link(output / path, target)
    copying.copy(output / INDEX, release.folder / INDEX)


def add_assets(release: Release, before: Release | None) -> None:
    """Lay a compressed copy beside each asset of this release, and link in the assets of the one before."""
    for path in _files(release.public, FINGERPRINTED):
        if path.suffix in COMPRESSIBLE:
            _compress(release.public / path, before.public / path if before else None)
    inherit(release, before, release.made)


def inherit(release: Release, before: Release | None, now: datetime) -> None:
    """Link in what open pages of ``before``, the release that readers see until now, may still ask for.

    A picture only while each page that showed it still shows one of that name: what stood on a page that is withdrawn
    or expired now, or was taken out of one, is not public any more.
    """
    inherited = _inherited(release)
    if before and before.folder != release.folder:
        handed_on = _inherited(before)
        old = [path for path in _files(before.public, FINGERPRINTED) if _may_stay(path, release, inherited)]
        pictures = shown.showing(before.public, {path.as_posix() for path in old if path.parts[0] == shown.PICTURES})
        for path in old:
            name, target = path.as_posix(), release.public / path
            left, shown_on = handed_on.get(name, (now, frozenset()))
            shown_on |= pictures.get(name.removesuffix(".gz"), frozenset())
            if now - left >= STAY:
                continue
            if path.parts[0] == shown.PICTURES and not shown.still_show(release.public, name, shown_on):
                continue
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                files.link(before.public / path, target)
            inherited[name] = left, shown_on
    lines = "".join(f"{' '.join([left.isoformat(), name, *sorted(on)])}\n" for name, (left, on) in inherited.items())
    files.replace(release.folder / INHERITED, lines.encode(), release.temporary)


def _may_stay(path: Path, release: Release, inherited: Inherited) -> bool:
    return path.as_posix() in inherited or not (release.public / path).exists()  # else it is the release's own


def _inherited(release: Release) -> Inherited:
    """What the release has of earlier ones, since when it is not shown any more, and the pages that showed it."""
    file = release.folder / INHERITED
    lines = (line.split(" ") for line in file.read_text(encoding="utf-8").splitlines()) if file.exists() else ()
    return {line[1]: (datetime.fromisoformat(line[0]), frozenset(line[2:])) for line in lines if len(line) > 1}


def _files(public: Path, names: re.Pattern[str]) -> list[Path]:
    return [path for path in files.walk(public) if names.fullmatch(path.as_posix())]


def _compress(asset: Path, before: Path | None) -> None:
    target = asset.with_name(asset.name + ".gz")
    if target.exists():
        return
    compressed = before.with_name(target.name) if before else None
    if compressed and compressed.exists():
        files.link(compressed, target)  # the fingerprint says that it is the same
    else:
        target.write_bytes(gzip.compress(asset.read_bytes(), 9, mtime=0))
        os.chmod(target, files.READABLE)


def reuse(release: Release, before: Release, state: ThreadState, now: datetime) -> bool:
    """Link page and feed of the release before, if neither the base page nor the thread changed since.

    ``before`` is the release that readers see: only of that one ``state.shown`` tells.
    """
    if not _same_thread(release, before, state, now):
        return False
    entry = release.manifest.threads[state.id]
    page, spliced = release.page(entry), before.page(entry)
    if not _same_base(page, spliced, state.id):
        return False
    files.replace_by_link(page, spliced, release.temporary)
    if before.feed(entry).exists():
        files.replace_by_link(release.feed(entry), before.feed(entry), release.temporary)
    return True


def _same_thread(release: Release, before: Release, state: ThreadState, now: datetime) -> bool:
    new, old = release.manifest, before.manifest
    entry = new.threads[state.id]
    closed_between = entry.closes is not None and before.made <= entry.closes <= now
    return (
        state.revision == state.shown
        and old.threads.get(state.id) == entry
        and old.site == new.site
        and before.renderer == release.renderer
        and not closed_between
    )


def _same_base(base: Path, spliced: Path, owner: str) -> bool:
    try:
        before = spliced.read_bytes()
        regions = {name: region(before, name, owner) for name in REGIONS}
        return splice(base.read_bytes(), owner, regions) == before
    except (FileNotFoundError, MarkerError):
        return False


def new_release(folder: Path, output: Path, number: int, made: datetime, by: str) -> Release:
    """An empty release to be filled from ``output``.

    :raise Misconfigured: the build left no manifest there.
    """
    renderer = manifest.read(output / manifest.FILE).renderer
    (folder / "public").mkdir(parents=True)
    return Release(number, made, False, by, renderer, folder)
