"""Whoever wants no letters about one article gets none about it, but for what is urgent; and hears of all others."""

import pytest

from comments.actions import moderate, muting, news
from comments.errors import NotFound
from tests.service.actions.stage import Stage

DANGER = "I want to kill myself tonight."


def test_a_moderator_hears_of_the_other_articles_and_of_urgent_comments(stage: Stage) -> None:
    marta = stage.account("Marta", address="marta@example.org")
    muting.set_muted(stage.ctx, marta, "silence", True)

    stage.sent("Quiet here.")
    assert stage.letters("moderate") == []
    elsewhere = stage.sent("And here.", thread="fees", email="bo@example.org").comment
    assert [letter.comments for letter in stage.letters("moderate")] == [(elsewhere.id,)]
    stage.sent(DANGER, email="cy@example.org")
    assert len(stage.letters("urgent")) == 1

    muting.set_muted(stage.ctx, marta, "silence", False)
    again = stage.sent("Heard again.", email="di@example.org").comment
    assert again.id in stage.letters("moderate")[0].comments


def test_an_author_can_mute_an_own_article_and_no_other(stage: Stage) -> None:
    mara = stage.account("Mara", "author", author="mara", address="mara@example.org")
    comment = stage.sent("For the author.").comment
    with pytest.raises(NotFound):
        muting.set_muted(stage.ctx, mara, "fees", True)
    muting.set_muted(stage.ctx, mara, "silence", True)
    moderate.approve(stage.ctx, "command line", comment.id)
    stage.clock.pass_(minutes=5)

    news.announce(stage.ctx)

    assert stage.letters("article") == []
