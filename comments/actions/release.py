"""Releases: a built site becomes what readers see, in one step, with all its comments; and back again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from comments.actions import fill, web_root
from comments.actions.files import sync_folder
from comments.actions.pages import check_places, closed_since_build
from comments.actions.publish import CAUSES, Publisher, why
from comments.actions.web_root import Release, list_releases
from comments.errors import NotFound, PublishProblem, Stale
from comments.words import _

__all__ = ["KEPT", "Release", "list_releases", "publish_release", "rollback"]

KEPT = 5

Revisions = dict[str, int]


def publish_release(
    output: Path, publisher: Publisher, *, keep: int = KEPT, by: str = "", expecting: int | None = None
) -> int:
    """Make what the build left in ``output`` the current release, and return its number.

    ``keep`` releases stay, the current one among them. Nothing readers see changes before the last step.
    ``expecting`` is the release that readers saw when the build began, where nobody but the clock asked for it.
    :raise Stale: readers see another release than ``expecting`` meanwhile, and go on seeing it.
    :raise PublishProblem: ``output`` holds no whole build, or it could not be published; readers see what they saw.
    """
    with _explained(), publisher.release_lock:
        _check_unchanged(publisher, expecting)
        publisher.tidy()
        before = _current(publisher)
        release = _start(output, publisher, by)
        fill.link_base(output, release)
        check_places(release)
        fill.add_assets(release, before)
        revisions = _write_threads(release, before, publisher)
        release.record()
        _go_live(release, revisions, publisher)
        for old in list_releases(publisher.var)[max(keep, 1) :]:
            if not old.current:
                web_root.forget(old)
        return release.number


def rollback(publisher: Publisher, to: int | None = None) -> int:
    """Show a kept release again (default: the one before the current), with the comments of today.

    :raise NotFound: it is not kept.
    :raise PublishProblem: it could not be shown; readers see what they saw.
    """
    with _explained(), publisher.release_lock:
        publisher.tidy()
        target = web_root.find_release(publisher.var, to) if to is not None else _previous(publisher)
        target = replace(target, renderer=publisher.renderer.version)
        revisions: Revisions = {}
        for thread in _threads(target, publisher):
            with publisher.site_lock:
                revisions[thread] = publisher.writer.write_thread(target, thread).revision
        fill.inherit(target, _current(publisher), publisher.clock())
        target.record()
        _go_live(target, revisions, publisher)
        return target.number


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except CAUSES as error:
        raise PublishProblem(why(error)) from error


def _check_unchanged(publisher: Publisher, expecting: int | None) -> None:
    shown = web_root.current_number(publisher.var)
    if expecting is not None and shown != expecting:
        told = _(
            "Somebody put release {number} before readers meanwhile, so it stays, and this build is not published."
        )
        raise Stale(told.format(number=shown))


def _current(publisher: Publisher) -> Release | None:
    return next((release for release in list_releases(publisher.var) if release.current), None)


def _previous(publisher: Publisher) -> Release:
    current = web_root.current_release(publisher.var).number
    for release in list_releases(publisher.var):
        if release.number < current:
            return release
    raise NotFound(_("There is no release before this one."))


def _start(output: Path, publisher: Publisher, by: str) -> Release:
    number = web_root.next_number(publisher.var)
    folder = publisher.var / web_root.RELEASES / f"{web_root.FILLING}-{number}"
    release = fill.new_release(folder, output, number, publisher.clock(), by)
    if release.renderer != publisher.renderer.version:
        raise PublishProblem(_("The theme was changed since the site was built. Build it again."))
    return release


def _threads(release: Release, publisher: Publisher) -> list[str]:
    """Threads whose page may differ from what the build wrote."""
    known = {state.id for state in publisher.store.list_threads()} & release.manifest.threads.keys()
    closed = {entry.id for entry in closed_since_build(release.manifest, publisher.clock())}
    return sorted(known | closed)


def _write_threads(release: Release, before: Release | None, publisher: Publisher) -> Revisions:
    revisions: Revisions = {}
    for thread in _threads(release, publisher):
        state = publisher.store.get_thread(thread)
        if before and fill.reuse(release, before, state, publisher.clock()):
            revisions[thread] = state.revision
        else:
            revisions[thread] = publisher.writer.write_thread(release, thread).revision
    return revisions


def _go_live(release: Release, revisions: Revisions, publisher: Publisher) -> None:
    """The last step: splice what changed meanwhile, and switch."""
    os.sync()  # thousands of new names at once, instead of each by itself
    with publisher.site_lock:
        for state in publisher.store.list_threads():
            if revisions.get(state.id) != state.revision:
                revisions[state.id] = publisher.writer.write_thread(release, state.id).revision
        publisher.writer.write_site_feed(release)
        final = publisher.var / web_root.RELEASES / str(release.number)
        if release.folder != final:
            os.rename(release.folder, final)
            sync_folder(final.parent)
        web_root.show(publisher.var, release.number)
    # Whatever release comes next shows at least this, so it may be said outside of the lock.
    with publisher.store.write():
        for state in publisher.store.list_due():
            publisher.store.set_shown(state.id, min(revisions.get(state.id, 0), state.revision))
