"""What stands in a backup of Remark42, from the file to the store."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from migrate import report
from migrate.problems import Unusable
from tests.migration.conftest import NOW, Desk
from tests.migration.old_talk import FIRST, bring, outcomes, remark42, said, stored

ELSEWHERE = "https://old.example/gone/"


@pytest.mark.parametrize("name", ["backup.gz", "backup.json"])
def test_comments_keep_text_parent_and_moment(small_desk: Desk, tmp_path: Path, name: str) -> None:
    path = remark42(
        tmp_path / name,
        said("b", "<p>One <em>two</em></p>\n", pid="a", orig="<script>alert(1)</script>"),
        said("a", "", orig="Only *Markdown* <b onclick=x>here</b>", edit={"time": "2019-05-03T10:01:00Z"}),
    )
    told = bring(small_desk, path)
    above, below = stored(small_desk)
    assert (below.thread, below.name, below.parent) == ("first", "Reader b", above.id)
    assert (below.html, below.source) == ("<p>One <em>two</em></p>", "One *two*")
    assert "<em>Markdown</em> <strong>here</strong>" in above.html
    assert "onclick" not in above.html + below.html
    assert above.created.isoformat(timespec="seconds") == "2019-05-03T08:00:00+00:00"
    assert not above.has_address
    assert told.ledger.counts() == {"comment": {"imported": 2}, "thread": {"imported": 1}}


def test_every_line_is_accounted_for_once_and_no_address_is_in_the_report(small_desk: Desk, tmp_path: Path) -> None:
    lines = (
        said("a", votes={"u1": True, "u2": False}),
        said("b", "", orig="", delete=True),
        said("c", "", delete=True, user={"name": "deleted", "id": "deleted"}),
        said("d", pid="c"),
        said("e", url=ELSEWHERE, user={"name": "who@secret.example"}),
        said("f", ""),
        said("", "No number."),
        said("a", "Twice."),
        said("g", user=None, time="never", title=None),
        said("h", locator=None),
    )
    told = bring(small_desk, remark42(tmp_path / "backup.gz", *lines))
    page = report.write(small_desk.folder / "var", told.ledger, told.site, NOW, dry=False, dropped=0)
    written = json.loads((page.parent / "report.json").read_bytes())
    assert sum(written["counts"]["comment"].values()) == len(lines)
    assert written["total"] == len(lines) + 3  # pages
    assert outcomes(told.ledger) == {
        "a": ("skipped", "the export holds this comment twice"),
        "b": ("skipped", "it was deleted there"),
        "c": ("changed", "it was deleted there; only its place is kept, for the answers below it"),
        "d": ("imported", ""),
        "e": ("skipped", "no article here stands or stood at its address"),
        "f": ("skipped", "it has no text"),
        "": ("skipped", "it has no number"),
        "g": ("changed", "its date cannot be read, or cannot be right; it has that of its thread, or today's"),
        "h": ("skipped", "no article here stands or stood at its address"),
    }
    assert written["left"] == [
        "2 votes stay behind.",
        "What was noted of 1 person (verified, blocked, addresses) stays behind.",
    ]
    assert "secret.example" not in page.read_text(encoding="utf-8") + json.dumps(written)


def test_a_page_that_was_closed_there_is_told(small_desk: Desk, tmp_path: Path) -> None:
    first = FIRST | {"posts": [{"url": "https://old.example/2019/05/first/", "read_only": True}], "users": None}
    told = bring(small_desk, remark42(tmp_path / "backup", said("a"), first=first))
    assert [why for _, why in outcomes(told.ledger, "thread").values()] == [
        "it was closed there; whether it is here, its article says (comments: closed) or the desk"
    ]


def test_a_backup_that_lost_its_first_line_is_read_and_told(small_desk: Desk, tmp_path: Path) -> None:
    told = bring(small_desk, remark42(tmp_path / "backup", said("a"), said("b"), first=None))
    assert len(stored(small_desk)) == 2
    assert "first line" in told.ledger.left[0]


def test_a_second_run_changes_nothing(small_desk: Desk, tmp_path: Path) -> None:
    path = remark42(tmp_path / "backup.gz", said("a"), said("b", pid="a"), said("c", "", delete=True))
    bring(small_desk, path)
    before = stored(small_desk)
    told = bring(small_desk, path)
    assert stored(small_desk) == before
    assert {entry.outcome for entry in told.ledger.entries} == {"kept", "skipped"}


def damaged(data: bytes, name: str) -> bytes:
    """A sound backup, damaged in one of several ways."""
    return {
        "cut": data[:-40],
        "broken line": data.replace(b'"pid"', b'"pid', 1),
        "no object": data + b"[1, 2]\n",
        "encoding": data.replace("é".encode(), b"\xe9"),
        "version": data.replace(b'"version": 1', b'"version": 9', 1),
        "nested": data + b"[" * 100_000 + b"\n",
        "packed half": gzip.compress(data)[:-30],
        "endless number": data + b'{"locator": {}, "score": ' + b"9" * 10_000 + b"}\n",
    }[name]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("cut", "line 3: this is no whole JSON"),
        ("broken line", "line 2: this is no whole JSON"),
        ("no object", "line 4: there is no comment"),
        ("encoding", "line 3: it is not in UTF-8"),
        ("version", "version 9"),
        ("nested", "line 4: this is no whole JSON"),
        ("packed half", "breaks off"),
        ("endless number", "line 4: this is no whole JSON"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence_and_leaves_no_trace(
    small_desk: Desk, tmp_path: Path, damage: str, words: str
) -> None:
    path = remark42(tmp_path / "backup", said("a"), said("b", "<p>Café</p>"))
    path.write_bytes(damaged(path.read_bytes(), damage))
    with pytest.raises(Unusable, match=words) as told:
        bring(small_desk, path)
    assert "backup" in str(told.value)
    assert not (small_desk.folder / "var/store.db").exists()


def test_a_line_without_end_is_stopped_while_it_is_read(
    small_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrate.sources.remark42._LONGEST", 100_000)
    path = remark42(tmp_path / "backup.gz", said("a", "x" * 900_000))
    with pytest.raises(Unusable, match="line 2: it is longer than"):
        bring(small_desk, path)


@pytest.mark.parametrize("odd", ["a\ud800b", "a\u0000b", "\u202eabc", "a" * 300])
def test_odd_names_and_numbers_stop_nothing(small_desk: Desk, tmp_path: Path, odd: str) -> None:
    path = tmp_path / "backup"
    told: list[Any] = [FIRST, said(odd, user={"name": odd}, pid=odd, title=odd), said("z")]
    path.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    bring(small_desk, path)
    assert [one for one in stored(small_desk) if one.name == "Reader z"]
