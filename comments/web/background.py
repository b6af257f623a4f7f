"""What the service does by itself while it runs: late pages, letters, and forgetting what is old."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from comments.errors import CommentsError
from comments.web.logs import trace

log = logging.getLogger("comments.background")


@dataclass(frozen=True)
class Chore:
    """Something to do every so many seconds, the first time at once; ``stop`` cuts short what takes long."""

    name: str
    every: float
    do: Callable[[], object]
    stop: Callable[[], None] | None = None


class Background:
    """Runs each chore in a thread of its own, so that a slow mail server delays no page."""

    def __init__(self, chores: tuple[Chore, ...]) -> None:
        self._stopping = threading.Event()
        self._chores = chores
        self._threads = [
            threading.Thread(target=self._repeat, args=(chore,), name=f"comments {chore.name}", daemon=True)
            for chore in chores
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """Let what is being done be finished, and begin nothing more."""
        self._stopping.set()
        for chore in self._chores:
            if chore.stop:
                chore.stop()
        for thread in self._threads:
            thread.join(patience)

    def _repeat(self, chore: Chore) -> None:
        while not self._stopping.is_set():
            try:
                chore.do()
            except CommentsError as problem:
                log.warning("%s: %s", chore.name, problem)
            except Exception as error:
                # The next round tries again: one bad letter or page must not end all others.
                log.error("%s failed:\n%s", chore.name, trace(error))
            self._stopping.wait(chore.every)
