"""Whether the release that readers see still holds at a moment."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from comments import manifest
from comments.actions.due import standing
from comments.actions.release import rollback
from comments.errors import Misconfigured
from comments.manifest import Manifest
from comments.thread.render import Renderer
from tests.contracts.tiny_site import SITE, START, THEME, TinySite

HOUR = timedelta(hours=1)


class Timed(TinySite):
    """A site whose builds hold between two moments."""

    def publish(self, since: datetime | None = None, until: datetime | None = None) -> int:
        self.build()
        (self.output / manifest.FILE).unlink()
        told = Manifest(SITE, self.renderer.version, self.threads, until, since)
        (self.output / manifest.FILE).write_bytes(manifest.write(told))
        return self.release()

    def due(self, now: datetime) -> bool:
        return standing(self.var, now).due


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Timed]:
    timed = Timed(tmp_path, Renderer(THEME))
    yield timed
    timed.close()


def test_it_is_due_from_the_moment_of_the_event_on(site: Timed) -> None:
    site.publish(until=START + HOUR)

    assert not site.due(START + HOUR - timedelta(seconds=1))
    assert site.due(START + HOUR)
    assert site.due(START + 9000 * HOUR)  # however far the clock jumped


def test_without_events_it_is_never_due(site: Timed) -> None:
    site.publish()

    assert not site.due(START + 9000 * HOUR)


def test_an_event_between_build_and_release_is_due_at_once(site: Timed) -> None:
    site.clock.now += 2 * HOUR

    site.publish(until=START + HOUR)

    assert site.due(site.clock.now)


def test_what_was_built_for_a_later_moment_is_due(site: Timed) -> None:
    site.publish(since=START + 2 * HOUR)

    found = standing(site.var, START + HOUR)

    assert (found.why, found.due, found.lost) == ("ahead", True, False)


def test_a_clock_that_stands_before_every_release_is_not_believed(site: Timed) -> None:
    site.publish(since=START - HOUR, until=START + HOUR)

    found = standing(site.var, datetime.fromisoformat("1970-01-01T00:00:09+00:00"))

    assert (found.lost, found.due) == (True, False)


def test_an_older_release_proves_that_the_clock_was_ahead(site: Timed) -> None:
    site.publish(since=START)
    site.clock.now += 100 * HOUR
    site.publish(since=START + 99 * HOUR)

    assert site.due(START + 2 * HOUR)  # the clock was set right


def test_after_a_rollback_nothing_is_due_until_somebody_publishes(site: Timed) -> None:
    site.publish(until=START + HOUR)
    site.clock.now += 2 * HOUR
    site.publish(until=START + 3 * HOUR)
    rollback(site.publisher)

    assert standing(site.var, START + 9 * HOUR).held
    assert not site.due(START + 9 * HOUR)

    site.publish(until=START + 3 * HOUR)
    assert site.due(START + 9 * HOUR)


def test_the_manifest_of_an_earlier_version_does(site: Timed) -> None:
    site.publish(until=START + HOUR)
    file = site.var / "current" / manifest.FILE
    text = file.read_text().replace('"since": null,\n', "")
    assert "since" not in text
    file.unlink()
    file.write_text(text)

    assert site.due(START + HOUR)


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"tasks.py publish"):
        standing(tmp_path, START)
