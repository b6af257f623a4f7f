"""A moderator changes somebody else's words: readers are told, with the reason; the writer's own words are kept."""

import pytest

from comments.actions import mine, moderate, privacy
from comments.errors import Invalid
from comments.model import Account
from tests.service.actions.stage import ARTICLE, Stage

TOLD = "Edited by a moderator: A phone &lt;number&gt; taken out"
REASON = "A phone <number> taken out"


@pytest.fixture
def marta(stage: Stage) -> Account:
    return stage.account()


def published(stage: Stage, marta: Account) -> int:
    number = stage.sent("Ring me on 555-0142.").comment.id
    moderate.approve(stage.ctx, marta, number)
    return number


def feed(stage: Stage) -> str:
    return (stage.runtime.var / "current" / "public" / ARTICLE.feed.strip("/")).read_text(encoding="utf-8")


def test_page_and_feed_say_that_a_moderator_edited_it_and_why(stage: Stage, marta: Account) -> None:
    number = published(stage, marta)

    moderate.edit(stage.ctx, marta, number, "Ask me here.", reason=REASON)

    assert TOLD in stage.page()
    assert "555-0142" not in stage.page()
    assert "Edited by a moderator: A phone &amp;lt;number&amp;gt; taken out" in feed(stage)
    assert [text for _at, text in stage.store.list_edits(number)] == ["Ring me on 555-0142."]


def test_without_a_reason_nothing_is_changed(stage: Stage, marta: Account) -> None:
    number = published(stage, marta)

    for actor in (marta, "command line"):
        for reason in ("", " \n "):
            with pytest.raises(Invalid, match="Say why in a few words") as refused:
                moderate.edit(stage.ctx, actor, number, "Ask me here.", reason=reason)
            assert list(refused.value.fields) == ["reason"]
    with pytest.raises(Invalid, match="leave the e-mail address out"):
        moderate.edit(stage.ctx, marta, number, "Ask me here.", reason="as ada@example.org asked")
    assert stage.store.get_comment(number).source == "Ring me on 555-0142."


def test_undo_takes_the_words_for_readers_back_too(stage: Stage, marta: Account) -> None:
    number = published(stage, marta)
    moderate.edit(stage.ctx, marta, number, "Ask me here.", reason=REASON)
    acted = moderate.edit(stage.ctx, marta, number, "Ask me.", reason="Shorter")
    assert "Edited by a moderator: Shorter" in stage.page()

    acted = moderate.undo(stage.ctx, marta, number, acted.undo)
    assert TOLD in stage.page()
    moderate.undo(stage.ctx, marta, number, acted.undo)
    assert "Edited by a moderator: Shorter" in stage.page()


def test_the_edit_of_ones_own_reply_is_only_called_edited(stage: Stage, marta: Account) -> None:
    number = published(stage, marta)
    reply = moderate.reply_and_approve(stage.ctx, marta, number, "Thank you.").reply
    assert reply

    moderate.edit(stage.ctx, marta, reply.id, "Thank you, Ada.")
    assert "Edited by a moderator" not in stage.page()
    assert "edited</small>" in stage.page()

    with pytest.raises(Invalid):
        moderate.edit(stage.ctx, stage.account("Jonas"), reply.id, "Thanks.")
    moderate.edit(stage.ctx, stage.account("Ines"), reply.id, "Thanks.", reason="Too long")
    assert "Edited by a moderator: Too long" in stage.page()


def test_the_writers_own_change_is_never_called_a_moderators(stage: Stage, marta: Account) -> None:
    sent = stage.sent("First words.")
    acted = moderate.edit(stage.ctx, marta, sent.comment.id, "Other words.", reason="Shorter", approve=True)
    mine.edit(stage.ctx, sent.waiting, "My own words again.", acted.comment.version)

    moderate.accept_edit(stage.ctx, marta, sent.comment.id)

    assert "My own words again." in stage.page()
    assert "Edited by a moderator" not in stage.page()
    version = stage.store.get_comment(sent.comment.id).version
    stage.clock.pass_(seconds=60)
    mine.edit(stage.ctx, sent.waiting, "And again.", version)
    moderate.edit(stage.ctx, marta, sent.comment.id, "And again.")  # Edit, then Save: what its writer asked for
    assert "Edited by a moderator" not in stage.page()


def test_erasing_forgets_the_reason_everywhere(stage: Stage, marta: Account) -> None:
    number = published(stage, marta)
    moderate.edit(stage.ctx, marta, number, "Ask me here.", reason="Adas number")

    privacy.erase(stage.ctx, marta, number, keep_text=True)

    assert "Adas number" not in stage.page() + feed(stage)
    stage.store.checkpoint()
    assert b"Adas number" not in stage.store._path.read_bytes()  # type: ignore[attr-defined]  # SQLite's own
