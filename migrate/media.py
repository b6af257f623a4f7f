"""The old site's files: which of them are there, and what they are called in ``content/media``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import unquote

from migrate import embedded
from migrate.fetching import Fetching
from migrate.hrefs import split
from publication.slugs import slug

_UPLOADS = "/wp-content/uploads/"
_SIZE = re.compile(r"-[0-9]{1,5}x[0-9]{1,5}(?=\.[A-Za-z0-9]+$)")
_MARKS = re.compile(r"-(?:scaled|rotated|e[0-9]{10,13})(?=\.[A-Za-z0-9]+$)")
PICTURES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"))
FOLDER = "old-site"


@dataclass
class Media:
    """Files of a folder by their place under ``uploads``. ``used`` maps names in ``content/`` to files."""

    folder: Path | None
    fetching: Fetching | None = None
    used: dict[str, Path] = field(default_factory=dict)
    embedded: dict[str, bytes] = field(default_factory=dict)  # pictures that stood in texts, by names in ``content/``
    missing: dict[str, str] = field(default_factory=dict)
    _recalled: Mapping[str, str] = field(default_factory=dict)  # what earlier runs brought, by place in small letters
    _alone: dict[str, str] = field(default_factory=dict)  # the same by last part, empty where several have that
    _content: Path = Path()
    _files: dict[str, Path] = field(default_factory=dict)  # by their places as written, and in small letters
    _given: dict[Path, str] = field(default_factory=dict)  # what files are called here
    _names: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.folder is None:
            return
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                exact = path.relative_to(self.folder).as_posix()
                relative = exact.casefold()
                self._files[exact] = path
                self._files.setdefault(relative, path)
                self._names.setdefault(relative.rpartition("/")[2], []).append(relative)

    @property
    def was_given(self) -> bool:
        """Whether there is anywhere to look for files."""
        return self.folder is not None or (self.fetching is not None and self.fetching.online)

    def leave_out(self, paths: Iterable[Path]) -> None:
        """Never take these for files of the site: exports, which hold addresses, often lie beside its pictures."""
        gone = {path.resolve() for path in paths}
        self._files = {name: path for name, path in self._files.items() if path.resolve() not in gone}
        self._names = {
            name: left
            for name, all_of in self._names.items()
            if (left := [one for one in all_of if one in self._files])
        }

    def recall(self, places: Mapping[str, str], content: Path) -> None:
        """Files that earlier runs brought over count as found, also where their folder is not given again."""
        self._recalled, self._content = dict(places), content
        for place, name in places.items():
            last = place.rpartition("/")[2]
            self._alone[last] = "" if last in self._alone else name

    def find(self, address: str) -> str | None:
        """The name in ``content/`` of the file at an old address, whatever size of it is asked for; None if missing."""
        path = unquote(split(address).path)
        for wanted in _variants(path):
            found = self._files.get(wanted) or self._files.get(wanted.casefold()) or self._only(wanted.casefold())
            if found is not None:
                name = self._name(found, self.folder)
                self.used[name] = found
                return name
        brought = next((name for name in map(self._brought, _variants(path)) if name), None) or self._fetched(address)
        if brought is not None:
            return brought
        self.missing.setdefault(path.rpartition("/")[2] or address, address)
        return None

    def take_embedded(self, address: str) -> str | None:
        """The name in ``content/`` of a picture that is all in its ``data:`` address; None where it is no good one."""
        found = embedded.read(address)
        if found is None:
            return None
        name = f"media/{FOLDER}/{found[0]}"
        self.embedded[name] = found[1]
        return name

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Where the files that came over lay on the old site, each with its name in ``content/``."""
        return ((_UPLOADS + place, name) for place, name in self._places())

    def places(self) -> dict[str, str]:
        """What ``recall`` will be given in the next run."""
        return {place.casefold(): name for place, name in self._places()}

    def _places(self) -> Iterator[tuple[str, str]]:
        for name, path in self.used.items():
            folders = (self.folder, self.fetching.folder if self.fetching else None, path.parent)
            folder = next(one for one in folders if one is not None and path.is_relative_to(one))
            below = path.relative_to(folder).as_posix()
            yield below.removeprefix("wp-content/").removeprefix("uploads/"), name

    def _brought(self, place: str) -> str | None:
        wanted = place.casefold()
        name = self._recalled.get(wanted) or self._alone.get(wanted.rpartition("/")[2])
        return name if name and (self._content / name).is_file() else None

    def why(self, address: str) -> str:
        """Why ``find`` found nothing."""
        fetching = self.fetching
        if fetching is not None and fetching.online:
            reasons = [fetching.failures[one] for one in _larger(address) if one in fetching.failures]
            if reasons:
                return f"could not be fetched: {reasons[-1]}"
        return "is not in the media folder" if self.folder else "is not here, as no media folder was given"

    def _fetched(self, address: str) -> str | None:
        """The name of a file from the old site itself."""
        for one in _larger(address) if self.fetching else ():
            path = self.fetching.get(one) if self.fetching else None
            if path is not None and self.fetching is not None:
                name = self._name(path, self.fetching.folder)
                self.used[name] = path
                return name
        return None

    def _only(self, wanted: str) -> Path | None:
        """A file of that name, when there is only one in the whole folder."""
        same = self._names.get(wanted.rpartition("/")[2], [])
        return self._files[same[0]] if len(same) == 1 else None

    def _name(self, path: Path, folder: Path | None) -> str:
        *folders, name = path.relative_to(folder or path.parent).parts
        if path in self._given:
            return self._given[path]
        stem, dot, ending = name.rpartition(".")
        parts = [slug(part) or "x" for part in folders if part not in ("wp-content", "uploads", FOLDER)]
        first = slug(stem or ending) or "file"
        for number in count(1):
            own = first if number == 1 else f"{first}-{number}"
            found = "/".join(["media", FOLDER, *parts, f"{own}.{ending.lower()}" if dot and stem else own])
            if self.used.get(found, path) == path:
                break
        self._given[path] = found
        return found


def _variants(path: str) -> Iterator[str]:
    """Where the file may be: the largest one first, as readers get sizes made by the build."""
    below = path.partition(_UPLOADS)[2] or path.lstrip("/")
    plain = _SIZE.sub("", below)
    for name in dict.fromkeys((_MARKS.sub("", plain), plain, below)):
        for folder in ("", "uploads/", "wp-content/uploads/"):
            yield f"{folder}{name}"


def _larger(address: str) -> Iterator[str]:
    """The addresses to ask for: that of the original first."""
    yield from dict.fromkeys((_SIZE.sub("", address), address))


def is_picture(address: str) -> bool:
    """Whether an address names a picture."""
    return Path(split(address).path).suffix.lower() in PICTURES
