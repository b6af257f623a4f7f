"""A rehearsal tells what the run behind it tells, and leaves nothing behind but its own report."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from comments.errors import Misconfigured
from comments.model import NewComment
from migrate.outcomes import Ledger
from tests.migration.command import Place
from tests.migration.conftest import NOW, Desk, Export, comment, post
from tests.migration.old_talk import bring

Told = list[dict[str, object]]
SHOWN = '<img src="/wp-content/uploads/desk.png" alt="A desk" />'


def told(ledger: Ledger) -> Told:
    return [entry.told() for entry in ledger]


def of_wordpress(export: Export, *, half: bool = False) -> Path:
    """Three texts of several kinds, a picture, and comments that answer one another."""
    replies = comment(1) + comment(2, parent="1")
    more = "" if half else comment(3, "An <b>answer</b>.", parent="2") + comment(4, parent="99") + comment(5, type="pingback")
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


@pytest.mark.parametrize("before", [nothing_there, numbers_taken, half_there, all_there, texts_edited])
def test_a_rehearsal_tells_of_every_item_what_the_run_tells(
    desk: Desk, export: Export, before: Callable[[Desk, Export], None]
) -> None:
    media = desk.folder / "uploads"
    media.mkdir()
    (media / "desk.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    before(desk, export)
    path = of_wordpress(export)
    rehearsed = told(desk.migrate(path, media=media, dry=True).ledger)
    assert rehearsed == told(desk.migrate(path, media=media).ledger)
    if before is numbers_taken:
        assert "its number 1 was taken, so it is 4 now" in json.dumps(rehearsed)
    if before is texts_edited:
        assert {one["outcome"] for one in rehearsed} <= {"kept", "skipped"}
