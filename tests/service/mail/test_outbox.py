import logging
from datetime import timedelta

import pytest

from comments.actions import accounts, from_mail, mine, moderate, proof
from comments.mail.outbox import MailServer
from comments.model import Account
from tests.service.actions.stage import Stage
from tests.service.mail.post import outbox_of, read, sending, text
from tests.service.mail.servers import free_port


@pytest.fixture
def marta(stage: Stage) -> Account:
    return stage.account("Marta", address="marta@example.org")


def test_the_moderators_letter_brings_a_link_that_works(stage: Stage, marta: Account) -> None:
    sent = stage.sent("Is silence an answer?", email="very.unique@example.org")
    with sending(stage) as (outbox, mailbox):
        assert outbox.send_due() == 1
        assert outbox.send_due() == 0

    (raw,) = mailbox.letters
    assert mailbox.readers == ["marta@example.org"]
    words = text(raw)
    for expected in ("Ada Specimen", "Is silence an answer?", "Silence in text", "First comment from this person."):
        assert expected in words
    assert b"very.unique" not in raw
    link = next(line for line in words.splitlines() if line.startswith("https://notes.example.org/comments/moderate/"))
    acted = from_mail.act_from_mail(stage.ctx, link.rpartition("/")[2], "approve")
    assert (acted.comment.id, acted.comment.state) == (sent.comment.id, "approved")
    assert stage.acts(sent.comment.id)[-1] == "Marta: approve"


def test_a_bundle_is_one_letter_and_leaves_out_what_is_decided(stage: Stage, marta: Account) -> None:
    with sending(stage) as (outbox, mailbox):
        stage.sent("The first.")
        outbox.send_due()
        kept, decided = stage.sent("Still waits."), stage.sent("Decided already.")
        moderate.spam(stage.ctx, marta, decided.comment.id)
        assert outbox.send_due() == 0
        stage.clock.pass_(minutes=10)
        assert outbox.send_due() == 1

    assert len(mailbox.letters) == 2
    assert "Still waits." in text(mailbox.letters[1])
    assert "Decided already." not in text(mailbox.letters[1])
    assert kept.comment.id


def test_a_letter_with_nothing_left_to_say_is_not_sent(stage: Stage, marta: Account) -> None:
    sent = stage.sent()
    moderate.approve(stage.ctx, marta, sent.comment.id)
    with sending(stage) as (outbox, mailbox):
        outbox.send_due()

    assert mailbox.letters == []
    assert stage.letters("moderate")[0].sent


def test_a_moderator_without_rights_or_address_gets_nothing(stage: Stage, marta: Account) -> None:
    jonas = stage.account("Jonas", address="jonas@example.org")
    stage.sent()
    stage.store.set_disabled(marta.id, True)
    accounts.set_address(stage.ctx, jonas, jonas.id, "")
    with sending(stage) as (outbox, mailbox):
        outbox.send_due()

    assert mailbox.letters == []


def test_a_waiting_change_is_shown_as_its_writer_wants_it(stage: Stage, marta: Account) -> None:
    sent = stage.sent()
    version = moderate.approve(stage.ctx, marta, sent.comment.id).comment.version
    mine.edit(stage.ctx, sent.waiting, "The new words.", version)
    with sending(stage) as (outbox, mailbox):
        outbox.send_due()

    assert "The new words." in text(mailbox.letters[0])
    assert "Changed after it was published." in text(mailbox.letters[0])


def test_the_letter_of_proof_goes_to_the_typed_address_and_its_link_works(stage: Stage) -> None:
    sent = stage.sent("Secret words.", email="ada@bücher.example.org")
    proof.ask_proof(stage.ctx, sent.waiting)
    with sending(stage) as (outbox, mailbox):
        outbox.send_due()

    assert mailbox.readers == ["ada@xn--bcher-kva.example.org"]
    words = text(mailbox.letters[0])
    assert "Secret words." not in words
    assert "Ada Specimen" not in words
    link = next(line for line in words.splitlines() if "/comments/prove/" in line)
    assert proof.prove(stage.ctx, link.rpartition("/")[2]).browser


def test_greylisting_is_waited_out_with_the_same_message_id(stage: Stage, marta: Account) -> None:
    stage.sent()
    with sending(stage, "451 try later") as (outbox, mailbox):
        outbox.send_due()
        (waiting,) = stage.letters("moderate")
        assert waiting.error == "The mail server asks to try again later (451)."
        assert waiting.due == stage.clock() + timedelta(minutes=1)
        assert outbox.send_due() == 0
        stage.clock.pass_(minutes=1)
        outbox.send_due()

    (sent,) = stage.letters("moderate")
    assert sent.sent
    assert sent.attempts == 2
    assert read(mailbox.letters[0])["Message-ID"] == (
        f"<letter-{sent.id}.{int(sent.created.timestamp())}@notes.example.org>"
    )


def test_a_mailbox_that_does_not_exist_is_given_up_at_once_and_visibly(stage: Stage, marta: Account) -> None:
    stage.sent()
    with sending(stage, "550 no such user marta@example.org") as (outbox, mailbox):
        outbox.send_due()
        stage.clock.pass_(days=1)
        assert outbox.send_due() == 0

    (failed,) = stage.letters("moderate")
    assert failed.failed
    assert failed.error == "The mail server does not take letters for this reader (550)."
    assert mailbox.letters == []


def test_a_dead_server_is_tried_with_growing_pauses_then_given_up(
    stage: Stage, marta: Account, caplog: pytest.LogCaptureFixture
) -> None:
    stage.sent("A very private remark.")
    outbox, pauses = outbox_of(stage, free_port()), []
    caplog.set_level(logging.DEBUG)
    while outbox.send_due():
        (letter,) = stage.letters("moderate")
        if not letter.failed:
            pauses.append(letter.due - stage.clock())
            stage.clock.now = letter.due

    assert letter.failed
    assert letter.attempts == 6
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=8)
    for secret in ("marta@", "private remark", "/comments/moderate/"):
        assert secret not in caplog.text + letter.error


def test_one_bad_letter_does_not_keep_the_others(stage: Stage, marta: Account) -> None:
    broken = stage.account("Broken", address="broken@example.org")
    stage.store.set_account_address(broken.id, b"not sealed by us")
    stage.sent()
    with sending(stage) as (outbox, mailbox):
        assert outbox.send_due() == 2

    assert mailbox.readers == ["marta@example.org"]
    failed = next(letter for letter in stage.letters("moderate") if letter.account == broken.id)
    assert failed.error
    assert not failed.sent


def test_a_claimed_letter_is_not_sent_twice_until_its_lease_ends(stage: Stage, marta: Account) -> None:
    stage.sent()
    stage.store.claim_letters(stage.clock(), stage.clock() + timedelta(minutes=5))  # by a process that is killed
    with sending(stage) as (outbox, mailbox):
        assert outbox.send_due() == 0
        stage.clock.pass_(minutes=5)
        assert outbox.send_due() == 1

    assert len(mailbox.letters) == 1


def test_without_a_mail_server_letters_are_files_that_only_we_can_read(stage: Stage, marta: Account) -> None:
    stage.sent("In a file.")

    outbox_of(stage).send_due()

    (file,) = (stage.runtime.var / "mail").iterdir()
    assert file.name.endswith(f"-moderate-{stage.letters('moderate')[0].id}.eml")
    assert file.stat().st_mode & 0o777 == 0o600
    assert "In a file." in text(file.read_bytes())


def test_the_settings_decide_how_letters_leave(stage: Stage) -> None:
    carrier = outbox_of(stage, 2525).carrier

    assert isinstance(carrier, MailServer)
    assert (carrier.host, carrier.port, carrier.own_name) == ("127.0.0.1", 2525, "example.org")


def test_the_letter_about_a_reply_names_what_it_answers_and_outlives_an_undo(stage: Stage, marta: Account) -> None:
    parent = stage.sent("What of\n\nthe fees?", name="Olu Muster", email="olu@example.org")
    moderate.approve(stage.ctx, marta, parent.comment.id)
    reply = stage.sent("They are on the page.", parent=parent.comment.id)
    with sending(stage) as (outbox, mailbox):
        stage.clock.pass_(minutes=10)
        outbox.send_due()
    words = text(mailbox.letters[-1])
    token = next(line for line in words.splitlines() if "/comments/moderate/" in line).rpartition("/")[2]
    binned = moderate.trash(stage.ctx, marta, reply.comment.id)
    moderate.undo(stage.ctx, marta, reply.comment.id, binned.undo)

    assert "It answers Olu Muster: “What of the fees?”" in words
    assert from_mail.act_from_mail(stage.ctx, token, "approve").changed
