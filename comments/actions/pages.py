"""Writes one thread into one release: its page, its feed, and the site's feed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from comments.actions import files
from comments.actions.threads import effective_policy
from comments.actions.web_root import Release
from comments.manifest import Manifest, Thread
from comments.model import ThreadState
from comments.store.base import Store
from comments.thread.render import REGIONS, Renderer
from comments.thread.splice import region, splice

SITE_FEED = Path("feeds/comments.atom")
# More than the feed shows: some may belong to articles that this release does not have.
RECENT = 200


class PageWriter:
    """Brings pages up to date with the store. Its callers hold the site lock, or write where nobody reads yet."""

    def __init__(self, store: Store, renderer: Renderer, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._renderer = renderer
        self._clock = clock

    def write_thread(self, release: Release, thread: str) -> ThreadState:
        """Write page and feed where they differ, and return the state that they now show at least.

        An article that this release does not have, or that takes no comments, has nothing to write.
        :raise MarkerError: the page has no place for the thread.
        :raise OSError: a file is missing or cannot be written.
        """
        # Read before the comments: what is read later can only be newer.
        state = self._store.get_thread(thread)
        manifest = release.manifest
        entry = manifest.threads.get(thread)
        if entry is None or entry.policy == "off":
            return state
        entry = replace(entry, policy=effective_policy(entry, state.override, self._clock()))
        comments = self._store.list_public(thread)
        page = release.page(entry)
        regions = self._renderer.regions(manifest.site, entry, comments)
        self._put(release, page, splice(page.read_bytes(), entry.id, regions))
        self._put(release, release.feed(entry), self._renderer.feed(manifest.site, entry, comments))
        return state

    def write_site_feed(self, release: Release) -> None:
        """Write the feed of the site's newest comments whole."""
        manifest = release.manifest
        recent = [
            (manifest.threads[thread], comment)
            for thread, comment in self._store.list_recent_public(RECENT)
            if thread in manifest.threads and manifest.threads[thread].policy != "off"
        ]
        path = release.public / SITE_FEED
        path.parent.mkdir(exist_ok=True)
        self._put(release, path, self._renderer.site_feed(manifest.site, recent))

    def _put(self, release: Release, path: Path, data: bytes | None) -> None:
        if data is None:
            files.remove(path)
            return
        with suppress(FileNotFoundError):
            if path.read_bytes() == data:
                return
        files.replace(path, data, release.temporary)


def check_places(release: Release) -> None:
    """Make sure that every article's page has a place for its thread.

    :raise MarkerError: a page has not, so the site must not be published.
    :raise OSError: a page is missing.
    """
    for entry in release.manifest.threads.values():
        if entry.policy != "off":
            page = release.page(entry).read_bytes()
            for name in REGIONS:
                region(page, name, entry.id)


def closed_since_build(manifest: Manifest, now: datetime) -> list[Thread]:
    """Threads whose closing moment has come after the pages were built, so that the pages still say open."""
    event = manifest.next_event
    if event is None:
        return []
    return [entry for entry in manifest.threads.values() if entry.closes and event <= entry.closes <= now]
