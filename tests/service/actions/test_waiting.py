"""How long comments usually wait."""

from datetime import timedelta

from comments.actions import mine, moderate
from comments.actions.waiting import FRESH, usual_wait
from tests.service.actions.stage import Stage


def decide(stage: Stage, *hours: float, verb: str = "approve") -> None:
    for number, each in enumerate(hours):
        sent = stage.sent(f"{verb} {number} of {stage.clock.now}.", name=f"Visitor {number}", email="")
        stage.clock.pass_(hours=each)
        getattr(moderate, verb)(stage.ctx, "command line", sent.comment.id)


def test_half_of_the_decisions_came_within_the_usual_wait(stage: Stage) -> None:
    stage.set_site(require_name_email=False)
    decide(stage, 1, 9, 2)
    decide(stage, 3, 40, verb="spam")

    assert usual_wait(stage.ctx) == timedelta(hours=3)


def test_after_few_decisions_nothing_is_said(stage: Stage) -> None:
    stage.set_site(require_name_email=False)
    decide(stage, 1, 1, 1, 1)

    assert usual_wait(stage.ctx) is None


def test_what_its_writer_took_back_and_what_was_decided_again_do_not_count(stage: Stage) -> None:
    stage.set_site(require_name_email=False)
    decide(stage, 1, 1, 1, 1)
    mine.delete(stage.ctx, stage.sent("Mine.", email="").waiting)
    moderate.undo(stage.ctx, "command line", 1)
    moderate.approve(stage.ctx, "command line", 1)

    assert usual_wait(stage.ctx) is None


def test_it_is_measured_anew_after_some_minutes_and_forgets_what_is_long_past(stage: Stage) -> None:
    stage.set_site(require_name_email=False)
    decide(stage, 1, 1, 1, 1, 1)
    assert usual_wait(stage.ctx) == timedelta(hours=1)
    with stage.store.write():
        stage.store._run("DELETE FROM audit")

    assert usual_wait(stage.ctx) == timedelta(hours=1)
    stage.clock.now += FRESH
    assert usual_wait(stage.ctx) is None
    decide(stage, 2, 2, 2, 2, 2)
    stage.clock.pass_(days=91)
    assert usual_wait(stage.ctx) is None
