"""What an editor should hear about a text that was converted."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One remark: a stable kind, what was found, and the line of the old text it was found in."""

    kind: str
    what: str
    line: int = 0


@dataclass
class Findings:
    """Remarks on one text, each said once."""

    found: list[Finding] = field(default_factory=list)

    def add(self, kind: str, what: str, line: int = 0) -> None:
        finding = Finding(kind, what, line)
        if all((finding.kind, finding.what) != (one.kind, one.what) for one in self.found):
            self.found.append(finding)
