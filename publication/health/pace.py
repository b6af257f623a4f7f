"""Keeps a distance between two requests to one host, and the longer one that a host asks for."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Shared by all who ask. Waiting is given, so that tests need not wait."""

    def __init__(
        self,
        interval: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self.interval, self._clock, self._wait = interval, clock, wait
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def turn(self, host: str) -> None:
        """Come back when it is time for another request to ``host``."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next.get(host, now))
            self._next[host] = at + self.interval
        if at > now:
            self._wait(at - now)

    def hold(self, host: str, seconds: float) -> None:
        """Let ``host`` alone for that long."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)
