"""Everything a link may lead to: made once for a check, asked by every text."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from publication import addresses, vocabulary
from publication.addressbook import Entry
from publication.claims import feed_of
from publication.items import Item, Shelf
from publication.problems import MOST, NEAREST, Nearest

_FURTHER_PAGE = re.compile(r"(/(?:.+/)?)page/[0-9]+/")
# Folders with files that the build or the service makes; nobody links to them from a text, but nothing forbids it.
_MADE = (addresses.FEEDS, addresses.SEARCH, "/cite/", "/pictures/", "/comments/")


@dataclass(frozen=True)
class Targets:
    """What exists, by id and by address."""

    shelf: Shelf
    paths: Mapping[int, str]  # address of every item, by ``id()`` of it
    texts: Mapping[str, Item]
    known: frozenset[str]  # ids that exist, though perhaps in a file that cannot be read
    owners: Mapping[str, Item]  # texts, authors and topics by their address
    lists: frozenset[str]  # addresses of all other pages
    moved: Mapping[str, str]  # former address → id, or the present address of what is no text
    nearest: Mapping[str, Nearest]  # by scheme
    _parts: dict[int, Nearest] = field(default_factory=dict)
    _folders: dict[Path, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, shelf: Shelf, paths: Mapping[int, str], entries: Mapping[str, Entry]) -> "Targets":
        texts = shelf.by_id()
        known = frozenset(texts) | (frozenset(entries) if shelf.has_unreadable else frozenset())
        return cls(
            shelf=shelf,
            paths=paths,
            texts=texts,
            known=known,
            owners={paths[id(item)]: item for item in reversed(shelf.everything())},
            lists=_lists(shelf),
            moved={path: entry.id for entry in entries.values() for path in entry.former},
            nearest={
                "id": Nearest(known, most=NEAREST),
                "author": Nearest(shelf.authors, most=MOST),
                "topic": Nearest(shelf.topics, most=MOST),
            },
        )

    def path(self, item: Item) -> str:
        """The address of an item."""
        return self.paths[id(item)]

    def name(self, item: Item) -> str:
        """How a text links to an item: ``id:…``, ``author:…`` or ``topic:…``."""
        scheme = item.kind if item.kind in ("author", "topic") else "id"
        return f"{scheme}:{item.id}"

    def parts(self, item: Item, ids: Collection[str]) -> Nearest:
        """The parts of a text that a link may have meant."""
        return self._parts.setdefault(id(item), Nearest(ids, "That text has no headings.", most=NEAREST))

    def has_page(self, path: str) -> bool:
        """Whether a page or file that is no item's own stands at ``path``, or may stand there."""
        further = _FURTHER_PAGE.fullmatch(path)
        base = further[1] if further else path
        if base in self.lists or (further and base in self.owners) or path.startswith(_MADE):
            return True
        return self._is_feed_of_replies(path) or self._may_be(path)

    def has_media(self, path: str) -> bool:
        """Whether ``media/…`` is a file with exactly this name: elsewhere, small and capital letters may differ."""
        file = self.shelf.content / path
        if file.parent not in self._folders:
            there = file.parent.iterdir() if file.parent.is_dir() else ()
            self._folders[file.parent] = frozenset(one.name for one in there)
        return file.name in self._folders[file.parent] and file.is_file()

    def _is_feed_of_replies(self, path: str) -> bool:
        places = path.removesuffix("comments.atom"), path.removesuffix(".comments.atom") + ".html"
        return any(place in self.owners and path == f"/{feed_of(place)}" for place in places)

    def _may_be(self, path: str) -> bool:
        """Whether an address could be that of an author or a topic that cannot be read."""
        places = {"author": (addresses.AUTHORS,), "topic": (addresses.TOPICS, f"{addresses.RESOURCES}topic/")}
        return any(path.startswith(places[kind]) for kind in self.shelf.unsure)


def _lists(shelf: Shelf) -> frozenset[str]:
    own = (addresses.HOME, addresses.ARCHIVE, addresses.TOPICS, addresses.AUTHORS, addresses.RESOURCES)
    words: dict[str, Collection[str]] = {
        "kind": vocabulary.KINDS,
        "topic": shelf.topics,
        "audience": vocabulary.AUDIENCES,
        "language": vocabulary.LANGUAGES,
        "access": vocabulary.ACCESS,
        "sort": vocabulary.ORDERS,
    }
    facets = {addresses.path_of_facet(facet, value) for facet, values in words.items() for value in values}
    tags = {addresses.path_of_tag(name) for item in shelf.of("article") for name in item.get("tags")}
    return frozenset((*own, *shelf.settings.fixed_paths)) | facets | tags
