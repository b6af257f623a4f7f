"""Links inside the publication: checked in the source, resolved in the build."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from publication import addresses, vocabulary
from publication.bodies import Body, Found
from publication.items import Item, Shelf
from publication.places import is_media
from publication.problems import MOST, NEAREST, choose_from, quoted
from publication.records import Record

if TYPE_CHECKING:
    from publication.load import Publication

OUR_SCHEMES = ("id", "author", "topic")
OTHER_SCHEMES = ("http", "https", "mailto", "tel", "sms")


def resolve(publication: "Publication", href: str) -> str | None:
    """Where ``href`` of a body leads on the site; other addresses are given back as they are.

    None when it leads to something that is not public now: show its words without the link.
    """
    scheme, _, rest = href.partition(":")
    if scheme not in OUR_SCHEMES:
        return f"/{href}" if is_media(href) else href
    key, hash_sign, part = rest.partition("#")
    found: Record | None
    if scheme == "id":
        found = publication.find(key)
    else:
        found = (publication.authors if scheme == "author" else publication.topics).get(key)
    return f"{found.path}{hash_sign}{part}" if found else None


@dataclass(frozen=True)
class Targets:
    """Everything a link may lead to."""

    shelf: Shelf
    texts: Mapping[str, Item]
    known: frozenset[str]  # ids that exist, though perhaps in a file that cannot be read
    paths: frozenset[str]

    @classmethod
    def of(cls, shelf: Shelf, paths: Mapping[int, str], recorded: Mapping[str, object]) -> "Targets":
        texts = shelf.by_id()
        known = frozenset(texts) | (frozenset(recorded) if shelf.has_unreadable else frozenset())
        tags = {addresses.path_of_tag(name) for item in shelf.of("article") for name in item.get("tags")}
        return cls(shelf, texts, known, frozenset(paths.values()) | tags | _lists(shelf))


def check_body(item: Item, targets: Targets) -> None:
    """Report what is wrong in the text of ``item``."""
    body = Body(item.body)
    for link in body.links():
        complaint = _complaint(link.text, item, targets)
        if complaint:
            item.problems.add(_line(item, link), *complaint)
    for picture in body.pictures_without_alt():
        what = f"The picture {quoted(picture.text)} has no alt text"
        cure = "Say between [ and ] what is to be seen. Behind mere decoration, write {.decorative}."
        item.problems.add(_line(item, picture), what, cure)
    for title in body.titles():
        what = f"{quoted(title.text)} is a heading of the first level, and the title is that already"
        item.problems.add(_line(item, title), what, "Begin the line with ##; for a plain #, write \\#.")
    for note in body.notes_without_text():
        what = f"The footnote {quoted(note.text)} has no text"
        item.problems.add(_line(item, note), what, f"Write it in a line of its own: [^{note.text}]: …")


def media_is_missing(content: Path, path: str) -> bool:
    """Whether ``media/…`` is no file, or one whose name differs in small and capital letters."""
    file = content / path
    return not file.is_file() or file.name not in {one.name for one in file.parent.iterdir()}


def _line(item: Item, found: Found) -> int:
    folded = item.kind in ("author", "topic")  # YAML has joined the lines
    return item.body_line + (0 if folded else found.line)


def _complaint(href: str, item: Item, targets: Targets) -> tuple[str, str] | None:
    """What is wrong with a link and its cure, or None."""
    scheme, colon, rest = href.partition(":")
    if href.startswith("#"):
        return None
    if colon and scheme in OUR_SCHEMES:
        return _about_ours(scheme, rest.partition("#")[0], item, targets)
    if colon and scheme.lower() in OTHER_SCHEMES:
        return _about_web(href)
    if href.startswith("/") and not href.startswith("//"):
        return _about_path(href, targets)
    if is_media(href):
        return _about_media(href, targets)
    name = href.rpartition("/")[2].partition(".")[0]
    if name in targets.texts:
        return f"The link {quoted(href)} leads nowhere", f"Did you mean id:{name}?"
    return f"The link {quoted(href)} leads nowhere", "Write id:…, media/… or a whole address with https://."


def _about_ours(scheme: str, key: str, item: Item, targets: Targets) -> tuple[str, str] | None:
    kinds: dict[str, Collection[str]] = {"author": targets.shelf.authors, "topic": targets.shelf.topics}
    known = kinds.get(scheme, targets.known)
    if key not in known:
        if scheme in targets.shelf.unsure:
            return None
        what = f"The link {quoted(f'{scheme}:{key}')} leads to nothing"
        return what, choose_from(key, known, most=NEAREST if scheme == "id" else MOST)
    other = targets.texts.get(key) if scheme == "id" else None
    if other and other.is_readable and not other.is_public_some_time and item.get("status") == "published":
        what = f"The link {quoted(f'id:{key}')} leads to a text that is not published ({other.problems.file})"
        return what, "Publish that one, or leave the link out."
    return None


def _about_web(href: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(href)
    except ValueError:
        parts = None
    if parts is None or (parts.scheme in ("http", "https") and not parts.netloc):
        return f"The link {quoted(href)} is not a web address", "Copy it again from the browser."
    return None


def _about_path(href: str, targets: Targets) -> tuple[str, str] | None:
    path = href.partition("#")[0].partition("?")[0]
    if path.startswith(addresses.MEDIA):
        return _about_media(path[1:], targets)
    ours = (addresses.FEEDS, addresses.SEARCH, "/comments/")
    if path in targets.paths or path.startswith(ours) or _may_be(path, targets.shelf):
        return None
    return f"There is no page at {quoted(path)}", "Link to texts by their id: [words](id:my-text)."


def _may_be(path: str, shelf: Shelf) -> bool:
    """Whether an address could be that of an author or a topic that cannot be read."""
    places = {"author": (addresses.AUTHORS,), "topic": (addresses.TOPICS, f"{addresses.RESOURCES}topic/")}
    return any(path.startswith(places[kind]) for kind in shelf.unsure)


def _about_media(path: str, targets: Targets) -> tuple[str, str] | None:
    if is_media(path) and not media_is_missing(targets.shelf.content, path):
        return None
    return f"There is no file {quoted(path)} in the content folder", "Put it there, or mend its name."


def _lists(shelf: Shelf) -> frozenset[str]:
    own = (addresses.HOME, addresses.ARCHIVE, addresses.TOPICS, addresses.AUTHORS, addresses.RESOURCES)
    words: dict[str, Collection[str]] = {
        "kind": vocabulary.KINDS,
        "topic": shelf.topics,
        "audience": vocabulary.AUDIENCES,
        "language": vocabulary.LANGUAGES,
        "access": vocabulary.ACCESS,
        "sort": vocabulary.ORDERS,
    }
    facets = {addresses.path_of_facet(facet, value) for facet, values in words.items() for value in values}
    return frozenset((*own, *shelf.settings.fixed_paths)) | facets
