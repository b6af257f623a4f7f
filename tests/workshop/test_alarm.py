"""When ``serve`` builds anew by itself: when an event comes, and after a failure not too often."""

from datetime import UTC, datetime, timedelta

import pytest

from workshop.alarm import Alarm

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Bench:
    """A clock and a release, with an alarm that looks at them."""

    def __init__(self) -> None:
        self.now = START
        self.manifest = {"since": (START - MINUTE).isoformat(), "next_event": (START + MINUTE).isoformat()}
        self.alarm = Alarm(lambda: self.now, lambda: self.manifest)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_it_rings_when_the_event_comes_until_there_is_a_new_release(bench: Bench) -> None:
    assert not bench.alarm.rings()
    bench.now += MINUTE
    assert bench.alarm.rings()

    bench.manifest = {"since": bench.now.isoformat(), "next_event": None}
    bench.alarm.tried(well=True)

    assert not bench.alarm.rings()


def test_it_rings_right_after_a_start_and_when_the_clock_was_set_right(bench: Bench) -> None:
    bench.now += 99 * MINUTE
    assert Alarm(lambda: bench.now, lambda: bench.manifest).rings()
    bench.now = START - 2 * MINUTE
    assert bench.alarm.rings()


def test_after_failures_it_rings_ever_more_rarely(bench: Bench) -> None:
    bench.now += MINUTE
    rung = []
    for second in range(1000):
        if bench.alarm.rings():
            rung.append(second)
            bench.alarm.tried(well=False)
        bench.now += timedelta(seconds=1)

    assert rung == [0, 10, 30, 70, 150, 310, 630]


def test_a_build_that_ends_well_but_changes_nothing_is_no_reason_to_hurry(bench: Bench) -> None:
    bench.now += MINUTE
    bench.alarm.tried(well=True)

    assert not bench.alarm.rings()


def test_without_a_release_it_is_silent() -> None:
    assert not Alarm(lambda: START, dict).rings()
