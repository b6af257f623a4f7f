"""The whole way from exports to content: read twice, try out, and only then put into the publication."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
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
from migrate.mail_addresses import name_of
from migrate.media import Media
from migrate.memory import Memory
from migrate.model import Item, Site, Writer
from migrate.outcomes import Entry, Ledger
from migrate.problems import Unusable
from migrate.redirects import OldAddresses
from migrate.replies import Replies
from migrate.sheets import Names
from migrate.staging import Staging
from migrate.text.findings import Finding
from migrate.wxr.reader import Reader, site_of
from publication import addressbook
from publication.addresses import assign, files_of
from publication.claims import Claims
from publication.files import LARGEST
from publication.items import read_topics
from publication.problems import Problem
from publication.settings import Settings
from publication.trial import survey

# What WordPress keeps as items though no reader ever saw it as a text.
_INTERNAL = {
    "nav_menu_item": "an entry of a menu; the new site has menus of its own (pelicanconf.py)",
    "revision": "an earlier version of a text",
    "custom_css": "a style sheet of the old theme",
    "customize_changeset": "settings of the old theme",
    "oembed_cache": "a copy of something embedded",
    "user_request": "a request about somebody's data",
    "wp_global_styles": "settings of the old theme",
    "wp_navigation": "a menu; the new site has menus of its own (pelicanconf.py)",
    "wp_template": "a template of the old theme",
    "wp_template_part": "a template of the old theme",
    "wp_font_family": "a font of the old theme",
    "wp_font_face": "a font of the old theme",
    "wp_block": "a reusable block; it is part of the texts that show it",
}
_NOBODY = ""  # the login of texts that name no author: the site signs them
Progress = Callable[[str, int, int], None]  # what is being done, bytes read, bytes in all


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
    open_store: Callable[[], AbstractContextManager[Context]]
    progress: Progress = lambda *_: None
    ledger: Ledger = field(default_factory=Ledger)
    catalogue: Catalogue = field(default_factory=Catalogue)
    dropped: int = 0
    _tags: dict[str, str] = field(default_factory=dict)
    _texts: dict[str, tuple[str, str]] = field(default_factory=dict)  # identity → id and address
    _places: MutableMapping[int, Place] = field(default_factory=drawer_of_places)  # by number in the ledger

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.timezone

    def run(self, *, dry: bool = False) -> Ledger:
        """Bring everything over; ``dry`` stops before anything changes. Returns what became of every item.

        :raise Unusable: an export, or the publication itself, cannot be used. Nothing has changed then.
        """
        self.exports = in_one_order(self.exports)
        memory = Memory.read(self.var)
        self.media.leave_out(self.exports)
        self.catalogue.site = self._site()
        self._take_what_is_there(memory)
        self._read_all(lambda item: self._note(item, memory))
        staging = Staging(self.content, self.var / "migrating", memory)
        try:
            self._convert(staging, memory)
            if dry:
                self._take_replies(None)
                return self.ledger
            with self.open_store() as ctx:  # before anything changes: it may not be usable
                memory.files |= {name: mark for name, mark in staging.fresh.items() if mark}
                memory.placing = True
                memory.write()
                staging.place()
                memory.placing = False
                memory.write()
                memory.forget()
                staging.fresh.clear()
                self._take_replies(ctx)
        finally:
            staging.close()
        return self.ledger

    # -- the first reading --------------------------------------------------------------------------------------------

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
        self.catalogue.add_item(item, memory.known_id(self._key(item)))

    def _take_what_is_there(self, memory: Memory) -> None:
        """Ids and addresses of texts that did not come from this site."""
        ours = {
            known["id"] for key, known in memory.texts.items() if key.startswith(f"{site_key(self.catalogue.site)}/")
        }
        shelf = survey(self.content, self.settings)
        book = addressbook.read(self.content)
        paths = assign(shelf, book.years())
        self.catalogue.taken_ids |= ({item.id for item in shelf.texts} | set(book.entries)) - ours
        for item in shelf.everything():
            if item.id not in ours:
                self.catalogue.taken.take(item.id, files_of(item, paths[id(item)]))

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
        names = Names(people.name_authors(self.catalogue), topics, self._tags)
        numbers: dict[str, int] = {}  # of entries, by file
        used_topics: set[str] = set()
        seen: Drawer[str, int] = Drawer()

        def one(item: Item) -> None:
            self.ledger.seal()
            entry = self._entry(item, seen)
            if entry is None:
                return
            place = self.catalogue.place_of(item)
            made = sheets.write(item, place, self.catalogue, self.media, names, self.zone, entry)
            if len(made.text.encode()) > LARGEST:
                _skip(entry, "it is longer than a million bytes, which no page should be")
                return
            used_topics.update(made.topics)
            known = memory.texts.get(self._key(item))
            staging.put(known["file"] if known else made.file, made.text.encode())
            entry.file = known["file"] if known else made.file
            memory.texts[self._key(item)] = {"id": place.id, "file": entry.file}
            numbers[entry.file] = entry.number

        self._read_all(one, "Writing")
        self.ledger.seal(at_once=True)
        self.catalogue.taken, self.catalogue.taken_ids = Claims(), set()  # everything has its place now
        self._put_people(staging, names, topics, used_topics)
        for place in self.catalogue.all_places():
            if place.kind == "attachment" and place.file:
                self.media.find(place.file)  # also those that no text shows
        for name, source in sorted(self.media.used.items()):
            staging.put_file(name, source)
        old = OldAddresses(
            self.catalogue,
            self.media,
            names.authors,
            topics,
            names.tags,
            self.catalogue.tags,
            self.settings.fixed_paths,
        )
        told = staging.settle(self.settings, self.now, old.entries)
        self._tell(told, staging, memory, old, numbers)

    def _tell(
        self,
        told: Mapping[str, Sequence[Problem]],
        staging: Staging,
        memory: Memory,
        old: OldAddresses,
        numbers: Mapping[str, int],
    ) -> None:
        """Say of every text and file what became of it, now that all is settled."""
        self._tell_media(staging)
        hopeless = {name: what for name, what in staging.hopeless.items() if name in numbers}
        memory.texts = {key: known for key, known in memory.texts.items() if known["file"] not in hopeless}
        links = self._linked(memory, old, numbers)
        for entry in self.ledger.revising(*TEXTS):
            if numbers.get(entry.file) != entry.number:
                continue
            if entry.file in hopeless:
                _skip(entry, f"it cannot be a text here: {hopeless[entry.file]}")
                continue
            self._tell_problems(entry, told.get(entry.file, ()))
            self._tell_what_stayed(entry, entry.file, staging)
            entry.link = links.get(entry.file, "")
            old.tell(entry, self._places[entry.number])
        for entry in self.ledger.revising("attachment"):
            if entry.number in self._places:
                old.tell(entry, self._places[entry.number])

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
        title = item.title or item.slug or f"({item.kind} {item.id})"
        entry = self.ledger.add(Entry(item.kind, str(item.id), title, "imported", line=item.line))
        if item.kind in _INTERNAL:
            return _skip(entry, _INTERNAL[item.kind])
        if identity(item) in seen:
            return _skip(entry, "the export holds the same item twice")
        seen[identity(item)] = 1
        if item.kind in FOUND_BY_NUMBER:
            self._places[entry.number] = self.catalogue.place_of(item)
        if item.kind == "attachment":
            return None
        if item.kind not in TEXTS:
            return _skip(entry, f"an item of the kind {item.kind}, which only the old site knows")
        if item.status in ("trash", "auto-draft", "inherit"):
            return _skip(
                entry, "it was in the trash" if item.status == "trash" else "an empty beginning WordPress had saved"
            )
        return entry

    def _take_replies(self, ctx: Context | None) -> None:
        """The comments of every item, one transaction for each: a run that was stopped goes on where it was."""
        source = f"wordpress:{site_key(self.catalogue.site)}"
        signed = people.signatures(self.catalogue, people.name_authors(self.catalogue))
        replies = Replies(ctx, source, self.ledger, lambda: self.now, signed)

        def one(item: Item) -> None:
            if not item.replies:
                return
            text = self._texts.get(identity(item))
            thread, url = text or ("", "")
            replies.take(item, thread, is_article=item.kind == "post", url=url)

        self._read_all(one, "Comments")
        replies.store()
        replies.tell_pages()

    def _put_people(self, staging: Staging, names: Names, topics: dict[str, str], used: set[str]) -> None:
        known = people.read_keys(self.content)
        for login, writer in self.catalogue.writers.items():
            key = names.authors[login.casefold()]
            if key not in known:
                known.add(key)
                staging.put(f"authors/{key}.yml", people.author_sheet(writer.name, writer.bio).encode())
        there = read_topics(self.content, self.settings)
        staging.append("topics.yml", people.topic_lines(self.catalogue, topics, there, used))

    def _tell_media(self, staging: Staging) -> None:
        """Attachments: brought over when a text shows them, or else why not."""
        for entry in self.ledger.revising("attachment"):
            if entry.outcome == "skipped":
                continue
            place = self._places[entry.number]
            file = self.media.find(place.file) if place.file else None
            if file is None:
                _skip(entry, self._why_no_file(place.file))
            elif file in staging.unfit:
                _skip(entry, f"its file cannot be published: {staging.unfit[file]}")
            else:
                entry.file = file

    def _why_no_file(self, address: str) -> str:
        if self.media.folder or (self.media.fetching and self.media.fetching.online):
            return f"its file {self.media.why(address)}"
        return "no media folder was given (--media), and nothing fetched (--fetch)"

    def _tell_problems(self, entry: Entry, problems: Sequence[Problem]) -> None:
        for problem in problems:
            entry.findings.append(
                Finding("draft", f"it is a draft until this is mended: {problem.what}. {problem.cure}")
            )
        if problems:
            entry.change("it cannot be published as it is, so it is a draft here")

    def _tell_what_stayed(self, entry: Entry, name: str, staging: Staging) -> None:
        if name in staging.edited:
            entry.outcome, entry.why = "kept", ["it was edited here since it was brought over, and is left as it is"]
        elif name in staging.deleted:
            entry.outcome, entry.why = "kept", ["it was deleted here since it was brought over, and stays so"]
        elif name in staging.unchanged:
            entry.outcome = "kept"


def in_one_order(exports: Sequence[Path]) -> list[Path]:
    """Each file once, by name: which of two equal things comes first must not hang on how they were typed."""
    return sorted({path.resolve(): path for path in exports}.values(), key=lambda path: (path.name, str(path)))


def _skip(entry: Entry, why: str) -> Entry | None:
    """Nothing becomes of it."""
    entry.outcome, entry.why = "skipped", [why]
    return None
