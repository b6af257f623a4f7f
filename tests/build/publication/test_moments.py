"""Dates in the site's zone, and lengths of time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from publication.moments import Duration, read_day, read_duration, read_moment, start_of, write_moment
from publication.problems import Wrong

TORONTO = ZoneInfo("America/Toronto")


def wrong(text: str) -> str:
    with pytest.raises(Wrong) as caught:
        read_moment(text, TORONTO)
    return f"{caught.value.what}. {caught.value.cure}"


def test_a_local_time_is_in_the_zone_of_the_site() -> None:
    moment = read_moment("2026-03-14 09:30", TORONTO)

    assert moment == datetime(2026, 3, 14, 13, 30, tzinfo=UTC)
    assert moment.isoformat() == "2026-03-14T09:30:00-04:00"


@pytest.mark.parametrize("text", ["2026-03-14 15:30 +02:00", "2026-03-14T13:30:00Z", "2026-03-14 15:30+0200"])
def test_an_offset_is_obeyed_and_the_answer_is_in_the_zone(text: str) -> None:
    assert read_moment(text, TORONTO).isoformat() == "2026-03-14T09:30:00-04:00"


def test_a_time_the_clocks_skip_is_answered_with_the_one_after() -> None:
    assert (
        wrong("2026-03-08 02:30")
        == "2026-03-08 02:30 is skipped by the clocks in America/Toronto. Write 2026-03-08 03:30."
    )


def test_a_time_that_comes_twice_needs_its_offset() -> None:
    assert "comes twice" in wrong("2026-11-01 01:30")
    assert "2026-11-01 01:30 -0400 for the first time" in wrong("2026-11-01 01:30")
    assert read_moment("2026-11-01 01:30 -04:00", TORONTO) < read_moment("2026-11-01 01:30 -05:00", TORONTO)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("3/4/2026", "Write year, month, day, hour and minute"),
        ("14 March 2026", "Write year, month, day, hour and minute"),
        ("2026-3-4 9:30", "Begin with 2026-03-04."),
        ("2026-02-30 09:30", "a day that does not exist"),
        ("2026-02-03 25:30", "a time of day that does not exist"),
        ("2026-02-03", "Add it: 2026-02-03 09:00."),
        ("0001-01-01 00:00", "too far away"),
        ("9999-12-31 23:59", "too far away"),
        ("2026-02-03 09:30 +99:00", "a time of day that does not exist"),
        ("٢٠٢٦-٠٢-٠٣ 09:30", "is not a date and time"),
        ("tomorrow", "is not a date and time"),
    ],
)
def test_a_bad_date_is_answered_with_how_to_write_it(text: str, cure: str) -> None:
    assert cure in wrong(text)


def test_a_day_has_no_time() -> None:
    assert read_day("2026-09-01") == date(2026, 9, 1)
    with pytest.raises(Wrong, match="a day without a time"):
        read_day("2026-09-01 10:00")


@pytest.mark.parametrize(
    ("text", "due"),
    [("12 months", "2027-08-31"), ("6 months", "2027-02-28"), ("1 year", "2027-08-31"), ("2 weeks", "2026-09-14")],
)
def test_a_duration_counts_by_the_calendar(text: str, due: str) -> None:
    assert read_duration(text).after(date(2026, 8, 31)).isoformat() == due


@pytest.mark.parametrize("text", ["0 days", "a year", "12", "9999 years", "-1 month", "1.5 years", "twelve months"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(Wrong):
        read_duration(text)


def test_a_leap_day_has_a_next_year() -> None:
    assert Duration(months=12).after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_day_begins_when_the_clocks_show_it() -> None:
    santiago = ZoneInfo("America/Santiago")  # where the clocks go forward at midnight

    assert start_of(date(2026, 9, 6), santiago).isoformat() == "2026-09-06T01:00:00-03:00"
    assert start_of(date(2026, 9, 1), TORONTO).isoformat() == "2026-09-01T00:00:00-04:00"


def test_what_is_written_can_be_read_even_in_a_doubled_hour() -> None:
    for hour in (4, 5, 6, 7):
        moment = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)

        assert read_moment(write_moment(moment, TORONTO), TORONTO) == moment
