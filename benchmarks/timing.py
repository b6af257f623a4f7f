"""How long something takes."""

import statistics
import time
from collections.abc import Callable


def median(action: Callable[[], object], rounds: int) -> float:
    """Milliseconds, of so many rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
