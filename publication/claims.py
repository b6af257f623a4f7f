"""Which files an address makes, and what stands in their way: no file can be where another is, or be its folder."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Generic, TypeVar

T = TypeVar("T")

# Files beside the pages. The last seven are the build's own, for the comment service and for itself.
FILES = (
    "404.html",
    "favicon.ico",
    "robots.txt",
    "sitemap.xml",
    "resources/hub.json",
    "threads.json",
    "shell.html",
    "shell.en.html",
    "shell.fr.html",
    "search.db",
    "redirects.map",
    "files.txt",
)


def file_of(path: str) -> str:
    """The file behind an address: ``/a/`` is ``a/index.html``, ``/a.html`` is itself."""
    name = path.lstrip("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


def feed_of(path: str) -> str:
    """The file of the feed of replies to the article at an address, as the comment service names it."""
    name = path.lstrip("/")
    return f"{name}comments.atom" if name.endswith("/") else f"{name.removesuffix('.html')}.comments.atom"


class Claims(Generic[T]):
    """Files and the folders above them with their owners. File systems may not tell small letters from capitals."""

    def __init__(self) -> None:
        self._files: dict[str, T] = {}
        self._folders: dict[str, T] = {}

    def take(self, owner: T, files: Iterable[str]) -> None:
        """Let ``owner`` have these files, where nobody has them yet."""
        for file in files:
            self._files.setdefault(file.casefold(), owner)
            for folder in _folders(file):
                self._folders.setdefault(folder, owner)

    def holder(self, files: Iterable[str]) -> T | None:
        """Who has one of these files already, or makes one impossible; None when there is room for all."""
        for file in files:
            if file.casefold() in self._folders:
                return self._folders[file.casefold()]
            for name in (file.casefold(), *_folders(file)):
                if name in self._files:
                    return self._files[name]
        return None


def _folders(file: str) -> Iterator[str]:
    return (str(folder) for folder in PurePosixPath(file.casefold()).parents if folder.name)
