"""Long lists in pages. The newest page has the list's address; older ones are numbered from the oldest.

So a new article changes one page of a list, and now and then makes one more; a numbered page never changes again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Pager:
    """Where a page stands among its neighbours; addresses, or None at the ends."""

    number: int
    count: int
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class Part(Generic[Item]):
    """One page of a list: its address, its items newest first, and its pager."""

    url: str
    items: Sequence[Item]
    pager: Pager


def parts(items: Sequence[Item], url: str, size: int) -> list[Part[Item]]:
    """Split ``items`` (newest first), newest page first. It holds what no full page of the past holds: up to
    ``2 * size - 1`` items."""
    full = max(0, len(items) // size - 1)  # numbered pages
    newest = len(items) - full * size
    count = full + 1
    found = [Part(url, items[:newest], Pager(count, count, None, _address(url, full)))]
    for number in range(full, 0, -1):
        start = newest + (full - number) * size
        newer = url if number == full else _address(url, number + 1)
        pager = Pager(number, count, newer, _address(url, number - 1))
        found.append(Part(f"{url}page/{number}/", items[start : start + size], pager))
    return found


def _address(url: str, number: int) -> str | None:
    return f"{url}page/{number}/" if number else None


@dataclass(frozen=True)
class Leaf(Generic[Item]):
    """One page of a list in an order of its own, such as by title: numbered from the first, which has the list's
    address. ``others`` are pages to go to from here, by number: the neighbours, the ends, and every tenth."""

    number: int
    url: str
    items: Sequence[Item]
    previous: str | None
    next: str | None
    others: dict[int, str]


def leaves(items: Sequence[Item], url: str, size: int) -> list[Leaf[Item]]:
    """Split ``items`` into pages of ``size``; one page, should there be none."""
    count = max(1, -(-len(items) // size))
    urls = {0: None, 1: url} | {number: f"{url}page/{number}/" for number in range(2, count + 1)}
    found = []
    for number in range(1, count + 1):
        near = {1, number - 1, number, number + 1, count, *range(10, count, 10)}
        others = {other: there for other in sorted(near) if (there := urls.get(other))}
        shown = items[(number - 1) * size : number * size]
        found.append(Leaf(number, others[number], shown, urls[number - 1], urls.get(number + 1), others))
    return found
