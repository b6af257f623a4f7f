"""Whatever is in a file, the answer is a problem with a cure."""

import os
from pathlib import Path

import pytest

from tests.build.publication.desk import Desk

FRONT = "---\nid: x\ntitle: X\n---\n"
HERE = "content/articles/2026/x.md"


@pytest.mark.parametrize(
    ("raw", "line", "what"),
    [
        (b"", 1, "The file is empty"),
        (b"\n \n\n", 1, "The file is empty"),
        (b"\xef\xbb\xbf", 1, "The file is empty"),
        (b"Just words.\n", 1, "The lines above the text are missing"),
        (b"Words\n---\nid: x\n---\n", 1, "The lines above the text are missing"),
        (b"---\nid: x\ntitle: X\n", 1, "The lines above the text have no end"),
        (b"---\n---\nWords", 2, "There are no keys here"),
        (FRONT.encode() + b"Caf\xe9\n", 5, "The file is not UTF-8 text"),
        (FRONT.encode("utf-16"), 1, "The file is not UTF-8 text"),
        (FRONT.encode() + b"a\x00b", 5, "There is an invisible character here (U+0000)"),
        (FRONT.encode() + "a\u2028b".encode(), 5, "There is an invisible character here (U+2028)"),
        (FRONT.encode() + b"x" * 1_000_001, 1, "The file is larger than 1 MB"),
        (
            b"---\ntitle: " + b"x" * 200_000 + b"\n---\n",
            1,
            "The lines above the text (between the two ---) are too many",
        ),
        (FRONT.encode() + b"<!--/Thread:x-->", 5, "The text holds a mark that the comment service uses"),
        (FRONT.encode() + b"`<!-- comments-ld:x -->`", 5, "The text holds a mark that the comment service uses"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(desk: Desk, raw: bytes, line: int, what: str) -> None:
    desk.write("articles/2026/x.md", raw)

    assert desk.complaint().startswith(f"{HERE}:{line}: {what}")


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + FRONT.encode() + b"Words.\n",
        FRONT.replace("\n", "\r\n").encode() + b"Words.\r\n",
        FRONT.replace("\n", "\r").encode() + b"Words.\r",
        b"\n\n" + FRONT.encode() + b"Words.\n",
        b"--- \nid: x\ntitle: X\n---\t\nWords.\n",
        FRONT.encode() + b"Words.\n\n---\n\nMore words.\n",
        FRONT.encode(),
    ],
)
def test_what_other_editors_write_is_fine(desk: Desk, raw: bytes) -> None:
    desk.write("articles/2026/x.md", raw)

    assert desk.complaints() == []
    (draft,) = desk.load().hidden
    assert draft.body[:6] in ("Words.", "")


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("articles/2026/note.markdown", "here they end in .md"),
        ("resources/note.txt", "here they end in .md"),
        ("authors/x.yaml", "here they end in .yml"),
        ("note.md", "Move it to content/articles"),
    ],
)
def test_no_file_is_passed_over_in_silence(desk: Desk, name: str, cure: str) -> None:
    desk.write(name, FRONT)

    assert desk.complaint().startswith(f"content/{name}:1: This file is not read")
    assert cure in desk.complaint()


@pytest.mark.parametrize("name", [".note.md.swp", "articles/.hidden/x.md", "articles/note.md~", "articles/#note.md#"])
def test_what_an_editor_leaves_behind_is_passed_over(desk: Desk, name: str) -> None:
    desk.write(name, "anything")

    assert desk.complaints() == []


def test_a_name_that_is_no_unicode_is_still_shown(desk: Desk) -> None:
    folder = desk.content / "articles"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.md")).write_bytes(b"")

    assert desk.complaint().startswith("content/articles/caf\ufffd.md:1: The file is empty")


def test_a_link_to_nothing_is_a_problem_and_no_traceback(desk: Desk) -> None:
    (desk.content / "pages").mkdir()
    (desk.content / "pages" / "x.md").symlink_to("nowhere")

    assert desk.complaint().startswith("content/pages/x.md:1: The file cannot be read")


def test_a_missing_content_folder_is_a_problem(desk: Desk) -> None:
    desk.content = desk.content / "elsewhere"

    assert "The content folder is missing" in desk.complaint()


@pytest.mark.parametrize("name", ["media/picture.png", "articles/2026/note.md", "authors/mara.yml", "articles/more"])
def test_a_link_out_of_the_content_is_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "private"
    outside.mkdir()
    (outside / "file").write_text("secret")
    link = desk.content / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside / "file" if link.suffix else outside)

    found = [one for one in desk.complaints() if "leads out of the content" in one]
    assert found == [
        f"content/{name}:1: This link leads out of the content. Delete the link, and put the file itself here."
    ]


def test_a_link_inside_the_content_is_fine(desk: Desk) -> None:
    (desk.content / "media" / "again.svg").symlink_to("drawing.svg")

    assert desk.complaints() == []
