"""A text that lost anything counts as changed, with what it lost; what only led to the old site goes on doing so."""

from pathlib import Path

import pytest

from publication.settings import from_file
from tests.migration.conftest import HEAD, ROOT, Desk, Export, post

UPLOADS = "https://old.example/wp-content/uploads"
LOST = {
    f'<img src="{UPLOADS}/none.png" alt="One" />': "pictures it showed are missing",
    '<a href="/nowhere/">There</a>': "links it had became words",
    '<iframe src="https://maps.example/x"></iframe>': "players and frames in it became links",
    '<form action="/send"><input name="a" /></form>': "forms in it were left out",
    '<script src="https://count.example/a.js"></script>': "scripts in it were left out",
}


@pytest.mark.parametrize("html", LOST)
def test_a_text_that_lost_something_is_changed(desk: Desk, export: Export, tmp_path: Path, html: str) -> None:
    (tmp_path / "uploads").mkdir()

    run = desk.migrate(export(post(1, f"<p>Words.</p>{html}")), media=tmp_path / "uploads")

    assert [(entry.outcome, entry.why) for entry in run.ledger.entries] == [("changed", [LOST[html]])]


def test_a_text_whose_picture_cannot_be_published_is_changed(desk: Desk, export: Export, tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads/bad.png").write_bytes(b"none")

    run = desk.migrate(export(post(1, f'Words. <img src="{UPLOADS}/bad.png" alt="A" />')), media=tmp_path / "uploads")

    assert [entry.outcome for entry in run.ledger.entries] == ["changed"]


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{UPLOADS}/2019/talk.mp3">The talk</a>',
        '<a href="/wp-content/uploads/2019/talk.mp3">The talk</a>',
        f'<audio src="{UPLOADS}/2019/talk.mp3" title="The talk"></audio>',
    ],
)
def test_a_link_to_a_file_that_is_not_here_still_leads_to_the_old_site(desk: Desk, export: Export, html: str) -> None:
    run = desk.migrate(export(post(1, f"<p>Words.</p>{html}")))

    assert f"[The talk]({UPLOADS}/2019/talk.mp3)" in desk.text("articles/2019/text-1.md")
    assert "1 link still leads to files on the old site; each is named at its text." in run.ledger.left
    assert desk.load().problems == ()


def test_a_link_to_a_file_of_the_address_that_is_ours_now_becomes_words(desk: Desk, export: Export) -> None:
    ours = from_file(ROOT / "pelicanconf.py").url
    head = HEAD.replace("https://old.example", ours)

    desk.migrate(export(post(1, f'<a href="{ours}/wp-content/uploads/talk.mp3">The talk</a>'), head=head))

    assert desk.text("articles/2019/text-1.md").endswith("\nThe talk\n")


def test_without_a_folder_of_pictures_one_sentence_says_what_to_give(desk: Desk, export: Export) -> None:
    pictures = [f'<img src="{UPLOADS}/{number}.png" alt="A" />' for number in range(3)]

    run = desk.migrate(export(post(1, "Words." + "".join(pictures)), post(2, f"Words. {pictures[0]}")))

    assert run.ledger.left == [
        "3 pictures and files are missing: give the old site's uploads folder with --media, and run it again."
    ]
    assert [(entry.outcome, entry.findings) for entry in run.ledger.entries] == [("changed", [])] * 2
