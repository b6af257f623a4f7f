"""What going back to a release would make public again, though somebody or its date took it off the site."""

import re
from dataclasses import dataclass

from comments import manifest
from comments.actions import files
from comments.actions.fill import FINGERPRINTED
from comments.actions.web_root import Release
from comments.errors import Misconfigured
from comments.manifest import Thread

PAGE = re.compile(r"(^|/)index\.html$")
# Made anew with each release, of what it has: no text of their own.
DERIVED = re.compile(r"(^|/)(feeds/|page/\d+/)|\.(atom|gz)$")


@dataclass(frozen=True)
class ComingBack:
    """Seen from what readers have now and from the newest release, both of which lack it.

    :ivar articles: with their titles.
    :ivar addresses: of everything else, pages and resources among them: ``/fees/``, in order.
    :ivar going: addresses that readers have now and would not have any more, articles aside.
    """

    articles: tuple[Thread, ...] = ()
    addresses: tuple[str, ...] = ()
    going: tuple[str, ...] = ()


def coming_back(releases: list[Release], target: Release, now: Release) -> ComingBack:
    """What comes back if ``target`` is shown in place of ``now``; ``releases`` are those kept, newest first."""
    newest = releases[0] if releases else now
    then, seen, last = (_addresses(release) for release in (target, now, newest))
    own, present = _threads(target), _threads(now) | _threads(newest)
    articles = tuple(own[key] for key in own if key not in present)
    paths = {entry.path for entry in articles}
    leaving = {entry.path for key, entry in _threads(now).items() if key not in own}
    return ComingBack(
        articles=articles,
        addresses=tuple(sorted(then - seen - last - paths)),
        going=tuple(sorted(seen - then - leaving)),
    )


def _addresses(release: Release) -> set[str]:
    """Everything that readers can ask for, without what only dresses a page."""
    written = release.folder / manifest.WRITTEN
    if written.is_file():  # one file instead of a walk through thousands of folders
        paths = set(written.read_text(encoding="utf-8").splitlines()) - set(manifest.PRIVATE)
    else:
        paths = {path.as_posix() for path in files.walk(release.public)}
    texts = (path for path in paths if path and not FINGERPRINTED.fullmatch(path) and not DERIVED.search(path))
    return {"/" + PAGE.sub(r"\1", path) for path in texts}


def _threads(release: Release) -> dict[str, Thread]:
    try:
        return release.manifest.threads
    except Misconfigured:
        return {}
