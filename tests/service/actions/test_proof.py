import pytest

from comments.actions import mine, proof
from comments.errors import BadToken
from tests.service.actions.stage import Stage


def proof_token(stage: Stage, person: int | None) -> str:
    return stage.ctx.tokens.sign("prove", {"person": person or 0})


def test_the_link_is_mailed_once_a_day_to_an_address_whoever_asks(stage: Stage) -> None:
    first = stage.sent("One.")
    second = stage.sent("Two.", ip="198.51.100.1")  # another browser, the same address

    said = {proof.ask_proof(stage.ctx, token) for token in (first.waiting, first.waiting, second.waiting)}

    assert len(said) == 1
    assert len(stage.letters("prove")) == 1
    stage.clock.pass_(days=1, seconds=1)
    proof.ask_proof(stage.ctx, second.waiting)
    assert [letter.person for letter in stage.letters("prove")] == [first.comment.person, second.comment.person]


def test_without_an_address_there_is_nothing_to_mail(stage: Stage) -> None:
    stage.set_site(require_name_email=False)
    sent = stage.sent(email="")

    proof.ask_proof(stage.ctx, sent.waiting)

    assert stage.letters("prove") == []


def test_proving_the_mailbox_makes_the_new_browser_known(stage: Stage) -> None:
    stage.known_browser()
    elsewhere = stage.sent("From my telephone.", ip="198.51.100.1")
    assert elsewhere.comment.state == "pending"

    proved = proof.prove(stage.ctx, proof_token(stage, elsewhere.comment.person))

    assert stage.sent("And once more.", browser=proved.browser).comment.state == "approved"


def test_a_browser_that_only_typed_the_address_gains_nothing_by_the_proof(stage: Stage) -> None:
    pretender = stage.known_browser()
    owner = stage.sent("From the owner.", ip="198.51.100.1")

    proof.prove(stage.ctx, proof_token(stage, owner.comment.person))

    assert stage.sent("As Ada again.", browser=pretender).comment.state == "pending"


def test_whoever_typed_the_address_of_somebody_else_is_not_told_that_it_was_proven(stage: Stage) -> None:
    """Enumeration: the page of a stranger's comment is the same before and after the owner proves the mailbox."""
    typed = stage.sent("Typed by a stranger.", notify="thread")
    owner = stage.sent("From the owner.", ip="198.51.100.1")
    before = mine.look(stage.ctx, typed.waiting, typed.browser)

    proved = proof.prove(stage.ctx, proof_token(stage, owner.comment.person))

    for browser in (typed.browser, None):
        after = mine.look(stage.ctx, typed.waiting, browser)
        assert (after.can_prove, after.letters) == (before.can_prove, before.letters) == (True, after.letters)
        assert "Before we write to you" in after.letters
    assert not mine.look(stage.ctx, owner.waiting, proved.browser).can_prove
    stage.clock.pass_(days=2)
    assert proof.ask_proof(stage.ctx, typed.waiting) == proof.ask_proof(stage.ctx, owner.waiting)
    assert len(stage.letters("prove")) == 1


def test_looking_at_the_link_changes_nothing_and_pressing_works_once(stage: Stage) -> None:
    sent = stage.sent()
    token = proof_token(stage, sent.comment.person)

    assert proof.look_proof(stage.ctx, token).until == stage.clock() + proof.LIFETIME
    assert proof.look_proof(stage.ctx, token)
    proof.prove(stage.ctx, token)
    with pytest.raises(BadToken):
        proof.prove(stage.ctx, token)
    with pytest.raises(BadToken):
        proof.look_proof(stage.ctx, token)


def test_a_link_too_old_or_about_nobody_proves_nothing(stage: Stage) -> None:
    token = proof_token(stage, stage.sent().comment.person)

    with pytest.raises(BadToken):
        proof.prove(stage.ctx, proof_token(stage, 999))
    stage.clock.pass_(days=3, seconds=1)
    with pytest.raises(BadToken):
        proof.prove(stage.ctx, token)
