"""Which article an address of the old site is that of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from migrate import old_addresses, url_map
from migrate.memory import Memory
from migrate.old_addresses import OldAddress
from migrate.problems import Unusable
from migrate.url_map import UrlMap
from publication import addressbook
from publication.addresses import assign
from publication.items import Item, read_all
from publication.settings import Settings

KINDS = ("article", "page")


@dataclass(frozen=True)
class Text:
    """An article or a page: its id and its address."""

    id: str
    kind: str
    url: str


@dataclass
class Matcher:
    """Everything an old address may be compared with. What two texts would share is nobody's."""

    urls: UrlMap[Text] = field(default_factory=UrlMap)
    _canonical: dict[tuple[str, str], Text | None] = field(default_factory=dict)
    _paths: dict[str, Text | None] = field(default_factory=dict)
    _ids: dict[str, Text] = field(default_factory=dict)
    _numbers: dict[int, str | None] = field(default_factory=dict)
    _asked: dict[tuple[str, str], Text] = field(default_factory=dict)  # by path and query

    @classmethod
    def read(cls, content: Path, settings: Settings, var: Path, urls: Path | None = None) -> "Matcher":
        """All texts of ``content``, what earlier migrations know of them, and the file ``urls``.

        :raise Unusable: there is no article, or ``urls`` has lines that cannot be used.
        """
        shelf = read_all(content, settings)
        book = addressbook.read(content)
        paths = assign(shelf, book.years())
        found = cls()
        texts = [(item, Text(item.id, item.kind, paths[id(item)])) for item in shelf.texts if item.kind in KINDS]
        if not texts:
            raise Unusable(
                f"There is no article in {content}, so there is nothing that comments could stand below. "
                "Bring the texts over first."
            )
        for item, text in texts:
            found._add(item, text)
        for _item, text in texts:
            entry = book.entries.get(text.id)
            found._add_former(entry.paths if entry else (), text)
        found._numbers = {**_numbers(Memory.read(var)), **found._numbers}
        if urls is not None:
            found.urls = url_map.read(urls, found._meant)
        return found

    def find(self, addresses: Iterable[str]) -> Text | None:
        """The text that stood at the first of ``addresses`` at which one did."""
        for address in addresses:
            read = old_addresses.read(address)
            text = self._find(address, read) if read else None
            if text is not None:
                return text
        return None

    def guess(self, addresses: Iterable[str]) -> Text | None:
        """A text whose name is the last part of an old address: a person should look whether it is the one."""
        for address in addresses:
            read = old_addresses.read(address)
            name = [*old_addresses.forms(read.path)][-1].rpartition("/")[2] if read else ""
            if name in self._ids:
                return self._ids[name]
        return None

    def _find(self, address: str, read: OldAddress) -> Text | None:
        mapped = self.urls.find(read)
        if mapped is not None:
            return mapped
        asked = self._ids.get(self._numbers.get(read.number) or "") or self._asked.get((read.path, read.query))
        if asked is not None:
            return asked
        for path in old_addresses.forms(read.path):
            text = self._canonical.get((read.host, path)) or self._paths.get(path)
            if text is not None:
                return text
        return self._ids.get(address.strip())  # some systems let a site call its threads as it likes

    def _meant(self, new: str) -> Text | None:
        """What the second column of the map names: an address of this site, or an id."""
        read = old_addresses.read(new)
        return self._find(new, read) if read else None

    def _add(self, item: Item, text: Text) -> None:
        self._ids.setdefault(text.id, text)
        self._claim(self._paths, text.url, text)
        canonical = old_addresses.read(str(item.get("canonical") or ""))
        if canonical is not None and canonical.host:
            key = (canonical.host, canonical.path)
            self._canonical[key] = text if self._canonical.get(key, text) == text else None

    def _add_former(self, paths: Iterable[str], text: Text) -> None:
        """Addresses of former times; present ones go before."""
        known = [read for read in map(old_addresses.read, (text.url, *paths)) if read is not None]
        for read in known:
            if read.number:
                self._numbers.setdefault(read.number, text.id)
            elif read.query:
                self._asked.setdefault((read.path, read.query), text)
            else:
                self._paths.setdefault(read.path, text)
        for path in (form for read in known if not read.query for form in old_addresses.forms(read.path)):
            if path != "/":
                self._paths.setdefault(path, text)

    def _claim(self, where: dict[str, Text | None], path: str, text: Text) -> None:
        read = old_addresses.read(path)
        if read is not None:
            where[read.path] = text if where.get(read.path, text) == text else None


def _numbers(memory: Memory) -> dict[int, str | None]:
    """The numbers that texts had in WordPress; None where several sites gave one to different texts."""
    found: dict[int, str | None] = {}
    for key, known in memory.texts.items():
        _site, kind, number, *_rest = [*key.split("/"), "", "", ""]
        if kind in ("post", "page") and number.isascii() and number.isdigit():
            found[int(number)] = known["id"] if found.get(int(number), known["id"]) == known["id"] else None
    return found
