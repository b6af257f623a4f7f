"""A file that says where old addresses are now: ``old,new``, one pair in a line."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from migrate import old_addresses
from migrate.old_addresses import OldAddress
from migrate.problems import Unusable

T = TypeVar("T")
_HEADS = frozenset(("old", "old url", "old_url", "old address", "from", "source"))
_SHOWN = 10  # bad lines that are named at once
_LARGEST = 20_000_000  # bytes


@dataclass
class UrlMap(Generic[T]):
    """What each old address is now, by host (or none), path and query; and the lines, by the address in them."""

    name: str = ""
    _targets: dict[tuple[str, str, str], T] = field(default_factory=dict)
    _lines: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def find(self, address: OldAddress) -> T | None:
        """What stands for ``address``: a line with its host first, then one without, the nearest form first."""
        for host in dict.fromkeys((address.host, "")):
            for path in old_addresses.forms(address.path):
                key = (host, path, address.query)
                if key in self._targets:
                    self._used.add(self._lines[key])
                    return self._targets[key]
        return None

    def unused(self) -> list[int]:
        """The numbers of lines whose old address nothing asked for."""
        return sorted(set(self._lines.values()) - self._used)

    def add(self, old: str, target: T, line: int) -> str:
        """Take a line in; returns what is wrong with it, if anything."""
        address = old_addresses.read(old)
        if address is None:
            return f"{old[:80]} is no address"
        key = (address.host, address.path, address.query)
        if self._targets.setdefault(key, target) != target:
            return f"{old[:80]} was sent elsewhere in line {self._lines[key]} already"
        self._lines.setdefault(key, line)
        return ""


def read(path: Path, resolve: Callable[[str], T | None]) -> UrlMap[T]:
    """The map in a file. ``resolve`` finds what a new address is that of.

    :raise Unusable: lines of it cannot be used; each is named.
    """
    found: UrlMap[T] = UrlMap(path.name)
    wrong: list[str] = []
    for number, cells in _rows(path):
        if found.unused() == [] and not wrong and cells[0].casefold() in _HEADS:
            continue
        said = _take(found, number, cells, resolve)
        if said:
            wrong.append(f"{path.name}, line {number}: {said}.")
    if wrong:
        more = f"\nAnd {len(wrong) - _SHOWN} more." if len(wrong) > _SHOWN else ""
        raise Unusable("\n".join(wrong[:_SHOWN]) + more + "\nA line is: old address,new address")
    return found


def _take(found: UrlMap[T], number: int, cells: list[str], resolve: Callable[[str], T | None]) -> str:
    if len(cells) != 2:
        return f"there {'is' if len(cells) == 1 else 'are'} {len(cells)} of the two addresses"
    old, new = cells
    if not old or not new:
        return f"the {'old' if not old else 'new'} address is missing"
    target = resolve(new)
    if target is None:
        return f"there is no article or page at {new[:80]}"
    return found.add(old, target, number)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is not empty. Spreadsheets of some countries write semicolons between them."""
    if not path.is_file():
        raise Unusable(
            f"{path} is not there, or is a folder. Give a CSV file with lines such as: old address,new address"
        )
    if path.stat().st_size > _LARGEST:
        raise Unusable(f"{path.name} is larger than any list of addresses. Give a CSV file: old address,new address")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Unusable(f"{path.name}, line {line}: it is not in UTF-8. Save it as CSV UTF-8.") from error
    first = text.lstrip().partition("\n")[0]
    sign = "," if "," in first else next((sign for sign in ";\t" if sign in first), ",")
    rows = csv.reader(text.splitlines(), delimiter=sign)
    try:
        for cells in rows:
            plain = [cell.strip() for cell in cells]
            while len(plain) > 2 and not plain[-1]:
                plain.pop()
            if any(plain):
                yield rows.line_num, plain
    except csv.Error as error:
        raise Unusable(f"{path.name}, line {rows.line_num}: this is no CSV ({error}).") from error
