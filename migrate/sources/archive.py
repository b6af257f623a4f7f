"""What an export of comments holds: pages somebody talked below, and what was said there, not judged yet."""

import json
import tempfile
from array import array
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from comments.model import State
from migrate.model import Site


@dataclass(frozen=True)
class OldThread:
    """The talk below one page. ``source`` names system and site, ``addresses`` where the page was, the surest first.

    ``why_not`` says why nothing of it is brought over. One that is not ``listed`` is only referred to.
    """

    key: str
    source: str
    addresses: tuple[str, ...]
    title: str = ""
    made: datetime | None = None
    why_not: str = ""
    changes: tuple[str, ...] = ()
    listed: bool = True
    line: int = 0


@dataclass(frozen=True)
class OldReply:
    """One comment. It has ``html``, or else Markdown as ``source``; with ``why_not``, nobody may read it any more.

    ``made`` is a moment in seconds, as the export has it; None where that cannot be read.
    """

    key: str
    thread: str
    name: str
    html: str = ""
    source: str = ""
    state: State = "approved"
    made: float | None = None
    parent: str = ""
    address: str = field(default="", repr=False)
    website: str = ""
    why_not: str = ""
    changes: tuple[str, ...] = ()
    line: int = 0


@dataclass
class Archive:
    """One export that was read to its end. ``replies`` gives those of a thread by its key, in their order.

    ``left`` says in words what it holds besides, which stays behind.
    """

    threads: list[OldThread]
    replies: Callable[[str], Iterable[OldReply]]
    site: Site = field(default_factory=Site)
    left: list[str] = field(default_factory=list)
    dropped: int = 0


class Spool:
    """Replies that wait on the disk, found again by their thread: memory does not grow with the export.

    The file has no name, so nobody else can open it, and it is gone with the process.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this is
        self._places: dict[str, array[int]] = {}

    def put(self, reply: OldReply) -> None:
        """Add one."""
        place = self._file.tell()
        self._file.write(json.dumps(asdict(reply)).encode() + b"\n")
        self._places.setdefault(reply.thread, array("Q")).append(place)

    @property
    def threads(self) -> list[str]:
        """The keys of the threads that have replies, in the order of their first one."""
        return list(self._places)

    def of(self, thread: str) -> Iterable[OldReply]:
        """The replies of a thread in the order in which they were put."""
        for place in self._places.get(thread, ()):
            self._file.seek(place)
            told = json.loads(self._file.readline())
            yield OldReply(**{**told, "changes": tuple(told["changes"])})

    def close(self) -> None:
        """Forget them all."""
        self._file.close()


def seconds(text: str) -> float | None:
    """The moment an ISO 8601 date means, UTC where it names no zone; None where it cannot be read."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
