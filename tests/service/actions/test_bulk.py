import pytest

from comments.actions.bulk import LIMIT, bulk
from comments.errors import NotAllowed, Refused
from tests.service.actions.stage import OTHER, Stage


def test_many_are_published_and_undone_at_once(stage: Stage) -> None:
    marta = stage.account()
    ids = [stage.sent(f"Number {number}.").comment.id for number in range(3)]
    ids.append(stage.sent("Elsewhere.", thread=OTHER.id).comment.id)

    acted = bulk(stage.ctx, marta, "approve", ids)

    assert acted.sentence == "4 published."
    assert "Number 2." in stage.page()
    assert "Elsewhere." in stage.page(OTHER)
    undone = bulk(stage.ctx, marta, "undo", [one.comment.id for one in acted.done])
    assert undone.sentence == "4 undone."
    assert "Number 2." not in stage.page()


def test_what_cannot_be_done_to_one_is_done_to_the_others(stage: Stage) -> None:
    marta = stage.account()
    sent, stale = stage.sent("One."), stage.sent("Two.")

    acted = bulk(
        stage.ctx, marta, "approve", [sent.comment.id, 999, stale.comment.id, sent.comment.id], {stale.comment.id: 77}
    )

    assert [one.comment.id for one in acted.done] == [sent.comment.id]
    assert list(acted.failed) == [999, stale.comment.id]
    assert acted.sentence.startswith("1 published. 2 were left as they are. There is no comment 999.")
    assert "Look at it again, then decide." in acted.sentence
    assert stage.store.get_comment(stale.comment.id).state == "pending"


def test_a_late_page_is_told_once(stage: Stage) -> None:
    ids = [stage.sent(f"Number {number}.").comment.id for number in range(2)]
    stage.page_path().unlink()

    acted = bulk(stage.ctx, "command line", "approve", ids)

    assert acted.why_late
    assert acted.sentence == f"2 published. The pages will follow. {acted.why_late}"


def test_nothing_selected_too_much_or_not_allowed_is_refused(stage: Stage) -> None:
    with pytest.raises(Refused, match="Nothing was selected"):
        bulk(stage.ctx, "command line", "approve", [])
    with pytest.raises(Refused, match=str(LIMIT)):
        bulk(stage.ctx, "command line", "approve", range(LIMIT + 1))
    with pytest.raises(NotAllowed):
        bulk(stage.ctx, stage.account("mara.e", "author"), "approve", [1])


def test_an_unknown_verb_does_nothing(stage: Stage) -> None:
    number = stage.sent().comment.id

    assert number in bulk(stage.ctx, "command line", "explode", [number]).failed
