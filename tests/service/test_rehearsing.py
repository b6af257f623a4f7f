"""A copy of the installation for trying something out: the installation itself is not touched."""

import shutil
import stat
from pathlib import Path

import pytest

from comments.errors import Misconfigured
from comments.model import NewComment
from comments.runtime import Runtime, Settings, open_runtime, read_settings, utc_now
from comments.runtime.rehearsing import FOLDER, open_copy, sweep


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"PN_VAR": str(tmp_path / "var")})


def say(runtime: Runtime, words: str) -> None:
    with runtime.store.write():
        runtime.store.add_comment(NewComment("here", "Ada", words, f"<p>{words}</p>", 1, "approved", utc_now()))


def words(runtime: Runtime) -> list[str]:
    return [one.source for one in runtime.store.iterate_comments()]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_has_what_is_in_the_log_alone_and_gives_nothing_back(settings: Settings, tmp_path: Path) -> None:
    """A killed process left the log; the file is behind."""
    with open_runtime(settings, create=True) as runtime:
        say(runtime, "In the log.")
        shutil.copytree(settings.var, tmp_path / "killed", ignore=shutil.ignore_patterns("*-shm"))
    assert (tmp_path / "killed/store.db-wal").stat().st_size
    killed = read_settings({"PN_VAR": str(tmp_path / "killed")})
    before = tree(killed.var)

    with open_copy(killed) as runtime:
        assert words(runtime) == ["In the log."]
        say(runtime, "Here alone.")
        inside = list((killed.var / FOLDER).rglob("*"))
        assert all(not stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (killed.var / FOLDER, *inside))

    assert tree(killed.var) == before
    with open_runtime(killed) as runtime:
        assert words(runtime) == ["In the log."]


def test_where_there_is_no_store_it_is_an_empty_one_and_none_is_made(settings: Settings) -> None:
    with open_copy(settings) as runtime:
        say(runtime, "Here alone.")
    assert list(settings.var.iterdir()) == []


def test_what_a_killed_one_left_is_taken_away_but_not_what_one_needs_that_goes_on(settings: Settings) -> None:
    (settings.var / FOLDER).mkdir(parents=True)
    (settings.var / FOLDER / "store.db").write_text("left behind")
    with open_copy(settings) as runtime:
        sweep(settings.var)
        say(runtime, "It is still there.")
        with pytest.raises(Misconfigured, match="Another rehearsal is going on"), open_copy(settings):
            pass
    assert list(settings.var.iterdir()) == []


def test_keys_that_are_missing_are_missed_where_they_belong(settings: Settings) -> None:
    open_runtime(settings, create=True).close()
    shutil.rmtree(settings.var / "keys")
    with pytest.raises(Misconfigured, match=f"keys in {settings.var.resolve()}/keys are missing"), open_copy(settings):
        pass
    assert not (settings.var / FOLDER).exists()
