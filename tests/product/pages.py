"""What the pages of an installation must be: the base pages of its build, with a fresh rendering of every thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from comments.actions.pages import RECENT, SITE_FEED
from comments.actions.threads import effective_policy
from comments.actions.web_root import current_release
from comments.manifest import Thread
from comments.store.sqlite import SQLiteStore, open_store
from comments.thread.render import REGIONS, Renderer
from comments.thread.splice import region, splice
from tests.product.conftest import ROOT, Installation


@contextmanager
def opened_store(place: Installation) -> Iterator[SQLiteStore]:
    """The store of the installation, beside whoever else has it open."""
    store = open_store(place.var / "store.db")
    try:
        yield store
    finally:
        store.close()


def open_threads(place: Installation) -> list[Thread]:
    """The threads that take comments, in a fixed order."""
    found = current_release(place.var).manifest.threads.values()
    return sorted((entry for entry in found if entry.policy in ("open", "held")), key=lambda entry: entry.id)


def list_wrong_files(place: Installation, store: SQLiteStore) -> list[str]:
    """The pages and feeds of the current release that differ from fresh ones; nothing may be due meanwhile."""
    release, renderer = current_release(place.var), Renderer(ROOT / "theme")
    manifest = release.manifest
    expected: dict[Path, bytes | None] = {}
    for entry in manifest.threads.values():
        override = store.get_thread(entry.id).override
        current = replace(entry, policy=effective_policy(entry, override, datetime.now(UTC)))
        comments = store.list_public(entry.id)
        if entry.policy != "off":
            regions = renderer.regions(manifest.site, current, comments)
            expected[release.page(entry)] = splice(base_page(place, entry), entry.id, regions)
            expected[release.feed(entry)] = renderer.feed(manifest.site, current, comments)
    recent = [(manifest.threads[thread], comment) for thread, comment in store.list_recent_public(RECENT)]
    expected[release.public / SITE_FEED] = renderer.site_feed(manifest.site, recent)
    return [str(path) for path, data in expected.items() if (path.read_bytes() if path.exists() else None) != data]


def base_page(place: Installation, entry: Thread) -> bytes:
    """The article's page as the build left it."""
    return (place.output / entry.path.strip("/") / "index.html").read_bytes()


def is_whole(place: Installation, entry: Thread, page: bytes) -> bool:
    """Whether the page is its base page around a thread, to the last byte."""
    base = base_page(place, entry)
    return splice(page, entry.id, {name: region(base, name, entry.id) for name in REGIONS}) == base


def published_page(place: Installation, entry: Thread) -> bytes:
    """The article's file in the current release."""
    return (place.var / "current" / "public" / entry.path.strip("/") / "index.html").read_bytes()
