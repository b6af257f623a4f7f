"""Pages that lead on, and notes about links that are gone, are valid HTML."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from publication.health.state import Link, write
from tests.build.newsroom import Newsroom

GONE = "https://gone.example/x_(y)?a=1&b=2é"


@pytest.mark.validator
def test_the_validator_has_nothing_to_say(room: Newsroom) -> None:
    jar, java = os.environ.get("PN_TEST_VALIDATOR"), shutil.which("java")
    if not jar or not java:
        pytest.skip("no validator: `python3 tasks.py test` installs one")
    room.article("one", url="/caf%C3%A9/", title='"Tom & Ann <3"', body=f"[a](<{GONE}>)\n")
    room.resource(link="https://gone.example/")
    failures = tuple(f"2026-05-{day}T10:00:00+00:00" for day in (10, 12, 14))
    links = {url: Link(failures[-1], 404, "not found", failures, True) for url in (GONE, "https://gone.example/")}
    write(room.links, links)
    room.build()
    room.article("one", url="/th%C3%A9/", title='"Tom & Ann <3"', body=f"[a](<{GONE}>)\n")
    assert room.build() == 0

    pages = ["café/index.html", "thé/index.html", "resources/index.html", "resources/suler-2004/index.html"]
    assert "This link may be gone." in room.read(pages[1])
    files = [str(Path(room.output, page)) for page in pages]
    done = subprocess.run(
        [java, "-jar", jar, "--errors-only", "--stdout", *files], capture_output=True, text=True, check=False
    )

    assert done.stdout == ""


def test_the_service_is_told_of_texts_that_take_no_comments_what_they_are_called(room: Newsroom) -> None:
    room.article("open")
    room.article("quiet", comments="off")
    room.article("draft", comments="off", status="draft")
    room.page("about")
    room.build()

    told = json.loads(room.read("threads.json"))
    assert list(told["threads"]) == ["open"]
    assert told["silent"] == {
        "about": {"path": "/about/", "title": "Page about", "language": "en"},
        "quiet": {"path": "/2026/quiet/", "title": "The note quiet", "language": "en"},
    }
