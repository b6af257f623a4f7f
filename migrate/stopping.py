"""Ctrl-C and SIGTERM: both are KeyboardInterrupt here, so that whatever is under way can put itself in order."""

import signal
import time
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
STOPPED = "Stopped: nothing is half-written. Run it again to go on."
_AGAIN = 2.0  # seconds in which a second signal is taken for the first: a terminal sends it, and whoever started us
_last = [float("-inf")]


def listen() -> None:
    """From now on both raise KeyboardInterrupt, those too that have waited since the process began."""
    for number in SIGNALS:
        signal.signal(number, _stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def ignore() -> None:
    """From now on neither does anything: there is nothing left to stop, or somebody else will do it."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _stop(_number: int, _frame: FrameType | None) -> None:
    before, _last[0] = _last[0], time.monotonic()
    if _last[0] - before > _AGAIN:
        raise KeyboardInterrupt
