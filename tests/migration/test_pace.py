"""The progress of a migration, in words that say something."""

import io
import sys

import pytest

from migrate.command import Bar
from migrate.pace import pace


@pytest.mark.parametrize(
    ("done", "total", "took", "told"),
    [
        (0, 100, 9.0, "0 %"),
        (5, 100, 0.5, "5 %"),
        (40, 100, 80.0, "40 %, about 2 minutes left, 30 % a minute"),
        (40, 100, 10.0, "40 %, less than a minute left, 4 % a second"),
        (1, 100, 7200.0, "1 %, about 198 hours left, 0.5 % an hour"),
        (50, 100, 60.0, "50 %, about 1 minute left, 50 % a minute"),
        (50, 100, 5500.0, "50 %, about 2 hours left, 33 % an hour"),
        (100, 100, 60.0, "100 %"),
        (7, 0, 60.0, "100 %"),
    ],
)
def test_the_time_that_is_left_is_told_in_words(done: int, total: int, took: float, told: str) -> None:
    assert pace(done, total, took) == told


def test_the_bar_shows_what_is_done_and_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", shown)
    bar = Bar(hidden=False)
    bar.show("Reading", 1, 4)
    bar.show("Reading", 4, 4)
    bar.close()
    last = shown.getvalue().rpartition("\r")[2]
    assert "Reading" in last
    assert "100 %" in last
    assert "MB" not in shown.getvalue()
