"""What a way of bringing files over is asked, and what it answers: the seam between the command and each source."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from comments.actions.context import Context
from migrate.model import Site
from migrate.outcomes import Ledger
from publication.settings import Settings

Progress = Callable[[str, int, int], None]  # what is being done, bytes read, bytes in all
OpenStore = Callable[[bool], AbstractContextManager[Context]]  # True: a copy, for a rehearsal
Step = Callable[[int], None]  # hears how many bytes of a file have been read


@dataclass(frozen=True)
class Peek:
    """The first bytes of a file; what is packed with gzip is shown unpacked."""

    path: Path
    data: bytes


@dataclass(frozen=True)
class Job:
    """Bring ``files``, all of one kind, into ``content`` or into the store.

    ``dry`` changes nothing: the store is a copy then, and everything takes place in it as it would.
    ``urls`` is a file that says where the old addresses are now.
    """

    files: Sequence[Path]
    content: Path
    var: Path
    settings: Settings
    now: datetime
    open_store: OpenStore
    progress: Progress = lambda *_: None
    dry: bool = False
    urls: Path | None = None

    def store(self) -> AbstractContextManager[Context]:
        """What the comments go into."""
        return self.open_store(self.dry)


@dataclass
class Told:
    """What became of everything, for the report."""

    ledger: Ledger = field(default_factory=Ledger)
    site: Site = field(default_factory=Site)
    dropped: int = 0  # control characters


@dataclass(frozen=True)
class Kind:
    """One system: how its files are known, and who brings them over.

    ``bring`` raises ``Unusable`` where nothing can be done; nothing has changed then.
    """

    name: str
    recognises: Callable[[Peek], bool]
    bring: Callable[[Job], Told]
