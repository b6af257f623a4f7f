"""The real command, as a process, on a small publication."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass
class Place:
    """A folder with a publication in it, and what the command does there."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Place":
        content = folder / "content"
        content.mkdir(parents=True)
        shutil.copytree(ROOT / "content" / "media", content / "media")
        (content / "topics.yml").write_text("practice:\n  name: Practice\n", encoding="utf-8")
        return cls(folder)

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def start(self, *typed: object, **options: Any) -> "subprocess.Popen[str]":
        """The command, running."""
        environment = {
            **os.environ,
            "PN_VAR": str(self.var),
            "PN_THEME": str(ROOT / "theme"),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "migrate", *map(str, typed), "--content", str(self.content)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen(
            [*command, "--conf", str(ROOT / "pelicanconf.py")], env=environment, cwd=ROOT, text=True, **pipes
        )

    def run(self, *typed: object, **options: Any) -> "subprocess.CompletedProcess[str]":
        """The command, done."""
        process = self.start(*typed, **options)
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def report(self) -> Any:
        """What the last run told machines."""
        return json.loads((self.var / "migration" / "report.json").read_bytes())

    def files(self) -> dict[str, bytes]:
        """Every file there is, with its bytes."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}
