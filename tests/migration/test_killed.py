"""A run that is killed anywhere, or finds no room: the next one goes on and reaches the same end."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.migration.command import Place
from tests.migration.conftest import Export, comment, post

pytestmark = pytest.mark.long
KILLS = 10
TEXTS, REPLIES = 120, 20
_ROWS = (
    "SELECT id, thread, parent, name, source, html, state, created, website FROM comments ORDER BY id",
    "SELECT source, key, comment FROM origins ORDER BY source, key",
    "SELECT thread, detail FROM audit WHERE action = 'import' ORDER BY thread",
)
End = tuple[dict[str, bytes], list[list[tuple[object, ...]]]]


def large(export: Export) -> Path:
    def replies(number: int) -> str:
        first = REPLIES * number
        return "".join(comment(first + one, parent=str(first + one - 1) if one else "0") for one in range(REPLIES))

    return export(*(post(number, more=replies(number)) for number in range(1, TEXTS + 1)))


def end(place: Place) -> End:
    files = {name: data for name, data in place.files().items() if name.startswith("content/")}
    store = sqlite3.connect(f"file:{place.var / 'store.db'}?mode=ro", uri=True)
    try:
        return files, [store.execute(rows).fetchall() for rows in _ROWS]
    finally:
        store.close()


def assert_whole(place: Place, wanted: End) -> None:
    assert end(place) == wanted
    assert not list(place.folder.rglob(".*.new"))
    assert not (place.var / "migrating").exists()


def places_texts(place: Place) -> bool:
    return any((place.content / "articles").rglob("*.md"))


def stores_comments(place: Place) -> bool:
    with suppress(sqlite3.Error):
        store = sqlite3.connect(f"file:{place.var / 'store.db'}?mode=ro", uri=True)
        try:
            return bool(store.execute("SELECT count(*) FROM comments").fetchone()[0])
        finally:
            store.close()
    return False


def kill_when(place: Place, path: Path, begun: Callable[[Place], bool]) -> None:
    """Kill the run as soon as it has ``begun`` with something."""
    process = place.start(path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not begun(place):
        pass
    assert process.poll() is None, "it was faster than we"
    process.kill()
    process.wait()


def kill_after(place: Place, path: Path, seconds: float) -> None:
    process = place.start(path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def test_killed_at_ten_random_moments_the_end_is_the_same(tmp_path: Path, export: Export) -> None:
    path, whole, broken = large(export), Place.make(tmp_path / "whole"), Place.make(tmp_path / "broken")
    began = time.monotonic()
    assert whole.run(path).returncode == 0
    took = time.monotonic() - began

    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _ in range(KILLS):
        kill_after(broken, path, chance.uniform(0.2, 1) * took)
    assert broken.run(path).returncode == 0
    assert_whole(broken, end(whole))


@pytest.mark.parametrize("begun", [places_texts, stores_comments])
def test_killed_in_the_middle_of_what_it_writes_the_end_is_the_same(
    tmp_path: Path, export: Export, begun: Callable[[Place], bool]
) -> None:
    path, whole, broken = large(export), Place.make(tmp_path / "whole"), Place.make(tmp_path / "broken")
    assert whole.run(path).returncode == 0

    kill_when(broken, path, begun)
    half = end(broken) if stores_comments(broken) else ({}, [[]])
    assert half != end(whole)
    assert broken.run(path).returncode == 0
    assert_whole(broken, end(whole))


@pytest.fixture
def own_disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk for a publication and its state."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32m,mode=0700", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own needs the right to mount one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def filled(folder: Path, left: int) -> Iterator[None]:
    """Only so many bytes are left on the disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
    with filler.open("r+b") as file:
        file.truncate(max(0, filler.stat().st_size - left))
    try:
        yield
    finally:
        filler.unlink()


@pytest.mark.parametrize("left", [0, 200_000, 800_000, 1_300_000, 2_000_000, 3_000_000])
def test_on_a_full_disk_there_is_a_sentence_and_the_next_run_goes_on(
    tmp_path: Path, export: Export, own_disk: Path, left: int
) -> None:
    path, whole, broken = large(export), Place.make(tmp_path / "whole"), Place.make(own_disk / "place")
    assert whole.run(path).returncode == 0

    with filled(own_disk, left):
        done = broken.run(path)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert "space" in done.stderr or "disk is full" in done.stderr

    assert broken.run(path).returncode == 0
    assert_whole(broken, end(whole))
