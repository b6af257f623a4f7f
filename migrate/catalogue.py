"""What an export holds, in brief: enough to know, while a text is rewritten, where all the others will stand."""

import hashlib
import re
from collections.abc import Iterable, MutableMapping
from dataclasses import astuple, dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import parse_qs, unquote

from migrate.drawers import Drawer
from migrate.hrefs import split
from migrate.model import Item, Site, Term, Writer
from publication.addresses import CITE_IDS, SERVICE_IDS, is_fixed
from publication.claims import Claims, feed_of, file_of
from publication.places import plain_path
from publication.slugs import slug

TEXTS = {"post": "article", "page": "page"}
UNSORTED = Term("category", "uncategorized", "Uncategorized")  # what WordPress calls it
_SLASHES = re.compile("/{2,}")
FOUND_BY_NUMBER = frozenset((*TEXTS, "attachment"))


@dataclass(frozen=True)
class Place:
    """Where an item goes. ``id`` is empty for what becomes no text, ``url`` for what stands where its id says."""

    number: int
    kind: str
    id: str = ""
    url: str = ""
    link: str = ""
    guid: str = ""
    is_public: bool = False
    was_open: bool = False  # readers had its address, be it only to be asked for a password
    parent: int = 0
    file: str = ""
    title: str = ""
    alt: str = ""
    caption: str = ""


def drawer_of_places() -> Drawer[Any, Place]:
    """Room for any number of places, by whatever key."""
    return Drawer(astuple, lambda fields: Place(*fields))


@dataclass
class Catalogue:
    """Filled in a first reading; asked in the second."""

    taken_ids: set[str] = field(default_factory=set)
    taken: Claims[str] = field(default_factory=Claims)
    standing: dict[str, tuple[str, ...]] = field(default_factory=dict)  # id → addresses, the present one first
    moved: set[str] = field(default_factory=set)  # ids of texts that the old site shows at another address than before
    site: Site = field(default_factory=Site)
    writers: dict[str, Writer] = field(default_factory=dict)
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    places: MutableMapping[int, Place] = field(default_factory=drawer_of_places)
    by_path: MutableMapping[str, Place] = field(default_factory=drawer_of_places)
    attached: dict[int, list[int]] = field(default_factory=dict)
    reusable: MutableMapping[int, str] = field(default_factory=Drawer)
    host: str = ""  # of the publication, where the old site's files are not
    tags: MutableMapping[str, str] = field(default_factory=Drawer)  # slug on the old site → name
    file_hosts: set[str] = field(default_factory=set)  # where the old site kept its files, besides its own
    _of_items: MutableMapping[str, Place] = field(default_factory=drawer_of_places)

    def add_writer(self, writer: Writer) -> None:
        """The first of a name wins."""
        self.writers.setdefault(writer.login, writer)

    def add_term(self, term: Term) -> None:
        """The first of a kind and slug wins."""
        if term.kind == "post_tag":
            self.tags.setdefault(term.slug, term.name)
        else:
            self.terms.setdefault((term.kind, term.slug), term)

    def add_item(self, item: Item, known_id: str = "") -> None:
        """Decide where ``item`` will stand. ``known_id`` is what an earlier run gave it."""
        if item.kind == "wp_block":
            self.reusable[item.id] = item.content
        if item.kind not in FOUND_BY_NUMBER or identity(item) in self._of_items:
            return
        place = self._text(item, known_id) if item.kind in TEXTS else self._other(item)
        self._of_items[identity(item)] = place
        self.places.setdefault(item.id, place)
        for path in paths_of(item):
            self.by_path.setdefault(path, place)
        if item.kind == "attachment":
            self.file_hosts.add(split(item.file).netloc.lower())
        if item.kind == "attachment" and item.parent:
            self.attached.setdefault(item.parent, []).append(item.id)

    def rename(self, of_item: str, known_id: str) -> None:
        """A text that was added as a new one is what an earlier run gave that id to. ``of_item`` is its identity."""
        before = self._of_items[of_item]
        place = replace(before, id=known_id, url=self._lasting(before.link, before.url, known_id))
        self.taken_ids.discard(before.id)
        self._of_items[of_item] = place
        if self.places.get(place.number) == before:
            self.places[place.number] = place
        for path in paths_of(place):
            if self.by_path.get(path) == before:
                self.by_path[path] = place

    def has(self, of_item: str) -> bool:
        """Whether an item of this identity was added."""
        return of_item in self._of_items

    def place_of(self, item: Item) -> Place:
        """Where an item that was added will stand."""
        return self._of_items[identity(item)]

    def all_places(self) -> Iterable[Place]:
        """Of every item that was added, in the order of the source."""
        return self._of_items.values()

    def find(self, address: str) -> Place | None:
        """What stood at an address of the old site."""
        parts = split(address)
        query = parse_qs(parts.query)
        for name in ("p", "page_id", "attachment_id"):
            number = (query.get(name) or [""])[0]
            if number.isdigit() and len(number) < 16:
                return self.places.get(int(number))
        return self.by_path.get(normal_path(parts.path))

    def is_own(self, address: str) -> bool:
        """Whether ``address`` is one of the old site."""
        if address.startswith("/") and not address.startswith("//"):
            return True
        host, own = split(address).netloc.lower(), split(self.site.url).netloc.lower()
        return bool(host) and host.removeprefix("www.") == own.removeprefix("www.")

    def keeps_files(self, address: str) -> bool:
        """Whether ``address`` is on a host of the old site's files, such as the one that WordPress.com has for them."""
        host, own = split(address).netloc.lower(), split(self.site.url).netloc.lower()
        of_own = own.replace(".wordpress.com", ".files.wordpress.com")
        return bool(host) and (host in self.file_hosts or host == of_own)

    def _text(self, item: Item, known_id: str) -> Place:
        key = known_id or self._free_id(item)
        self.taken_ids.add(key)
        return Place(
            number=item.id,
            kind=TEXTS[item.kind],
            id=key,
            url=self._lasting(item.link, self._url(item, known_id), known_id),
            link=item.link,
            guid=item.guid,
            was_open=item.status == "publish",
            is_public=item.status in ("publish", "future") and not item.password and _says_something(item),
            parent=item.parent,
            title=item.title,
        )

    def _other(self, item: Item) -> Place:
        alt = item.meta.get("_wp_attachment_image_alt", "")
        return Place(
            item.id,
            item.kind,
            link=item.link,
            was_open=item.status in ("publish", "inherit"),
            parent=item.parent,
            file=item.file,
            title=item.title,
            alt=alt,
            caption=" ".join(item.excerpt.split()),
        )

    def _free_id(self, item: Item) -> str:
        first = slug(unquote(item.slug), longest=75) or slug(item.title, longest=75) or f"{item.kind}-{item.id}"
        for number in count(1):
            key = first if number == 1 else f"{first}-{number}"
            if key not in self.taken_ids and key not in SERVICE_IDS | CITE_IDS:
                return key
        raise AssertionError("numbers never end")

    def _lasting(self, link: str, url: str, known_id: str) -> str:
        """``url``, unless readers know the text at another address here: that stays, whatever the old site does."""
        now, *former = self.standing.get(known_id) or ("",)
        if not now or now == url:
            return url
        path = path_of(link)
        if path is not None and path not in former:
            self.moved.add(known_id)
        return "" if re.fullmatch(rf"/(?:[0-9]{{4}}/)?{re.escape(known_id)}(?:-[0-9]+)?/", now) else now

    def _url(self, item: Item, known_id: str) -> str:
        """The old address, where the new site can have it; empty where the text stands where its id says."""
        path = path_of(item.link) if self.is_own(item.link) else None
        if path is None or path == "/" or is_fixed(path):
            return ""
        files = [file_of(path), feed_of(path)] if item.kind == "post" else [file_of(path)]
        if self.taken.holder(files) not in (None, known_id or None):
            return ""
        self.taken.take(known_id or item.link, files)
        return path


def identity(item: Item) -> str:
    """What tells an item from all others of its site: merged exports hold numbers twice, for different things."""
    return f"{item.kind}/{item.id}/{unquote(item.slug).casefold() or item.link}"


def paths_of(item: Item | Place) -> Iterable[str]:
    """The addresses of ``item`` on the old site that are paths."""
    for address in (item.link, item.guid, item.file):
        parts = split(address)
        if parts.path.strip("/") and not parts.query:
            yield normal_path(parts.path)


def _says_something(item: Item) -> bool:
    """Whether a text is there to be published: its excerpt or its picture stands for one without words."""
    return any(part.strip() for part in (item.content, item.excerpt, item.meta.get("_thumbnail_id", "")))


def path_of(address: str) -> str | None:
    """The path of an old address as the new site can answer it; None for what is none, such as ``/?p=17``.

    Without a slash at the end it gets one: whoever asks for it without is sent on.
    """
    parts = split(address)
    path = _SLASHES.sub("/", parts.path)
    whole = path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"
    return None if parts.query else plain_path(whole)


def normal_path(path: str) -> str:
    """A path as it is compared: decoded, one slash at the end."""
    return "/" + unquote(path).strip("/").casefold() + "/"


def host_and_path(site: Site) -> str:
    """Where a site stood, however it was written: what tells it from all others."""
    parts = split(site.url.casefold())
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")


def site_key(site: Site) -> str:
    """A short name of the site an export is of, for telling its numbers from those of another one."""
    where = host_and_path(site)
    name = where.partition("/")[0] or site.title or "site"
    return f"{slug(name, longest=40) or 'site'}-{hashlib.sha256(where.encode()).hexdigest()[:6]}"
