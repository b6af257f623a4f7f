"""Former addresses that cannot be answered: claimed twice, taken by something else, or leading to nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from publication.addressbook import GONE, MOVED, Book, Entry
from publication.addresses import ARCHIVE, HOME, claims, is_fixed
from publication.claims import Claims, file_of
from publication.former import has_query, place_of
from publication.items import Item
from publication.places import is_media
from publication.problems import Problem, quoted
from publication.stand_ins import stand_in
from publication.targets import Targets


def find(book: Book, entries: Mapping[str, Entry], targets: Targets) -> Iterator[Problem]:
    """All of them. Readers of old links would land on the wrong text, or on none."""
    if not book.is_readable:
        return
    judge = _Judge(book, targets, claims(targets.shelf, targets.paths))
    for entry in sorted(entries.values(), key=lambda entry: entry.id == ARCHIVE):  # it takes what is left
        if entry.kind == GONE:
            yield from judge.gone(entry)
            continue
        if entry.kind == MOVED:
            yield from judge.moved(entry)
        for path in entry.former:
            yield from judge.former(entry, path)


@dataclass
class _Judge:
    """Remembers what was claimed so far."""

    book: Book
    targets: Targets
    taken: Claims[Item]
    files: Claims[Entry] = field(default_factory=Claims)
    queries: dict[str, Entry] = field(default_factory=dict)

    def former(self, entry: Entry, path: str) -> Iterable[Problem]:
        """About one former address of ``entry``."""
        owner = self.taken.holder([file_of(place_of(path))])
        if owner is not None and owner.id != entry.id and entry.id != ARCHIVE and not has_query(path):
            what = f"The address {path} was the address of {quoted(entry.id)} ({self.book.problems.file}:{entry.line})"
            cure = "Give this text another slug; or delete the old address there."
            yield Problem(owner.problems.file, owner.line_of("url", "slug", "id"), what, cure, "address")
            return
        other = self._take(entry, path)
        if entry.id == ARCHIVE and (owner is not None or other not in (None, entry)):
            return  # readers were sent there for want of something better, which this is
        if owner is not None and has_query(path):
            what = f"The former address {path} is in the way of {owner.where}"
        elif owner is not None:
            what = f"The former address {path} is in the way of the present one, {entry.now}"
        elif other is not None and other is not entry:
            what = f"The address {path} is a former one of {quoted(entry.id)} and of {quoted(other.id)}"
        elif other is not None:
            what = f"The former address {path} is in the way of another one in this line"
        elif self._is_of_the_site(path):
            what = f"The former address {path} belongs to the site itself"
        else:
            return
        yield self._here(entry, what, "Delete it from this line.")

    def moved(self, entry: Entry) -> Iterable[Problem]:
        """About where a line under ``moved`` leads."""
        text = self.targets.owners.get(entry.id)
        if text is not None and text.kind not in ("author", "topic"):
            cure = f"Put its former addresses into the line of {quoted(text.id)}, behind the present one."
            yield self._here(entry, f"The address {entry.id} is that of a text", cure)
        elif text is None and not self._is_there(entry.id):
            yield self._leads_nowhere(entry)

    def gone(self, entry: Entry) -> Iterable[Problem]:
        """About the addresses of a deleted text."""
        for path in entry.paths:
            owner = None if has_query(path) else self.taken.holder([file_of(path)])
            if owner is not None:
                where = f"{self.book.problems.file}:{entry.line}"
                what = f"The address {path} was that of the deleted {quoted(entry.id)} ({where})"
                cure = "Give this text another slug; or delete the old address there, which may leave [] and no more."
                yield Problem(owner.problems.file, owner.line_of("url", "slug", "id"), what, cure, "address")

    def _leads_nowhere(self, entry: Entry) -> Problem:
        """Lists come and go with what is in them. Anything else is a mistake, or a file that somebody deleted."""
        instead, what = stand_in(entry.id), f"Former addresses lead to {entry.id}, where nothing is"
        if instead:
            what += f" now; their readers are sent to {instead}"
            cure = "If they shall get somewhere else, write that page in place of the first address of this line."
            return Problem(self.book.problems.file, entry.line, what, cure, "list-gone")
        lost = "put the file back; " if is_media(entry.id.removeprefix("/")) else ""
        cure = f"Write where they shall lead in place of the first address; {lost}or delete this line."
        return self._here(entry, what, f"{cure} Who asks for one of them then gets the page for what is not there.")

    def _take(self, entry: Entry, path: str) -> Entry | None:
        """Note an address as claimed; who claimed it before."""
        if has_query(path):
            other = self.queries.get(path.casefold())
            self.queries.setdefault(path.casefold(), entry)
            return other
        other = self.files.holder([file_of(path)])
        self.files.take(entry, [file_of(path)])
        return other

    def _is_of_the_site(self, path: str) -> bool:
        place = place_of(path)
        if place == HOME:
            return False  # the front page with a query; without one it is no former address
        return is_fixed(place, self.targets.shelf.settings.fixed_paths)

    def _is_there(self, path: str) -> bool:
        name = path.removeprefix("/")
        return self.targets.has_media(name) if is_media(name) else self.targets.has_page(path)

    def _here(self, entry: Entry, what: str, cure: str) -> Problem:
        return Problem(self.book.problems.file, entry.line, what, cure, "addresses-file")
