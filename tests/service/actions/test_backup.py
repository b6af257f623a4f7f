"""Backups are whole, hold no keys, and are made while others write."""

import json
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from comments.actions.backup import back_up, list_backups, read_backup
from comments.errors import Misconfigured
from comments.model import NewComment
from comments.store.sqlite import open_store
from tests.service.actions.stage import ROOT, START, Stage

ADDRESS = "very.own@mailbox.example"
PENDING = NewComment("silence", "Ann", "I slept *well*.", "<p>I slept <em>well</em>.</p>", 1, "pending", START)


def nothing(done: int, of: int) -> None:
    """Whoever does not look at the progress."""


def test_a_backup_is_one_file_that_says_what_it_holds(stage: Stage, tmp_path: Path) -> None:
    stage.sent("A text to be kept.", email=ADDRESS)

    made = back_up(stage.ctx, "command line", tmp_path / "safe", keep=None, progress=nothing)

    assert [path.name for path in (tmp_path / "safe").iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.counts == {"comments": 1, "people": 1, "accounts": 0}
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist() == ["manifest.json", "store.db"]
        told, held = json.loads(archive.read("manifest.json")), archive.read("store.db")
    assert told["sha256"] == made.sha256
    assert b"A text to be kept." in held
    assert stage.store.list_audit()[0].action == "backup"


def test_neither_keys_nor_addresses_can_be_read_in_it(stage: Stage, tmp_path: Path) -> None:
    stage.sent(email=ADDRESS)
    made = back_up(stage.ctx, "command line", tmp_path / "safe", keep=None, progress=nothing)

    with zipfile.ZipFile(made.path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    keys = json.loads((stage.runtime.var / "keys" / "keys.json").read_text())
    assert ADDRESS.encode() not in everything
    for key in (keys["lookup"], keys["signing"], *keys["data"].values()):
        assert key.encode() not in everything


def test_a_backup_is_one_moment_of_a_store_that_others_write_to(stage: Stage, tmp_path: Path) -> None:
    path, stop, written = stage.runtime.var / "store.db", threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(stage.store.add_comment(PENDING))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            count = len(written)
            made = back_up(stage.ctx, "command line", tmp_path / str(number), keep=None, progress=nothing)
            assert count <= made.counts["comments"] <= len(written)
    finally:
        stop.set()
        writer.join()
    read_backup(made.path, tmp_path / "store.db")
    copy = open_store(tmp_path / "store.db")
    assert [each.id for each in copy.iterate_comments()] == list(range(1, made.counts["comments"] + 1))
    copy.close()
    assert path.exists()


def test_only_so_many_of_the_newest_are_kept_and_nothing_else_is_touched(stage: Stage, tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    safe.mkdir()
    (safe / "holiday.zip").write_bytes(b"mine")
    made = []
    for _ in range(4):
        stage.clock.pass_(seconds=1)
        made.append(back_up(stage.ctx, "command line", safe, keep=2, progress=nothing).path)

    assert list_backups(safe) == [made[3], made[2]]
    assert (safe / "holiday.zip").exists()


def test_beside_the_store_is_no_place_for_a_backup(stage: Stage) -> None:
    with pytest.raises(Misconfigured, match="outside"):
        back_up(stage.ctx, "command line", stage.runtime.var / "backups", keep=None, progress=nothing)


@pytest.mark.parametrize("damage", ["cut", "flipped", "other", "bomb"])
def test_a_file_that_is_not_whole_is_told_apart(stage: Stage, tmp_path: Path, damage: str) -> None:
    made = back_up(stage.ctx, "command line", tmp_path / "safe", keep=None, progress=nothing).path
    whole = made.read_bytes()
    with zipfile.ZipFile(made) as archive:
        told, store = archive.read("manifest.json"), archive.read("store.db")
    if damage == "cut":
        made.write_bytes(whole[: len(whole) // 2])
    elif damage == "flipped":
        middle = len(whole) // 2
        made.write_bytes(
            whole[:middle] + bytes(255 - byte for byte in whole[middle : middle + 50]) + whole[middle + 50 :]
        )
    else:
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("manifest.json", told)
            archive.writestr("store.db", store[:-1] + b"x" if damage == "other" else store + bytes(1000))

    with pytest.raises(Misconfigured, match=r"backup"):
        read_backup(made)


def test_a_backup_killed_in_the_middle_leaves_no_file_that_looks_like_one(stage: Stage, tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    with stage.store.write():
        for _ in range(3000):
            stage.store.add_comment(PENDING)
    script = f"""
import sys
from pathlib import Path
from comments.actions.backup import back_up
from comments.actions.opening import installation_of
from comments.runtime import Settings, open_runtime

def progress(done, of):
    print(done, flush=True)
    sys.stdin.readline()

with open_runtime(Settings(var=Path({str(stage.runtime.var)!r}), theme=Path("theme"))) as runtime:
    back_up(installation_of(runtime).ctx, "command line", Path({str(safe)!r}), keep=None, progress=progress)
"""
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert list_backups(safe) == []
    assert len(list(safe.iterdir())) == 1
    made = back_up(stage.ctx, "command line", safe, keep=None, progress=nothing)
    assert list(safe.iterdir()) == [made.path]
    assert made.counts["comments"] == 3000
