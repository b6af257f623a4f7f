"""What every action works with. It is passed first, and made once by the app or the command line."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from comments import words
from comments.actions.guard.memory import Memory
from comments.errors import NotFound, PublishProblem
from comments.manifest import Manifest, Thread
from comments.runtime import Settings
from comments.store.base import Store
from comments.tokens import Tokens
from comments.vault import Vault
from comments.words import _


class Publishes(Protocol):
    """Whoever writes threads into pages: ``comments.actions.publish.Publisher``."""

    def publish(self, thread_id: str) -> None:
        """Write this thread's page now.

        :raise PublishProblem: it could not be written; the sweep tries again.
        """

    def publish_everywhere(self, thread_id: str) -> None:
        """As above, in every kept release: what was erased must not come back with a rollback."""


@dataclass(frozen=True)
class Context:
    store: Store
    vault: Vault
    tokens: Tokens
    publisher: Publishes
    clock: Callable[[], datetime]
    manifest: Callable[[], Manifest]
    settings: Settings
    guard: Memory = field(default_factory=Memory)

    def now(self) -> datetime:
        return self.clock()

    def thread(self, thread_id: str) -> Thread:
        """The article's entry in the current release.

        :raise NotFound: the site has no such thread.
        """
        entry = self.manifest().threads.get(thread_id)
        if entry is None:
            raise NotFound(_("There is no such article here."))
        return entry

    def speak(self, entry: Thread) -> None:
        """From here on, what is said to the visitor is in the article's language."""
        words.speak(entry.language, self._catalogues)

    def among_ourselves(self) -> AbstractContextManager[None]:
        """Within the block, what is said is for moderators, whatever the article's language: in the site's."""
        return words.speaking(self.manifest().site.language, self._catalogues)

    @property
    def _catalogues(self) -> Path:
        return self.settings.theme / "locale"

    def show(self, thread_id: str) -> str | None:
        """Write the thread's page. None when readers see it; else the sentence why the page is late.

        Call it after the transaction: the page is written outside the store's lock.
        """
        try:
            self.publisher.publish(thread_id)
        except PublishProblem as problem:
            return str(problem)
        return None
