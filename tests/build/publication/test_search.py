"""The search index: what is in it, and that it follows the content without a trace of what was."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from publication.search import index
from publication.search.rows import Row, rows
from publication.search.words import fold, words
from tests.build.publication.desk import Desk

TOPICS: index.Topics = [("ethics", "Ethics", 0)]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "search.db"


def text(number: int, body: str = "Words.", **changes: str) -> Row:
    fields = {
        "language": "en",
        "url": f"/{number}/",
        "title": f"Note {number}",
        "names": "",
        "summary": "What it says.",
    }
    return Row(f"article {number}", "article", body=body, topics=("ethics",), **fields | changes)


def update(path: Path, found: list[Row], topics: index.Topics = TOPICS) -> bool:
    """As ``index.update`` does it, from rows."""
    try:
        changes = index.compare(path, found, topics)
        if changes:
            index.apply(path, changes)
        return bool(changes)
    except index.Damaged:
        index.build(path, found, topics)
        return True


def ask(path: Path, statement: str, *values: object) -> list[object]:
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute(statement, values)]


def stamp(path: Path) -> tuple[int, int, bytes]:
    return path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()


def test_every_public_article_resource_and_author_is_a_row(desk: Desk) -> None:
    desk.article("silence", body="A **pause**.\n", title='"On silence"', topics="[consent]", tags="[chat]")
    desk.article("hidden", body="Nobody may find this.\n", status="draft")
    desk.article("later", date="2027-01-01 09:00")
    desk.resource(csl="{type: article, issued: 2004, author: [{family: Viganò, given: Noemi}]}")

    found = {row.key: row for row in rows(desk.load())}

    assert sorted(found) == ["article silence", "author luc-exemple", "author mara-example", "resource suler-2004"]
    article, resource = found["article silence"], found["resource suler-2004"]
    assert (article.url, article.topics, article.byline, article.year) == (
        "/2026/silence/",
        ("consent", "ethics"),
        "Mara Example",
        "2026",
    )
    assert article.columns == ("On silence", "Mara Example · Consent · Ethics · chat", "What it says.", "A pause.")
    assert (resource.byline, resource.year) == ("Noemi Viganò", "2004")
    assert found["author mara-example"].shelves == ("en", "fr")


def test_a_publication_becomes_an_index_and_again_nothing(desk: Desk, path: Path) -> None:
    desk.article()

    assert index.update(desk.load(), path)
    before = stamp(path)

    assert not index.update(desk.load(), path)
    assert stamp(path) == before


def test_the_same_content_gives_the_same_bytes(path: Path) -> None:
    found = [text(number, body=f"Word{number} and éthique.") for number in range(20)]
    index.build(path, found, TOPICS)
    again = path.with_name("again.db")

    index.build(again, reversed(found), TOPICS)

    assert again.read_bytes() == path.read_bytes()
    assert sorted(file.name for file in path.parent.iterdir()) == ["again.db", "search.db"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_only_what_differs_is_written(path: Path) -> None:
    found = [text(number) for number in range(5)]
    index.build(path, found, TOPICS)

    changes = index.compare(path, [replace(found[0], summary="Other."), *found[1:4], text(9)], TOPICS)

    assert [row.key for row in changes.rows] == ["article 0", "article 9"]
    assert changes.gone == ("article 4",)
    assert changes.topics is None
    assert index.compare(path, found, [("ethics", "Duties", 0)]).topics == [("ethics", "Duties", 0)]


@pytest.mark.parametrize("field", ["language", "url", "title", "names", "summary", "byline", "year"])
def test_every_fact_counts(path: Path, field: str) -> None:
    update(path, [text(1)])

    assert update(path, [replace(text(1), **{field: "fr"})])


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database " * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:20_000]),
        lambda path: path.write_bytes(path.read_bytes()[:9000] + b"\xff" * 3000 + path.read_bytes()[12_000:]),
        lambda path: ask(path, "DROP TABLE words"),
        lambda path: path.chmod(0o444),
    ],
    ids=["empty", "other", "half", "holes", "table", "mode"],
)
def test_a_damaged_index_is_made_anew(path: Path, harm: object) -> None:
    found = [text(number) for number in range(60)]
    clean = path.with_name("clean.db")
    index.build(clean, found, TOPICS)
    index.build(path, found[:-1], TOPICS)
    assert callable(harm)
    harm(path)

    assert update(path, found)

    assert ask(path, "SELECT key FROM texts ORDER BY key") == ask(clean, "SELECT key FROM texts ORDER BY key")
    assert ask(path, "SELECT rowid FROM found_en WHERE found_en MATCH 'note'") == list(range(1, 61))
    assert not update(path, found)


def test_an_index_of_other_code_is_made_anew(path: Path) -> None:
    update(path, [text(1)])
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE about SET made_by = 'yesterday'")
    before = path.stat().st_ino

    assert update(path, [text(1)])
    assert path.stat().st_ino != before


def test_who_holds_the_old_file_keeps_what_it_held(path: Path) -> None:
    update(path, [text(1)])
    held = path.with_name("held.db")
    os.link(path, held)

    update(path, [text(1, body="Changed.")])

    assert ask(held, "SELECT body FROM found_en") == ["Words."]
    assert ask(path, "SELECT body FROM found_en") == ["Changed."]


@pytest.mark.parametrize("others", [3, index.SMALL + 50])
def test_nothing_hidden_remains_in_any_byte(path: Path, others: int) -> None:
    found = [text(number) for number in range(others)]
    secret = text(99_999, body="Zyxolophonisch " * 3000, title="Qwexilated", summary="Vbnmopical.", language="fr")
    traces = (b"xolophonisch", b"xilated", b"nmopical", b"99999")
    update(path, [*found, secret])
    whole = path.read_bytes().lower()
    assert all(trace in whole for trace in traces)

    update(path, found)

    left = path.read_bytes().lower()
    assert [trace for trace in traces if trace in left] == []
    assert sorted(file.name for file in path.parent.iterdir()) == ["search.db"]


def test_a_word_taken_out_of_a_text_remains_in_no_byte_of_a_small_index(path: Path) -> None:
    update(path, [text(1, body="Said by Zyxolophona."), text(2)])

    update(path, [text(1, body="Said by somebody."), text(2)])

    assert b"xolophona" not in path.read_bytes().lower()


def test_a_word_taken_out_of_a_text_is_in_no_byte_of_a_large_index_after_a_few_changes(path: Path) -> None:
    found = [text(number) for number in range(index.SMALL + 50)]
    found[1] = text(1, body="Said by Zyxolophona.")
    index.build(path, found, TOPICS)

    for number in range(1, 4):
        assert b"xolophona" in path.read_bytes().lower()
        found[number] = text(number, body="Said by somebody.")
        index.apply(path, index.compare(path, found, TOPICS), sweep_after=3)

    assert b"xolophona" not in path.read_bytes().lower()
    assert ask(path, "SELECT rowid FROM found_en WHERE found_en MATCH 'somebody'") != []


def test_a_large_index_is_swept_once_in_so_many_changes(path: Path) -> None:
    found = [text(number) for number in range(index.SMALL + 50)]
    index.build(path, found, TOPICS)

    left = []
    for number in range(1, 8):
        found[number] = text(number, body="Said by somebody.")
        index.apply(path, index.compare(path, found, TOPICS), sweep_after=3)
        left += ask(path, "SELECT unswept FROM about")

    assert left == [1, 2, 0, 1, 2, 0, 1]


CHILD = """
import os, sys
from dataclasses import dataclass
from pathlib import Path
from publication.search import index
from tests.build.publication.test_search import TOPICS, text
class Last(type(text(1))):
    @property
    def columns(self):
        os._exit(9)
big = text(1, body=" ".join(f"word{number} wort{number}" for number in range(200_000)))
last = text(3)
changes = index.Changes((big, Last(**vars(last))), (), None)
index.apply(Path(sys.argv[1]), changes)
"""


def test_a_build_that_is_killed_leaves_the_index_of_before(path: Path) -> None:
    found = [text(1), text(2)]
    update(path, found)

    done = subprocess.run([sys.executable, "-c", CHILD, str(path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert path.with_name("search.db-journal").exists()

    assert not update(path, found)
    assert ask(path, "SELECT body FROM found_en ORDER BY rowid") == ["Words.", "Words."]
    assert sorted(file.name for file in path.parent.iterdir()) == ["search.db"]


def test_words_are_counted_as_readers_write_them() -> None:
    assert words(["L’Éthique, l'éthique; cœur 2nd no", "Wait—what?"]) == {"éthique", "cœur", "wait", "what"}
    assert fold("Cœur") == "coeur"
    assert fold("ÉTHIQUE") == "ethique"
