"""Finding and reading content files. Whatever is in a file, the answer is text or a problem."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publication.problems import Problems

LARGEST = 1_000_000
LONGEST_FRONT = 100_000

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
MARKER = re.compile(r"<!--\s*/?\s*(?:count|thread|comments-ld|title|main)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A Markdown file cut in two. Lines count from 1."""

    front: str
    front_line: int
    body: str
    body_line: int


def shown(path: Path, content: Path) -> str:
    """The name of a file as problems show it: from the content folder on, always printable."""
    name = path.relative_to(content.parent).as_posix()
    return os.fsencode(name).decode("utf-8", "replace")


def find(folder: Path) -> Iterator[Path]:
    """Every file under ``folder`` in a stable order, without hidden and backup files and what links lead to."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "#")) and not name.endswith("~"):
                yield Path(where, name)


def find_links_out(content: Path) -> Iterator[Path]:
    """Every symbolic link below ``content`` that leads to something elsewhere: it would be published."""
    for where, folders, names in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(where, name) for name in [*folders, *sorted(names)]):
            if path.is_symlink() and content not in Path(os.path.realpath(path)).parents:
                yield path


def read_text(path: Path, problems: Problems, *, largest: int = LARGEST) -> str | None:
    """The text of a file with plain line ends, or None with the reason among ``problems``."""
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as error:
        problems.add(
            1, f"The file cannot be read ({error.strerror or error})", "Look at its name and permissions.", "file"
        )
        return None
    if len(raw) > largest:
        cure = "Put pictures in content/media, or cut the text in two."
        problems.add(1, f"The file is larger than {largest // 1_000_000} MB", cure, "file")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.add(
            line, "The file is not UTF-8 text", "Save it again in your editor with the encoding UTF-8.", "file"
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if _is_clean(text, problems) else None


def split(text: str, problems: Problems) -> Source | None:
    """The front matter and the body of ``text``, or None with the reason among ``problems``."""
    if not text.strip():
        problems.add(1, "The file is empty", 'Delete it, or make a new one with python3 tasks.py new "Title".', "file")
        return None
    opening = _FENCE.search(text)
    if not opening or text[: opening.start()].strip():
        problems.add(
            1, "The lines above the text are missing", "Begin with a line ---, then the keys, then a line ---."
        )
        return None
    closing = _FENCE.search(text, opening.end())
    if not closing:
        line = _line(text, opening.start())
        problems.add(
            line, "The lines above the text have no end", "Write a line --- between the last key and the text."
        )
        return None
    if closing.start() - opening.end() > LONGEST_FRONT:
        what = "The lines above the text (between the two ---) are too many"
        problems.add(_line(text, opening.start()), what, "Move the text below the second ---.")
        return None
    front = text[opening.end() + 1 : closing.start()]
    body = text[closing.end() + 1 :]
    return Source(front, _line(text, opening.start()) + 1, body, _line(text, closing.start()) + 1)


def says_nothing(text: str) -> bool:
    """Whether a file of keys and values has nothing but comments and blank lines in it."""
    return all(line.startswith("#") or not line.strip() for line in text.split("\n"))


def _is_clean(text: str, problems: Problems) -> bool:
    if invisible := _INVISIBLE.search(text):
        problems.add_invisible(_line(text, invisible.start()), invisible[0])
        return False
    if marker := MARKER.search(text):
        what = "The text holds a mark that the comment service uses to find its place"
        problems.add(_line(text, marker.start()), what, "Write &lt;!-- instead of <!--.", "file")
    return True


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
