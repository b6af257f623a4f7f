"""When ``serve`` builds anew by itself: when an event comes, and after a failure not too often."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comments.actions.due import standing
from comments.actions.release import rollback
from comments.thread.render import Renderer
from tests.contracts.tiny_site import START as SITE_START
from tests.contracts.tiny_site import THEME
from tests.service.actions.test_due import HOUR, Timed
from workshop.alarm import Alarm
from workshop.installation import current_manifest, current_number, is_held

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Bench:
    """A clock and a release, with an alarm that looks at them."""

    def __init__(self) -> None:
        self.now = START
        self.manifest = {"since": (START - MINUTE).isoformat(), "next_event": (START + MINUTE).isoformat()}
        self.held = False
        self.alarm = Alarm(lambda: self.now, lambda: self.manifest, lambda: self.held)


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
    assert Alarm(lambda: bench.now, lambda: bench.manifest, lambda: False).rings()
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
    assert not Alarm(lambda: START, dict, lambda: False).rings()


def test_it_asks_whether_it_is_held_only_when_it_would_ring(bench: Bench) -> None:
    asked = []
    alarm = Alarm(lambda: bench.now, lambda: bench.manifest, lambda: bool(asked.append(bench.now)))

    assert not alarm.rings()
    assert asked == []
    bench.now += MINUTE
    assert alarm.rings()
    assert asked == [bench.now]


def test_after_a_rollback_it_is_silent_until_somebody_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Timed(tmp_path, Renderer(THEME))
    monkeypatch.setenv("PN_VAR", str(site.var))
    alarm = Alarm(site.clock, current_manifest, is_held)
    site.publish(until=SITE_START + HOUR)
    site.clock.now += 2 * HOUR
    assert alarm.rings()
    site.publish(until=SITE_START + 3 * HOUR)
    assert not alarm.rings()

    rollback(site.publisher)
    assert (current_number(), is_held(), standing(site.var, site.clock()).held) == (1, True, True)
    site.clock.now += 9 * HOUR
    assert not alarm.rings()

    site.publish(until=SITE_START + 3 * HOUR)
    assert not is_held()
    assert alarm.rings()
    site.close()


def test_where_nothing_was_published_nothing_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PN_VAR", str(tmp_path))

    assert (current_number(), is_held()) == (None, False)
