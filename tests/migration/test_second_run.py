"""A second run says what is there already, and keeps what was brought over, also where the old site calls it anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from comments.actions.context import Context
from migrate.media import Media
from migrate.memory import Memory, digest
from migrate.problems import Unusable
from migrate.run import Migration
from publication.settings import from_file
from tests.migration.command import ROOT, Place
from tests.migration.conftest import NOW, Desk, Export, comment, post

PICTURE = "https://old.example/wp-content/uploads/2019/Desk.png"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Place.make(tmp_path / "here").folder)


def uploads(desk: Desk, place: str) -> Path:
    folder = desk.folder / "uploads"
    (folder / place).mkdir(parents=True)
    (folder / place / "Desk.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    return folder


def told(desk: Desk, path: Path, media: Path | None = None) -> list[tuple[str, str, list[str]]]:
    return [(one.kind, one.outcome, one.why) for one in desk.migrate(path, media=media).ledger]


def files(desk: Desk) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in desk.content.rglob("*") if path.is_file()}


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("place", ["2019", "elsewhere"])
def test_pictures_that_are_here_are_there_already_also_without_their_folder(
    desk: Desk, export: Export, place: str, again: bool
) -> None:
    shown = f'<img src="{PICTURE.replace(".png", "-300x200.png")}" alt="A desk" />'
    picture = post(2, "", kind="attachment", wp__attachment_url=PICTURE)
    path, media = export(post(1, shown, more=comment(1)), picture, post(3, kind="page")), uploads(desk, place)
    assert {outcome for _, outcome, _ in told(desk, path, media)} == {"imported"}
    before = files(desk)
    second = told(desk, path, media if again else None)
    assert second == [(kind, "kept", []) for kind in ("post", "attachment", "page", "comment")]
    assert files(desk) == before


def renamed(number: int = 1, name: str = "new-name", words: str = "Words.", more: str = "") -> str:
    return post(number, words, slug=name, more=more, title="Another title")


def test_a_text_that_was_renamed_on_the_old_site_stays_one_text_at_its_address(desk: Desk, export: Export) -> None:
    desk.migrate(export(post(1, more=comment(1)), post(2, '<a href="/?p=1">one</a>')))
    path = export(renamed(words="New words.", more=comment(1) + comment(2)), post(2, '<a href="/?p=1">one</a>'))

    second = told(desk, path)

    assert second[0] == (
        "post",
        "changed",
        ["it has another address on the old site now; here it keeps the one it had"],
    )
    assert [outcome for _, outcome, _ in second[1:]] == ["kept", "kept", "imported"]
    found = desk.load()
    assert found.problems == ()
    assert [(text.id, text.path) for text in found.articles] == [
        ("text-1", "/2019/05/text-1/"),
        ("text-2", "/2019/05/text-2/"),
    ]
    assert "New words." in desk.text("articles/2019/text-1.md")
    assert 'title: "Another title"' in desk.text("articles/2019/text-1.md")
    assert "text-1: [/2019/05/text-1/, /?p=1, /2019/05/new-name/]" in desk.text("addresses.yml")
    with desk.store() as ctx:
        assert [(one.id, one.thread) for one in ctx.store.iterate_comments()] == [(1, "text-1"), (2, "text-1")]
    before = files(desk)
    assert {(outcome, *why) for _, outcome, why in told(desk, path)} == {("kept",)}
    assert files(desk) == before


def test_words_of_the_old_site_stay_there_when_the_text_was_edited_here(desk: Desk, export: Export) -> None:
    desk.migrate(export(post(1)))
    edited = desk.content / "articles/2019/text-1.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "Mine.\n", encoding="utf-8")
    second = told(desk, export(renamed(words="New words.")))
    assert second == [
        (
            "post",
            "kept",
            [
                "it was edited here since it was brought over, and is left as it is",
                "the old site has other words now than were brought over; they stay there",
                "it has another address on the old site now; here it keeps the one it had",
            ],
        )
    ]
    assert edited.read_text(encoding="utf-8").endswith("Mine.\n")
    assert desk.load().redirects["/2019/05/new-name/"] == "/2019/05/text-1/"


def test_another_text_may_have_the_old_name_or_the_same_number(desk: Desk, export: Export) -> None:
    """Names were exchanged; and merged exports hold numbers twice."""
    desk.migrate(export(post(1, "One."), post(2, "Two.")))
    also = post(1, "Also one.", slug="also", guid="https://elsewhere.example/?p=1")
    desk.migrate(export(post(1, "One.", slug="text-2"), post(2, "Two.", slug="text-1"), also))
    found = desk.load()
    assert found.problems == ()
    assert {(text.id, text.path, text.body.strip()) for text in found.articles} == {
        ("text-1", "/2019/05/text-1/", "One."),
        ("text-2", "/2019/05/text-2/", "Two."),
        ("also", "/2019/05/also/", "Also one."),
    }


def test_a_draft_that_was_published_there_gets_its_address(desk: Desk, export: Export) -> None:
    draft = post(1, slug="", link="https://old.example/?p=1", wp__status="draft")
    desk.migrate(export(draft))
    desk.migrate(export(post(1, slug="its-name")))
    found = desk.load()
    assert [(text.id, text.path) for text in found.articles] == [("title-of-1", "/2019/05/its-name/")]


def test_a_second_run_that_was_killed_does_not_take_what_it_had_not_reached_for_edited(
    desk: Desk, export: Export
) -> None:
    """Both texts have new words there. One of the two was in place when the run was killed."""
    desk.migrate(export(post(1, "Old one."), post(2, "Old two."), post(3, "Old three.")))
    edited = desk.content / "articles/2019/text-3.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "Mine.\n", encoding="utf-8")
    old = desk.content / "articles/2019/text-2.md"
    words = old.read_bytes()
    path = export(post(1, "New one."), post(2, "New two."), post(3, "New three."), post(4, "Another."))
    desk.migrate(path)
    (desk.content / "articles/2019/text-4.md").unlink()
    old.write_bytes(words)
    memory = Memory.read(desk.folder / "var")
    memory.pending = {"articles/2019/text-2.md": digest(words), "articles/2019/text-4.md": ""}
    memory.write()

    assert [outcome for _, outcome, _ in told(desk, path)] == ["kept", "imported", "kept", "imported"]

    assert "New two." in old.read_text(encoding="utf-8")
    assert edited.read_text(encoding="utf-8").endswith("Mine.\n")
    assert Memory.read(desk.folder / "var").pending == {}
    assert {outcome for _, outcome, _ in told(desk, path)} == {"kept"}
    assert desk.load().problems == ()


@pytest.mark.parametrize("dry", [True, False])
def test_a_second_run_at_the_same_time_is_refused_and_takes_nothing_from_the_first(
    desk: Desk, export: Export, dry: bool
) -> None:
    path = export(post(1, more=comment(1)))
    refused = []

    @contextmanager
    def meanwhile(rehearsal: bool) -> Iterator[Context]:
        with pytest.raises(Unusable, match="Another migration into this publication goes on"):
            desk.migrate(path, dry=dry)
        refused.append(dry)
        with desk.store(rehearsal) as ctx:
            yield ctx

    run = Migration(
        (path,), desk.content, desk.folder / "var", from_file(ROOT / "pelicanconf.py"), NOW, Media(None), meanwhile
    )
    assert [entry.outcome for entry in run.run(dry=dry)] == ["imported", "imported"]
    assert refused == [dry]
