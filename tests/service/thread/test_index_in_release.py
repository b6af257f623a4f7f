"""A release has an index of its own, whatever the next build does to its file."""

import os

from comments.actions.web_root import current_release
from tests.contracts.tiny_site import TinySite


def test_the_index_is_a_copy_and_the_pages_are_links(site: TinySite) -> None:
    site.release()

    release = current_release(site.var)
    assert not os.path.samefile(release.folder / "search.db", site.output / "search.db")
    assert os.path.samefile(release.public / "index.html", site.output / "index.html")


def test_what_a_killed_build_left_beside_the_index_is_never_public(site: TinySite) -> None:
    (site.output / "search.db-journal").write_bytes(b"the words of a text that was withdrawn")

    site.release()

    release = current_release(site.var)
    assert [path.name for path in release.folder.rglob("search.db*")] == ["search.db"]


def test_a_build_without_an_index_can_be_released(site: TinySite) -> None:
    (site.output / "search.db").unlink()

    site.release()

    assert not (current_release(site.var).folder / "search.db").exists()
