"""One site in several files: in whatever order they are given, and whatever is in two of them."""

from pathlib import Path

import pytest

from migrate.problems import Unusable
from tests.migration.command import Place
from tests.migration.conftest import HEAD, Desk, Export, comment, post


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


def test_an_answer_in_a_later_file_stands_below_what_it_answers_and_only_in_its_own_thread(
    desk: Desk, export: Export
) -> None:
    desk.migrate(export(post(1, more=comment(1)), post(2, more=comment(2) + comment(3, type="pingback"))))
    answers = (comment(11, parent="1"), comment(12, parent="2"), comment(13, parent="3"))
    later = desk.migrate(export(post(1, more="".join(answers))))

    with desk.store() as ctx:
        assert [ctx.store.get_comment(number).parent for number in (11, 12, 13)] == [1, None, None]
    told = {entry.source: entry.why for entry in later.ledger.of_kind("comment")}
    alone = ["the comment it answered is not here, so it begins a thread of its own"]
    assert told == {"11": [], "12": alone, "13": alone}


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


def of_another_site(export: Export, *items: str) -> Path:
    return export(*items, name="other.xml", head=HEAD.replace("old.example", "other.example"))


def test_files_of_two_sites_are_not_read_as_one(desk: Desk, export: Export) -> None:
    """Both have a post of the number 1 called the same: one of them would be taken for the other."""
    first, other = export(post(1, "Mine.")), of_another_site(export, post(1, "Theirs."))
    with pytest.raises(Unusable, match=r"other\.xml is of another site \(https://other\.example\) than export\.xml"):
        desk.migrate(first, other)
    assert not (desk.content / "articles/2019/text-1.md").exists()


def test_a_second_site_takes_nothing_from_the_first(desk: Desk, export: Export) -> None:
    theirs = {"link": "https://other.example/2019/05/text-1/", "guid": "https://other.example/?p=1"}
    first = export(post(1, "Mine.", more=comment(1, "To me.")))
    other = of_another_site(export, post(1, "Theirs.", more=comment(1, "To them."), **theirs))
    desk.migrate(first)
    mine = desk.text("articles/2019/text-1.md")
    for outcome in ("changed", "kept"):  # its number is taken
        run = desk.migrate(other)
        assert [one.outcome for one in run.ledger.of_kind("comment")] == [outcome]
        assert desk.text("articles/2019/text-1.md") == mine
        assert "Theirs." in desk.text("articles/2019/text-1-2.md")
    assert desk.load().problems == ()
    with desk.store() as ctx:
        found = [(one.id, one.thread, one.source) for one in ctx.store.iterate_comments()]
    assert found == [(1, "text-1", "To me."), (2, "text-1-2", "To them.")]


def test_files_that_share_a_number_with_something_else_come_over_as_well(desk: Desk, export: Export) -> None:
    """Merged exports hold numbers twice, for different things."""
    media = desk.folder / "uploads"
    media.mkdir()
    items = [post(1)]
    for name in ("a.txt", "b.txt"):
        (media / name).write_text(name)
        address = f"https://old.example/wp-content/uploads/{name}"
        items.append(post(1, kind="attachment", slug=name, wp__attachment_url=address))
    run = desk.migrate(export(*items), media=media)
    files = [one.file for one in run.ledger.of_kind("attachment")]
    assert files == ["media/old-site/a.txt", "media/old-site/b.txt"]
    assert [desk.text(name) for name in files] == ["a.txt", "b.txt"]


def test_two_comments_of_one_number_are_two_comments(desk: Desk, export: Export) -> None:
    """Only what has the same number, name and moment was exported twice."""
    also, they = {"author": "Ben", "date_gmt": "2019-06-01 10:00:00"}, {"author": "Cleo"}
    mine = comment(1, "Mine.") + comment(1, "Also mine.", **also) + comment(3, "To mine.", parent="1")
    theirs = comment(1, "Theirs.", **they) + comment(2, "To theirs.", parent="1") + comment(1, "Edited.", **they)
    items = post(1, more=mine), post(2, more=theirs), post(3)
    told = {"changed": 2, "imported": 3, "skipped": 1}
    assert desk.migrate(export(*items), dry=True).ledger.counts()["comment"] == told
    for counts in (told, {"kept": 5, "skipped": 1}):
        assert desk.migrate(export(*items)).ledger.counts()["comment"] == counts
        with desk.store() as ctx:
            found = {one.source: (one.id, one.thread, one.parent) for one in ctx.store.iterate_comments()}
        assert found["Mine."] == (1, "text-1", None)
        assert found["To mine."] == (3, "text-1", 1)
        assert found["To theirs."][1:] == ("text-2", found["Theirs."][0])
        assert found["Also mine."][1:] == ("text-1", None)
        assert len(found) == 5


def test_a_site_stays_the_same_when_its_address_is_written_in_another_way(desk: Desk, export: Export) -> None:
    desk.migrate(export(post(1, more=comment(1))))
    other = HEAD.replace("https://old.example", "http://WWW.old.example/")
    again = post(1, more=comment(1) + comment(2), link="http://www.old.example/2019/05/text-1/")
    run = desk.migrate(export(again, head=other, name="later.xml"))
    assert run.ledger.counts() == {"post": {"kept": 1}, "comment": {"kept": 1, "imported": 1}}
