"""Links inside the publication: checked in the source, resolved in the build."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from publication import anchors
from publication.bodies import Link
from publication.former import former_address
from publication.items import Item
from publication.places import is_media, plain_path
from publication.problems import quoted
from publication.records import Record
from publication.stand_ins import stand_in
from publication.targets import Targets

if TYPE_CHECKING:
    from publication.load import Publication

OUR_SCHEMES = ("id", "author", "topic")
WEB = ("http", "https")
OTHER_SCHEMES = (*WEB, "mailto", "tel", "sms")

Complaint = tuple[str, str, str]  # what, cure, rule

_IMPOSSIBLE = re.compile(r"[\s<>\"]")


def resolve(publication: "Publication", href: str) -> str | None:
    """Where ``href`` of a body leads on the site; addresses elsewhere are given back as they are.

    None when it leads to something that is not public now: show its words without the link.
    """
    scheme, _, rest = href.partition(":")
    if scheme in OUR_SCHEMES:
        return _resolve_key(publication, scheme, rest)
    own = own_path(href, publication.settings.url)
    if own is not None:
        path, after = _cut(own)
        plain, asked = plain_path(path) or path, former_address(own.partition("#")[0]) or path
        if plain in publication.hidden_paths or asked in publication.hidden_paths:
            return None
        if asked != plain and asked in publication.redirects:  # the page of today has no use for the query
            return publication.redirects[asked] + "".join(after.partition("#")[1:])
        return publication.redirects.get(plain, path) + after
    return f"/{href}" if is_media(href) else href


def _resolve_key(publication: "Publication", scheme: str, rest: str) -> str | None:
    key, hash_sign, part = rest.partition("#")
    found: Record | None
    if scheme == "id":
        found = publication.find(key)
    else:
        found = (publication.authors if scheme == "author" else publication.topics).get(key)
    return f"{found.path}{hash_sign}{part}" if found else None


def own_path(href: str, site: str) -> str | None:
    """``href`` from the site's first slash on; None when it leads elsewhere, or is relative."""
    if href.startswith("/"):
        return None if href.startswith("//") else href
    parts = _parts(href)
    if parts is None or parts.scheme not in WEB or parts.netloc.lower() != urlsplit(site).netloc.lower():
        return None
    after = f"?{parts.query}" * bool(parts.query) + f"#{parts.fragment}" * bool(parts.fragment)
    return f"/{parts.path.lstrip('/')}{after}"


@dataclass(frozen=True)
class Judge:
    """Says what is wrong with the links of one item."""

    item: Item
    targets: Targets

    def complaint(self, link: Link) -> Complaint | None:
        """What is wrong with where ``link`` leads, and its cure."""
        href = link.href
        if link.label:
            cure = f"Write it in a line of its own: [{link.label}]: https://…; or \\[ for a bracket as such."
            return f"Nothing says where the link {quoted(f'[{link.label}]')} leads", cure, "link"
        if href in ("", "#"):
            return "This link leads nowhere", "Write between ( and ) where it leads: [words](id:my-text).", "link"
        if _IMPOSSIBLE.search(href):
            return f"The link {quoted(href)} has a blank or quotation mark in it", "Write %20 for a blank.", "link"
        scheme, colon, rest = href.partition(":")
        if colon and scheme in OUR_SCHEMES:
            return self._ours(scheme, rest)
        if href.startswith("#"):
            return self._part(self.item, href[1:])
        if is_this_computer(href):
            what = f"The link {quoted(href)} leads to your own computer, where no reader gets"
            return what, self._by_id(href, "Write the address that readers use."), "link"
        own = own_path(href, self.targets.shelf.settings.url)
        if own is not None:
            return self._path(own) or (None if own == href else self._whole(href, own))
        if colon and scheme.lower() in OTHER_SCHEMES:
            return _about_web(href, rest)
        if is_media(href):
            return self._media(href)
        return f"The link {quoted(href)} leads nowhere", self._by_name(href), "link"

    def _ours(self, scheme: str, rest: str) -> Complaint | None:
        key, _, part = rest.partition("#")
        kinds: dict[str, Collection[str]] = {"author": self.targets.shelf.authors, "topic": self.targets.shelf.topics}
        known = kinds.get(scheme, self.targets.known)
        if key not in known:
            if scheme in self.targets.shelf.unsure:
                return None
            what = f"The link {quoted(f'{scheme}:{key}')} leads to nothing"
            return what, self.targets.nearest[scheme].to(key), "link"
        other = self.targets.texts.get(key) if scheme == "id" else None
        return self._text(other, f"id:{key}", part) if other else None

    def _text(self, other: Item, href: str, part: str) -> Complaint | None:
        """About a link to another text of ours."""
        if other.is_readable and not other.is_public_some_time and self.item.get("status") == "published":
            what = f"The link {quoted(href)} leads to a text that is not published ({other.problems.file})"
            return what, "Publish that one, or leave the link out.", "link"
        return self._part(other, part) if part else None

    def _part(self, other: Item, written: str) -> Complaint | None:
        part = unquote(written)
        if other.kind not in anchors.OF_PAGES or not other.is_readable or part.startswith(":~:") or part == "top":
            return None  # other pages are made of lists; a browser finds :~:text by itself
        if anchors.is_of_page(other.kind, part) or part in anchors.of_headings(other.body):
            return None
        there = anchors.of_text(other.body)
        if there is None or part in there:
            return None
        where = "in this text" if other is self.item else f"in {other.problems.file}"
        return f"There is no part {quoted(f'#{part}')} {where}", self.targets.parts(other, there).to(part), "anchor"

    def _moved(self, path: str, moved: str, part: str) -> Complaint | None:
        """About a link to a former address of ``moved``, an id or the address of what is no text."""
        new = self.targets.texts.get(moved) or self.targets.owners.get(moved)
        cure = f"Write {self.targets.name(new)}: it is at {self.targets.path(new)} now." if new else self._list(moved)
        told = f"The link {quoted(path)} leads to a former address", cure, "former-address"
        return (self._text(new, path, part) if new else None) or told

    def _list(self, path: str) -> str:
        return f"Write {path if self.targets.has_page(path) else stand_in(path) or path}."

    def _path(self, own: str) -> Complaint | None:
        address, after = _cut(own)
        path, part = plain_path(address) or address, after.partition("#")[2]
        if path.startswith("/media/"):
            return self._media(path[1:])
        other = self.targets.owners.get(path)
        if other is not None:
            return self._text(other, path, part)
        asked = former_address(own.partition("#")[0]) or path
        moved = self.targets.moved.get(asked, self.targets.moved.get(path))
        if moved is not None and (moved in self.targets.texts or moved.startswith("/")):
            return self._moved(asked, moved, part)
        if self.targets.has_page(path):
            return None
        return (
            f"There is no page at {quoted(path)}",
            self._by_id(path, "Link to texts by their id: [words](id:my-text)."),
            "link",
        )

    def _whole(self, href: str, own: str) -> Complaint:
        other = self.targets.owners.get(plain_path(_cut(own)[0]) or "")
        short = self.targets.name(other) if other else own
        cure = f"Write {short} alone: that stays right when the site moves."
        return f"The link {quoted(href)} leads to a page of ours by its whole address", cure, "own-address"

    def _by_id(self, href: str, otherwise: str) -> str:
        """The cure with the id of what stands, or nearly stands, at a path."""
        path = unquote((_parts(href) or urlsplit("")).path)
        tries = (path, f"{path}/", path.removesuffix("index.html"), f"{path.rstrip('/')}.html")
        found = next((self.targets.owners[one] for one in tries if one in self.targets.owners), None)
        name = path.strip("/").rpartition("/")[2].partition(".")[0]
        found = found or self.targets.texts.get(name)
        return f"Did you mean {self.targets.name(found)}?" if found else otherwise

    def _by_name(self, href: str) -> str:
        name = href.partition("#")[0].rstrip("/").rpartition("/")[2].partition(".")[0]
        if name in self.targets.texts:
            return f"Did you mean id:{name}?"
        return "Write id:…, media/… or a whole address with https://."

    def _media(self, path: str) -> Complaint | None:
        if is_media(path) and self.targets.has_media(path):
            return None
        what = f"There is no file {quoted(path)} in the content folder"
        return what, "Put it there, or mend its name.", "missing-file"


def is_this_computer(href: str) -> bool:
    """Whether a web address leads to the machine or the local network of whoever clicks on it."""
    parts = _parts(href)
    host = (parts.hostname or "").rstrip(".") if parts and parts.scheme in WEB else ""
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return False
    return number.is_private or number.is_loopback or number.is_link_local


def _about_web(href: str, rest: str) -> Complaint | None:
    parts = _parts(href)
    if parts is None or (parts.scheme in WEB and not parts.hostname):
        return f"The link {quoted(href)} is not a web address", "Copy it again from the browser.", "link"
    if parts.scheme not in WEB and not rest:
        return f"The link {quoted(href)} leads nowhere", f"Write what comes after {href}", "link"
    return None


def _parts(href: str) -> SplitResult | None:
    try:
        parts = urlsplit(href)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _cut(own: str) -> tuple[str, str]:
    """A path, and what comes after it from ``?`` or ``#`` on."""
    at = min((place for place in (own.find("?"), own.find("#")) if place >= 0), default=len(own))
    return own[:at], own[at:]
