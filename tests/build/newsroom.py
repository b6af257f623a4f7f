"""A tiny publication in a folder of its own, built by Pelican's own entry with the real theme and settings."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pelican
from PIL import Image

from publication import check
from publication.settings import from_file

ROOT = Path(__file__).parents[2]
CONF = ROOT / "pelicanconf.py"
URL = "https://notes.example.org"
NOON = "2026-06-01T12:00:00Z"

TOPICS = """
ethics:
  name: Ethics
  introduction: What we owe.
consent:
  name: Consent
  parent: ethics
care:
  name: Care
"""
AUTHOR = """
name: {name}
suffix: MA
credentials:
  - {{name: Counsellor, by: Example Association, number: EX-1}}
bio: Writes about the hour itself.
links:
  - {{name: Site, url: "https://example.org/"}}
example: yes
"""


def picture(width: int = 420, height: int = 220, form: str = "PNG", **options: Any) -> bytes:
    """A picture file: soft colours, as in a photograph."""
    made = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(made, form, **options)
    return made.getvalue()


SITE_PICTURE = picture()


@dataclass
class Newsroom:
    """An editor's folder and what is built of it. Texts are changed by writing their files again."""

    folder: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PN_SITE_URL": URL, "PN_AS_OF": NOON})

    def __post_init__(self) -> None:
        self.content = self.folder / "content"
        self.output = self.folder / "output"
        kept = {"PN_PICTURE_CACHE": str(self.folder / "kept"), "PN_VAR": str(self.folder / "var")}
        self.environment = {**kept, **self.environment}
        self.write("media/practice-notes.png", SITE_PICTURE)
        self.write("topics.yml", TOPICS)
        self.write("authors/mara-example.yml", AUTHOR.format(name="Mara Example"))
        self.write("authors/luc-exemple.yml", AUTHOR.format(name="Luc Exemple"))

    @property
    def links(self) -> Path:
        """What the link check remembers."""
        return Path(self.environment["PN_VAR"], "links.json")

    def write(self, name: str, text: str | bytes) -> Path:
        """A file of the content."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def article(self, key: str = "first-note", body: str = "Words.", **changes: str | None) -> None:
        """A public article; a key with None is left out."""
        front = {
            "title": f'"The note {key}"',
            "summary": '"What it says."',
            "authors": "[mara-example]",
            "topics": "[consent]",
            "date": "2026-03-14 09:30",
        }
        self._text(f"articles/2026/{key}.md", key, body, front | changes)

    def page(self, key: str = "about", body: str = "Words.", **changes: str | None) -> None:
        """A public page."""
        self._text(f"pages/{key}.md", key, body, {"title": f'"Page {key}"', "summary": '"What it says."'} | changes)

    def resource(self, key: str = "suler-2004", body: str = "Words.", **changes: str | None) -> None:
        """A public entry of the hub."""
        front = {
            "title": f'"The work {key}"',
            "kind": "article",
            "why": '"Why it matters."',
            "topics": "[consent]",
            "audience": "[practitioners]",
            "language": "en",
            "access": "paid",
            "link": "https://example.org/work",
            "reviewed": "{on: 2026-02-01, by: mara-example}",
        }
        self._text(f"resources/{key}.md", key, body, front | changes)

    def build(self, output: Path | None = None, conf: Path = CONF, **environment: str) -> int:
        """Record the addresses as ``check --write`` does, build, and give the exit code."""
        with surroundings(self.environment | environment):
            check.run(self.content, from_file(CONF), datetime.now(UTC), write=True)
        return self.build_only(output, conf, **environment)

    def build_only(
        self, output: Path | None = None, conf: Path = CONF, settings: dict[str, Any] | None = None, **environment: str
    ) -> int:
        """Build, and give the exit code. ``settings`` replace those of ``conf``."""
        arguments = [str(self.content), "-s", str(conf), "-o", str(output or self.output), "-q"]
        extra = [f"{name}={json.dumps(value)}" for name, value in (settings or {}).items()]
        with surroundings(self.environment | environment):
            try:
                pelican.main([*arguments, *(["-e", *extra] if extra else [])])
            except SystemExit as stop:
                return exit_code(stop)
        return 0

    def read(self, name: str) -> str:
        """A file of the output."""
        return (self.output / name).read_text(encoding="utf-8")

    def _text(self, name: str, key: str, body: str, front: dict[str, Any]) -> None:
        everything = {"id": key, "status": "published"} | front
        lines = [f"{name}: {value}" for name, value in everything.items() if value is not None]
        self.write(name, "\n".join(["---", *lines, "---", body, ""]))


@contextmanager
def surroundings(environment: dict[str, str]) -> Iterator[None]:
    """With these variables for a while."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def exit_code(stop: SystemExit) -> int:
    """What a process that ends so would give; a sentence is printed, as the interpreter does."""
    if isinstance(stop.code, str):
        print(stop.code, file=sys.stderr)
        return 1
    return stop.code or 0


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of a folder with its inode and time: equal when nothing was written."""
    found = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*") if path.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}
