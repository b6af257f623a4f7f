from datetime import timedelta

import pytest

from comments.actions import mine, moderate
from comments.checks import pace
from comments.errors import BadToken, Invalid, NotFound, Refused, Stale, TooFast, TooLate
from tests.service.actions.stage import Stage


def test_the_waiting_page_tells_the_state_and_until_when_it_may_be_changed(stage: Stage) -> None:
    sent = stage.sent()

    page = mine.look(stage.ctx, sent.waiting)

    assert (page.state, page.text, page.address) == ("waiting", "A quiet text.", None)
    assert page.editable_until == sent.comment.created + mine.EDIT_TIME
    assert page.can_prove


def test_spam_waits_as_far_as_its_writer_can_see(stage: Stage) -> None:
    sent = stage.sent("casino")

    assert mine.look(stage.ctx, sent.waiting).state == "waiting"


def test_a_published_comment_has_its_address(stage: Stage) -> None:
    sent = stage.sent()
    moderate.approve(stage.ctx, "command line", sent.comment.id)

    page = mine.look(stage.ctx, sent.waiting)

    assert (page.state, page.address) == ("published", f"/2026/silence/#comment-{sent.comment.id}")


def test_looking_changes_nothing(stage: Stage) -> None:
    sent = stage.sent()
    before = stage.store.get_comment(sent.comment.id), stage.store.list_audit()

    mine.look(stage.ctx, sent.waiting)

    assert (stage.store.get_comment(sent.comment.id), stage.store.list_audit()) == before


def test_a_waiting_comment_is_edited_in_place_and_judged_again(stage: Stage) -> None:
    sent = stage.sent()

    page = mine.edit(stage.ctx, sent.waiting, "With crystal clear words.", sent.comment.version)

    assert page.text == "With crystal clear words."
    assert page.comment.state == "pending"
    assert [reason.key for reason in page.comment.reasons] == ["first", "held-word"]
    assert stage.acts(sent.comment.id) == ["commenter: submit", "commenter: revise"]


def test_an_edit_can_go_to_spam_like_a_first_text(stage: Stage) -> None:
    sent = stage.sent()

    page = mine.edit(stage.ctx, sent.waiting, "Come to my casino.", sent.comment.version)

    assert page.comment.state == "spam"
    assert page.state == "waiting"


def test_the_edit_of_a_published_comment_waits_while_the_old_text_stays(stage: Stage) -> None:
    marta = stage.account(address="marta@example.org")
    sent = stage.sent()
    published = moderate.approve(stage.ctx, marta, sent.comment.id).comment

    page = mine.edit(stage.ctx, sent.waiting, "Quite another text.", published.version)

    assert page.changing
    assert page.text == "Quite another text."
    assert (page.comment.state, page.comment.source, page.comment.proposed) == (
        "approved",
        "A quiet text.",
        "Quite another text.",
    )
    assert [reason.key for reason in page.comment.reasons] == ["changed"]
    assert "A quiet text." in stage.page()
    assert "Quite another text." not in stage.page()
    assert sent.comment.id in stage.letters("moderate")[-1].comments


def test_a_comment_can_be_taken_back_and_does_not_return(stage: Stage) -> None:
    sent = stage.sent()
    moderate.approve(stage.ctx, "command line", sent.comment.id)

    page = mine.delete(stage.ctx, sent.waiting)

    assert page.state == "removed"
    assert "A quiet text." not in stage.page()
    for act in (moderate.approve, moderate.restore, moderate.undo):
        with pytest.raises(Refused):
            act(stage.ctx, "command line", sent.comment.id)


def test_in_the_last_moment_of_the_quarter_of_an_hour_it_is_changed_and_taken_back(stage: Stage) -> None:
    changed, deleted = stage.sent("To be changed."), stage.sent("To be deleted.", ip="198.51.100.9")
    stage.clock.now = changed.comment.created + mine.EDIT_TIME - timedelta(microseconds=1)
    assert mine.edit(stage.ctx, changed.waiting, "In time.", changed.comment.version).text == "In time."
    stage.clock.pass_(microseconds=1)
    with pytest.raises(TooLate):
        mine.edit(stage.ctx, changed.waiting, "A moment late.", changed.comment.version + 1)

    stage.clock.now = deleted.comment.created + mine.EDIT_TIME - timedelta(microseconds=1)
    assert mine.delete(stage.ctx, deleted.waiting).state == "removed"


def test_after_a_quarter_of_an_hour_nothing_is_changed(stage: Stage) -> None:
    sent = stage.sent()
    stage.clock.pass_(minutes=15)

    with pytest.raises(TooLate):
        mine.edit(stage.ctx, sent.waiting, "Too late.", sent.comment.version)
    with pytest.raises(TooLate):
        mine.delete(stage.ctx, sent.waiting)
    assert mine.look(stage.ctx, sent.waiting).editable_until is None
    assert stage.store.get_comment(sent.comment.id) == sent.comment


def test_what_a_moderator_binned_is_not_edited(stage: Stage) -> None:
    sent = stage.sent()
    moderate.trash(stage.ctx, "command line", sent.comment.id)

    with pytest.raises(TooLate):
        mine.edit(stage.ctx, sent.waiting, "Again.", sent.comment.version)


def test_an_edit_keeps_the_rules_of_shape_and_version(stage: Stage) -> None:
    sent = stage.sent()

    with pytest.raises(Invalid) as refused:
        mine.edit(stage.ctx, sent.waiting, " ", sent.comment.version)
    assert list(refused.value.fields) == ["comment"]
    with pytest.raises(Stale):
        mine.edit(stage.ctx, sent.waiting, "Text.", sent.comment.version + 1)


def test_a_token_opens_nothing_when_altered_old_or_made_for_something_else(stage: Stage) -> None:
    sent = stage.sent()
    form = stage.ctx.tokens.sign("form", {"comment": sent.comment.id})

    for token in (sent.waiting[:-1], "x" + sent.waiting, form, ""):
        with pytest.raises(BadToken):
            mine.look(stage.ctx, token)
    stage.clock.pass_(days=91)
    with pytest.raises(BadToken):
        mine.look(stage.ctx, sent.waiting)


def test_an_erased_comment_is_nobodys(stage: Stage) -> None:
    sent = stage.sent()
    stage.store.erase_comment(sent.comment.id, text=False, at=stage.clock())

    with pytest.raises(NotFound):
        mine.look(stage.ctx, sent.waiting)


def test_changes_keep_the_pace_of_comments(stage: Stage) -> None:
    sent = stage.sent()
    version = mine.edit(stage.ctx, sent.waiting, "Once.", sent.comment.version).comment.version

    with pytest.raises(TooFast) as refused:
        mine.edit(stage.ctx, sent.waiting, "Twice.", version)
    assert refused.value.wait == 15
    assert "your text is kept" in str(refused.value)
    assert mine.edit(stage.ctx, sent.waiting, "Once.", version).text == "Once."  # nothing changed: nothing counted

    stage.clock.pass_(seconds=15)
    assert mine.edit(stage.ctx, sent.waiting, "Twice.", version).text == "Twice."


def test_a_comment_is_changed_so_many_times_and_no_more(stage: Stage) -> None:
    sent = stage.sent()
    version = sent.comment.version
    for number in range(pace.EDITS):
        version = mine.edit(stage.ctx, sent.waiting, f"Text {number}.", version).comment.version
        stage.clock.pass_(seconds=15)

    with pytest.raises(TooLate, match="20 times"):
        mine.edit(stage.ctx, sent.waiting, "Once more.", version)
    assert len(stage.store.list_edits(sent.comment.id)) == pace.EDITS


def test_whoever_deletes_is_told_the_truth(stage: Stage) -> None:
    said = mine.delete(stage.ctx, stage.sent().waiting).sentence

    assert said.endswith("It is off the page; moderators can still see it for up to 30 days.")
