"""One site in several files: in whatever order they are given, and whatever is in two of them."""

from pathlib import Path

from tests.migration.command import Place
from tests.migration.conftest import Desk, Export, comment, post


def end(desk: Desk) -> tuple[dict[str, bytes], list[tuple[object, ...]]]:
    files = {path.name: path.read_bytes() for path in desk.content.rglob("*.*") if path.is_file()}
    with desk.store() as ctx:
        told = [(one.id, one.thread, one.parent, one.source) for one in ctx.store.iterate_comments()]
    return files, told


def test_the_order_of_the_files_changes_nothing(tmp_path: Path, export: Export) -> None:
    """Parents stand in another file than their children, and some items in two."""
    first = export(
        post(1, '<a href="/?p=3">three</a>', more=comment(1)),
        post(2, kind="page", slug="same", wp__post_parent="9"),
        post(4, kind="attachment", wp__post_parent="3"),
        name="b.xml",
    )
    second = export(
        post(9, kind="page"),
        post(3, slug="same", more=comment(3, parent="2") + comment(2)),
        post(1, '<a href="/?p=3">three</a>', more=comment(1) + comment(5, parent="1")),
        name="a.xml",
    )
    ends = []
    for name, files in (("one", (first, second)), ("other", (second, first)), ("twice", (first, second, first))):
        place = Place.make(tmp_path / name)
        desk = Desk(place.folder)
        run = desk.migrate(*files)
        ends.append((*end(desk), run.ledger.counts(), [entry.why for entry in run.ledger]))
        assert desk.load().problems == ()
    assert ends[0] == ends[1] == ends[2]
    assert [one[0] for one in ends[0][1]] == [1, 2, 3, 5]
    assert ends[0][2]["comment"] == {"imported": 4, "skipped": 1}


def test_what_comes_in_a_later_file_joins_what_came_before(tmp_path: Path, export: Export) -> None:
    older = export(post(1, more=comment(1)), name="a.xml")
    newer = export(post(1, more=comment(1) + comment(2, parent="1")), post(2), name="b.xml")
    together, apart = (Desk(Place.make(tmp_path / name).folder) for name in ("together", "apart"))
    together.migrate(older, newer)
    apart.migrate(older)
    apart.migrate(newer)
    assert end(together) == end(apart)


def test_a_picture_that_is_found_later_comes_into_the_texts_that_nobody_touched(
    desk: Desk, export: Export, tmp_path: Path
) -> None:
    shown = '<p>See.</p>\n<img src="https://old.example/wp-content/uploads/2019/05/Desk.png" alt="A desk" />'
    items = export(post(1, shown), post(2, shown))
    desk.migrate(items)
    assert "*Picture not brought over: A desk.*" in desk.text("articles/2019/text-1.md")
    edited = desk.content / "articles/2019/text-2.md"
    edited.write_text(edited.read_text() + "Mine.\n")
    kept = edited.read_text()
    media = tmp_path / "uploads" / "2019" / "05"
    media.mkdir(parents=True)
    (media / "Desk.png").write_bytes((desk.content / "media/silence.png").read_bytes())

    run = desk.migrate(items, media=tmp_path / "uploads")

    assert "![A desk](media/old-site/2019/05/desk.png" in desk.text("articles/2019/text-1.md")
    assert edited.read_text() == kept
    assert desk.load().problems == ()
    assert {entry.source: entry.outcome for entry in run.ledger.entries if entry.kind == "post"} == {
        "1": "imported",
        "2": "kept",
    }
    third = desk.migrate(items, media=tmp_path / "uploads")
    assert {entry.outcome for entry in third.ledger.entries if entry.kind == "post"} == {"kept"}
