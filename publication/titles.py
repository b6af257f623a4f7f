"""Titles that are equal or nearly so: readers of a list could not tell the texts apart."""

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

from publication.items import Item, Shelf
from publication.problems import quoted

_FEWEST_WORDS = 3  # shorter titles are alike by chance
_SHORT = 3  # letters of a word that may be missing: the, of, les
_SIMILAR = 0.75
_SHOWN = ("published", "review", "draft")


def check(shelf: Shelf, *, advised: bool = True) -> None:
    """Report equal titles of public articles and pages as problems, and, where ``advised``, nearly equal ones."""
    first: dict[tuple[str, str, str], Item] = {}
    others = []
    for item in sorted((one for one in shelf.texts if _counts(one)), key=_oldest_first):
        key = item.kind, _language(item, shelf), squashed(str(item.get("title")))
        other = first.setdefault(key, item)
        if other is item:
            others.append(item)
        elif _meet(item, other) and not _are_parts(item, other):
            _equal(item, other)
    for item, other in _alike(others, shelf) if advised else ():
        what = (
            f"The title {quoted(item.get('title'))} is much like that of {_where(other)}, {quoted(other.get('title'))}"
        )
        item.problems.add(item.line_of("title"), what, "Readers of a list may take one for the other.", "title-alike")


def squashed(words: str) -> str:
    """Letters and digits alone, small and without accents: what is left of a title when one hears it."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in apart if c.isalnum())


def _counts(item: Item) -> bool:
    return item.is_readable and item.get("status") in _SHOWN and bool(squashed(str(item.get("title"))))


def _equal(item: Item, other: Item) -> None:
    both = item.get("status") == other.get("status") == "published" and item.kind != "resource"
    what = f"The title {quoted(item.get('title'))} is also the title of {_where(other)}"
    rule = "title" if both else "title-alike"
    item.problems.add(item.line_of("title"), what, "Give one of the two another title.", rule)


def _meet(item: Item, other: Item) -> bool:
    """Whether there is a time at which both can be read; for resources, whether they may be one and the same."""
    if item.kind == "resource":
        works = [(one.get("csl") and (one.get("csl").author, one.get("csl").issued)) for one in (item, other)]
        return bool(works[0] == works[1])
    ends, begins = other.get("expires"), item.get("date")
    return not (ends and begins and ends <= begins)


def _alike(items: list[Item], shelf: Shelf) -> Iterator[tuple[Item, Item]]:
    """Pairs that differ in one word, which is short or nearly the same. Only neighbours are compared."""
    families: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for index, item in enumerate(items):
        words = [squashed(word) for word in str(item.get("title")).replace("-", " ").split()]
        words = [word for word in words if word]
        if len(words) < _FEWEST_WORDS:
            continue
        place = item.kind, _language(item, shelf)
        families.setdefault((*place, *words), []).append(("", index))
        for at, word in enumerate(words):
            families.setdefault((*place, *words[:at], *words[at + 1 :]), []).append((word, index))
    found = set()
    for family in families.values():
        for (word, one), (next_word, two) in pairwise(sorted(family)):
            if one != two and _near(word, next_word):
                found.add((max(one, two), min(one, two)))
    for later, earlier in sorted(found):
        if not _are_parts(items[later], items[earlier]):
            yield items[later], items[earlier]


def _are_parts(item: Item, other: Item) -> bool:
    """Whether both belong to one series, which tells them apart by their numbers."""
    one, two = item.get("series"), other.get("series")
    return bool(one and two and one.name == two.name)


def _near(word: str, other: str) -> bool:
    if any(c.isdigit() for c in word + other):
        return False  # parts, years, numbers
    if not word or not other:
        return len(word + other) <= _SHORT
    return SequenceMatcher(None, word, other).ratio() >= _SIMILAR


def _where(item: Item) -> str:
    return f"{item.problems.file}:{item.line_of('title')}"


def _language(item: Item, shelf: Shelf) -> str:
    return item.get("language") or shelf.settings.language


def _oldest_first(item: Item) -> tuple[float, str]:
    date: datetime | None = item.get("date")
    return date.timestamp() if date else float("inf"), item.problems.file
