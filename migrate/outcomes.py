"""What became of every item of an export. The numbers always add up: each item has exactly one outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from migrate.text.findings import Finding

Outcome = Literal["imported", "changed", "kept", "skipped"]


@dataclass
class Entry:
    """One item of the source. ``why`` says in words how it was changed or why it was skipped.

    ``kept`` is what was brought over by an earlier run and left as it is.
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

    def change(self, why: str) -> None:
        """Note a difference to the source that an editor should know."""
        if why not in self.why:
            self.why.append(why)
        if self.outcome == "imported":
            self.outcome = "changed"


@dataclass
class Ledger:
    """All entries, in the order of the source. ``left`` says what was no item and stays behind."""

    entries: list[Entry] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def add(self, entry: Entry) -> Entry:
        self.entries.append(entry)
        return entry

    def counts(self) -> dict[str, dict[str, int]]:
        """Kind → outcome → number."""
        found: dict[str, Counter[str]] = {}
        for entry in self.entries:
            found.setdefault(entry.kind, Counter())[entry.outcome] += 1
        return {kind: dict(sorted(counter.items())) for kind, counter in sorted(found.items())}

    def reasons(self, outcome: Outcome) -> list[tuple[str, int]]:
        """Why items have an outcome, the most frequent reason first."""
        counter = Counter(why for entry in self.entries if entry.outcome == outcome for why in entry.why[:1])
        return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


# Findings a person should look at, most important first.
IMPORTANCE = (
    "unmatched",
    "draft",
    "address",
    "comments",
    "missing-file",
    "script",
    "block",
    "shortcode",
    "form",
    "frame",
    "drawing",
    "link",
    "caption",
    "alt-text",
)


def weight(finding: Finding) -> int:
    """The place of a finding among all kinds: the smaller, the more important."""
    return IMPORTANCE.index(finding.kind) if finding.kind in IMPORTANCE else len(IMPORTANCE)


def by_importance(findings: Iterable[Finding]) -> list[Finding]:
    """``findings`` with the most important first."""
    return sorted(findings, key=lambda one: (weight(one), one.line))
