"""A run that is killed anywhere: the next one reaches the same end."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.migration.conftest import ROOT, Desk, Export, comment, post

pytestmark = pytest.mark.long
KILLS = 10


def run(folder: Path, path: Path, kill_after: float | None = None) -> int:
    environment = {
        **os.environ,
        "PN_VAR": str(folder / "var"),
        "PN_THEME": str(ROOT / "theme"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "migrate", str(path), "--content", str(folder / "content")]
    process = subprocess.Popen(
        [*command, "--conf", str(ROOT / "pelicanconf.py")],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return process.wait(kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def state(folder: Path) -> tuple[dict[str, bytes], list[tuple[object, ...]]]:
    content = folder / "content"
    files = {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    with Desk(folder).store() as ctx:
        told = [
            (one.id, one.thread, one.parent, one.name, one.source, one.state) for one in ctx.store.iterate_comments()
        ]
    return files, told


def test_killed_at_ten_random_moments_the_end_is_the_same(tmp_path: Path, export: Export) -> None:
    replies = [comment(10 * number + one) for number in range(1, 61) for one in range(5)]
    path = export(*(post(number, more="".join(replies[5 * number - 5 : 5 * number])) for number in range(1, 61)))
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for folder in (whole, broken):
        shutil.copytree(ROOT / "content", folder / "content")
    began = time.monotonic()
    assert run(whole, path) == 0
    took = time.monotonic() - began

    chance = random.Random(5)
    for _ in range(KILLS):
        run(broken, path, kill_after=chance.uniform(0.2, 1) * took)
    assert run(broken, path) == 0

    assert state(broken) == state(whole)
    assert not list(broken.rglob(".*.new"))
