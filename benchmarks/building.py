"""Building a site: ours beside stock Pelican with its simple theme, same texts, same run (CPU seconds)."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARTICLES = 300
SENTENCE = "A reply that comes on the day it was promised does more than a clever one that comes tonight. "
BODY = "\n\n".join(
    f"## Part {part}\n\n"
    + "\n\n".join(SENTENCE * 5 for _ in range(3))
    + "\n\n- one\n- two *and* [three](https://example.org/)"
    for part in range(3)
)


def measure(folder: Path) -> Iterator[str]:
    """Lines with CPU seconds and ratios."""
    ours, theirs = folder / "ours", folder / "theirs"
    write_ours(ours)
    write_theirs(theirs)
    first = cpu(our_command(ours), PN_SITE_URL="http://localhost:8000")
    again = cpu(our_command(ours), PN_SITE_URL="http://localhost:8000")
    stock = cpu(
        [
            sys.executable,
            "-m",
            "pelican",
            str(theirs),
            "-t",
            "simple",
            "-o",
            str(folder / "out"),
            "-s",
            settings(folder),
            "-q",
        ]
    )
    yield f"{ARTICLES} articles: ours {first:.2f} s, stock Pelican {stock:.2f} s, ratio {first / stock:.2f}"
    yield f"nothing changed: ours {again:.2f} s, ratio to stock {again / stock:.2f}"


def our_command(folder: Path) -> list[str]:
    content, output = folder / "content", folder / "output"
    return [sys.executable, "-m", "pelican", str(content), "-s", "pelicanconf.py", "-o", str(output), "-q"]


def settings(folder: Path) -> str:
    """Stock settings, but for lists of ten and the zone."""
    path = folder / "stock.py"
    path.write_text("SITENAME = 'Stock'\nTIMEZONE = 'America/Toronto'\nDEFAULT_PAGINATION = 10\nPLUGINS = []\n")
    return str(path)


def write_ours(folder: Path) -> None:
    articles = folder / "content" / "articles" / "2026"
    authors = folder / "content" / "authors"
    articles.mkdir(parents=True)
    authors.mkdir()
    # The settings name the site's picture.
    shutil.copytree(ROOT / "content" / "media", folder / "content" / "media")
    (folder / "content" / "topics.yml").write_text("practice:\n  name: Practice\n  introduction: About practice.\n")
    (authors / "ada.yml").write_text("name: Ada Specimen\nbio: An invented author.\nexample: yes\n")
    for number in range(ARTICLES):
        head = f"id: note-{number}\ntitle: Note {number}\nsummary: What note {number} says.\nauthors: [ada]\n"
        head += (
            f"topics: [practice]\ntags: [tag {chr(97 + number % 20)}]\ndate: {day(number)} 09:00\nstatus: published\n"
        )
        (articles / f"note-{number}.md").write_text(f"---\n{head}---\n{BODY}\n")
    command = [sys.executable, "-m", "publication", "check", "--write", "--content", str(folder / "content")]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def write_theirs(folder: Path) -> None:
    folder.mkdir()
    for number in range(ARTICLES):
        head = (
            f"Title: Note {number}\nDate: {day(number)} 09:00\nCategory: Practice\nTags: tag {chr(97 + number % 20)}\n"
        )
        head += f"Author: Ada Specimen\nSlug: note-{number}\nSummary: What note {number} says.\n"
        (folder / f"note-{number}.md").write_text(f"{head}\n{BODY}\n")


def day(number: int) -> date:
    return date(2026, 11, 1) - timedelta(days=number % 300)


def cpu(command: list[str], **environment: str) -> float:
    """CPU seconds, user and system, that the command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
