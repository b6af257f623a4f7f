"""Ctrl-C and SIGTERM while a command runs that says itself how it ended, and while nothing has begun yet."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
_CAN_WAIT = os.name != "nt"


def keep_waiting() -> None:
    """Let both wait until somebody listens: a Python that is just beginning would answer with a traceback."""
    if _CAN_WAIT:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def hear() -> None:
    """Both arrive again, also those that waited."""
    if _CAN_WAIT:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def call(command: list[str], cwd: str | os.PathLike[str]) -> int:
    """Run a command that calls ``hear`` itself, or its like, when it is ready; returns its exit code.

    Whatever asks us to stop asks the command, and it is waited for: it puts itself in order.
    """
    with _waiting():
        process = subprocess.Popen(command, cwd=cwd)
        before = {number: signal.signal(number, _passing_on(process)) for number in SIGNALS}
    try:
        return process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _waiting() -> Iterator[None]:
    keep_waiting()
    try:
        yield
    finally:
        hear()


def _passing_on(process: "subprocess.Popen[bytes]") -> "signal._HANDLER":
    def pass_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    return pass_on
