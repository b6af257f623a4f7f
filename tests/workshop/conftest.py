"""A copy of the whole project, to run its tasks in without touching this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("content", "theme", "plugins", "publication", "comments", "migrate", "workshop")
FILES = ("tasks.py", "pelicanconf.py", "publishconf.py", "requirements.lock", "requirements-dev.lock")


class Copy:
    """The project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for room in ROOMS:
            shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
        for name in FILES:
            shutil.copy(ROOT / name, folder / name)
        kept = {"PN_PICTURE_CACHE"}
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("PN_") or k in kept}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "invoke", *arguments]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def article(self, name: str) -> Path:
        return self.folder / "content" / "articles" / "2026" / f"{name}.md"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "project")
