"""Publishing: what the store says of a thread becomes what its page shows."""

import errno
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from comments.actions.pages import PageWriter
from comments.actions.web_root import Release, current_release, list_releases, sweep
from comments.errors import CommentsError, Misconfigured, PublishProblem, StoreProblem
from comments.locks import FileLock
from comments.store.base import Store
from comments.thread.render import Renderer
from comments.thread.splice import MarkerError
from comments.words import _

log = logging.getLogger(__name__)

SITE = "the site"  # no thread's id
CAUSES = (OSError, MarkerError, Misconfigured, StoreProblem)


class Publisher:
    """Writes threads into the pages of releases.

    :ivar site_lock: held while a page is replaced, and for a release's last step. Never take it inside
        ``store.write()``: whoever holds it reads the store.
    :ivar release_lock: held by whoever makes, shows or deletes a release. Taken before ``site_lock``.
    """

    def __init__(self, var: Path, store: Store, renderer: Renderer, clock: Callable[[], datetime]) -> None:
        self.var = var
        self.store = store
        self.renderer = renderer
        self.clock = clock
        self.writer = PageWriter(store, renderer, clock)
        self.site_lock = FileLock(var / "site.lock")
        self.release_lock = FileLock(var / "release.lock")
        self._problems: dict[str, str] = {}
        self._swept = False
        self._closings_seen: tuple[int, datetime] | None = None

    def publish(self, thread_id: str) -> None:
        """Let the thread's page show what the store says.

        :raise PublishProblem: it could not be written now; the sweep tries again.
        """
        try:
            with self.site_lock:
                release = current_release(self.var)
                self._check_renderer(release)
                state = self.writer.write_thread(release, thread_id)
                self.writer.write_site_feed(release)
            if state.shown < state.revision:
                self.store.set_shown(thread_id, state.revision)
        except (PublishProblem, *CAUSES) as error:
            raise self._remember(thread_id, error) from error
        self._problems.pop(thread_id, None)

    def publish_everywhere(self, thread_id: str) -> None:
        """Rewrite the thread in every kept release: what was erased must not come back with a rollback.

        :raise PublishProblem: a release could not be rewritten; the others were.
        """
        failed: list[PublishProblem] = []
        for release in self._kept():
            try:
                with self.site_lock:
                    # Here privacy is worth more than the look: also where another version wrote the page.
                    self.writer.write_thread(release, thread_id)
                    self.writer.write_site_feed(release)
            except CAUSES as error:
                failed.append(self._remember(thread_id, error))
        self.publish(thread_id)
        if failed:
            raise failed[0]

    def publish_due(self) -> int:
        """Publish every thread whose page is behind, and return how many could be. Call it every few seconds.

        The first call also takes away what a crash has left.
        """
        published = 0
        for thread in self._due():
            with suppress(PublishProblem):  # remembered, and told by why_late
                # Everywhere: what a crash interrupted may have been an erasure.
                self.publish_everywhere(thread)
                published += 1
        return published

    def why_late(self, thread: str) -> str | None:
        """Why the page does not show the newest state yet, as a sentence; None when it does."""
        state = self.store.get_thread(thread)
        if state.revision <= state.shown:
            return None
        return self._problems.get(thread) or self._problems.get(SITE) or _("The page is being written.")

    def tidy(self) -> None:
        """Take away what a crash has left."""
        with self.release_lock, self.site_lock:
            sweep(self.var)

    def _due(self) -> list[str]:
        try:
            if not self._swept:
                self.tidy()
                self._swept = True
            release = current_release(self.var)
            self._check_renderer(release)
            self._mark_closed(release)
            self._problems.pop(SITE, None)
            return [state.id for state in self.store.list_due()]
        except (PublishProblem, *CAUSES) as error:
            self._remember(SITE, error)
            return []

    def _mark_closed(self, release: Release) -> None:
        """A thread whose closing moment has come since the last look is due."""
        now = self.clock()
        seen = self._closings_seen
        since = seen[1] if seen and seen[0] == release.number else release.made
        for entry in release.manifest.threads.values():
            if entry.policy not in ("closed", "off") and entry.closes and since < entry.closes <= now:
                self.store.mark_due(entry.id)
        self._closings_seen = release.number, now

    def _kept(self) -> list[Release]:
        try:
            return list_releases(self.var)
        except CAUSES as error:
            raise PublishProblem(why(error)) from error

    def _check_renderer(self, release: Release) -> None:
        if release.renderer != self.renderer.version:
            raise PublishProblem(
                _("The site was published with another version of the theme. Restart the comment service.")
            )

    def _remember(self, thread: str, error: OSError | CommentsError) -> PublishProblem:
        sentence = why(error)
        if self._problems.get(thread) != sentence:
            log.warning("%s could not be published: %s", thread, sentence)
        self._problems[thread] = sentence
        return PublishProblem(sentence)


def why(error: OSError | CommentsError) -> str:
    """The sentence for people."""
    if not isinstance(error, OSError):
        return str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("The service may not write here: {path}").format(path=error.filename)
    if isinstance(error, FileNotFoundError):
        return _("A file is missing: {path}. Publish the site again.").format(path=error.filename)
    return _("A file could not be written: {cause}").format(cause=error.strerror or error)
