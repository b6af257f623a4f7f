"""When ``serve`` builds anew though nobody saved: an event came; and again after a failure, ever more slowly."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=10)


class Alarm:
    """Ask ``rings`` as often as you like, and tell each try with ``tried``."""

    def __init__(
        self, clock: Callable[[], datetime], manifest: Callable[[], Mapping[str, Any]], held: Callable[[], bool]
    ) -> None:
        """``held`` tells whether somebody put an earlier release back: then only a person publishes again."""
        self.clock, self.manifest, self.held = clock, manifest, held
        self._failures = 0
        self._tried = clock()

    def rings(self) -> bool:
        """Whether what readers see does not hold any more, and it is time to try."""
        # Where the clock was set back, no pause is longer for it.
        resting = self._failures and timedelta() <= self.clock() - self._tried < pause(self._failures)
        return not resting and self._is_due()

    def tried(self, *, well: bool) -> None:
        """A build has ended, whatever it was for. One after which something still is due would end so again."""
        self._tried = self.clock()
        self._failures = 0 if well and not self._is_due() else self._failures + 1

    def _is_due(self) -> bool:
        now, told = self.clock(), self.manifest()
        since, until = (_moment(told.get(key)) for key in ("since", "next_event"))
        # Before ``since``: the clock was ahead when it was built, and was set right.
        passed = (until and until <= now) or (since and now < since)
        return bool(passed) and not self.held()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)
