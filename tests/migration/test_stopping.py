"""Ctrl-C and SIGTERM: a sentence, nothing half-written, and the next run goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.stopping import STOPPED
from tests.migration.command import ROOT, Place
from tests.migration.conftest import Export, comment, post
from tests.migration.test_killed import places_texts, stores_comments
from workshop.stopping import hear, keep_waiting


def at_once(_: Place) -> bool:
    return True


def tries_out(place: Place) -> bool:
    return (place.var / "migrating").exists()


def large(export: Export) -> Path:
    replies = [comment(number) for number in range(1, 1501)]
    return export(*(post(number, more="".join(replies[number * 50 - 50 : number * 50])) for number in range(1, 31)))


@pytest.mark.parametrize("begun", [at_once, pytest.param(places_texts, marks=pytest.mark.long), stores_comments])
def test_a_run_that_is_stopped_says_so_and_leaves_nothing_half_written(
    tmp_path: Path, export: Export, begun: Callable[[Place], bool]
) -> None:
    place, path = Place.make(tmp_path / "here"), large(export)
    keep_waiting()  # as the command that people type does it
    process = place.start(path)
    hear()
    while process.poll() is None and not begun(place):
        os.sched_yield()
    process.send_signal(signal.SIGTERM if begun is stores_comments else signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, said.strip()) == (130, STOPPED)
    assert not list(place.folder.rglob(".*.new"))
    assert not (place.var / "migrating").exists()


def test_whoever_starts_it_for_us_passes_it_on_and_waits(tmp_path: Path, export: Export) -> None:
    place, path = Place.make(tmp_path / "here"), large(export)
    command = ["-m", "migrate", str(path), "--content", str(place.content), "--conf", str(ROOT / "pelicanconf.py")]
    starts = (
        f"from workshop.stopping import call; raise SystemExit(call([{sys.executable!r}, *{command!r}], {str(ROOT)!r}))"
    )
    environment = {**os.environ, "PN_VAR": str(place.var), "PN_THEME": str(ROOT / "theme"), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", starts], env=environment, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    while process.poll() is None and not tries_out(place):
        os.sched_yield()
    process.terminate()
    _, said = process.communicate()
    assert (process.returncode, said.strip()) == (130, STOPPED)
    assert not (place.var / "migrating").exists()
