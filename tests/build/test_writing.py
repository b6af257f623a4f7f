"""Files are written when they change, replaced whole, and removed when no page makes them any more."""

import os
import stat
from pathlib import Path

import pytest

from plugins.writer import SiteWriter
from tests.build.newsroom import Newsroom, snapshot, stamps


def test_two_builds_at_one_moment_give_the_same_bytes(room: Newsroom, tmp_path: Path) -> None:
    room.article()
    room.resource()
    room.page()
    other = tmp_path / "other"

    assert room.build() == 0
    assert room.build(output=other) == 0

    assert snapshot(room.output) == snapshot(other)


def test_a_second_build_writes_nothing(room: Newsroom) -> None:
    room.article()
    room.build()
    before = stamps(room.output)

    room.build(PN_AS_OF="2026-06-02T08:00:00Z")

    assert stamps(room.output) == before


def test_a_new_title_changes_only_what_shows_it(room: Newsroom) -> None:
    room.article("one", topics="[care]")
    room.article("two", date="2026-03-15 09:30", authors="[luc-exemple]")
    room.page()
    room.build()
    before = snapshot(room.output)

    room.article("one", topics="[care]", title='"Another title"')
    room.build()

    after = snapshot(room.output)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert "2026/one/index.html" in changed
    assert not changed & {"about/index.html", "authors/luc-exemple/index.html", "topics/consent/index.html"}
    assert not changed & {"404.html", "shell.html", "sitemap.xml", "feeds/authors/luc-exemple.atom"}


def test_a_file_is_replaced_not_overwritten(room: Newsroom) -> None:
    room.article(title='"Old title"')
    room.build()
    held = room.output.parent / "release.html"
    os.link(room.output / "2026/first-note/index.html", held)

    room.article(title='"New title"')
    room.build()

    assert "Old title" in held.read_text()
    assert "New title" in room.read("2026/first-note/index.html")


def test_files_are_readable_by_the_web_server(room: Newsroom) -> None:
    room.article()
    room.build()

    modes = {stat.S_IMODE(path.stat().st_mode) for path in room.output.rglob("*") if path.is_file()}

    assert modes == {0o644}


def test_what_no_page_makes_any_more_is_removed_with_its_folder(room: Newsroom) -> None:
    room.article("one")
    room.article("two", tags="[rare word]")
    room.build()
    assert (room.output / "tags/rare-word/index.html").exists()
    stranger = room.output / "tags/CNAME"
    stranger.write_text("not ours")

    room.article("two")
    room.build()

    assert not (room.output / "tags/rare-word").exists()
    assert stranger.read_text() == "not ours"


def test_a_killed_build_leaves_nothing_that_is_forgotten(room: Newsroom) -> None:
    room.article()
    room.build()
    # As after a kill: a page that was listed and written, and a half-written one.
    with (room.output / "files.txt").open("a") as names:
        names.write("gone/index.html\n")
    (room.output / "gone").mkdir()
    (room.output / "gone/index.html").write_text("of a killed build")
    (room.output / ".part-12345").write_text("half")

    room.build()

    assert not (room.output / "gone").exists()
    assert not list(room.output.glob(".part-*"))


def test_a_list_that_was_tampered_with_removes_nothing_outside(room: Newsroom) -> None:
    room.article()
    room.build()
    outside = room.output.parent / "outside.txt"
    outside.write_text("mine")
    with (room.output / "files.txt").open("a") as names:
        names.write("../outside.txt\n")

    room.build()

    assert outside.exists()


@pytest.mark.parametrize("name", ["../outside", "a/../../outside", "/tmp/outside"])
def test_nothing_is_written_outside_the_output(tmp_path: Path, name: str) -> None:
    writer = SiteWriter(str(tmp_path / "output"), {})

    with pytest.raises(ValueError, match="outside the output"):
        writer.put(name, b"x")

    assert list(tmp_path.iterdir()) == []
