"""YAML as a tree of text with line numbers: no types, no anchors, no tags, no second meaning.

Every scalar is what the editor typed, so ``no`` stays ``no`` and ``9:30`` stays ``9:30``; the schema gives the types.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from publication.faults import Repairable, explain, special_sign
from publication.problems import Problems, Wrong, quoted

DEEPEST = 6
MOST_REPAIRS = 30

_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as typed. ``lost`` is what YAML took for a comment behind an unquoted text."""

    value: str
    line: int
    lost: str = ""
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int


Node = Scalar | Listing | Mapping


def parse(source: str, first_line: int, problems: Problems) -> Mapping | None:
    """The mapping that ``source`` holds, or None when it holds none that can be read.

    A line that YAML cannot read for want of quotation marks is reported with its cure, quoted, and read again, so
    that everything else in the file is still looked at.
    """
    lines = source.split("\n")
    tried: Repairable | None = None
    for _ in range(MOST_REPAIRS):
        found = Problems(problems.file)
        try:
            root = _Builder(lines, first_line, found).build()
        except (Repairable, Wrong) as fault:
            where = fault.index + first_line if isinstance(fault, Repairable) else fault.line or 0
            if tried and where <= tried.index + first_line:  # quotation marks did not help
                problems.add_wrong(tried.plain, first_line)
                return None
            _report(tried, first_line, problems)
            if isinstance(fault, Wrong):
                problems.add_wrong(fault, first_line)
                return None
            lines[fault.index], tried = fault.better, fault
        else:
            _report(tried, first_line, problems)
            problems.found += found.found
            return _as_mapping(root, first_line, problems)
    return None


def _report(fault: Repairable | None, first_line: int, problems: Problems) -> None:
    if fault:
        problems.add(fault.index + first_line, fault.what, fault.cure)


def _as_mapping(root: Node | None, first_line: int, problems: Problems) -> Mapping | None:
    if isinstance(root, Mapping):
        return root
    if root is None:
        problems.add(first_line, "There are no keys here", "Write one on each line, such as id: my-text.")
    else:
        problems.add(root.line, "These are not keys and values", "Write one key on each line, such as id: my-text.")
    return None


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    line: int
    is_mapping: bool
    items: list[Node] = field(default_factory=list)


class _Builder:
    """Builds the tree from parser events, with its own stack: deep nesting cannot exhaust Python's."""

    def __init__(self, lines: list[str], first_line: int, problems: Problems) -> None:
        self.lines, self.first_line, self.problems = lines, first_line, problems
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def build(self) -> Node | None:
        documents = 0
        for event in self._events():
            line = _index(event) + self.first_line
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Wrong("A second document begins here", "Remove the line ---.", line)
            elif isinstance(event, yaml.NodeEvent):
                self._refuse_machinery(event)
                self._node(event, line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
        return self.root

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse("\n".join(self.lines), Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            raise explain(error, self.lines, self.first_line) from None

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._place(self._scalar(event, line))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) >= DEEPEST:
                raise Wrong("This is nested too deeply", "Use fewer brackets or less indentation.", line)
            self.stack.append(_Open(line, isinstance(event, yaml.MappingStartEvent)))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        lost = ""
        if event.value and not event.style and event.end_mark:
            rest = self.lines[event.end_mark.line][event.end_mark.column :]
            lost = rest.strip() if re.match(r"\s+#", rest) else ""
        if special := _SPECIAL.search(event.value):
            self.problems.add_invisible(line, special[0])
        return Scalar(event.value, line, lost, event.style in ("'", '"'))

    def _close(self) -> None:
        done = self.stack.pop()
        if done.is_mapping:
            self._place(Mapping(self._entries(done.items), done.line))
        else:
            self._place(Listing(tuple(done.items), done.line))

    def _place(self, node: Node) -> None:
        if self.stack:
            self.stack[-1].items.append(node)
        else:
            self.root = node

    def _entries(self, items: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.problems.add(key.line, "A key must be a word", "Write key: value.")
            elif key.value in entries:
                first = entries[key.value][0].line
                what = f"{quoted(key.value)} is here twice, first in line {first}"
                self.problems.add(key.line, what, "Delete one of the two lines.")
            else:
                entries[key.value] = (key, value)
        return tuple(entries.values())

    def _refuse_machinery(self, event: yaml.NodeEvent) -> None:
        alias = isinstance(event, yaml.AliasEvent)
        if alias or event.anchor or getattr(event, "tag", None):
            sign = "*" if alias else "&" if event.anchor else "!"
            raise special_sign(sign, self.lines, _index(event), self.first_line)


def _index(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0
