"""Whether a publication would pass, asked of tens of thousands of texts at once: their bodies stay in their files.

What ``load`` would say of problems and addresses, in a tenth of the memory, and without the records.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from publication import addressbook, files, states
from publication.addressbook import Entry
from publication.fields import Values
from publication.items import Item, Shelf, read_all
from publication.load import Examined, examine
from publication.problems import Problem, Problems
from publication.rules import severity
from publication.settings import Settings
from publication.slugs import slug

_UNASKED = "summary"  # which only advice is about


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a text would stand, and in which state."""

    kind: str
    path: str
    state: str


@dataclass(frozen=True)
class Ground:
    """What an address can lead to: texts by id, keys of authors, topics and tags, names of public files."""

    content: Path = Path()
    addresses: Mapping[str, Entry] = field(default_factory=dict)
    texts: Mapping[str, Standing] = field(default_factory=dict)
    authors: Collection[str] = ()
    topics: Collection[str] = ()
    tags: Collection[str] = ()
    files: Collection[str] = ()


@dataclass(frozen=True)
class Trial:
    """What would stop a build, whether only the address book is behind, and what there would be."""

    problems: tuple[Problem, ...]
    behind: Problem | None
    ground: Ground


def try_out(content: Path, settings: Settings, as_of: datetime) -> Trial:
    """The same problems and addresses as those of ``load``; no advice."""
    shelf = survey(content.resolve(), settings)
    found = examine(shelf, addressbook.read(shelf.content), as_of, advised=False)
    return Trial(found.stopping, found.behind, _ground(shelf, found, as_of))


def _ground(shelf: Shelf, found: Examined, as_of: datetime) -> Ground:
    sound = [item for item in shelf.texts if item.is_readable and not item.fields.wrong]
    standing = {item.id: Standing(item.kind, found.paths[id(item)], states.state(item, as_of)) for item in sound}
    public = (item for item in sound if item.kind == "article" and standing[item.id].state == "published")
    tags = frozenset(slug(name) for item in public for name in item.get("tags") or ())
    files = found.pictures.public
    return Ground(shelf.content, found.entries, standing, set(shelf.authors), set(shelf.topics), tags, files)


def survey(content: Path, settings: Settings) -> Shelf:
    """All items, with bodies that are read whenever somebody looks at them."""
    shared: dict[tuple[object, ...], Any] = {}
    return read_all(content, settings, keep=lambda item: _lean(item, shared))


class _Row(Mapping[str, Any]):
    """The values of one text; the names of the keys are shared by all."""

    __slots__ = ("_keys", "_own")

    def __init__(self, keys: Mapping[str, int], own: tuple[Any, ...]) -> None:
        self._keys, self._own = keys, own

    def __getitem__(self, key: str) -> Any:
        return self._own[self._keys[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class _Stopping(Problems):
    """Passes advice over."""

    def add(self, line: int, what: str, cure: str, rule: str = "front-matter") -> None:
        if severity(rule) != "advice":
            super().add(line, what, cure, rule)


class _LeanItem(Item):
    """An item whose body is in its file. It keeps the file's name alone: a ``Path`` takes ten times as much."""

    @property
    def source(self) -> Path:
        return Path(self._name)

    @source.setter
    def source(self, path: Path) -> None:
        self._name = str(path)

    @property
    def body(self) -> str:
        return _body(self._name)

    @body.setter
    def body(self, text: str) -> None:
        pass


def _lean(item: Item, shared: dict[tuple[object, ...], Any]) -> Item:
    values = {key: value for key, value in item.fields.values.items() if key != _UNASKED}
    names = tuple(values)
    keys = shared.setdefault(names, {name: at for at, name in enumerate(names)})
    places = tuple(item.fields.lines.items())
    lines = shared.setdefault(places, item.fields.lines)
    own = tuple(shared.setdefault((key, value), value) if _is_common(value) else value for key, value in values.items())
    wrong = shared.setdefault(("wrong", *sorted(item.fields.wrong)), item.fields.wrong)
    fields = Values(item.fields.line, _Row(keys, own), lines, wrong)  # type: ignore[arg-type]  # nobody changes it now
    problems = _Stopping(item.problems.file, [one for one in item.problems.found if one.severity != "advice"])
    return _LeanItem(item.kind, item.id, item.source, fields, problems, "", item.body_line, item.is_readable)


def _is_common(value: object) -> bool:
    """Whether many texts may have the same: their authors, topics and tags."""
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


@lru_cache(maxsize=2)
def _body(name: str) -> str:
    problems = Problems(name)
    text = files.read_text(Path(name), problems)
    source = files.split(text, problems) if text is not None else None
    return source.body if source else ""
