"""Going back to an earlier release, whatever else goes on: it works, or a sentence says why not."""

import errno
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from comments.actions.publish import Publisher
from comments.actions.release import publish_release, rollback
from comments.actions.web_root import current_release
from comments.errors import NotFound, PublishProblem
from comments.thread.render import Renderer
from tests.contracts.tiny_site import TinySite
from tests.product.conftest import wait_for
from tests.service.thread.test_release import styles


def editions(site: TinySite, count: int) -> None:
    """Further releases; each has a text and a style of its own."""
    for number in range(count):
        site.text, site.style = f"edition {number}", f"p {{ order: {number} }}"
        site.build()
        site.release(keep=9)


def test_twice_goes_back_two_and_at_the_first_it_is_said(site: TinySite) -> None:
    editions(site, 2)

    assert [rollback(site.publisher), rollback(site.publisher)] == [2, 1]

    with pytest.raises(NotFound, match="There is no release before this one"):
        rollback(site.publisher)
    assert current_release(site.var).number == 1
    site.check()


@pytest.mark.parametrize("number", [0, 7, 10**9])
def test_a_number_that_is_not_kept_is_named(site: TinySite, number: int) -> None:
    editions(site, 2)

    with pytest.raises(NotFound, match=f"Release {number} is not kept"):
        rollback(site.publisher, number)

    assert current_release(site.var).number == 3


def test_pages_that_are_open_keep_their_style_when_it_goes_back(site: TinySite) -> None:
    editions(site, 1)
    newest = set(styles(current_release(site.var)))

    rollback(site.publisher)
    assert newest <= set(styles(current_release(site.var)))
    editions(site, 1)
    assert newest <= set(styles(current_release(site.var)))

    site.clock.now += timedelta(hours=2)
    site.release()
    assert len(styles(current_release(site.var))) == 2  # its own, and that compressed
    site.check()


class Held(Renderer):
    """A renderer that waits for a word while a release is filled."""

    def __init__(self, site: TinySite) -> None:
        self.__dict__.update(site.renderer.__dict__)
        self.begun, self.go = threading.Event(), threading.Event()

    def regions(self, *arguments: Any) -> dict[str, bytes]:
        self.begun.set()
        assert self.go.wait(20)
        return super().regions(*arguments)


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="asks Linux who waits for a lock")
def test_while_somebody_publishes_it_waits_and_goes_back_behind_that(site: TinySite) -> None:
    site.post("first", "Hello.")
    held, shown = Held(site), []
    slow = Publisher(site.var, site.store, held, site.clock)
    site.text = "two"
    site.build()
    publishing = threading.Thread(target=publish_release, args=(site.output, slow))
    going_back = threading.Thread(target=lambda: shown.append(rollback(site.publisher)))

    publishing.start()
    assert held.begun.wait(20)
    going_back.start()
    wait_for(lambda: waits_for_a_lock(site), "the rollback to wait")
    assert shown == []
    held.go.set()
    publishing.join(20)
    going_back.join(20)

    assert shown == [1]
    assert "one" in site.page("first")
    assert "Hello." in site.page("first")


def waits_for_a_lock(site: TinySite) -> bool:
    """Whether the system knows of somebody who waits for the lock of releases."""
    inode = str((site.var / "release.lock").stat().st_ino)
    with open("/proc/locks", encoding="ascii") as locks:
        return any("->" in line and f":{inode} " in line for line in locks)


def full_after(steps: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """The system's step, until the disk is full."""
    left = iter(range(steps))

    def step(*arguments: Any, **more: Any) -> Any:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/practice-notes")
        return real(*arguments, **more)

    return step


@pytest.mark.parametrize("steps", range(4))
@pytest.mark.parametrize("deed", ["publish", "go back"])
def test_a_full_disk_is_said_and_readers_see_what_they_saw(
    site: TinySite, monkeypatch: pytest.MonkeyPatch, deed: str, steps: int
) -> None:
    editions(site, 1)
    site.post("first", "Hello.")
    site.publisher.publish("first")
    site.text = "new"
    site.build()
    before, page = current_release(site.var).number, site.page("first")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", full_after(steps, os.fsync))
        full.setattr(os, "link", full_after(3 * steps, os.link))
        with pytest.raises(PublishProblem, match=r"^The disk is full\.$"):
            publish_release(site.output, site.publisher) if deed == "publish" else rollback(site.publisher)

    assert current_release(site.var).number == before
    assert site.page("first") == page
    if deed == "publish":
        site.release()
        assert "new" in site.page("first")
        site.check()
    else:
        rollback(site.publisher, 1)
        assert "one" in site.page("first")
