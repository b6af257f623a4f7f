import pytest

from comments.actions import mine, moderate
from comments.actions.from_mail import act_from_mail, from_mail
from comments.errors import BadToken, Refused, Stale
from comments.mail.letters import mark_of
from comments.model import Account, Comment
from tests.service.actions.stage import Stage


def link(stage: Stage, comment: Comment, account: Account) -> str:
    return stage.ctx.tokens.sign("moderate", {"comment": comment.id, "account": account.id, "version": comment.version})


def test_opening_the_link_shows_and_changes_nothing(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    token = link(stage, sent.comment, marta)

    for _again in range(2):
        opened = from_mail(stage.ctx, token)

    assert (opened.comment, opened.account, opened.verbs) == (sent.comment, marta, ("approve", "spam", "trash"))
    assert opened.entry
    assert opened.entry.title == "Silence in text"
    assert stage.acts(sent.comment.id) == ["commenter: submit"]


@pytest.mark.parametrize(("verb", "state"), [("approve", "approved"), ("spam", "spam"), ("trash", "trash")])
def test_the_link_acts_once_in_the_moderators_name(stage: Stage, verb: str, state: str) -> None:
    marta, sent = stage.account(), stage.sent()
    token = link(stage, sent.comment, marta)

    acted = act_from_mail(stage.ctx, token, verb)

    assert acted.comment.state == state
    assert stage.acts(sent.comment.id)[-1] == f"Marta: {verb}"
    for use in (lambda: from_mail(stage.ctx, token), lambda: act_from_mail(stage.ctx, token, "approve")):
        with pytest.raises(BadToken, match="used up"):
            use()


def test_the_link_stays_used_up_after_an_undo(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    token = link(stage, sent.comment, marta)
    acted = act_from_mail(stage.ctx, token, "approve")
    moderate.undo(stage.ctx, marta, sent.comment.id, acted.undo)

    with pytest.raises(BadToken):
        act_from_mail(stage.ctx, token, "approve")


def test_any_change_makes_the_link_stale(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    token = link(stage, sent.comment, marta)
    mine.edit(stage.ctx, sent.waiting, "Something else.", sent.comment.version)

    with pytest.raises(Stale, match="changed by its writer"):
        act_from_mail(stage.ctx, token, "approve")
    assert stage.store.get_comment(sent.comment.id).state == "pending"


def test_who_was_faster_is_named(stage: Stage) -> None:
    marta, jonas, sent = stage.account(), stage.account("Jonas"), stage.sent()
    token = link(stage, sent.comment, marta)
    moderate.spam(stage.ctx, jonas, sent.comment.id)

    with pytest.raises(Stale, match="filed under spam by Jonas"):
        from_mail(stage.ctx, token)


def test_a_link_serves_neither_other_purposes_nor_for_ever(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    token = link(stage, sent.comment, marta)

    for other in (sent.waiting, token + "x", token.replace(".", "..")):
        with pytest.raises(BadToken):
            act_from_mail(stage.ctx, other, "approve")
    with pytest.raises(BadToken):
        mine.delete(stage.ctx, token)
    with pytest.raises(Refused):
        act_from_mail(stage.ctx, token, "erase")
    stage.clock.pass_(days=7, seconds=1)
    with pytest.raises(BadToken):
        act_from_mail(stage.ctx, token, "approve")
    assert stage.store.get_comment(sent.comment.id).state == "pending"


def test_a_disabled_moderators_link_is_worth_nothing(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    token = link(stage, sent.comment, marta)
    stage.store.set_disabled(marta.id, True)

    with pytest.raises(BadToken):
        act_from_mail(stage.ctx, token, "approve")


def test_a_waiting_change_is_decided_by_mail(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    version = moderate.approve(stage.ctx, marta, sent.comment.id).comment.version
    changed = mine.edit(stage.ctx, sent.waiting, "Another text.", version).comment
    token = link(stage, changed, marta)

    assert from_mail(stage.ctx, token).verbs == ("accept_edit", "keep_old", "trash")
    act_from_mail(stage.ctx, token, "accept_edit")
    assert "Another text." in stage.page()


def test_a_refused_act_does_not_use_the_link_up(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    token = link(stage, sent.comment, marta)

    with pytest.raises(Refused):
        act_from_mail(stage.ctx, token, "undo")
    assert act_from_mail(stage.ctx, token, "approve").changed


def letter_link(stage: Stage, comment: Comment, account: Account) -> str:
    bound = {"comment": comment.id, "account": account.id, "version": comment.version, "text": mark_of(comment)}
    return stage.ctx.tokens.sign("moderate", bound)


def test_the_link_outlives_a_click_that_was_taken_back(stage: Stage) -> None:
    marta, jonas, sent = stage.account(), stage.account("Jonas"), stage.sent()
    token = letter_link(stage, sent.comment, marta)
    binned = moderate.trash(stage.ctx, jonas, sent.comment.id)
    with pytest.raises(Stale, match=r"Already put in the bin by Jonas at 10:01\.$"):
        from_mail(stage.ctx, token)
    with pytest.raises(Stale, match=r"Your click changed nothing\.$"):
        act_from_mail(stage.ctx, token, "approve")

    moderate.undo(stage.ctx, jonas, sent.comment.id, binned.undo)

    assert from_mail(stage.ctx, token).verbs == ("approve", "spam", "trash")
    assert act_from_mail(stage.ctx, token, "approve").changed


def test_a_text_that_nobody_read_is_not_published_by_the_link(stage: Stage) -> None:
    marta, sent = stage.account(), stage.sent()
    token = letter_link(stage, sent.comment, marta)
    mine.edit(stage.ctx, sent.waiting, "Something else.", sent.comment.version)

    with pytest.raises(Stale, match="changed by its writer"):
        from_mail(stage.ctx, token)


def test_the_link_shows_what_a_reply_answers(stage: Stage) -> None:
    marta, parent = stage.account(), stage.sent()
    moderate.approve(stage.ctx, marta, parent.comment.id)
    reply = stage.sent("I agree.", parent=parent.comment.id)

    answers = from_mail(stage.ctx, letter_link(stage, reply.comment, marta)).answers

    assert answers
    assert answers.source == "A quiet text."
    assert from_mail(stage.ctx, letter_link(stage, stage.sent("Alone.").comment, marta)).answers is None
