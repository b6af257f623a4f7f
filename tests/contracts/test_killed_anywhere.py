"""Killed at any step on files and started again, the site is whole, and nothing lies about."""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comments.actions.release import list_releases, rollback
from comments.thread.render import Renderer
from tests.contracts.tiny_site import THEME, TinySite

STEPS = ("fsync", "replace", "rename", "link", "symlink", "unlink", "mkdir", "rmdir", "fchmod", "chmod", "sync")
KILLED = 9
SECRET = "Nobody must ever read this again."
RENDERER = Renderer(THEME)


def prepare(folder: Path) -> None:
    """A site with two releases and a few comments."""
    site = TinySite(folder, RENDERER)
    site.build()
    site.release()
    site.post("first", "One. <!--/thread:first-->")
    site.post("second", "Deux.")
    site.post("third", SECRET)
    site.style = "body { color: blue }"
    site.build()
    site.release()
    site.close()


def live(folder: Path) -> None:
    """What happens on a busy day, with every kind of step on files."""
    site = TinySite(folder, RENDERER)
    site.publisher.publish_due()
    comment = site.post("first", "Two.")
    site.publisher.publish("first")
    site.set_state(comment, "spam")
    site.publisher.publish("first")
    site.store.set_override("second", "closed")
    site.publisher.publish("second")
    site.store.erase_comment(3, text=True, at=site.clock())
    site.publisher.publish_everywhere("third")
    site.text = "another edition"
    site.style = "body { color: green }"
    site.build()
    site.post("second", "While nobody looked.")
    site.release(keep=2)
    rollback(site.publisher)
    site.post("first", "Three.")
    site.publisher.publish("first")
    site.release(keep=2)
    site.close()


def in_a_child(deed: Callable[[], None]) -> int:
    """The exit code of a process that did the deed."""
    child = os.fork()
    if child == 0:
        try:
            deed()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(step: int) -> None:
    """Let this process die just before its step on files with that number."""
    done = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*arguments: Any, **more: Any) -> Any:
            nonlocal done
            done += 1
            if done == step:
                os._exit(KILLED)
            return real(*arguments, **more)

        return stepping

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))


def killed_at(folder: Path, step: int) -> bool:
    def deed() -> None:
        die_at(step)
        live(folder)

    code = in_a_child(deed)
    assert code in (0, KILLED)
    return code == KILLED


def check_restart(folder: Path) -> None:
    site = TinySite(folder, RENDERER)
    try:
        site.publisher.publish_due()
        assert site.store.list_due() == []
        site.check()
        if site.store.get_comment(3).erased:
            assert not [
                path for path in site.var.rglob("*.*") if path.is_file() and SECRET in path.read_text("latin-1")
            ]
        site.build()
        site.release(keep=2)
        site.check()
        assert len(list_releases(site.var)) == 2
    finally:
        site.close()


def walk(folder: Path, first: int, stride: int) -> int:
    """Kill at every ``stride``-th step until a life ends by itself; how many were killed."""
    for step in range(first, 10_000, stride):
        place = folder / str(step)
        prepare(place)
        if not killed_at(place, step):
            return (step - first) // stride
        check_restart(place)
    raise AssertionError("a life of more steps than there should be")


def test_killed_at_some_steps_and_started_again(tmp_path: Path) -> None:
    assert walk(tmp_path, 1, 17) > 5


@pytest.mark.long
def test_killed_at_each_step_and_started_again(tmp_path: Path) -> None:
    assert walk(tmp_path, 1, 1) > 100
