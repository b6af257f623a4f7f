"""What an export knows while it is written, and what it tells at the end."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from comments.actions.context import Context
from comments.model import Comment
from publication.load import Publication
from publication.settings import Settings

PAGE = 200
Progress = Callable[[int, int], None]  # how many of how many are done
T = TypeVar("T")


@dataclass
class Export:
    """One export. ``texts`` are for formats that are about them.

    ``written`` counts what is in the file by kind, ``left`` what is not by reason.
    """

    ctx: Context
    settings: Settings
    now: datetime
    addresses: bool = False
    texts: Publication | None = None
    progress: Progress = lambda *_: None
    written: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    @property
    def publication(self) -> Publication:
        """The texts, for formats that are about them."""
        if self.texts is None:
            raise RuntimeError("This format needs the texts.")
        return self.texts

    def comments_of(self, thread: str) -> Iterator[Comment]:
        """All comments of a thread in every state, the oldest first, a page at a time."""
        last: int | None = None
        while True:
            page = self.ctx.store.list_comments(thread=thread, beyond=last, limit=PAGE)
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1].id

    def watched(self, these: Iterable[T], total: int) -> Iterator[T]:
        """The same, with the progress told."""
        for done, one in enumerate(these, 1):
            yield one
            self.progress(done, max(done, total))

    def address_of(self, comment: Comment) -> str:
        """Its writer's address, where addresses are asked for and there is one."""
        if not self.addresses or comment.person is None:
            return ""
        stored = self.ctx.store.find_address(comment.person)
        return self.ctx.vault.open(f"person:{comment.person}", stored[0]) if stored else ""
