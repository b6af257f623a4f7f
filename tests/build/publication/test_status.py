"""What editors are told at the desk, as data."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from publication import status
from publication.__main__ import main
from tests.build.publication.desk import Desk


def told(desk: Desk, **changes: Any) -> dict[str, Any]:
    return status.figures(desk.load(**changes))


def lists(desk: Desk, name: str) -> list[tuple[str, str]]:
    """Title and moment of every entry of one list."""
    return [(entry["title"], entry["at"]) for entry in told(desk)["lists"][name]["first"]]


def remember(desk: Desk, links: object) -> Path:
    """The link checker's memory, and beside it the file that is to be written."""
    desk.write("../var/links.json", json.dumps(links) if not isinstance(links, bytes) else links)
    return desk.content.parent / "var" / "editors.json"


def test_what_is_scheduled_stands_in_the_order_in_which_it_goes_out(desk: Desk) -> None:
    desk.article("later", date="2026-08-01 09:00", title='"Later: “quoted” <b>"', authors="[mara-example, luc-exemple]")
    desk.article("sooner", date="2026-07-01 09:00 +0200", language="fr")
    desk.article("now")

    assert lists(desk, "scheduled") == [
        ("The note sooner", "2026-07-01T03:00:00-04:00"),
        ("Later: “quoted” <b>", "2026-08-01T09:00:00-04:00"),
    ]
    sooner, later = told(desk)["lists"]["scheduled"]["first"]
    assert sooner["language"] == "fr"
    assert later["authors"] == ["Mara Example", "Luc Exemple"]
    assert later["file"] == "content/articles/2026/later.md"
    assert (later["path"], later["kind"]) == ("", "article")


def test_drafts_and_reviews_come_with_the_time_of_their_last_change_the_newest_first(desk: Desk) -> None:
    os.utime(desk.article("old", status="draft", date=None), (0, 1_000_000_000))
    os.utime(desk.page("new", status="draft"), (0, 1_700_000_000))
    os.utime(desk.resource("book", status="review"), (0, 1_500_000_000))

    assert lists(desk, "drafts") == [
        ("The page new", "2023-11-14T22:13:20+00:00"),
        ("The note old", "2001-09-09T01:46:40+00:00"),
    ]
    assert lists(desk, "review") == [("The online disinhibition effect", "2017-07-14T02:40:00+00:00")]


def test_articles_and_resources_are_due_for_review_by_name_and_day(desk: Desk) -> None:
    desk.article("past", reviewed="{on: 2025-05-01, by: luc-exemple, every: 12 months}")
    desk.resource(reviewed="{on: 2026-01-15, by: mara-example, every: 6 months}")
    desk.article("far", reviewed="{on: 2026-05-01, by: luc-exemple, every: 12 months}")
    desk.article("once", reviewed="{on: 2020-05-01, by: luc-exemple}")
    desk.article("draft", status="draft", reviewed="{on: 2020-05-01, by: luc-exemple, every: 1 day}")

    past, soon = told(desk)["lists"]["due"]["first"]

    assert (past["title"], past["at"], past["by"], past["on"]) == (
        "The note past", "2026-05-01T00:00:00-04:00", "Luc Exemple", "2025-05-01",
    )  # fmt: skip
    assert past["path"] == "/2026/past/"
    assert (soon["kind"], soon["at"]) == ("resource", "2026-07-15T00:00:00-04:00")


def test_what_expires_soon_is_told_and_what_expires_later_is_not(desk: Desk) -> None:
    desk.article("soon", expires="2026-06-20 00:00")
    desk.article("later", expires="2026-12-20 00:00")
    desk.article("over", expires="2026-05-20 00:00")

    assert lists(desk, "expiring") == [("The note soon", "2026-06-20T00:00:00-04:00")]


def test_the_next_event_carries_its_title_also_of_a_hidden_text(desk: Desk) -> None:
    desk.article("coming", date="2026-06-01 08:01")

    assert told(desk)["next"] == {"at": "2026-06-01T08:01:00-04:00", "what": "publish", "title": "The note coming"}


def test_public_articles_are_counted_by_the_month_of_the_sites_zone(desk: Desk) -> None:
    desk.article("one", date="2026-04-01 03:59 +0000")
    desk.article("two", date="2026-04-01 04:00 +0000")
    desk.article("three", date="2026-04-30 23:59")
    desk.article("coming", date="2026-06-30 09:00")

    assert told(desk)["months"] == {"2026-03": 1, "2026-04": 2}


def test_of_many_texts_so_many_are_written_out_and_all_are_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "MOST", 2)
    for number in range(5):
        desk.article(f"note-{number}", date=f"2026-07-0{number + 1} 09:00")

    scheduled = told(desk)["lists"]["scheduled"]

    assert (scheduled["count"], len(scheduled["first"])) == (5, 2)


def test_the_file_is_whole_for_its_owner_only_and_leaves_nothing_beside_it(desk: Desk) -> None:
    file = desk.content.parent / "var" / "editors.json"

    status.write(desk.load(), file)
    status.write(desk.load(), file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["editors.json"]
    assert json.loads(file.read_bytes())["figures"]["as_of"] == desk.now.isoformat()


def test_with_problems_the_figures_stay_those_of_the_last_content_without(desk: Desk) -> None:
    file = desk.content.parent / "var" / "editors.json"
    desk.article("coming", date="2026-07-01 09:00")
    status.write(desk.load(), file)
    desk.article("broken", date="the day after")
    desk.now = datetime(2026, 6, 2, tzinfo=UTC)

    for _ in range(2):
        status.write(desk.load(), file)

    left = json.loads(file.read_bytes())
    assert left["checked"] == desk.now.isoformat()
    assert left["problems"]["count"] == 1
    flaw = left["problems"]["first"][0]
    assert flaw.keys() == {"file", "line", "what", "cure"}
    assert (flaw["file"], flaw["line"]) == ("content/articles/2026/broken.md", 7)
    assert left["figures"]["as_of"] == "2026-06-01T12:00:00+00:00"
    assert left["figures"]["lists"]["scheduled"]["count"] == 1


@pytest.mark.parametrize("former", [b"", b"{", b"[]", b'{"format": 9, "figures": {}}', b"[" * 100_000])
def test_a_damaged_former_file_gives_no_figures(desk: Desk, former: bytes) -> None:
    file = desk.content.parent / "var" / "editors.json"
    desk.write("../var/editors.json", former)
    desk.article("broken", date="the day after")

    status.write(desk.load(), file)

    assert json.loads(file.read_bytes())["figures"] is None


def test_links_that_did_not_answer_are_told_the_lost_ones_first(desk: Desk) -> None:
    links = {
        "https://a.example": {
            "checked": "2026-05-30T10:00:00+00:00", "status": None, "reason": "no answer",
            "failures": ["2026-05-30T10:00:00+00:00"], "gone": False, "files": ["content/pages/about.md:20"],
        },
        "https://b.example": {
            "checked": "2026-05-31T10:00:00+00:00", "status": 404, "reason": "Not Found",
            "failures": ["2026-05-21T10:00:00+00:00", "2026-05-31T10:00:00+00:00"], "gone": True,
            "files": ["content/pages/about.md:9", "content/resources/x.md:3"],
        },
        "https://c.example": {
            "checked": "2026-05-29T10:00:00+00:00", "status": 200, "reason": "", "failures": [], "gone": False,
            "files": ["content/pages/about.md:2"],
        },
    }  # fmt: skip
    file = remember(desk, {"format": 1, "links": links})

    status.write(desk.load(), file)

    found = json.loads(file.read_bytes())["links"]
    assert [link["url"] for link in found["first"]] == ["https://b.example", "https://a.example"]
    assert found["first"][0] == {
        "url": "https://b.example", "gone": True, "status": 404, "reason": "Not Found", "failures": 2,
        "since": "2026-05-21T10:00:00+00:00", "files": ["content/pages/about.md:9", "content/resources/x.md:3"],
    }  # fmt: skip
    assert (found["count"], found["checked"], found["damaged"]) == (2, "2026-05-31T10:00:00+00:00", False)


@pytest.mark.parametrize(
    "memory",
    [b"", b"\xff", [], {"links": []}, {"links": {"x": 1}}, {"links": {"x": {"checked": 1}}}, b"[" * 100_000],
    ids=range(7),
)
def test_a_damaged_memory_of_links_is_said_and_stops_nothing(desk: Desk, memory: object) -> None:
    file = remember(desk, memory)

    status.write(desk.load(), file)

    assert json.loads(file.read_bytes())["links"] == {"count": 0, "first": [], "checked": None, "damaged": True}


def test_the_check_writes_it_and_says_when_it_cannot(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = tmp_path / "conf.py"
    conf.write_text('TIMEZONE = "America/Toronto"\n')
    asked = ["check", "--content", str(desk.content), "--conf", str(conf), "--status"]

    assert main([*asked, str(tmp_path / "var" / "editors.json")]) == 0
    assert main([*asked, str(conf / "editors.json")]) == 0

    assert (tmp_path / "var" / "editors.json").exists()
    assert "conf.py/editors.json cannot be written (" in capsys.readouterr().err
