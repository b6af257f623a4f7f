"""What an editor must mend is said all at once, and nothing is built of it."""

from pathlib import Path
from typing import Any

import pytest

from tests.build.newsroom import Newsroom, snapshot, stamps


def test_every_problem_is_named_with_its_cure_and_the_output_stays(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.article("fine")
    room.build()
    before = stamps(room.output), snapshot(room.output)
    room.article("bad-date", date="2026-13-01 09:00")
    room.article("bad-author", authors="[mara-exampel]")
    room.article("bad-key", sumary='"Typo."')
    room.article("bad-link", body="See [that](id:nothing-here).")
    room.article("same-place", slug="fine")

    code = room.build()

    said = capsys.readouterr().err
    assert code == 1
    for name in ("bad-date.md:", "bad-author.md:", "bad-key.md:", "bad-link.md:", "same-place.md:"):
        assert name in said
    assert "Did you mean “mara-example”?" in said
    assert said.rstrip().endswith("Nothing was built.")
    assert (stamps(room.output), snapshot(room.output)) == before


def test_a_first_build_with_a_problem_makes_no_output_at_all(room: Newsroom) -> None:
    room.article(date="soon")

    assert room.build() == 1
    assert not room.output.exists()


@pytest.mark.parametrize("given", ["yesterday", "2026-06-01", "2026-13-40 10:00"])
def test_a_moment_that_is_none_stops_the_build(room: Newsroom, capsys: pytest.CaptureFixture[str], given: str) -> None:
    room.article()

    assert room.build(PN_AS_OF=given) == 1
    assert "PN_AS_OF" in capsys.readouterr().err
    assert not room.output.exists()


def test_an_address_that_moved_without_its_record_stops_the_build(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.article("one")
    room.build()
    (room.content / "addresses.yml").unlink()

    # The newsroom records addresses before it builds; here the build is alone.
    code = room.build_only()

    assert code == 1
    assert "addresses.yml" in capsys.readouterr().err


def test_public_settings_want_a_public_address(room: Newsroom, capsys: pytest.CaptureFixture[str], root: Path) -> None:
    room.article()

    assert room.build(conf=root / "publishconf.py", PN_SITE_URL="http://localhost:8000") == 1
    assert "Set PN_SITE_URL" in capsys.readouterr().err
    assert not room.output.exists()
    assert room.build(conf=root / "publishconf.py") == 0


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"COMMENTS": {"hodl": "all"}}, "COMMENTS in the settings has “hodl”. Did you mean “hold”?"),
        ({"COMMENTS": {"hold": "some"}}, "hold is one of first, all, none."),
        ({"FEED_AUTHORITY": ""}, "FEED_AUTHORITY is missing"),
        ({"TIMEZONE": "Atlantis"}, "is not a time zone"),
        ({"DEFAULT_NOTICES": ["nothing"]}, "which is not in NOTICES"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    room: Newsroom, capsys: pytest.CaptureFixture[str], settings: dict[str, Any], sentence: str
) -> None:
    room.article()

    assert room.build_only(settings=settings) == 1
    assert sentence in capsys.readouterr().err
    assert not room.output.exists()
