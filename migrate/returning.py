"""An export of this very publication that comes back: what is here already stays as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from comments.actions.context import Context
from comments.errors import NotFound
from migrate import people
from migrate.catalogue import TEXTS, host_and_path
from migrate.model import Item, Reply, Site
from migrate.out.wordpress import PROGRAM
from publication.addressbook import Book
from publication.former import own_part
from publication.items import Shelf
from publication.settings import Settings

_FILES = "media/"


@dataclass
class Returning:
    """Knows what of an export is here. Of any other export, nothing."""

    content: Path = Path()
    is_own: bool = False
    _ids: dict[str, str] = field(default_factory=dict)  # of texts, by kind and address
    _given: int = 0

    @classmethod
    def look(cls, site: Site, content: Path, settings: Settings) -> "Returning":
        """Whether we made this export, of the site that we are; an old site may have had our address before us."""
        ours = host_and_path(Site(url=settings.url))
        return cls(content, site.made_by == PROGRAM and host_and_path(site) == ours)

    def learn(self, shelf: Shelf, paths: Mapping[int, str], book: Book) -> None:
        """The texts that are here, with the addresses that they have and had."""
        if not self.is_own:
            return
        texts = [item for item in shelf.texts if item.kind in TEXTS.values()]
        here = {item.id for item in texts}
        former = ((entry.kind, path, entry.id) for entry in book.entries.values() for path in entry.paths)
        self._ids = {f"{kind} {path}": key for kind, path, key in former if key in here}
        self._ids |= {f"{item.kind} {paths[id(item)]}": item.id for item in texts}

    def id_of(self, item: Item) -> str:
        """The id of the text that an item is; empty when it is none that is here."""
        return self._ids.get(f"{TEXTS.get(item.kind)} {own_part(item.link)}", "") if self.is_own else ""

    def has_file(self, item: Item) -> str:
        """The name of the file that an attachment is; empty when it is not here."""
        name = own_part(item.file).removeprefix("/") if self.is_own else ""
        return name if name.startswith(_FILES) and ".." not in name and (self.content / name).is_file() else ""

    def authors(self, logins: Iterable[str]) -> dict[str, str]:
        """Login → key, for those who write here under that very key."""
        here = people.read_keys(self.content) if self.is_own else set()
        return {login.casefold(): login for login in logins if login in here}

    def count_given(self, ctx: Context) -> None:
        """Numbers up to the last one were given by this store."""
        self._given = ctx.store.get_last_ids().get("comments", 0) if self.is_own else 0

    def was_erased(self, ctx: Context, reply: Reply) -> bool:
        """Whether a comment stood here and does no more."""
        if not 0 < reply.id <= self._given:
            return False
        try:
            ctx.store.get_comment(reply.id)
        except NotFound:
            return True
        return False
