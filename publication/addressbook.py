"""``content/addresses.yml``: which address every published text has, and had.

One line for each id: its present address, then the former ones. The build only reads it; ``check --write`` writes it.
A text that was deleted for good stands under ``gone``: its id is never used again, its addresses lead nowhere.
Former addresses of what is no text stand under ``moved``, behind the page or file of ours they lead to.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from publication import files, nodes
from publication.addresses import ARCHIVE
from publication.claims import file_of
from publication.former import former_address, is_page, is_target
from publication.items import FOLDERS, Item, Shelf
from publication.problems import Problem, Problems, quoted
from publication.slugs import is_id

NAME = "addresses.yml"
HEADER = (
    "# Where every published text stands, and where it stood before: readers of old addresses are sent on.\n"
    "# Written by `python3 tasks.py check --write`. Keep it with the content; there is no need to edit it.\n"
)
_YEAR = re.compile(r"/([0-9]{4})/[^/]+/")
GONE, MOVED = "gone", "moved"
_LARGEST = 50_000_000  # a line for every text there ever was
_KINDS = {**FOLDERS, MOVED: MOVED, GONE: GONE}
_SECTIONS = {kind: section for section, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """Addresses of one id, the present one first. With the kind ``moved``, the id is the present address itself."""

    kind: str
    id: str
    paths: tuple[str, ...]
    line: int = 1

    @property
    def now(self) -> str:
        """Where its readers are sent."""
        return self.id if self.kind == MOVED else self.paths[0]

    @property
    def former(self) -> tuple[str, ...]:
        """The addresses of before."""
        return self.paths if self.kind == MOVED else self.paths[1:]

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
        """Former address → present one, in one step each; whether anything stands there, the caller knows.

        Where a text has, or had, an address that leads elsewhere as well, it is the text's. What is gone for good does
        not lead to the archive, which stood in for it while it was a draft.
        """
        gone = {path.casefold() for entry in self.entries.values() if entry.kind == GONE for path in entry.paths}
        kept = [entry for entry in self.entries.values() if entry.kind != GONE]
        kept.sort(key=lambda entry: entry.kind != MOVED)
        found = {  # servers may make no difference between small letters and capitals
            old.casefold(): (old, entry.now)
            for entry in kept
            for old in entry.former
            if entry.id != ARCHIVE or old.casefold() not in gone
        }
        return dict(sorted(found.values()))


def read(content: Path) -> Book:
    """The book of ``content``; what is wrong with it is among its problems."""
    path = content / NAME
    book = Book(Problems(files.shown(path, content)))
    if not path.exists():
        return book
    text = files.read_text(path, book.problems, largest=_LARGEST)
    if text is not None and files.says_nothing(text):
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
        paths = tuple(path for path in map(former_address, typed) if path)
        named = is_target(key.value) if kind == MOVED else is_id(key.value)
        present = () if kind in (MOVED, GONE) else paths[:1]
        if not (paths or kind == GONE) or len(paths) != len(items) or not named or not all(map(is_page, present)):
            what = f"The addresses of {quoted(key.value)} cannot be read"
            cure = "Write /page/: [/address/, /?p=17]." if kind == MOVED else "Write id: [/address/]."
            book.problems.add(key.line, what, cure, "addresses-file")
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


def compare(book: Book, shelf: Shelf) -> list[Problem]:
    """What else is wrong between the book and the texts: ids that are gone or used again."""
    if not book.is_readable:
        return book.problems.found
    return [*book.problems.found, *_vanished(book, shelf)]


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
        if (
            item is None and entry.kind not in (GONE, MOVED) and not shelf.has_unreadable
        ):  # it may be in the file that is not read
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
