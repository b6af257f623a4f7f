"""How the last publishing went, from the notes of whoever builds."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from comments.actions.publishing import Publishing, read_publishing
from tests.service.actions.stage import START, Stage


def note(stage: Stage, **values: object) -> None:
    raw = {"started": START, "ended": None, "code": None, "said": ""} | values
    (stage.runtime.var / "publishing.json").write_text(json.dumps(raw, default=datetime.isoformat))


def told(stage: Stage, checked: datetime | None = None) -> Publishing | None:
    return read_publishing(stage.runtime.var, checked, stage.clock())


def problems(stage: Stage, said: str, at: datetime) -> Path:
    file = stage.runtime.var / "problems.txt"
    file.write_text(said)
    os.utime(file, (at.timestamp(), at.timestamp()))
    return file


def test_without_a_note_there_is_nothing_to_tell(stage: Stage) -> None:
    assert told(stage) is None


def test_a_failure_is_told_with_its_last_words_until_somebody_publishes(stage: Stage) -> None:
    stage.clock.pass_(minutes=5)
    said = "\n\n".join(f"line {number}\x1b" for number in range(100))
    note(stage, ended=stage.clock(), code=1, said=said)

    failed = told(stage)

    assert failed
    assert (failed.state, failed.at) == ("failed", stage.clock())
    assert (len(failed.said), failed.said[-1]) == (40, "line 99 ")
    stage.clock.pass_(minutes=5)
    stage.publish()
    assert told(stage) is None


def test_a_publishing_that_goes_on_is_told_and_one_that_never_ended_has_failed(stage: Stage) -> None:
    stage.clock.pass_(minutes=1)
    note(stage, started=stage.clock())
    running = told(stage)
    assert running
    assert (running.state, running.at) == ("running", stage.clock())

    stage.clock.pass_(hours=2)

    failed = told(stage)
    assert failed
    assert (failed.state, failed.said) == ("failed", ("It did not end.",))


def test_a_publishing_that_went_well_is_no_news(stage: Stage) -> None:
    note(stage, ended=START + timedelta(seconds=1), code=0)

    assert told(stage) is None


def test_what_a_build_of_serve_stopped_at_is_told_unless_a_later_one_read_the_texts(stage: Stage) -> None:
    problems(stage, "content/x.md:3: Wrong. Mend it.\n1 problem in 1 file.\n", START + timedelta(minutes=1))

    stopped = told(stage, START)

    assert stopped
    assert stopped.said == ("content/x.md:3: Wrong. Mend it.", "1 problem in 1 file.")
    assert told(stage, START + timedelta(minutes=2)) is None
    problems(stage, "", START + timedelta(minutes=3))
    assert told(stage, START) is None


@pytest.mark.parametrize("left", [b"", b"[]", b'{"started": 1}', b'{"started": "2026-03-14", "ended": 2}', b"\xff"])
def test_a_damaged_note_is_no_news(stage: Stage, left: bytes) -> None:
    (stage.runtime.var / "publishing.json").write_bytes(left)

    assert told(stage) is None
