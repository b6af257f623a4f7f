import fcntl
from pathlib import Path

import pytest

from comments.mail.outbox import Folder, MailServer, Undelivered
from tests.service.mail.servers import Mailbox, certificate, free_port, mail_server, only, silent_server

LETTER = b"Subject: Hello\r\n\r\nText.\r\n"


def deliver(server: MailServer) -> None:
    server.deliver(LETTER, sender="notes@example.org", reader="ada@example.org", name="1")


def refusal(server: MailServer) -> Undelivered:
    with pytest.raises(Undelivered) as refused:
        deliver(server)
    assert "@" not in str(refused.value)
    return refused.value


def test_a_letter_is_handed_over() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        deliver(MailServer("127.0.0.1", port, "none"))

    assert mailbox.readers == ["ada@example.org"]
    assert mailbox.letters == [LETTER]


def test_starttls_encrypts_and_checks_the_certificate(tmp_path: Path) -> None:
    shown, trust = certificate(tmp_path)
    mailbox = Mailbox()
    with mail_server(mailbox, tls_context=shown, require_starttls=True) as port:
        deliver(MailServer("localhost", port, "starttls", trust=trust))
        stranger = refusal(MailServer("localhost", port, "starttls"))

    assert mailbox.encrypted == [True]
    assert "not trusted" in str(stranger)


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    shown, trust = certificate(tmp_path)
    mailbox = Mailbox()
    with mail_server(mailbox, ssl_context=shown) as port:
        deliver(MailServer("localhost", port, "tls", trust=trust))

    assert mailbox.letters == [LETTER]


def test_tls_on_a_port_that_speaks_none_is_told() -> None:
    with mail_server(Mailbox()) as port:
        assert "PN_SMTP_SECURITY" in str(refusal(MailServer("localhost", port, "tls")))


def test_a_server_without_encryption_gets_no_letter() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        problem = refusal(MailServer("127.0.0.1", port, "starttls"))

    assert mailbox.letters == []
    assert not problem.for_good


def test_signing_in_with_user_name_and_password(tmp_path: Path) -> None:
    shown, trust = certificate(tmp_path)
    mailbox = Mailbox()
    with mail_server(mailbox, tls_context=shown, authenticator=only("u", "p"), auth_required=True) as port:
        deliver(MailServer("localhost", port, "starttls", "u", "p", trust=trust))
        problem = refusal(MailServer("localhost", port, "starttls", "u", "wrong", trust=trust))

    assert len(mailbox.letters) == 1
    assert "password" in str(problem)
    assert not problem.for_good


@pytest.mark.parametrize(
    ("answer", "for_good"),
    [("451 4.7.1 Greylisted, ada@example.org", False), ("550 5.1.1 No such user ada@example.org", True)],
)
def test_later_and_never_are_told_apart_without_quoting_the_server(answer: str, for_good: bool) -> None:
    with mail_server(Mailbox([answer])) as port:
        problem = refusal(MailServer("127.0.0.1", port, "none"))

    assert problem.for_good is for_good
    assert f"({answer[:3]})" in str(problem)
    assert "ada" not in str(problem)


def test_a_dead_server_is_told() -> None:
    assert "cannot be reached" in str(refusal(MailServer("127.0.0.1", free_port(), "none")))


def test_a_server_that_never_answers_is_not_waited_for_long() -> None:
    with silent_server() as port:
        problem = refusal(MailServer("127.0.0.1", port, "none", patience=0.2))

    assert "too long" in str(problem)
    assert not problem.for_good


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(MailServer("mail.example.org", 587, "tls", "user", "secret"))


def test_letters_in_a_folder_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "mail"

    Folder(folder).deliver(LETTER, sender="notes@example.org", reader="ada@example.org", name="1-moderate")
    Folder(folder).deliver(LETTER, sender="notes@example.org", reader="ada@example.org", name="1-moderate")

    (file,) = folder.iterdir()
    assert (file.name, file.read_bytes()) == ("1-moderate.eml", LETTER)
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_half_written_letter_is_taken_away_unless_somebody_is_still_at_it(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    left, busy = tmp_path / ".left.part", tmp_path / ".busy.part"
    left.write_bytes(LETTER[:5])
    with busy.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        folder.tidy()

        assert [path.name for path in tmp_path.iterdir()] == [busy.name]
    folder.tidy()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file")

    with pytest.raises(Undelivered, match="cannot be written"):
        Folder(tmp_path / "mail").deliver(LETTER, sender="", reader="", name="1")


def test_where_no_letter_is_to_be_deleted_nothing_is_touched(tmp_path: Path) -> None:
    """Erasing says that a letter stayed behind where it did, and not because a folder without letters is read-only."""
    (tmp_path / "var").touch()  # in the way: nothing can be made in it

    Folder(tmp_path / "var" / "mail").drop([])
