"""After the privacy desk erased: nothing in any file of the installation, and no old link tells anything."""

import pytest

from comments.actions import from_mail, mine, moderate, own_data, proof
from comments.errors import BadToken, CommentsError, NotFound, Stale
from tests.service.actions.stage import Stage
from tests.service.actions.test_own_data import files_with, link, send_letters

NAME, ADDRESS, WEBSITE, TEXT = (
    "Zelda Quixwood",
    "zelda@quixmail.example",
    "https://quix.example",
    "The unmistakableword.",
)


def lived(stage: Stage) -> tuple[list[int], list[str]]:
    """A published comment that was answered and edited, one that waits; kept releases, letters, a proof's letter."""
    stage.account(address="marta@example.org")
    writer = {"name": NAME, "email": ADDRESS, "website": WEBSITE}
    first = stage.sent(TEXT, **writer)
    moderate.approve(stage.ctx, "command line", first.comment.id)
    parent: int | None = first.comment.id
    for depth in range(3):  # the last one says in words whom it answers
        answer = stage.sent(
            f"Answer {depth}.", name=f"Bo {depth}", email="bo@example.org", parent=parent, ip=f"203.0.{depth}.5"
        )
        moderate.approve(stage.ctx, "command line", answer.comment.id)
        parent = answer.comment.id
    stage.publish()
    version = stage.store.get_comment(first.comment.id).version
    mine.edit(stage.ctx, first.waiting, f"{TEXT} Proposed.", version)
    waits = stage.sent(f"{TEXT} Waits.", ip="198.51.100.1", thread="fees", **writer)
    stage.publish()
    own_data.ask_link(stage.ctx, ADDRESS, "203.0.113.1")
    proof.ask_proof(stage.ctx, waits.waiting)
    assert send_letters(stage)
    stage.store.checkpoint()
    return [first.comment.id, waits.comment.id], [first.waiting, waits.waiting]


@pytest.mark.parametrize("keep_text", [True, False])
def test_no_file_holds_the_name_the_address_or_a_text_that_was_to_go(stage: Stage, keep_text: bool) -> None:
    numbers, waiting = lived(stage)
    people = {stage.store.get_comment(number).person for number in numbers}
    prove = stage.ctx.tokens.sign("prove", {"person": max(person or 0 for person in people)})
    account = stage.store.find_account("Marta")
    assert account
    subject = {"comment": numbers[1], "account": account.id, "version": stage.store.get_comment(numbers[1]).version}
    letter = stage.ctx.tokens.sign("moderate", subject)
    who = ("Quixwood", "quixmail", "quix.example")
    assert all(files_with(stage, word) for word in who)
    releases = [path for path in files_with(stage, "Quixwood") if "releases" in path.parts]
    assert len({path.relative_to(stage.runtime.var).parts[1] for path in releases}) >= 2

    token = link(stage, ADDRESS)
    own_data.erase(stage.ctx, token, keep_text=keep_text)

    assert (stage.runtime.var / "store.db-wal").exists()  # searched with all other files
    assert files_with(stage, *who) == []
    assert bool(files_with(stage, "unmistakableword")) is keep_text
    assert files_with(stage, "Proposed") == []
    assert stage.store.count_comments(query="Quixwood") == 0
    assert stage.store.count_comments(query="unmistakableword") == (2 if keep_text else 0)
    assert all(stage.store.list_held(person or 0) == {} for person in people)
    assert "Quixwood" not in str([stage.store.list_audit(comment=number) for number in numbers])
    for address in waiting:
        with pytest.raises(NotFound):
            mine.look(stage.ctx, address)
    with pytest.raises(BadToken):
        own_data.look(stage.ctx, token)
    with pytest.raises(CommentsError):
        proof.look_proof(stage.ctx, prove)
    with pytest.raises(Stale, match="Already erased by its writer") as told:
        from_mail.from_mail(stage.ctx, letter)
    assert not any(word in str(told.value) for word in (*who, "unmistakableword"))


def test_the_file_to_take_along_holds_letters_browsers_and_the_record(stage: Stage) -> None:
    lived(stage)

    data = own_data.look(stage.ctx, link(stage, ADDRESS))
    record = own_data.as_record(stage.ctx, data)

    besides = record["besides"]
    assert isinstance(besides, dict)
    assert set(besides) >= {"audit", "browsers", "letters"}
    assert {row["kind"] for row in besides["letters"]} >= {"privacy", "prove"}
    assert {"submit", "approve"} <= {row["action"] for row in besides["audit"]}
    assert "command line" not in str(besides)  # who moderated is told to nobody
