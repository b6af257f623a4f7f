"""Where the links and pictures of an old text lead in the new publication."""

from dataclasses import dataclass, field

from migrate.catalogue import Catalogue, Place, host_and_path
from migrate.embedded import is_embedded
from migrate.hrefs import join, split
from migrate.media import Media, is_picture
from migrate.model import Site
from migrate.outcomes import Entry
from migrate.text.changes import PICTURES
from migrate.text.findings import Finding
from publication.links import is_this_computer
from publication.places import is_web_address
from publication.slugs import slug

STAYS = "old-site"  # the kind of what is told of links that still lead to the old site
_LONGEST_WORDS = 80
_ELSEWHERE = ("mailto:", "tel:", "sms:")


@dataclass
class OldSite:
    """What a text knows of the rest. One for each text; what it could not find goes to its ``entry``."""

    catalogue: Catalogue
    media: Media
    entry: Entry
    public: bool
    authors: dict[str, str]
    topics: dict[str, str]
    at: str = ""
    missed: set[str] = field(default_factory=set)
    _words: str = ""  # of the link that is being looked at

    def link(self, address: str, words: str = "") -> str | None:
        """Where ``address`` leads now: a text by its id, a file, or elsewhere; None when it leads nowhere any more.

        ``words`` are those of the link, by which an editor finds it.
        """
        self._words = " ".join(words.split())[:_LONGEST_WORDS]
        address = address.strip().replace("\\", "/")
        if address.lower().startswith(_ELSEWHERE):
            return address if "@" in address or not address.lower().startswith("mailto:") else None
        if address.startswith("#"):
            return None
        whole = join(self.at or f"{self.catalogue.site.url}/", address)
        if is_this_computer(whole) and not self.catalogue.is_own(whole):
            return self._lost(address, "leads to the computer of whoever reads it")
        if not self.catalogue.is_own(whole):
            return self._elsewhere(whole) if is_web_address(whole) else self._lost(address, "is no address")
        return self._own(whole)

    def picture(self, address: str) -> str | None:
        """The file of a picture, or None with the entry told."""
        if is_embedded(address):
            return self._embedded(address)
        whole = join(self.at or f"{self.catalogue.site.url}/", address.strip())
        found = self.media.find(whole) if is_picture(whole) else None
        if found is None and whole not in self.missed:
            self.missed.add(whole)
            self._tell_missing(whole)
        return found

    def _embedded(self, address: str) -> str | None:
        found = self.media.take_embedded(address)
        if found is None:
            why = "it is none that can be shown, or too large"
            self.entry.findings.append(
                Finding("missing-file", f"a picture that stood in the text itself was left out: {why}")
            )
        return found

    def _tell_missing(self, address: str) -> None:
        if not self.media.was_given:  # that is said once for all
            self.entry.change(PICTURES)
            return
        name = split(address).path.rpartition("/")[2][:100] or address[:100]
        self.entry.findings.append(Finding("missing-file", f"the picture {name} {self.media.why(address)}"))

    def is_picture(self, address: str) -> bool:
        """Whether a picture that is a link leads only to its own larger view or its page."""
        place = self.catalogue.find(address) if self.catalogue.is_own(address) else None
        return is_picture(address) or (place is not None and place.kind == "attachment")

    def _elsewhere(self, address: str) -> str:
        """An address of another host; it may be one where the old site kept its files."""
        if not self.catalogue.keeps_files(address):
            return address
        found = self.media.find(address)
        if found is None:
            self._tell(STAYS, f"a link still leads to the old site: {self._named(address)} {self.media.why(address)}")
        return found or address

    def _own(self, address: str) -> str | None:
        place = self.catalogue.find(address)
        parts = split(address)
        if place is not None and place.kind == "attachment":
            return self._file(place.file)
        if place is not None and place.id:
            return self._text(place, parts.fragment)
        if "/wp-content/uploads/" in parts.path:
            return self._file(address)
        pieces = [piece for piece in parts.path.split("/") if piece]
        if not pieces and not parts.query:
            return "/"
        listed = self._list(pieces)
        return listed or self._lost(address, "has no page on the new site")

    def _list(self, pieces: list[str]) -> str | None:
        if len(pieces) >= 2 and pieces[-2] == "author" and pieces[-1] in self.authors:
            return f"author:{self.authors[pieces[-1]]}"
        if "category" in pieces and pieces[-1] in self.topics:
            return f"topic:{self.topics[pieces[-1]]}"
        return None

    def _text(self, place: Place, part: str) -> str | None:
        if self.public and not place.is_public:
            return self._lost(place.title or place.id, "is not public")
        return f"id:{place.id}" + (f"#{part}" if part.startswith("comment-") and part[8:].isdigit() else "")

    def _file(self, address: str) -> str | None:
        found = self.media.find(address)
        if found or host_and_path(Site(url=address)).partition("/")[0] == self.catalogue.host:  # it would lead nowhere
            return found or self._lost(address, self.media.why(address))
        self._tell(STAYS, f"a link still leads to the old site: {self._named(address)} {self.media.why(address)}")
        return address

    def _lost(self, what: str, why: str) -> str | None:
        self._tell("link", f"a link became words: {self._named(what)} {why}")
        return None

    def _named(self, address: str) -> str:
        """A link by its words and where it led."""
        shown = slug(address, 60) and address[:200]
        known = self._words and self._words not in (shown, address)
        return f"“{self._words}” leads to {shown}, which" if known else shown

    def _tell(self, kind: str, what: str) -> None:
        finding = Finding(kind, what)
        if finding not in self.entry.findings:
            self.entry.findings.append(finding)
