"""The trial of many texts takes place in a process of its own, and says the same."""

import os

import pytest

from migrate import staging
from migrate.apart import apart
from migrate.problems import Unusable
from tests.migration.conftest import Desk, Export, post


def refuse(what: str) -> None:
    raise Unusable(what)


def test_work_is_done_in_another_process_and_its_errors_come_back() -> None:
    assert apart(os.getpid) != os.getpid()
    with pytest.raises(Unusable, match="no use"):
        apart(refuse, "no use")


def test_many_texts_are_tried_there_with_the_same_outcome(
    desk: Desk, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_MANY", 0)
    run = desk.migrate(export(post(1), post(2, ""), post(3, link="https://old.example/elsewhere/")))
    assert desk.load().problems == ()
    assert {entry.source: bool(entry.link) for entry in run.ledger.entries if entry.kind == "post"} == {
        "1": True,
        "2": False,
        "3": True,
    }
