"""Every file of ``content/media``: read, and what is wrong with it said where it is used."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from publication import files
from publication.items import Shelf
from publication.pictures.cache import Cache
from publication.pictures.kinds import ENDINGS, SVG
from publication.pictures.published import opened, used
from publication.pictures.reading import Picture, read
from publication.pictures.uses import Use, uses
from publication.places import is_media
from publication.problems import Problem, Wrong, quoted

MEDIA = "media"
SETTINGS = "pelicanconf.py"


@dataclass(frozen=True)
class Pictures:
    """What can be shown, by path from the content folder on, and which files are published at all."""

    found: Mapping[str, Picture] = field(default_factory=dict)
    public: frozenset[str] = frozenset()


def check(shelf: Shelf, hidden: Collection[int]) -> tuple[Pictures, list[Problem]]:
    """All pictures. What is wrong with one goes to the texts that use it; the answer has what no text is to blame for.

    ``hidden`` are the texts that are not public now, by ``id()``: what only they use is not published either.
    """
    found, wrong = _read_all(shelf)
    named = list(uses(shelf))
    for use in named:
        _complain(use, found, wrong)
    blamed = {use.path for use in named}
    strays = [
        Problem(f"{shelf.content.name}/{path}", 1, f"The file {quoted(path)} {one.what}", one.cure)
        for path, one in wrong.items()
        if path not in blamed
    ]
    there = [path.relative_to(shelf.content).as_posix() for path in files.find(shelf.content / MEDIA)]
    allowed = {path for path in there if opened(path, shelf.settings.public_files)}
    public = frozenset(there) & (used(shelf, hidden) | allowed)
    idle = sorted(set(there) - used(shelf) - allowed - wrong.keys())
    advice = [_unused(f"{shelf.content.name}/{path}", path) for path in idle]
    return Pictures(found, public), [*strays, *advice, *_site_picture(shelf, found)]


def _unused(file: str, path: str) -> Problem:
    cure = "Link to it, list it in PUBLIC_FILES, or delete it."
    return Problem(file, 1, f"No text uses {path}, so it is not published", cure, "unused-file")


def _read_all(shelf: Shelf) -> tuple[dict[str, Picture], dict[str, Wrong]]:
    found: dict[str, Picture] = {}
    wrong: dict[str, Wrong] = {}
    cache = Cache(shelf.settings.picture_cache)
    for file in files.find(shelf.content / MEDIA):
        path = file.relative_to(shelf.content).as_posix()
        try:
            picture = read(file, cache)
            if picture:
                found[path] = picture
        except OSError as error:
            wrong[path] = Wrong(f"cannot be read ({error.strerror or error})", "Look at its permissions.")
        except Wrong as one:
            wrong[path] = one
    return found, wrong


def _complain(use: Use, found: Mapping[str, Picture], wrong: Mapping[str, Wrong]) -> None:
    add, name = use.item.problems.add, quoted(use.path)
    if use.path in wrong:
        add(use.line, f"The file {name} {wrong[use.path].what}", wrong[use.path].cure)
    elif use.is_picture and use.path not in found and PurePosixPath(use.path).suffix.lower() not in ENDINGS:
        add(use.line, f"The file {name} is no picture", "Link to it instead: [words](media/…), without the !.")
    if use.mark and use.alt:
        cure = "Leave out {.decorative}, or the words between [ and ]."
        add(use.line, f"The picture {name} is marked as decoration and has alt text", cure)
    elif use.alt and _is_file_name(use.alt):
        what = f"The alt text {quoted(use.alt)} is the name of a file"
        add(use.line, what, "Say what is to be seen.")


def _is_file_name(words: str) -> bool:
    return PurePosixPath(words).suffix.lower() in (*ENDINGS, ".heic", ".tif", ".tiff", ".bmp") and " " not in words


def _site_picture(shelf: Shelf, found: Mapping[str, Picture]) -> Iterator[Problem]:
    """``SITE_PICTURE`` stands for every page that has no picture of its own where links to it are shown."""
    image = shelf.settings.site_picture
    if image is None:
        return
    picture, name = found.get(image.src), quoted(image.src)
    if not is_media(image.src) or not (shelf.content / image.src).is_file():
        what = f"SITE_PICTURE: there is no file {name} in the content folder"
        yield Problem(SETTINGS, 1, what, "Put it there, or mend its name; SITE_PICTURE = {} does without.")
    elif picture and picture.kind == SVG:
        what = f"SITE_PICTURE: {name} is an SVG, which few of those who show links can read"
        yield Problem(SETTINGS, 1, what, "Save it as PNG, 1200 pixels wide and 630 high.")
    elif picture and min(picture.width, picture.height) < 200:
        what = f"SITE_PICTURE: {name} is smaller than 200 pixels"
        yield Problem(SETTINGS, 1, what, "Make it 1200 pixels wide and 630 high.")
