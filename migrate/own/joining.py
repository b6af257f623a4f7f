"""Comments of our own exports, added to a store that has others: those that are there already stay as they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from comments.actions.context import Context
from comments.actions.transfer import Foreign, take_in
from migrate.outcomes import ERASED, Entry, Ledger


@dataclass
class Joiner:
    """Adds the comments of one ``source``, thread by thread, and tells the ``ledger`` what became of each."""

    ctx: Context
    source: str
    ledger: Ledger = field(default_factory=Ledger)

    def join(self, thread: str, comments: Sequence[tuple[Entry, Foreign]]) -> None:
        """The comments of one thread, in one transaction."""
        entries: dict[str, Entry] = {}
        wanted: list[Foreign] = []
        for entry, foreign in comments:
            self.ledger.add(entry)
            if foreign.key in entries:
                entry.outcome, entry.why = "skipped", ["the file holds this comment twice"]
                continue
            entries[foreign.key] = entry
            wanted.append(foreign)
        for taken in take_in(self.ctx, self.source, thread, wanted) if wanted else ():
            entry = entries[taken.key]
            if taken.step == "taken":
                for why in taken.why:
                    entry.change(why)
            else:
                entry.outcome, entry.why = "kept", [ERASED] if taken.step == "erased" else []
        self.ledger.seal()
