"""Runs a program of this installation with a time limit, and keeps the end of what it says."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

SAID = 8_000  # characters, from the end: there stands what it stopped at
EDGE = 16_000  # characters before those, so that no secret is cut in two before it is found; none is as long
POLL = 0.1  # seconds
GRACE = 4.0  # seconds between asking it to stop and stopping it
# What shells answer in these cases.
TOO_LONG, STOPPED, NOT_STARTED = 124, 143, 127


@dataclass(frozen=True)
class Ran:
    """How a program ended: its exit code, and the end of what it said, standard error included."""

    code: int
    said: str


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    limit: timedelta,
    stopping: threading.Event,
    clean: Callable[[str], str],
) -> Ran:
    """Run ``command`` in ``folder`` until it ends, the limit is reached, or ``stopping`` is set; never raises.

    ``clean`` takes out of what it says whatever nobody may read, before anything is cut off.
    """
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            return Ran(NOT_STARTED, f"{command[0]} cannot be started: {error.strerror or error}.")
        code, note = _await(process, limit, stopping)
        return Ran(code, f"{_tail(said, clean)}\n{note}".strip())


def _await(process: "subprocess.Popen[bytes]", limit: timedelta, stopping: threading.Event) -> tuple[int, str]:
    end = time.monotonic() + limit.total_seconds()
    while process.poll() is None:
        if stopping.wait(POLL):
            _end(process)
            return STOPPED, "The service was stopped meanwhile."
        if time.monotonic() > end:
            _end(process)
            return TOO_LONG, f"It took longer than {limit} and was stopped."
    return process.returncode, ""


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Stop it and all that it has started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(GRACE)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _tail(said: IO[bytes], clean: Callable[[str], str]) -> str:
    start = max(0, said.seek(0, os.SEEK_END) - 4 * (SAID + EDGE))  # a character has four bytes at most
    said.seek(start)
    text = clean(said.read().decode("utf-8", "replace"))
    # What begins before the edge was not seen whole, so of the edge nothing is kept.
    return (text[EDGE:] if start else text)[-SAID:]
