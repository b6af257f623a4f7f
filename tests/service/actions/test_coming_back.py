"""Before going back one learns what would be public again that was taken off the site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comments.actions.coming_back import ComingBack, coming_back
from comments.actions.web_root import current_release, find_release, list_releases
from comments.manifest import WRITTEN
from comments.thread.render import Renderer
from tests.contracts.tiny_site import THEME, THREADS, TinySite


@pytest.fixture
def site(tmp_path: Path) -> Iterator[TinySite]:
    """Three releases: with an article, a page and a resource; without them; and with something new."""
    tiny = TinySite(tmp_path, Renderer(THEME))
    gone = ("fees/index.html", "resources/old-book/index.html", "resources/old.pdf", "feeds/fees.atom")
    for number, others in enumerate([gone, (), ("new/index.html",)]):
        tiny.threads = {key: entry for key, entry in THREADS.items() if key != "second" or not number}
        tiny.style = f"body {{ order: {number} }}"
        tiny.build()
        for other in others:
            (tiny.output / other).parent.mkdir(parents=True, exist_ok=True)
            (tiny.output / other).write_text("words")
        tiny.release()
    yield tiny
    tiny.close()


def back(site: TinySite, target: int, now: int = 3) -> ComingBack:
    return coming_back(list_releases(site.var), find_release(site.var, target), find_release(site.var, now))


TAKEN_OFF = ("/fees/", "/resources/old-book/", "/resources/old.pdf")


def test_articles_pages_and_resources_that_come_back_are_named(site: TinySite) -> None:
    assert back(site, 1) == ComingBack((THREADS["second"],), TAKEN_OFF, ("/new/",))


def test_the_builds_own_list_says_the_same(site: TinySite) -> None:
    expected = back(site, 1)
    for release in list_releases(site.var):
        names = [path.relative_to(release.public).as_posix() for path in release.public.rglob("*") if path.is_file()]
        (release.folder / WRITTEN).write_text("\n".join([*names, "threads.json", ""]))

    assert back(site, 1) == expected


def test_what_the_newest_release_has_was_not_taken_off(site: TinySite) -> None:
    assert back(site, 3, now=1) == ComingBack((), (), TAKEN_OFF)


def test_what_readers_have_already_does_not_come_back(site: TinySite) -> None:
    now = current_release(site.var).number
    assert back(site, now, now) == ComingBack()
    assert back(site, 1, now=1) == ComingBack()


def test_a_release_that_has_lost_its_list_is_told_by_its_addresses(site: TinySite) -> None:
    (site.var / "releases/1/threads.json").write_text("{")

    assert back(site, 1).addresses == ("/2026/second/", *TAKEN_OFF)
