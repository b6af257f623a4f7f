"""The addresses of the old site, and where each of them leads now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import quote

from migrate import people
from migrate.catalogue import Catalogue, Place
from migrate.media import Media
from migrate.outcomes import Entry as Told
from migrate.text.findings import Finding
from publication.addressbook import GONE, MOVED, Entry
from publication.addresses import ARCHIVE, FEEDS, HOME, is_fixed, path_of_author, path_of_tag, path_of_topic
from publication.claims import Claims, feed_of, file_of
from publication.former import former_address, has_query, own_part, place_of
from publication.slugs import slug
from publication.trial import Ground

_ALL, _TALK = f"{FEEDS}articles.atom", f"{FEEDS}comments.atom"
_FORMS = ("", "atom/", "rss2/")
Wanted = tuple[str, str]  # the id of a text or the address of what is none, and an old address of it


@dataclass
class OldAddresses:
    """Asked when the new content is whole. ``authors``, ``topics`` and ``tags`` are what ``sheets.Names`` has."""

    catalogue: Catalogue
    media: Media
    authors: Mapping[str, str]
    topics: Mapping[str, str]
    tags: Mapping[str, str]
    tag_names: Mapping[str, str]  # by their slugs on the old site
    fixed: tuple[str, ...] = ()
    _ground: Ground = field(default_factory=Ground)
    _leads: dict[str, str] = field(default_factory=dict)  # every address in small letters → id or address

    def entries(self, ground: Ground) -> dict[str, Entry]:
        """The address book with the old addresses in it, each where nobody else has it."""
        whole, self._ground = dict(ground.addresses), ground
        self._leads = {path.casefold(): one.id for one in whole.values() for path in (one.now, *one.former)}
        taken = _taken(ground)
        for target, address in chain(self._texts(), self._guids(), self._lists(ground), self._uploads(ground)):
            entry = self._entry(whole, target)
            former = _compared(address)
            if entry is None or former is None or former == HOME or not self._is_free(former, taken, entry):
                continue
            whole[entry.id] = Entry(entry.kind, entry.id, (*entry.paths, former), entry.line)
            if not has_query(former):
                taken.take(entry.id, [file_of(former)])
            self._leads[former.casefold()] = entry.id
        self._fall_back(whole, taken)
        return whole

    def _fall_back(self, whole: dict[str, Entry], taken: Claims[str]) -> None:
        """Send readers of what nothing answers to the list of all articles, until something stands there."""
        lost: dict[str, str] = {}
        for place in self.catalogue.all_places():
            former = _compared(place.link)
            if former is None or not self._is_lost(place, former) or former.casefold() in lost:
                continue
            holder = None if has_query(former) else taken.holder([file_of(former)])
            is_of_the_site = not has_query(former) and is_fixed(former, self.fixed)
            if not is_of_the_site and (holder is None or not self.link(holder)):
                lost[former.casefold()] = former
        if lost:
            before = whole.get(ARCHIVE) or Entry(MOVED, ARCHIVE, ())
            new = (path for path in lost.values() if path not in before.paths)
            whole[ARCHIVE] = Entry(MOVED, ARCHIVE, (*before.paths, *new), before.line)
            self._leads |= dict.fromkeys(lost, ARCHIVE)

    def _is_lost(self, place: Place, former: str) -> bool:
        above = self.catalogue.places.get(place.parent) if place.kind == "attachment" else None
        if not place.was_open or (above and not above.was_open) or former == HOME:
            return False
        leads = self._leads.get(former.casefold(), "")
        return not (leads.startswith("/") or (leads and self.link(leads)))

    def link(self, key: str) -> str:
        """Where a text stands or will stand by itself; empty for a draft."""
        text = self._ground.texts.get(key)
        return text.path if text is not None and text.state in ("published", "scheduled") else ""

    def tell(self, told: Told, place: Place) -> None:
        """Name the address of an item whose readers get nowhere now, or somewhere else."""
        address = own_part(place.link)
        former = _compared(place.link) or ""
        above = self.catalogue.places.get(place.parent) if place.kind == "attachment" else None
        if not place.was_open or (above and not above.was_open) or not address or former == HOME:
            return
        target = self._target(place)
        leads = self._leads.get(former.casefold(), "")
        if leads and leads == target and (leads.startswith("/") or self.link(leads)):
            return
        told.findings.append(Finding("address", f"its old address {address} {self._why(place, former, leads)}"))

    def _why(self, place: Place, former: str, leads: str) -> str:
        if not former:
            return "cannot be one here, so nobody is sent on from it"
        if leads == ARCHIVE:
            return f"leads to {ARCHIVE} {self._until(place)}"
        if leads and (leads.startswith("/") or self.link(leads)):
            return f"belongs to something else here: {leads}"
        return "is answered by nothing: it belongs to the site itself"

    def _until(self, place: Place) -> str:
        if place.kind == "attachment":
            return "as it belongs to no public text, and its file is not public"
        return "while it is a draft" if place.id in self._ground.texts else "as its text is not here"

    # -- what there is ------------------------------------------------------------------------------------------------

    def _target(self, place: Place) -> str:
        """The text or file whose readers an item of the old site had."""
        if place.id:
            return place.id if place.was_open else ""
        parent = self.catalogue.places.get(place.parent)
        if parent is not None and parent.id and self.link(parent.id):
            return parent.id
        file = self.media.find(place.file) if place.file else None
        return f"/{file}" if file in self._ground.files else ""

    def _texts(self) -> Iterator[Wanted]:
        """Links of texts first, then their numbers, then those of attachments."""
        base = own_part(self.catalogue.site.url).rstrip("/")
        texts = [place for place in self.catalogue.all_places() if place.id]
        others = [place for place in self.catalogue.all_places() if not place.id]
        for places in (texts, others):
            for place in places:
                yield self._target(place), place.link
            for place in places:
                if place.number and self.catalogue.places.get(place.number) == place:
                    yield self._target(place), f"{base}/?p={place.number}"

    def _guids(self) -> Iterator[Wanted]:
        """Older links: often of another host, or of another number."""
        for place in self.catalogue.all_places():
            if place.kind != "attachment":
                yield self._target(place), place.guid

    def _lists(self, ground: Ground) -> Iterator[Wanted]:
        base = own_part(self.catalogue.site.url).rstrip("/")
        for former, present in (*self._categories(ground), *self._people(ground), *self._words(ground)):
            yield present, f"{base}{former}"
        for form in _FORMS:
            yield _ALL, f"{base}/feed/{form}"
            yield _ALL, f"{base}/?feed={form.rstrip('/') or 'feed'}"
        for form in ("comments-rss2", "comments-atom"):
            yield _TALK, f"{base}/?feed={form}"

    def _categories(self, ground: Ground) -> Iterator[tuple[str, str]]:
        for (kind, name), term in self.catalogue.terms.items():
            key = self.topics.get(name.casefold(), "")
            if kind != "category" or key not in ground.topics:
                continue
            above = [quote(one.slug) for one in reversed(people.above(self.catalogue, term))]
            for path in dict.fromkeys((name, "/".join((*above, name)))):
                yield f"/category/{path}/", path_of_topic(key)
                yield f"/category/{path}/feed/", f"{FEEDS}topics/{key}.atom"
            if term.number:
                yield f"/?cat={term.number}", path_of_topic(key)

    def _people(self, ground: Ground) -> Iterator[tuple[str, str]]:
        for login, writer in self.catalogue.writers.items():
            key = self.authors.get(login.casefold(), "")
            if not login or key not in ground.authors:
                continue
            for name in dict.fromkeys((slug(login), login.casefold())):
                yield f"/author/{name}/", path_of_author(key)
                yield f"/author/{name}/feed/", f"{FEEDS}authors/{key}.atom"
            if writer.number:
                yield f"/?author={writer.number}", path_of_author(key)

    def _words(self, ground: Ground) -> Iterator[tuple[str, str]]:
        for name, written in ((key, self.tags.get(slug(name), "")) for key, name in self.tag_names.items()):
            if written and slug(written) in ground.tags:
                yield f"/tag/{name}/", path_of_tag(written)
                yield f"/?tag={quote(name, safe='%')}", path_of_tag(written)

    def _uploads(self, ground: Ground) -> Iterator[Wanted]:
        """Files: where the attachment says it was, and where it lay among the others."""
        base = own_part(self.catalogue.site.url).rstrip("/")
        files = ((place.file, self.media.find(place.file)) for place in self.catalogue.all_places() if place.file)
        for address, name in chain(files, ((f"{base}{path}", name) for path, name in self.media.addresses())):
            if name and (ground.content / name).is_file():
                yield f"/{name}", address

    # -- who has what -------------------------------------------------------------------------------------------------

    def _entry(self, whole: Mapping[str, Entry], target: str) -> Entry | None:
        if target.startswith("/"):
            return whole.get(target) or Entry(MOVED, target, ())
        entry, text = whole.get(target), self._ground.texts.get(target)
        if entry is None and text is not None:  # it was public, and is a draft here until it is mended
            return Entry(text.kind, target, (text.path,))
        return None if entry is None or entry.kind == GONE else entry

    def _is_free(self, former: str, taken: Claims[str], entry: Entry) -> bool:
        if former.casefold() in self._leads:
            return False
        place = place_of(former)
        if has_query(former):
            return place == HOME or not (is_fixed(place, self.fixed) or taken.holder([file_of(place)]))
        return not is_fixed(former, self.fixed) and taken.holder([file_of(former)]) is None


def _compared(address: str) -> str | None:
    """An old address as it is written down. Without its slash at the end it is asked for all the same."""
    path = own_part(address)
    return former_address(path) or former_address(f"{place_of(path)}/" if not has_query(path) else path)


def _taken(ground: Ground) -> Claims[str]:
    """Every file that a text has, or had."""
    taken: Claims[str] = Claims()
    for key, text in ground.texts.items():
        taken.take(key, [file_of(text.path), *([feed_of(text.path)] if text.kind == "article" else [])])
    for entry in ground.addresses.values():
        taken.take(entry.id, [file_of(path) for path in entry.paths if not has_query(path)])
    return taken
