"""Threads: what changed, what is shown, what the desk said."""

from comments.model import Policy, ThreadState
from comments.store import rows
from comments.store.comments import GROW
from comments.store.engine import Engine, writing


class ThreadVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def get_thread(self, thread: str) -> ThreadState:
        row = self._row("SELECT id, revision, shown, override FROM threads WHERE id = :thread", thread=thread)
        return rows.thread(row) if row else ThreadState(thread)

    def list_threads(self) -> list[ThreadState]:
        return [rows.thread(row) for row in self._rows("SELECT id, revision, shown, override FROM threads ORDER BY id")]

    def list_due(self) -> list[ThreadState]:
        found = self._rows("SELECT id, revision, shown, override FROM threads WHERE revision > shown ORDER BY id")
        return [rows.thread(row) for row in found]

    @writing
    def set_shown(self, thread: str, revision: int) -> None:
        self._run(
            "UPDATE threads SET shown = :revision WHERE id = :thread AND shown < :revision",
            thread=thread,
            revision=revision,
        )

    @writing
    def mark_due(self, thread: str) -> None:
        self._run(GROW, thread=thread)

    @writing
    def set_override(self, thread: str, policy: Policy | None) -> None:
        if self.get_thread(thread).override == policy:
            return
        self._run(GROW, thread=thread)
        self._run("UPDATE threads SET override = :policy WHERE id = :thread", thread=thread, policy=policy)
