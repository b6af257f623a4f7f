import time
from collections.abc import Callable

import pytest

from comments.actions import mine, moderate
from comments.actions.moderate import Acted
from comments.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from comments.model import Account
from tests.service.actions.stage import OTHER, Stage


@pytest.fixture
def marta(stage: Stage) -> Account:
    return stage.account("Marta Pelda")


def test_approving_puts_the_comment_on_its_page(stage: Stage, marta: Account) -> None:
    sent = stage.sent()

    acted = moderate.approve(stage.ctx, marta, sent.comment.id, sent.comment.version)

    assert (acted.changed, acted.published, acted.why_late, acted.before) == (True, True, None, "pending")
    assert acted.sentence == "Published. It is on the page."
    assert "A quiet text." in stage.page()
    assert stage.acts(sent.comment.id) == ["commenter: submit", "Marta Pelda: approve"]


def test_a_late_page_is_told_with_its_reason(stage: Stage, marta: Account) -> None:
    sent = stage.sent()
    stage.page_path().unlink()

    acted = moderate.approve(stage.ctx, marta, sent.comment.id)

    assert acted.comment.state == "approved"
    assert not acted.published
    assert acted.why_late
    assert acted.sentence.startswith("Approved. The page will follow. ")
    assert acted.sentence.endswith(acted.why_late)


@pytest.mark.parametrize(
    ("act", "state", "sentence"),
    [
        (moderate.spam, "spam", "Filed under spam. It is off the page."),
        (moderate.trash, "trash", "In the bin. It is off the page."),
    ],
)
def test_what_is_taken_off_the_page_comes_back_by_undo_and_by_restore(
    stage: Stage, marta: Account, act: Callable[..., Acted], state: str, sentence: str
) -> None:
    number = stage.sent().comment.id
    moderate.approve(stage.ctx, marta, number)

    acted = act(stage.ctx, marta, number)
    assert (acted.comment.state, acted.sentence) == (state, sentence)
    assert "A quiet text." not in stage.page()

    undone = moderate.undo(stage.ctx, marta, number, acted.undo)
    assert undone.sentence == "Undone. Published. It is on the page."
    assert "A quiet text." in stage.page()

    act(stage.ctx, marta, number)
    restored = moderate.restore(stage.ctx, marta, number)
    assert restored.comment.state == "approved"
    assert "A quiet text." in stage.page()


def test_not_spam_goes_back_to_waiting(stage: Stage, marta: Account) -> None:
    number = stage.sent("casino").comment.id

    acted = moderate.restore(stage.ctx, marta, number)

    assert (acted.comment.state, acted.sentence) == ("pending", "It waits again.")


def test_undoing_an_undo_repeats_the_act(stage: Stage, marta: Account) -> None:
    number = stage.sent().comment.id
    moderate.approve(stage.ctx, marta, number)
    moderate.undo(stage.ctx, marta, number)
    assert stage.store.get_comment(number).state == "pending"

    moderate.undo(stage.ctx, marta, number)

    assert stage.store.get_comment(number).state == "approved"
    assert "A quiet text." in stage.page()


def test_the_second_of_two_moderators_is_told_who_was_faster(stage: Stage, marta: Account) -> None:
    jonas = stage.account("Jonas Beispiel")
    sent = stage.sent()
    moderate.approve(stage.ctx, jonas, sent.comment.id, sent.comment.version)

    same = moderate.approve(stage.ctx, marta, sent.comment.id, sent.comment.version)
    assert not same.changed
    assert same.undo is None
    assert same.sentence == "Already published by Jonas Beispiel at 10:01. Your click changed nothing."

    with pytest.raises(Stale, match="Already published by Jonas Beispiel at 10:01"):
        moderate.spam(stage.ctx, marta, sent.comment.id, sent.comment.version)
    assert stage.store.get_comment(sent.comment.id).state == "approved"


def test_a_text_that_changed_meanwhile_is_not_approved_unread(stage: Stage, marta: Account) -> None:
    sent = stage.sent()
    mine.edit(stage.ctx, sent.waiting, "Something else altogether.", sent.comment.version)

    with pytest.raises(Stale, match="The text was changed by its writer"):
        moderate.approve(stage.ctx, marta, sent.comment.id, sent.comment.version)


def test_editing_can_publish_and_both_are_undone_together(stage: Stage, marta: Account) -> None:
    sent = stage.sent("Ring me on 555-0142.")

    acted = moderate.edit(
        stage.ctx, marta, sent.comment.id, "Ask the editors.", sent.comment.version, reason="A number", approve=True
    )
    assert acted.sentence == "Published. It is on the page."
    assert "Ask the editors." in stage.page()
    row = stage.store.list_audit(comment=sent.comment.id)[0]
    assert (row.action, row.detail["reason"]) == ("edit", "A number")

    undone = moderate.undo(stage.ctx, marta, sent.comment.id, acted.undo)
    assert (undone.comment.state, undone.comment.source) == ("pending", "Ring me on 555-0142.")
    assert "Ask the editors." not in stage.page()


def test_an_edit_of_a_published_comment_changes_its_page(stage: Stage, marta: Account) -> None:
    number = stage.sent().comment.id
    moderate.approve(stage.ctx, marta, number)

    acted = moderate.edit(stage.ctx, marta, number, "A *quieter* text.", reason="Shouting")

    assert acted.sentence == "Saved. The page shows the new text."
    assert "A <em>quieter</em> text." in stage.page()
    assert not moderate.edit(stage.ctx, marta, number, "A *quieter* text.", reason="Shouting").changed


def test_an_edit_must_leave_a_text(stage: Stage, marta: Account) -> None:
    number = stage.sent().comment.id

    with pytest.raises(Invalid):
        moderate.edit(stage.ctx, marta, number, "")
    with pytest.raises(Invalid):
        moderate.edit(stage.ctx, marta, number, "Text.", reason="x" * 201)


def test_a_writers_change_is_published_or_dropped(stage: Stage, marta: Account) -> None:
    sent = stage.sent()
    version = moderate.approve(stage.ctx, marta, sent.comment.id).comment.version
    version = mine.edit(stage.ctx, sent.waiting, "Changed once.", version).comment.version

    kept = moderate.keep_old(stage.ctx, marta, sent.comment.id, version)
    assert (kept.comment.proposed, kept.undo) == (None, None)
    with pytest.raises(Stale):
        moderate.accept_edit(stage.ctx, marta, sent.comment.id)
    assert "A quiet text." in stage.page()

    stage.clock.pass_(seconds=15)
    mine.edit(stage.ctx, sent.waiting, "Changed twice.", kept.comment.version)
    accepted = moderate.accept_edit(stage.ctx, marta, sent.comment.id)
    assert accepted.sentence == "Saved. The page shows the new text."
    assert "Changed twice." in stage.page()
    moderate.undo(stage.ctx, marta, sent.comment.id, accepted.undo)
    assert "A quiet text." in stage.page()


def test_a_reply_publishes_both_and_is_undone_with_both(stage: Stage, marta: Account) -> None:
    sent = stage.sent()

    acted = moderate.reply_and_approve(stage.ctx, marta, sent.comment.id, "Thank *you*.", sent.comment.version)

    assert acted.reply
    assert (acted.reply.parent, acted.reply.account, acted.reply.name) == (sent.comment.id, marta.id, "Marta Pelda")
    assert "A quiet text." in stage.page()
    assert "Thank <em>you</em>." in stage.page()

    moderate.undo(stage.ctx, marta, sent.comment.id, acted.undo)
    assert stage.store.get_comment(sent.comment.id).state == "pending"
    assert stage.store.get_comment(acted.reply.id).state == "trash"
    assert "Thank" not in stage.page()

    moderate.undo(stage.ctx, marta, sent.comment.id)
    assert "Thank <em>you</em>." in stage.page()


def test_a_double_click_replies_once(stage: Stage, marta: Account) -> None:
    sent = stage.sent()

    first = moderate.reply_and_approve(stage.ctx, marta, sent.comment.id, "Thank you.", sent.comment.version)
    second = moderate.reply_and_approve(stage.ctx, marta, sent.comment.id, "Thank you.", sent.comment.version)

    assert first.reply == second.reply
    assert not second.changed
    assert stage.store.count_comments() == 2


def test_an_author_answers_only_published_comments_on_own_articles(stage: Stage, marta: Account) -> None:
    mara = stage.account("mara.e", "author", author="mara")
    own, elsewhere = stage.sent(), stage.sent("Elsewhere.", thread=OTHER.id)
    with pytest.raises(NotAllowed):
        moderate.reply_and_approve(stage.ctx, mara, own.comment.id, "Thanks.")
    moderate.approve(stage.ctx, marta, own.comment.id)
    moderate.approve(stage.ctx, marta, elsewhere.comment.id)

    acted = moderate.reply_and_approve(stage.ctx, mara, own.comment.id, "Thanks.")

    assert acted.reply
    assert acted.reply.name == "Mara Example"
    with pytest.raises(NotAllowed):
        moderate.reply_and_approve(stage.ctx, mara, elsewhere.comment.id, "Thanks.")


def test_a_reply_needs_somebody_who_gives_it(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        moderate.reply_and_approve(stage.ctx, "command line", stage.sent().comment.id, "Thanks.")


def test_an_author_moderates_nothing(stage: Stage) -> None:
    mara = stage.account("mara.e", "author", author="mara")
    number = stage.sent().comment.id
    acts = (
        moderate.approve,
        moderate.spam,
        moderate.trash,
        moderate.restore,
        moderate.undo,
        moderate.accept_edit,
        moderate.keep_old,
    )

    for act in acts:
        with pytest.raises(NotAllowed):
            act(stage.ctx, mara, number)
    with pytest.raises(NotAllowed):
        moderate.edit(stage.ctx, mara, number, "Text.")
    assert stage.acts(number) == ["commenter: submit"]


def test_an_erased_text_does_not_come_back(stage: Stage, marta: Account) -> None:
    number = stage.sent().comment.id
    stage.store.erase_comment(number, text=True, at=stage.clock())

    with pytest.raises(Refused, match="erased"):
        moderate.approve(stage.ctx, marta, number)


def test_nothing_to_undo_is_said(stage: Stage, marta: Account) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        moderate.undo(stage.ctx, marta, stage.sent().comment.id)


def test_an_unknown_comment_is_not_found(stage: Stage, marta: Account) -> None:
    with pytest.raises(NotFound):
        moderate.approve(stage.ctx, marta, 999)


def test_act_and_record_stand_or_fall_together(stage: Stage, marta: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    number = stage.sent().comment.id

    def full(*_values: object, **_named: object) -> int:
        raise OSError("The disk is full.")

    monkeypatch.setattr(stage.store, "add_audit", full)
    with pytest.raises(OSError, match="full"):
        moderate.approve(stage.ctx, marta, number)

    assert stage.store.get_comment(number).state == "pending"


def test_undo_does_not_bring_back_a_reply_that_somebody_else_binned(stage: Stage, marta: Account) -> None:
    jonas, sent = stage.account("Jonas Beispiel"), stage.sent()
    acted = moderate.reply_and_approve(stage.ctx, marta, sent.comment.id, "Thank you.", sent.comment.version)
    assert acted.reply
    moderate.trash(stage.ctx, jonas, acted.reply.id)

    with pytest.raises(Stale, match=r"Somebody was faster.*in the bin by Jonas Beispiel"):
        moderate.undo(stage.ctx, marta, sent.comment.id, acted.undo)

    assert stage.store.get_comment(acted.reply.id).state == "trash"
    assert stage.store.get_comment(sent.comment.id).state == "approved"


def test_undoing_an_undo_leaves_a_reply_that_was_changed_in_between(stage: Stage, marta: Account) -> None:
    jonas, sent = stage.account("Jonas Beispiel"), stage.sent()
    acted = moderate.reply_and_approve(stage.ctx, marta, sent.comment.id, "Thank you.", sent.comment.version)
    assert acted.reply
    undone = moderate.undo(stage.ctx, marta, sent.comment.id, acted.undo)
    moderate.spam(stage.ctx, jonas, acted.reply.id)

    with pytest.raises(Stale, match="Somebody was faster"):
        moderate.undo(stage.ctx, marta, sent.comment.id, undone.undo)

    assert stage.store.get_comment(acted.reply.id).state == "spam"
    assert stage.store.get_comment(sent.comment.id).state == "pending"


def test_the_desk_is_told_what_can_be_taken_back(stage: Stage, marta: Account) -> None:
    binned, deleted, erased = (stage.sent(f"Text {number}.") for number in range(3))
    moderate.trash(stage.ctx, marta, binned.comment.id)
    mine.delete(stage.ctx, deleted.waiting)
    stage.store.erase_comment(erased.comment.id, text=True, at=stage.clock())

    told = [moderate.can_restore(stage.ctx, stage.store.get_comment(s.comment.id)) for s in (binned, deleted, erased)]

    assert told == [True, False, False]


def test_an_endless_text_or_reason_is_answered_at_once(stage: Stage, marta: Account, hostile: str) -> None:
    number = stage.sent().comment.id
    start = time.perf_counter()

    with pytest.raises(Invalid) as refused:
        moderate.edit(stage.ctx, marta, number, "Text.", reason=hostile)
    assert list(refused.value.fields) == ["reason"]
    if len(hostile) > 40_000:
        for write in (moderate.edit, moderate.reply_and_approve):
            with pytest.raises(Invalid):
                write(stage.ctx, marta, number, hostile)
    assert time.perf_counter() - start < 1
