"""A rehearsal tells what the run behind it tells, and leaves nothing behind but its own report."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from comments.model import NewComment
from migrate.command import migrate
from migrate.outcomes import Ledger
from tests.migration import old_talk
from tests.migration.command import ROOT, Place
from tests.migration.conftest import NOW, Desk, Export, comment, post

Told = list[dict[str, object]]
SHOWN = '<img src="/wp-content/uploads/desk.png" alt="A desk" />'


def told(ledger: Ledger) -> Told:
    return [entry.told() for entry in ledger]


def of_wordpress(export: Export, *, half: bool = False) -> Path:
    """Three texts of several kinds, a picture, and comments that answer one another."""
    replies = comment(1) + comment(2, parent="1")
    more = (
        ""
        if half
        else comment(3, "An <b>answer</b>.", parent="2") + comment(4, parent="99") + comment(5, type="pingback")
    )
    picture = post(9, "", kind="attachment", wp__attachment_url="https://old.example/wp-content/uploads/desk.png")
    items = (post(1, SHOWN, more=replies + more), post(2, kind="page", more="" if half else comment(6)))
    return export(*items, post(3, "[shop]", wp__status="draft"), picture, post(4, kind="nav_menu_item"))


def nothing_there(desk: Desk, export: Export) -> None:
    """An installation that nobody has started yet."""


def numbers_taken(desk: Desk, export: Export) -> None:
    """Somebody wrote here before: 1 to 3 are given."""
    with desk.store() as ctx, ctx.store.write():
        for name in ("Ada", "Ben", "Cleo"):
            ctx.store.add_comment(NewComment("here", name, "Words.", "<p>Words.</p>", 1, "approved", NOW))


def half_there(desk: Desk, export: Export) -> None:
    desk.migrate(of_wordpress(export, half=True), media=desk.folder / "uploads")


def all_there(desk: Desk, export: Export) -> None:
    desk.migrate(of_wordpress(export), media=desk.folder / "uploads")


def texts_edited(desk: Desk, export: Export) -> None:
    all_there(desk, export)
    edited = desk.content / "articles/2019/text-1.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "Mine.\n", encoding="utf-8")
    (desk.content / "articles/2019/text-3.md").unlink()
    with desk.store() as ctx:
        ctx.store.delete_comment(2, NOW)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(Place.make(tmp_path / "here").folder)
    (desk.folder / "uploads").mkdir()
    (desk.folder / "uploads/desk.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    return desk


@pytest.mark.parametrize("before", [nothing_there, numbers_taken, half_there, all_there, texts_edited])
def test_a_rehearsal_tells_of_every_item_what_the_run_tells(
    desk: Desk, export: Export, before: Callable[[Desk, Export], None]
) -> None:
    before(desk, export)
    path, media = of_wordpress(export), desk.folder / "uploads"
    rehearsed = told(desk.migrate(path, media=media, dry=True).ledger)
    assert rehearsed == told(desk.migrate(path, media=media).ledger)
    if before is numbers_taken:
        assert "its number 1 was taken, so it is 4 now" in json.dumps(rehearsed)
    if before in (all_there, texts_edited):
        assert {one["outcome"] for one in rehearsed} == {"kept", "skipped"}


def test_comments_of_other_systems_are_rehearsed_in_the_same_way(small_desk: Desk, tmp_path: Path) -> None:
    parts = old_talk.thread(1), old_talk.post(1), old_talk.post(2, parent=1)
    first = old_talk.disqus(tmp_path / "first.xml", *parts)
    later = old_talk.disqus(tmp_path / "later.xml", *parts, old_talk.post(3), old_talk.post(4, parent=99))
    for path in (first, later, later):
        rehearsed = told(old_talk.bring(small_desk, path, dry=True).ledger)
        assert rehearsed == told(old_talk.bring(small_desk, path).ledger)


def tree(place: Place) -> dict[str, bytes]:
    return {name: data for name, data in place.files().items() if not name.startswith("var/migration/rehearsal")}


def test_a_rehearsal_leaves_nothing_behind_but_the_report_that_it_names(
    tmp_path: Path, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place.make(tmp_path / "here")
    monkeypatch.setenv("PN_VAR", str(place.var))
    monkeypatch.setenv("PN_THEME", str(ROOT / "theme"))
    where = ["--content", str(place.content), "--conf", str(ROOT / "pelicanconf.py")]

    def run(path: Path, *options: str) -> list[str]:
        done = CliRunner().invoke(migrate, [str(path), "--media", str(place.content / "media"), *where, *options])
        assert done.exit_code == 0, done.exception
        return done.output.splitlines()

    first, path = export(post(1, more=comment(1)), name="first.xml"), of_wordpress(export)
    assert run(path, "--dry-run")[0].startswith("Rehearsal: ")
    assert sorted(one.name for one in place.var.rglob("*")) == ["migration", "rehearsal.html", "rehearsal.json"]

    run(first)
    for service in (nullcontext(), Desk(place.folder).store()):
        with service:
            before = tree(place)
            last = run(path, "--dry-run")[-1]
            assert tree(place) == before
        assert last.endswith("rehearsal.html, and for machines in rehearsal.json")
    assert place.report()["dry"] is False
