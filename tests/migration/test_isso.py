"""What stands in Isso's database, from the file to the store."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from migrate import report
from migrate.problems import Unusable
from tests.migration.conftest import NOW, Desk
from tests.migration.old_talk import bring, isso, outcomes, row, stored


def test_comments_keep_words_parent_moment_and_state_and_are_unescaped_once(small_desk: Desk, tmp_path: Path) -> None:
    path = isso(
        tmp_path / "comments.db",
        row(1, "Some *words* & <3", author="Tom &amp; Ann &amp;lt;", website="https://x.example/?a=1&amp;b=2"),
        row(2, "Below.", parent=1, email="o&#x27;neil@secret.example", mode=2),
    )
    told = bring(small_desk, path)
    one, two = stored(small_desk)
    assert (one.thread, one.name, one.website) == ("first", "Tom & Ann &lt;", "https://x.example/?a=1&b=2")
    assert (one.source, one.html) == ("Some *words* & <3", "<p>Some <em>words</em> &amp; &lt;3</p>\n")
    assert one.created.isoformat(timespec="seconds") == "2019-05-03T10:00:01+00:00"
    assert (two.parent, two.state) == (one.id, "pending")
    with small_desk.store() as ctx:
        sealed = ctx.store.find_address(two.person or 0)
        assert sealed is not None
        assert ctx.vault.open(f"person:{two.person}", sealed[0]) == "o'neil@secret.example"
    assert told.ledger.counts() == {"comment": {"imported": 2}, "thread": {"imported": 1}}


def test_html_among_the_markdown_is_read_as_html_and_made_safe(small_desk: Desk, tmp_path: Path) -> None:
    text = '<p>Old <b>words</b> <script>alert(1)</script></p>\n\nAnd *new* `<p>` <a href="javascript:x">no</a>'
    bring(small_desk, isso(tmp_path / "comments.db", row(1, text)))
    html = stored(small_desk)[0].html
    assert "<strong>words</strong>" in html
    assert "<em>new</em> <code>&lt;p&gt;</code>" in html
    assert not any(word in html for word in ("<script", "alert", "javascript"))


def test_markdown_that_comments_here_do_not_know_becomes_words_and_links_and_is_told(
    small_desk: Desk, tmp_path: Path
) -> None:
    text = "# Head\n\n![A tree](https://x.example/tree.png)\n\n| Who | Fee |\n| --- | --- |\n| Ada | 5 |\n"
    told = bring(small_desk, isso(tmp_path / "comments.db", row(1, text)))
    assert stored(small_desk)[0].source == (
        "**Head**\n\n[A tree](https://x.example/tree.png)\n\n**Who** | **Fee**  \nAda | 5"
    )
    assert {why for why, _ in told.ledger.reasons("changed")} == set(next(told.ledger.of_kind("comment")).why)
    assert next(told.ledger.of_kind("comment")).why == [
        "its heading became a bold line",
        "its table became lines of text",
        "its picture became a link",
    ]


def test_every_record_is_accounted_for_once_and_no_address_is_in_the_report(small_desk: Desk, tmp_path: Path) -> None:
    rows = (
        row(1, likes=3, dislikes=1),
        row(2, "", mode=4, author=None),
        row(3, "", mode=4),
        row(4, parent=3),
        row(5, mode=7),
        row(6, tid=9),
        row(7, tid=2, author="who@secret.example"),
        row(8, ""),
        row(9, author=None, email=None),
        row(10, tid=None),
    )
    told = bring(small_desk, isso(tmp_path / "comments.db", *rows, uris=("/2019/05/first/", "/gone/?id=5")))
    page = report.write(small_desk.folder / "var", told.ledger, told.site, NOW, dry=False, dropped=0)
    written = json.loads((page.parent / "report.json").read_bytes())
    assert written["total"] == len(rows) + 2 == sum(sum(kind.values()) for kind in written["counts"].values())
    assert outcomes(told.ledger) == {
        "1": ("imported", ""),
        "2": ("skipped", "it was deleted there"),
        "3": ("changed", "it was deleted there; only its place is kept, for the answers below it"),
        "4": ("imported", ""),
        "5": ("changed", "its state is unknown, so it waits for a moderator"),
        "6": ("skipped", "its thread is not in the database"),
        "7": ("skipped", "no article here stands or stood at its address"),
        "8": ("skipped", "it has no text"),
        "9": ("imported", ""),
        "10": ("skipped", "its thread is not in the database"),
    }
    assert written["left"] == ["3 votes for comments and 1 against stay behind."]
    assert "3 votes for" in page.read_text(encoding="utf-8")
    assert "secret.example" not in page.read_text(encoding="utf-8") + json.dumps(written)


def test_what_was_deleted_brings_no_address_along(small_desk: Desk, tmp_path: Path) -> None:
    bring(small_desk, isso(tmp_path / "comments.db", row(1, "", mode=4), row(2, parent=1)))
    one, two = stored(small_desk)
    assert (one.state, one.has_address, one.person, one.name) == ("trash", False, None, "")
    assert (two.parent, two.has_address) == (one.id, True)


@pytest.mark.parametrize("version", [0, 3, 5])
def test_databases_of_every_version_are_read(small_desk: Desk, tmp_path: Path, version: int) -> None:
    path = isso(tmp_path / "comments.db", row(1), row(2, None), row(3, parent=1), row(4, parent=3), version=version)
    bring(small_desk, path)
    found = stored(small_desk)
    assert [one.parent for one in found] == [None, found[0].id, found[1].id]


def test_the_database_and_its_folder_stay_as_they_are(small_desk: Desk, tmp_path: Path) -> None:
    """Isso may be running: what its log still holds is read, and nothing is written beside it."""
    folder = tmp_path / "isso"
    folder.mkdir()
    path = isso(folder / "comments.db", row(1))
    running = sqlite3.connect(path, isolation_level=None)
    running.execute("PRAGMA journal_mode = WAL")
    columns = row(2)
    running.execute(
        f"INSERT INTO comments ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", [*columns.values()]
    )
    before = {one.name: (one.read_bytes(), os.stat(one).st_mtime_ns) for one in folder.iterdir()}
    assert "comments.db-wal" in before
    bring(small_desk, path)
    assert {one.name: (one.read_bytes(), os.stat(one).st_mtime_ns) for one in folder.iterdir()} == before
    running.close()
    assert [one.name for one in stored(small_desk)] == ["Reader 1", "Reader 2"]


@pytest.mark.parametrize("created", [None, "yesterday", -5.0, 1e30, float("inf"), 1556877600000.0])
def test_absurd_dates_are_told(small_desk: Desk, tmp_path: Path, created: Any) -> None:
    told = bring(small_desk, isso(tmp_path / "comments.db", row(1, created=created)))
    assert outcomes(told.ledger)["1"][0] == "changed"
    assert stored(small_desk)[0].created == NOW


def test_a_second_run_adds_only_what_is_new(small_desk: Desk, tmp_path: Path) -> None:
    bring(small_desk, isso(tmp_path / "comments.db", row(1)))
    told = bring(small_desk, isso(tmp_path / "later.db", row(1, "Changed there."), row(2, parent=1)))
    one, two = stored(small_desk)
    assert (one.source, two.parent) == ("A reply.", one.id)
    assert [outcome for outcome, _ in outcomes(told.ledger).values()] == ["kept", "imported"]


def test_a_thread_may_be_called_by_the_id_of_its_article(small_desk: Desk, tmp_path: Path) -> None:
    bring(small_desk, isso(tmp_path / "comments.db", row(1), uris=("first",)))
    assert stored(small_desk)[0].thread == "first"


def without_column(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE comments DROP COLUMN text")


def without_table(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE threads RENAME TO other")


def with_a_view(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE comments RENAME TO other")
        database.execute("CREATE VIEW comments AS SELECT * FROM other")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def overwritten(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (without_column, "lacks text"),
        (without_table, "without the table threads"),
        (with_a_view, "without the table comments"),
        (cut, "cannot be read as a database"),
        (overwritten, "cannot be read as a database"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence_and_leaves_no_trace(
    small_desk: Desk, tmp_path: Path, damage: Any, words: str
) -> None:
    path = isso(tmp_path / "comments.db", *(row(number) for number in range(1, 30)))
    damage(path)
    with pytest.raises(Unusable, match=words) as told:
        bring(small_desk, path)
    assert "comments.db" in str(told.value)
    assert not (small_desk.folder / "var/store.db").exists()


def test_text_that_is_not_utf_8_stops_nothing(small_desk: Desk, tmp_path: Path) -> None:
    path = isso(tmp_path / "comments.db", row(1))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE comments SET text = CAST(x'436166e9' AS TEXT), author = x'416e6e'")
    bring(small_desk, path)
    assert [(one.source, one.name) for one in stored(small_desk)] == [("Caf\ufffd", "Ann")]


def test_the_json_that_isso_reads_is_read_here_too(small_desk: Desk, tmp_path: Path) -> None:
    one = {
        "id": 1,
        "text": "One *two*",
        "author": "Ann",
        "email": "ann@secret.example",
        "website": "",
        "remote_addr": "",
    }
    pages = [
        {"id": "/2019/05/first/", "title": "First", "comments": [one | {"created": "2019-05-03 10:00:00"}]},
        {"id": "/gone/", "title": "Gone", "comments": [one | {"created": "never"}, one | {"id": 2}]},
    ]
    path = tmp_path / "comments.json"
    path.write_text(json.dumps(pages, indent=1), encoding="utf-8")
    told = bring(small_desk, path)
    (found,) = stored(small_desk)
    assert (found.thread, found.name, found.source, found.has_address) == ("first", "Ann", "One *two*", True)
    assert told.ledger.counts() == {"comment": {"imported": 1, "skipped": 2}, "thread": {"imported": 1, "skipped": 1}}
    assert {entry.outcome for entry in bring(small_desk, path).ledger.entries} == {"kept", "skipped"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'[{"id": "/a/", "comments": [{"id": 1}, 3]}]', "page 1, comment 2"),
        (b'[{"id": "/a/", "comments": []}, {"title": "x"}]', "page 2: it has no id"),
        (b'[{"id": "/a/", "comments": [\n{"id": 1', "line 2: this is no whole JSON"),
        (b'[{"id": "/\xe9/", "comments": []}]', "byte 10: it is not in UTF-8"),
    ],
)
def test_bad_json_is_answered_with_a_sentence(small_desk: Desk, tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "comments.json"
    path.write_bytes(data)
    with pytest.raises(Unusable, match=words):
        bring(small_desk, path)
