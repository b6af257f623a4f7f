"""What became of every item of an export. The numbers always add up: each item has exactly one outcome."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any, Literal

from migrate.drawers import open_chest
from migrate.item_kinds import one_of
from migrate.mail_addresses import without_addresses
from migrate.text.findings import Finding

Outcome = Literal["imported", "changed", "kept", "skipped"]
_TABLES = """
CREATE TABLE entries (number INTEGER PRIMARY KEY, kind TEXT, outcome TEXT, why TEXT, whole TEXT);
CREATE TABLE remarks (entry INTEGER, weight INTEGER, kind TEXT, what TEXT, line INTEGER);
CREATE INDEX remarks_of_entry ON remarks (entry);
CREATE INDEX remarks_alike ON remarks (kind, what);
CREATE TABLE reasons (entry INTEGER, why TEXT);
CREATE INDEX reasons_of_entry ON reasons (entry);
"""
_MOST_LIVE = 500
LOST = "lost"  # the kind of what is told of texts that could not come
ERASED = "it was erased here since it was brought over, and stays so"


@dataclass(slots=True)
class Entry:
    """One item of the source. ``why`` says in words how it was changed or why it was skipped.

    ``kept`` is what was brought over by an earlier run and left as it is. ``number`` is its place in the ledger.
    """

    kind: str
    source: str  # its id there
    title: str
    outcome: Outcome
    why: list[str] = field(default_factory=list)
    link: str = ""  # where it stands on the new site
    file: str = ""
    findings: list[Finding] = field(default_factory=list)
    line: int = 0
    number: int = 0

    def change(self, why: str) -> None:
        """Note a difference to the source that an editor should know."""
        if why not in self.why:
            self.why.append(why)
        if self.outcome == "imported":
            self.outcome = "changed"

    def told(self) -> dict[str, Any]:
        """All of it but the place, as the report has it: without e-mail addresses, wherever the old site had them."""
        found = asdict(self)
        del found["number"]
        for name in ("kind", "source", "title"):
            found[name] = without_addresses(found[name])
        found["why"] = [without_addresses(why) for why in self.why]
        found["findings"] = [one | {"what": without_addresses(one["what"])} for one in found["findings"]]
        return found


@dataclass(frozen=True)
class Remark:
    """One sentence about one or many items."""

    kind: str
    what: str
    number: int


def skip(entry: Entry, why: str) -> Entry | None:
    """Nothing becomes of it."""
    entry.outcome, entry.why = "skipped", [why]
    return None


def lose(entry: Entry, why: str, cure: str) -> None:
    """A text that people wrote could not come: the first thing to look at, and nothing else is to be said of it."""
    skip(entry, why)
    entry.file = ""
    entry.findings = [Finding(LOST, f"this text was left out: {why}. {cure}")]


class Ledger:
    """All entries, in the order of the source. ``left`` says what was no item and stays behind.

    It keeps them on the disk: there may be hundreds of thousands. An entry that was added may be changed until
    ``seal`` is called; after that with ``revised`` and ``revising``.
    """

    def __init__(self) -> None:
        self.left: list[str] = []
        self._live: list[Entry] = []
        self._count = 0
        self._chest = open_chest()
        self._chest.executescript(_TABLES)

    def add(self, entry: Entry) -> Entry:
        """Take ``entry`` in, and give it back."""
        self._count += 1
        entry.number = self._count
        self._live.append(entry)
        return entry

    def seal(self, *, at_once: bool = False) -> None:
        """Nobody changes what was added so far in passing. Now and then, or ``at_once``, it leaves the memory."""
        if at_once or len(self._live) >= _MOST_LIVE:
            self._write(self._live)
            self._live = []

    @contextmanager
    def revised(self, number: int) -> Iterator[Entry]:
        """An entry to be changed once more."""
        live = next((one for one in reversed(self._live) if one.number == number), None)
        entry = live or next(self._read("WHERE number = ?", number))
        yield entry
        self._write([entry])

    def revising(self, *kinds: str) -> Iterator[Entry]:
        """All entries of these kinds, each to be changed before the next one is asked for."""
        self.seal(at_once=True)
        numbers = [
            number
            for kind in kinds
            for (number,) in self._chest.execute("SELECT number FROM entries WHERE kind = ?", (kind,))
        ]
        for number in sorted(numbers):
            with self.revised(number) as entry:
                yield entry

    # -- reading ------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        """Every entry, one after the other."""
        return self._read("ORDER BY number")

    @property
    def entries(self) -> list[Entry]:
        """All of them at once: for small exports only. Whoever changes one that was sealed changes a copy."""
        live = {one.number: one for one in self._live}
        return [live.get(one.number, one) for one in self]

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """Every entry of a kind, in the order of the source."""
        return self._read("WHERE kind = ? ORDER BY number", kind)

    def remarks(self, most: int) -> list[Remark]:
        """What a person should look at, each sentence once: the most important and most frequent first."""
        self._write(self._live)
        rows = """SELECT kind, what, count(*) FROM remarks GROUP BY kind, what
            ORDER BY min(weight), count(*) DESC, min(entry) LIMIT ?"""
        return [Remark(*row) for row in self._chest.execute(rows, (most,))]

    def count_remarks(self) -> int:
        """How many different sentences there are."""
        self._write(self._live)
        rows = "SELECT count(*) FROM (SELECT 1 FROM remarks GROUP BY kind, what)"
        return int(self._chest.execute(rows).fetchone()[0])

    def places_of(self, remark: Remark, most: int) -> list[tuple[Entry, int]]:
        """The items a sentence is about, in the order of the source, with the lines of their texts it is about."""
        rows = "SELECT entry, line FROM remarks WHERE kind = ? AND what = ? ORDER BY entry LIMIT ?"
        found = self._chest.execute(rows, (remark.kind, remark.what, most)).fetchall()
        return [(next(self._read("WHERE number = ?", number)), line) for number, line in found]

    def counts(self) -> dict[str, dict[str, int]]:
        """Kind → outcome → number."""
        self._write(self._live)
        found: dict[str, dict[str, int]] = {}
        rows = "SELECT kind, outcome, count(*) FROM entries GROUP BY kind, outcome ORDER BY kind, outcome"
        for kind, outcome, number in self._chest.execute(rows):
            found.setdefault(kind, {})[outcome] = number
        return found

    def reasons(self, outcome: Outcome) -> list[tuple[str, int]]:
        """Why items have an outcome, each reason of each, the most frequent first."""
        self._write(self._live)
        rows = """SELECT reasons.why, count(*) FROM reasons JOIN entries ON number = entry WHERE outcome = ?
            GROUP BY reasons.why ORDER BY 2 DESC, 1"""
        return [(why, number) for why, number in self._chest.execute(rows, (outcome,))]

    def lost(self) -> Iterator[str]:
        """A sentence for each text that could not come, with what to do."""
        for remark in self.remarks(self.count_of(LOST)):  # the most important, so these come first
            for entry, _ in self.places_of(remark, -1) if remark.kind == LOST else ():
                yield f"“{entry.title}” ({one_of(entry.kind)} {entry.source}): {remark.what}"

    def count_of(self, kind: str) -> int:
        """How often a kind of finding was told."""
        self._write(self._live)
        return int(self._chest.execute("SELECT count(*) FROM remarks WHERE kind = ?", (kind,)).fetchone()[0])

    def _read(self, which: str, *values: object) -> Iterator[Entry]:
        self._write(self._live)
        for number, whole in self._chest.execute(f"SELECT number, whole FROM entries {which}", values):  # noqa: S608  # words of ours
            fields = json.loads(whole)
            fields["findings"] = [Finding(*one.values()) for one in fields["findings"]]
            yield Entry(**fields, number=number)

    def _write(self, entries: Sequence[Entry]) -> None:
        self._chest.execute("BEGIN")
        self._chest.executemany("REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", map(_row, entries))
        self._chest.executemany("DELETE FROM remarks WHERE entry = ?", ((one.number,) for one in entries))
        self._chest.executemany(
            "INSERT INTO remarks VALUES (?, ?, ?, ?, ?)", chain.from_iterable(map(_remarks, entries))
        )
        self._chest.executemany("DELETE FROM reasons WHERE entry = ?", ((one.number,) for one in entries))
        self._chest.executemany("INSERT INTO reasons VALUES (?, ?)", chain.from_iterable(map(_reasons, entries)))
        self._chest.execute("COMMIT")


def _row(entry: Entry) -> tuple[object, ...]:
    told = entry.told()
    return entry.number, told["kind"], entry.outcome, told["why"][0] if entry.why else "", json.dumps(told)


def _remarks(entry: Entry) -> Iterator[tuple[object, ...]]:
    return (
        (entry.number, weight(one), one.kind, _sound(without_addresses(one.what)), one.line) for one in entry.findings
    )


def _reasons(entry: Entry) -> Iterator[tuple[object, ...]]:
    return ((entry.number, _sound(why)) for why in (entry.told()["why"] if entry.why else ()))


def _sound(text: str) -> str:
    """Half a character, which an old text may hold, is none that SQLite keeps."""
    return text.encode("utf-8", "replace").decode("utf-8")


# Findings a person should look at, most important first.
IMPORTANCE = (
    LOST,
    "unmatched",
    "draft",
    "address",
    "comments",
    "missing-file",
    "script",
    "block",
    "shortcode",
    "form",
    "no-frame",
    "frame",
    "drawing",
    "link",
    "old-site",
    "caption",
    "alt-text",
    "table",
    "note",
)


def weight(finding: Finding) -> int:
    """The place of a finding among all kinds: the smaller, the more important."""
    return IMPORTANCE.index(finding.kind) if finding.kind in IMPORTANCE else len(IMPORTANCE)
