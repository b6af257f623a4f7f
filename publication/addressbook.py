"""``content/addresses.yml``: which address every published text has, and had.

One line for each id: its present address, then the former ones. The build only reads it; ``check --write`` writes it.
A text that was deleted for good stands under ``gone``: its id is never used again, its addresses lead nowhere.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from publication import files, nodes
from publication.addresses import claims, is_fixed
from publication.claims import Claims, file_of
from publication.items import FOLDERS, Item, Shelf
from publication.places import plain_path
from publication.problems import Problem, Problems, quoted
from publication.slugs import is_id

NAME = "addresses.yml"
HEADER = (
    "# Where every published text stands, and where it stood before: readers of old addresses are sent on.\n"
    "# Written by `python3 tasks.py check --write`. Keep it with the content; there is no need to edit it.\n"
)
_YEAR = re.compile(r"/([0-9]{4})/[^/]+/")
GONE = "gone"
_LARGEST = 50_000_000  # a line for every text there ever was
_KINDS = {**FOLDERS, GONE: GONE}
_SECTIONS = {kind: section for section, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """Addresses of one id, the present one first."""

    kind: str
    id: str
    paths: tuple[str, ...]
    line: int = 1

    def __str__(self) -> str:
        return f"{self.id}: [{', '.join(self.paths)}]"


@dataclass
class Book:
    """What the file says. Without a file, nothing."""

    problems: Problems
    entries: dict[str, Entry] = field(default_factory=dict)
    is_readable: bool = True

    def years(self) -> dict[str, str]:
        """The years of the articles' addresses: they stay as they were at first publication."""
        found = (
            (entry.id, _YEAR.fullmatch(entry.paths[0])) for entry in self.entries.values() if entry.kind == "article"
        )
        return {key: match[1] for key, match in found if match}

    def redirects(self) -> dict[str, str]:
        """Former address → present one, in one step each."""
        kept = [entry for entry in self.entries.values() if entry.kind != GONE]
        present = {entry.paths[0] for entry in kept}
        pairs = ((old, entry.paths[0]) for entry in kept for old in entry.paths[1:])
        return {old: new for old, new in sorted(pairs) if old not in present}


def read(content: Path) -> Book:
    """The book of ``content``; what is wrong with it is among its problems."""
    path = content / NAME
    book = Book(Problems(files.shown(path, content)))
    if not path.exists():
        return book
    text = files.read_text(path, book.problems, largest=_LARGEST)
    if text is not None and all(line.startswith("#") or not line.strip() for line in text.split("\n")):
        return book
    front = nodes.parse(text, 1, book.problems) if text is not None else None
    if front is None:
        book.is_readable = False
        return book
    for section, node in front.entries:
        _read_section(section, node, book)
    return book


def _read_section(section: nodes.Scalar, node: nodes.Node, book: Book) -> None:
    kind = _KINDS.get(section.value)
    if kind is None:
        what, cure = f"There is no section {quoted(section.value)}", f"Use {', '.join(_KINDS)}."
        book.problems.add(section.line, what, cure, "addresses-file")
        return
    for key, value in node.entries if isinstance(node, nodes.Mapping) else ():
        items = value.items if isinstance(value, nodes.Listing) else ()
        typed = [item.value if isinstance(item, nodes.Scalar) else "" for item in items]
        paths = tuple(path for path in map(plain_path, typed) if path)
        if not (paths or kind == GONE) or len(paths) != len(items) or not is_id(key.value):
            what = f"The addresses of {quoted(key.value)} cannot be read"
            book.problems.add(key.line, what, "Write id: [/address/].", "addresses-file")
        elif key.value in book.entries:
            what = f"{quoted(key.value)} is here twice"
            book.problems.add(key.line, what, "Delete one of the two lines.", "addresses-file")
        else:
            book.entries[key.value] = Entry(kind, key.value, paths, key.line)


def updated(book: Book, shelf: Shelf, paths: Mapping[int, str]) -> dict[str, Entry]:
    """The entries as the texts want them: new ones added, moved ones with their former address kept."""
    entries = dict(book.entries)
    for item in _recorded(shelf):
        now = paths[id(item)]
        known = entries.get(item.id)
        if known is None:
            entries[item.id] = Entry(item.kind, item.id, (now,))
        elif known.kind == item.kind:
            # Servers and file systems may not tell small letters from capitals: such an address would lead to itself.
            former = tuple(path for path in known.paths if not _is_same(path, now))
            entries[item.id] = Entry(item.kind, item.id, (now, *former), known.line)
    return entries


def behind(book: Book, entries: Mapping[str, Entry]) -> Problem | None:
    """The one problem of a book that lacks lines, with the lines to put in."""
    missing = [entry for entry in entries.values() if book.entries.get(entry.id) != entry]
    if not missing or not book.is_readable:
        return None
    what = f"{len(missing)} {'address is' if len(missing) == 1 else 'addresses are'} not written down yet"
    lines = _lines(missing, indent="  ")
    cure = f"Run python3 tasks.py check --write, which puts these lines in:\n{lines}"
    return Problem(book.problems.file, 1, what, cure, "addresses-file")


def compare(book: Book, entries: Mapping[str, Entry], shelf: Shelf, paths: Mapping[int, str]) -> list[Problem]:
    """What else is wrong between the book and the texts: ids that are gone or used again, addresses claimed twice."""
    if not book.is_readable:
        return book.problems.found
    return [*book.problems.found, *_vanished(book, shelf), *_claimed(book, entries, shelf, paths)]


def write(content: Path, entries: Iterable[Entry]) -> Path:
    """Replace the book in one step."""
    path = content / NAME
    fresh = path.with_name(f".{NAME}.new")
    fresh.write_text(f"{HEADER}{_lines(entries)}\n", encoding="utf-8", newline="\n")
    os.replace(fresh, path)
    return path


def _recorded(shelf: Shelf) -> list[Item]:
    """The texts whose address is written down: those that were, are or will be public."""
    return [item for item in shelf.by_id().values() if item.is_readable and item.is_public_some_time]


def _lines(entries: Iterable[Entry], indent: str = "") -> str:
    ordered = sorted(entries, key=lambda entry: entry.id)
    lines = []
    for kind, section in _SECTIONS.items():
        own = [f"{indent}  {entry}" for entry in ordered if entry.kind == kind]
        lines += [f"{indent}{section}:", *own] if own else []
    return "\n".join(lines)


def _vanished(book: Book, shelf: Shelf) -> Iterable[Problem]:
    texts = shelf.by_id()
    for entry in book.entries.values():
        item = texts.get(entry.id)
        if item is None and entry.kind != GONE and not shelf.has_unreadable:  # it may be in the file that is not read
            what = f"The {entry.kind} {quoted(entry.id)} was published at {entry.paths[0]}, and its file is gone"
            yield Problem(book.problems.file, entry.line, what, _ways_out(entry), "vanished")
        elif item is not None and item.kind != entry.kind and item.is_readable:
            noun = "text that was deleted" if entry.kind == GONE else f"{entry.kind} at {entry.paths[0]}"
            what = f"The id {quoted(entry.id)} belonged to the {noun} ({book.problems.file}:{entry.line})"
            cure = f"Give this {item.kind} another id; an id is never used again."
            yield Problem(item.problems.file, item.line_of("id"), what, cure, "id")


def _ways_out(entry: Entry) -> str:
    """What to do about a published text whose file is gone, with the words to type."""
    replies = "its replies are kept, and shown nowhere until it is published again"
    erased = "its replies stay in the store, shown nowhere; whoever wants them erased does so at the desk"
    kept, lost = (f" ({replies})", f" ({erased})") if entry.kind == "article" else ("", "")
    return (
        f"Bring the file back with status: withdrawn in it{kept}; or, to delete it for good{lost}, "
        f"move its line to the end of this file, below gone: like this:\n  {GONE}:\n    {entry}\n"
        "  To send its readers to another text, add its addresses to that text's line too: "
        f"[{', '.join(('…', *entry.paths))}]"
    )


def _is_same(path: str, other: str) -> bool:
    return file_of(path).casefold() == file_of(other).casefold()


def _claimed(book: Book, entries: Mapping[str, Entry], shelf: Shelf, paths: Mapping[int, str]) -> Iterable[Problem]:
    """Former addresses that something else wants now. Readers of old links would land on the wrong text."""
    taken = claims(shelf, paths)
    former: Claims[Entry] = Claims()
    for entry in entries.values():
        if entry.kind == GONE:
            yield from _taken_from_the_gone(entry, taken, book)
            continue
        for path in entry.paths[1:]:
            owner, other = taken.holder([file_of(path)]), former.holder([file_of(path)])
            former.take(entry, [file_of(path)])
            if owner is not None and owner.id != entry.id:
                what = f"The address {path} was the address of {quoted(entry.id)} ({book.problems.file}:{entry.line})"
                cure = "Give this text another slug; or delete the old address there."
                yield Problem(owner.problems.file, owner.line_of("url", "slug", "id"), what, cure, "address")
                continue
            if owner is not None:
                what = f"The former address {path} is in the way of the present one, {entry.paths[0]}"
            elif other is not None and other is not entry:
                what = f"The address {path} is a former one of {quoted(entry.id)} and of {quoted(other.id)}"
            elif other is not None:
                what = f"The former address {path} is in the way of another one in this line"
            elif is_fixed(path, shelf.settings.fixed_paths):
                what = f"The former address {path} belongs to the site itself"
            else:
                continue
            yield Problem(book.problems.file, entry.line, what, "Delete it from this line.", "addresses-file")


def _taken_from_the_gone(entry: Entry, taken: Claims[Item], book: Book) -> Iterable[Problem]:
    for path in entry.paths:
        owner = taken.holder([file_of(path)])
        if owner is not None:
            what = f"The address {path} was that of the deleted {quoted(entry.id)} ({book.problems.file}:{entry.line})"
            cure = "Give this text another slug; or delete the old address there, which may leave [] and no more."
            yield Problem(owner.problems.file, owner.line_of("url", "slug", "id"), what, cure, "address")
