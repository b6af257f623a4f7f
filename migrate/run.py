"""The whole way from exports to content: read twice, try out, and only then put into the publication."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from comments.actions.context import Context
from migrate import people, sheets
from migrate.catalogue import (
    FOUND_BY_NUMBER,
    TEXTS,
    UNSORTED,
    Catalogue,
    Place,
    drawer_of_places,
    host_and_path,
    identity,
    site_key,
)
from migrate.drawers import Drawer
from migrate.item_kinds import INTERNAL, one_of
from migrate.mail_addresses import name_of
from migrate.media import Media
from migrate.memory import Memory
from migrate.model import Item, Site, Writer
from migrate.outcomes import Entry, Ledger, lose, skip
from migrate.problems import Unusable
from migrate.redirects import OldAddresses
from migrate.renames import Renames, mark_of
from migrate.replies import Replies
from migrate.returning import Returning
from migrate.sheets import Names
from migrate.sources.job import OpenStore, Progress
from migrate.staging import Staging, own_folder
from migrate.surroundings import STAYS
from migrate.telling import Telling
from migrate.wxr.reader import Reader, site_of
from publication import addressbook
from publication.addresses import assign, files_of
from publication.claims import Claims
from publication.files import LARGEST
from publication.items import read_topics
from publication.problems import Problem
from publication.settings import Settings
from publication.trial import Ground, survey

_TOO_LONG = "Split it into several on the old site, export it again and run this once more."
_NOBODY = ""  # the login of texts that name no author: the site signs them


@dataclass
class Migration:
    """One run: texts first, then the comments below them.

    ``open_store`` gives what the comments go into, once the texts are in place.
    """

    exports: Sequence[Path]
    content: Path
    var: Path
    settings: Settings
    now: datetime
    media: Media
    open_store: OpenStore
    progress: Progress = lambda *_: None
    ledger: Ledger = field(default_factory=Ledger)
    catalogue: Catalogue = field(default_factory=Catalogue)
    dropped: int = 0
    _tags: dict[str, Counter[str]] = field(default_factory=dict)  # of the export, by slug
    _tags_here: list[str] = field(default_factory=list)  # of every article there is, as often as it is there
    _returning: Returning = field(default_factory=Returning)
    _returned: dict[int, str] = field(default_factory=dict)  # number in the ledger → id of a text that is here
    _texts: dict[str, tuple[str, str]] = field(default_factory=dict)  # identity → id and address
    _places: MutableMapping[int, Place] = field(default_factory=drawer_of_places)  # by number in the ledger

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.timezone

    def run(self, *, dry: bool = False) -> Ledger:
        """Bring everything over, and return what became of every item.

        ``dry`` changes nothing: texts are tried out, as ever, and comments go into a copy of the store.
        :raise Unusable: an export, or the publication itself, cannot be used. Nothing has changed then.
        """
        self.exports = in_one_order(self.exports)
        # Of its own each: a rehearsal must not be in the way of a run that goes on.
        with own_folder(self.var / ("rehearsal-texts" if dry else "migrating")) as folder:
            self._bring(folder, dry=dry)
        return self.ledger

    def _bring(self, folder: Path, *, dry: bool) -> None:
        memory = Memory.read(self.var)
        self.media.leave_out(self.exports)
        self.media.recall(memory.media, self.content)
        self.catalogue.site = self._site()
        self.catalogue.host = host_and_path(Site(url=self.settings.url)).partition("/")[0]
        self._returning = Returning.look(self.catalogue.site, self.content, self.settings)
        self._take_what_is_there(memory)
        self._read_first(memory)
        staging = Staging(self.content, folder, memory)
        staging.prepare()
        self._convert(staging, memory)
        with self.open_store(dry) as ctx:  # before anything changes: it may not be usable
            if not dry:
                _place(staging, memory)
            memory.forget()
            staging.fresh.clear()
            self._take_replies(ctx)

    # -- the first reading --------------------------------------------------------------------------------------------

    def _read_first(self, memory: Memory) -> None:
        renames = Renames(site_key(self.catalogue.site), memory)

        def note(item: Item) -> None:
            self._note(item, memory)
            renames.note(item)

        self._read_all(note)
        renames.settle(self.catalogue)
        self.catalogue.standing = {}  # every text has its address now

    def _note(self, item: Item, memory: Memory) -> None:
        people.note_tags(self._tags, item.terms)
        for term in item.terms:
            if term.kind in ("category", "post_tag"):
                self.catalogue.add_term(term)
        if item.kind in TEXTS:
            login = item.creator or _NOBODY
            self.catalogue.writers.setdefault(
                login, Writer(login, name_of(item.creator)[0] or self.catalogue.site.title or "Editors")
            )
            if not any(term.kind == "category" for term in item.terms):
                self.catalogue.terms.setdefault(("category", UNSORTED.slug), UNSORTED)
        if self.media.fetching is not None:
            self.media.fetching.add_host(item.file)
        if not self._returning.has_file(item):
            self.catalogue.add_item(item, memory.known_id(self._key(item)) or self._returning.id_of(item))

    def _take_what_is_there(self, memory: Memory) -> None:
        """Ids and addresses that texts have here; those that came from this site keep theirs."""
        ours = {
            known["id"] for key, known in memory.texts.items() if key.startswith(f"{site_key(self.catalogue.site)}/")
        }
        shelf = survey(self.content, self.settings)
        book = addressbook.read(self.content)
        paths = assign(shelf, book.years())
        self.catalogue.taken_ids |= ({item.id for item in shelf.texts} | set(book.entries)) - ours
        for item in shelf.everything():
            self.catalogue.taken.take(item.id, files_of(item, paths[id(item)]))
        self._tags_here = [name for item in shelf.of("article") for name in item.get("tags") or ()]
        self._returning.learn(shelf, paths, book)
        for key in ours & set(book.entries):
            self.catalogue.standing[key] = book.entries[key].paths

    def _site(self) -> Site:
        """The one site that all the files are of: numbers of another one would be taken for its own."""
        whole = Site()
        for path in self.exports:
            site = site_of(path, self.zone)
            if whole.url and site.url and host_and_path(site) != host_and_path(whole):
                raise Unusable(
                    f"{path.name} is of another site ({site.url}) than {self.exports[0].name} ({whole.url}). "
                    "Bring over one site after the other, each with a command of its own."
                )
            whole = whole if whole.url else site
        return whole

    def _key(self, item: Item) -> str:
        return f"{site_key(self.catalogue.site)}/{identity(item)}"

    def _read_all(self, on_item: Callable[[Item], None], what: str = "Reading") -> None:
        total = sum(path.stat().st_size for path in self.exports)
        before = 0
        for path in self.exports:
            reader = Reader(path, self.zone, replies=what == "Comments")
            if what == "Reading":
                reader.on_writer = self.catalogue.add_writer
                reader.on_term = self.catalogue.add_term

            reader.on_item = on_item
            dropped = reader.run(partial(self._show, what, before, total))
            if not reader.count:
                raise Unusable(f"{path.name} holds no item. Export all content from the old site (Tools, Export).")
            self.dropped += dropped if what == "Reading" else 0
            before += path.stat().st_size

    def _show(self, what: str, before: int, total: int, read: int) -> None:
        self.progress(what, before + read, total)

    # -- the second reading -------------------------------------------------------------------------------------------

    def _convert(self, staging: Staging, memory: Memory) -> None:
        if self.media.fetching is not None:
            self.media.fetching.add_host(self.catalogue.site.url)
        topics = people.name_topics(self.catalogue)
        authors = people.name_authors(self.catalogue) | self._returning.authors(self.catalogue.writers)
        names = Names(authors, topics, people.name_tags(self._tags, self._tags_here))
        numbers: dict[str, int] = {}  # of entries, by file
        used_topics: set[str] = set()
        writers: set[str] = set()
        seen: Drawer[str, int] = Drawer()

        def one(item: Item) -> None:
            self.ledger.seal()
            entry = self._entry(item, seen)
            if entry is None:
                return
            place = self.catalogue.place_of(item)
            made = sheets.write(item, place, self.catalogue, self.media, names, self.zone, entry)
            if len(made.text.encode()) > LARGEST:
                lose(entry, "it is longer than a million bytes, which no page should be", _TOO_LONG)
                return
            used_topics.update(made.topics)
            writers.add(item.creator or _NOBODY)
            known = memory.texts.get(self._key(item))
            staging.put(known["file"] if known else made.file, made.text.encode())
            entry.file = known["file"] if known else made.file
            memory.texts[self._key(item)] = {"id": place.id, "file": entry.file, "mark": mark_of(item)}
            numbers[entry.file] = entry.number

        self._read_all(one, "Writing")
        self.ledger.seal(at_once=True)
        self.catalogue.taken, self.catalogue.taken_ids = Claims(), set()  # everything has its place now
        self._put_people(staging, names, writers if self._returning.is_own else self.catalogue.writers)
        there = read_topics(self.content, self.settings)
        staging.append("topics.yml", people.topic_lines(self.catalogue, topics, there, used_topics))
        for place in self.catalogue.all_places():
            if place.kind == "attachment" and place.file:
                self.media.find(place.file)  # also those that no text shows
        for name, source in sorted(self.media.used.items()):
            staging.put_file(name, source)
        for name, data in sorted(self.media.embedded.items()):
            staging.put_picture(name, data)
        memory.media |= self.media.places()
        old = OldAddresses(
            self.catalogue,
            self.media,
            names.authors,
            topics,
            names.tags,
            self.catalogue.tags,
            self.settings.fixed_paths,
        )
        told = staging.settle(self.settings, self.now, partial(self._book, old))
        self._tell(told, staging, memory, old, numbers)

    def _book(self, old: OldAddresses, ground: Ground) -> Mapping[str, addressbook.Entry]:
        """The address book with the old site's addresses; this very site's are in it already."""
        whole = old.entries(ground)
        return ground.addresses if self._returning.is_own else whole

    def _tell(
        self,
        problems: Mapping[str, Sequence[Problem]],
        staging: Staging,
        memory: Memory,
        old: OldAddresses,
        numbers: Mapping[str, int],
    ) -> None:
        """Say of every text and file what became of it, now that all is settled."""
        files = {name: number for name, number in numbers.items() if name not in staging.hopeless}
        memory.texts = {key: known for key, known in memory.texts.items() if known["file"] not in staging.hopeless}
        links = self._linked(memory, old, files)
        self._texts |= {key: (text, old.link(text)) for key, (text, link) in self._texts.items() if not link}
        telling = Telling(self.ledger, self.catalogue, self.media, staging, old, self._places)
        telling.tell_media()
        telling.tell_texts(numbers, links, problems)
        self._tell_blind()
        old_links = self.ledger.count_of(STAYS)
        if old_links:
            several = "1 link still leads" if old_links == 1 else f"{old_links} links still lead"
            self.ledger.left.append(f"{several} to files on the old site; each is named at its text.")
        for number, key in self._returned.items():
            with self.ledger.revised(number) as entry:
                entry.link = old.link(key)

    def _tell_blind(self) -> None:
        """Without a folder to look in, one sentence is enough for all that was missed."""
        number = len(self.media.missing)
        if number and not self.media.was_given:
            those = "1 picture or file is" if number == 1 else f"{number} pictures and files are"
            cure = "give the old site's uploads folder with --media, and run it again"
            self.ledger.left.insert(0, f"{those} missing: {cure}.")

    def _linked(self, memory: Memory, old: OldAddresses, numbers: Mapping[str, int]) -> dict[str, str]:
        """Where the texts of this site stand, by their files; noted for their comments as well."""
        links: dict[str, str] = {}
        for key, known in memory.texts.items():
            site, _, identity_of_item = key.partition("/")
            if site == site_key(self.catalogue.site) and known["file"] in numbers:
                links[known["file"]] = old.link(known["id"])
                self._texts[identity_of_item] = (known["id"], links[known["file"]])
        return links

    def _entry(self, item: Item, seen: Drawer[str, int]) -> Entry | None:
        """The ledger's line for ``item``; None when it becomes no text."""
        title = item.title or item.slug or f"({one_of(item.kind)} {item.id})"
        entry = self.ledger.add(Entry(item.kind, str(item.id), title, "imported", line=item.line))
        if item.kind in INTERNAL:
            return skip(entry, INTERNAL[item.kind])
        if identity(item) in seen:
            return skip(entry, "the export holds the same item twice")
        seen[identity(item)] = 1
        if self._returns(item, entry):
            return None
        if item.kind in FOUND_BY_NUMBER:
            self._places[entry.number] = self.catalogue.place_of(item)
        if item.kind == "attachment":
            return None
        if item.kind not in TEXTS:
            return skip(entry, f"an item of the kind {item.kind}, which only the old site knows")
        if item.status in ("trash", "auto-draft", "inherit"):
            return skip(
                entry, "it was in the trash" if item.status == "trash" else "an empty beginning WordPress had saved"
            )
        return entry

    def _returns(self, item: Item, entry: Entry) -> bool:
        """Whether an item of our own export is here; then it stays as it is."""
        entry.file, known = self._returning.has_file(item), self._returning.id_of(item)
        if known:
            self._returned[entry.number] = known
            self._texts[identity(item)] = (known, "")
        if known or entry.file:
            entry.outcome = "kept"
        return bool(known or entry.file)

    def _take_replies(self, ctx: Context) -> None:
        """The comments of every item, one transaction for each: a run that was stopped goes on where it was."""
        source = f"wordpress:{site_key(self.catalogue.site)}"
        self._returning.count_given(ctx)
        signed = people.signatures(self.catalogue, people.name_authors(self.catalogue))
        was_erased = partial(self._returning.was_erased, ctx)
        replies = Replies(ctx, source, self.ledger, lambda: self.now, was_erased, signed)

        def one(item: Item) -> None:
            if not item.replies:
                return
            text = self._texts.get(identity(item))
            thread, url = text or ("", "")
            replies.take(item, thread, is_article=item.kind == "post", url=url)

        self._read_all(one, "Comments")
        replies.store()
        replies.tell_pages()

    def _put_people(self, staging: Staging, names: Names, logins: Collection[str]) -> None:
        known = people.read_keys(self.content)
        for login in logins:
            writer = self.catalogue.writers[login]
            key = names.authors[login.casefold()]
            if key not in known:
                known.add(key)
                staging.put(f"authors/{key}.yml", people.author_sheet(writer.name, writer.bio).encode())


def in_one_order(exports: Sequence[Path]) -> list[Path]:
    """Each file once, by name: which of two equal things comes first must not hang on how they were typed."""
    return sorted({path.resolve(): path for path in exports}.values(), key=lambda path: (path.name, str(path)))


def _place(staging: Staging, memory: Memory) -> None:
    """Put the new files into the publication; a run that is stopped meanwhile says to the next one that it was."""
    memory.files |= {name: mark for name, mark in staging.fresh.items() if mark}
    memory.pending = {name: staging.before.get(name, "") for name in staging.fresh}
    memory.write()
    staging.place()
    memory.pending = {}
    memory.write()
