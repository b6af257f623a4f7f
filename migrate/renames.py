"""Texts that were renamed on the old site between two exports: the same number, another name, the same mark."""

from dataclasses import dataclass, field
from functools import cached_property

from migrate.catalogue import TEXTS, Catalogue, identity
from migrate.memory import Memory, digest
from migrate.model import Item


@dataclass
class Renames:
    """Listens to the first reading, and then gives each renamed text what an earlier run gave to it."""

    site: str  # its short name
    memory: Memory
    _new: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # number → identities and marks

    def note(self, item: Item) -> None:
        """Hear of an item that was read."""
        if item.kind not in TEXTS or f"{self.site}/{identity(item)}" in self.memory.texts:
            return
        number = _number(identity(item))
        if number in self._known and mark_of(item):
            self._new.setdefault(number, []).append((identity(item), mark_of(item)))

    def settle(self, catalogue: Catalogue) -> None:
        """Everything was read: what has another name now, and is not there under its old one, is the same text."""
        for number, found in self._new.items():
            gone = {self._mark(old): old for old in self._known[number] if not catalogue.has(old)}
            for new, mark in found:
                old = gone.pop(mark, None)
                if old is not None:
                    known = self.memory.texts.pop(f"{self.site}/{old}")
                    self.memory.texts[f"{self.site}/{new}"] = known
                    catalogue.rename(new, known["id"])
        self._new.clear()

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        """The identities of earlier runs by kind and number: merged exports hold numbers twice."""
        found: dict[str, list[str]] = {}
        for key in self.memory.texts:
            site, _, old = key.partition("/")
            if site == self.site:
                found.setdefault(_number(old), []).append(old)
        return found

    def _mark(self, old: str) -> str:
        return self.memory.texts[f"{self.site}/{old}"].get("mark", "")


def mark_of(item: Item) -> str:
    """What a text keeps whatever it is called: WordPress never changes a guid; else its moment. Empty without both."""
    lasting = item.guid or (item.made.isoformat() if item.made else "")
    return digest(lasting.encode())[:12] if lasting else ""


def _number(of: str) -> str:
    kind, number, _name = of.split("/", 2)
    return f"{kind}/{number}"
