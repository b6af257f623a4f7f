"""Which pages of a release show which pictures: only of those that still do may readers ask for older copies."""

import re
from collections.abc import Collection
from pathlib import Path

from comments.actions import files

PICTURES = "pictures"
_NAMED = re.compile(rb"pictures/[\w./~-]+\.[0-9a-f]{8,}\.[a-z0-9]+")
# As in pictures/plan-shared-600.0123456789.png: what the editor's file was called.
_MADE = re.compile(r"(?:-shared)?(?:-\d+)?\.[0-9a-f]{8,}\.[a-z0-9]+(?:\.gz)?$")


def showing(public: Path, pictures: Collection[str]) -> dict[str, frozenset[str]]:
    """The pages below ``public`` that name each of ``pictures``; compressed copies are those of their pictures."""
    found: dict[str, set[str]] = {name.removesuffix(".gz"): set() for name in pictures}
    for path in files.walk(public) if found else ():
        if path.suffix == ".html":
            for name in _named(public / path) & found.keys():
                found[name].add(path.as_posix())
    return {name: frozenset(pages) for name, pages in found.items()}


def still_show(public: Path, picture: str, pages: Collection[str]) -> bool:
    """Whether there are such pages, and each is there still and names a picture made of a file of the same name."""
    source = _MADE.sub("", picture)
    return bool(pages) and all(source in _sources(public / page) for page in pages)


def _named(page: Path) -> set[str]:
    try:
        return {name.decode() for name in _NAMED.findall(page.read_bytes())}
    except OSError:
        return set()


def _sources(page: Path) -> set[str]:
    return {_MADE.sub("", name) for name in _named(page)}
