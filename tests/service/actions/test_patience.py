"""Never wondering: who waits is told how long that usually takes, or honestly that nobody can say."""

from datetime import timedelta

import pytest

from comments.actions import mine, moderate, waiting
from comments.actions.patience import usual_wait_words
from tests.service.actions.stage import Stage


@pytest.mark.parametrize(
    ("usual", "words"),
    [
        (timedelta(), "within an hour"),
        (timedelta(hours=1), "within an hour"),
        (timedelta(hours=1, seconds=1), "within a few hours"),
        (timedelta(hours=7), "within a day"),
        (timedelta(days=1), "within a day"),
        (timedelta(hours=30), "within two or three days"),
        (timedelta(days=7), "within a week"),
        (timedelta(days=8), "more than a week"),
        (None, "we cannot say"),
    ],
)
def test_the_span_is_told_in_plain_words_and_never_too_short(usual: timedelta | None, words: str) -> None:
    assert words in usual_wait_words(usual)


def test_who_waits_is_told_how_long_moderators_took_lately(stage: Stage) -> None:
    assert "we cannot say" in mine.look(stage.ctx, stage.sent("The very first.").waiting).sentence

    for number in range(waiting.ENOUGH):
        sent = stage.sent(f"Comment {number}.", ip=f"198.51.{number}.1")
        stage.clock.pass_(hours=4)
        moderate.approve(stage.ctx, "command line", sent.comment.id)

    asked = stage.sent("How long now?", ip="203.0.113.1")
    said = mine.look(stage.ctx, asked.waiting).sentence
    assert said.startswith("Your comment waits to be read by a moderator. Only you can see it here.")
    assert "Usually that happens within a few hours." in said

    moderate.approve(stage.ctx, "command line", asked.comment.id)
    assert "Usually" not in mine.look(stage.ctx, asked.waiting).sentence


def test_a_change_that_waits_is_told_how_long_too(stage: Stage) -> None:
    sent = stage.sent()
    moderate.approve(stage.ctx, "command line", sent.comment.id)
    version = stage.store.get_comment(sent.comment.id).version

    changed = mine.edit(stage.ctx, sent.waiting, "Better words.", version)

    assert "Until then readers see the text from before." in changed.sentence
    assert "we cannot say" in changed.sentence
