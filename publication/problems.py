"""What is wrong with the content, in words an editor can act on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from publication.rules import Severity, severity

LONGEST_QUOTE = 60
MOST = 40  # names in a list to choose from
NEAREST = 3  # of those that nobody wants to read through
MOST_COMPARISONS = 300_000  # in search of the nearest name, over all words: they take time


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, or to think about where its rule is advice.

    ``what`` has no full stop; ``cure`` is a sentence, or lines to paste; ``rule`` is a name of ``rules``.
    """

    file: str
    line: int
    what: str
    cure: str
    rule: str = "front-matter"

    @property
    def severity(self) -> Severity:
        """Whether it stops the build."""
        return severity(self.rule)

    def __str__(self) -> str:
        label = "Advice: " if self.severity == "advice" else ""
        return f"{self.file}:{self.line}: {label}{self.what}. {self.cure}"


class Wrong(Exception):
    """Raised by whatever reads a value. ``line`` is None where the caller knows it better."""

    def __init__(self, what: str, cure: str, line: int | None = None) -> None:
        super().__init__(what)
        self.what, self.cure, self.line = what, cure, line


@dataclass
class Problems:
    """Collects the problems of one file."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, what: str, cure: str, rule: str = "front-matter") -> None:
        self.found.append(Problem(self.file, max(line, 1), _printable(what), _printable(cure), rule))

    def add_invisible(self, line: int, character: str) -> None:
        what = f"There is an invisible character here (U+{ord(character):04X})"
        self.add(line, what, "Delete it and type the words again.", "file")

    def add_wrong(self, wrong: Wrong, line: int) -> None:
        self.add(wrong.line or line, wrong.what, wrong.cure)


def quoted(text: str) -> str:
    """``text`` between quotation marks, short, on one line and without control characters."""
    clean = " ".join(_printable(text).split())
    return f"“{clean if len(clean) <= LONGEST_QUOTE else clean[: LONGEST_QUOTE - 1] + '…'}”"


def choose_from(word: str, names: Iterable[str], none: str = "There is none yet.", *, most: int = MOST) -> str:
    """A cure for a word that is not one of ``names``: the nearest one, else the list, or the nearest ``most`` of it."""
    known = sorted(names)
    typed = word[:100].lower()
    near = get_close_matches(typed, known, n=1, cutoff=0.6)
    near = near or [name for name in known if len(typed) > 2 and name.startswith(typed)]
    if near:
        return f"Did you mean {quoted(near[0])}?"
    if not known:
        return none
    if len(known) > most:
        return f"The nearest are: {', '.join(get_close_matches(typed, known, n=min(most, NEAREST), cutoff=0))}."
    return f"Choose from: {', '.join(known)}."


class Nearest:
    """``choose_from`` one large collection, asked over and over: each word is looked for once, and not for ever."""

    def __init__(self, names: Collection[str], none: str = "There is none yet.", *, most: int = MOST) -> None:
        self.names, self.none, self.most = names, none, most
        self._cures: dict[str, str] = {}

    def to(self, word: str) -> str:
        """The cure for ``word``, which is not one of the names."""
        if word not in self._cures:
            tired = len(self._cures) * len(self.names) > MOST_COMPARISONS
            self._cures[word] = "Mend its name." if tired else choose_from(word, self.names, self.none, most=self.most)
        return self._cures[word]


def _printable(text: str) -> str:
    """``text`` without anything that a terminal might obey; line ends and the spaces of typographers stay."""
    return "".join(c if c.isprintable() or c in "\n\u00a0\u202f" else " " for c in text)
