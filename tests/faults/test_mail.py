"""The mail server says no at any step, hangs up, or keeps silent: no post waits for it, and no letter is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from comments.actions import accounts
from comments.mail.outbox import MailServer, open_outbox
from tests.service.mail.servers import Mailbox, free_port, mail_server, silent_server
from tests.service.web.house import House, make_output, open_house

MODERATOR = "mo@desk.example.net"
STEPS = ("EHLO", "MAIL", "RCPT", "DATA", "end of DATA")


class Moody(Mailbox):
    """Says ``answer`` at one step, or hangs up there when it is empty, until it is in a better mood."""

    def __init__(self, step: str, answer: str) -> None:
        super().__init__()
        self.step, self.answer, self.moody = step, answer, True

    def _say(self, server: SMTP, step: str) -> str | None:
        if not self.moody or step != self.step:
            return None
        if not self.answer and server.transport:
            server.transport.abort()
        return self.answer or "421 Gone"

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name = name
        said = self._say(server, "EHLO")
        return [said] if said else responses

    async def handle_HELO(self, server: SMTP, session: Session, envelope: Envelope, name: str) -> str:
        session.host_name = name
        return self._say(server, "EHLO") or "250 hello"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self._say(server, "MAIL")
        if not said:
            envelope.mail_from = address
        return said or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self._say(server, "RCPT")
        return said or await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self._say(server, "end of DATA")
        return said or await super().handle_DATA(server, session, envelope)


class MoodyServer(SMTP):
    """Refuses the command DATA itself, where its handler says so."""

    async def smtp_DATA(self, arg: str) -> None:
        said = self.event_handler._say(self, "DATA")
        if said:
            await self.push(said)
        else:
            await super().smtp_DATA(arg)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An installation with a moderator who wants letters."""
    made = open_house(tmp_path, make_output(tmp_path / "output"), smtp_from="notes@example.org")
    accounts.sign_in_link(made.ctx, "Mo")
    account = made.ctx.store.find_account("Mo")
    assert account
    accounts.set_address(made.ctx, "command line", account.id, MODERATOR)
    yield made
    made.runtime.close()


def send_due(house: House, port: int, patience: float = 5.0) -> None:
    """One round of the outbox, through the server at that port."""
    ctx = house.ctx
    outbox = open_outbox(
        store=ctx.store, vault=ctx.vault, tokens=ctx.tokens, settings=ctx.settings, var=house.runtime.var,
        manifest=ctx.manifest, clock=ctx.clock,
    )  # fmt: skip
    object.__setattr__(outbox, "carrier", MailServer("127.0.0.1", port, "none", patience=patience))
    outbox.send_due()


@contextmanager
def moody_server(mailbox: Moody) -> Iterator[int]:
    with mail_server(mailbox) as port:
        yield port


@pytest.mark.parametrize("answer", ["451 4.3.0 Not now, mo@desk.example.net", ""], ids=["later", "hangs up"])
@pytest.mark.parametrize("step", STEPS)
def test_a_letter_that_was_put_off_at_any_step_leaves_once_the_server_takes_it(
    house: House, step: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aiosmtpd.controller.SMTP", MoodyServer)
    mailbox = Moody(step, answer)
    house.waiting()
    house.clock.move(minutes=15)
    with moody_server(mailbox) as port:
        send_due(house, port)
        (letter,) = house.ctx.store.list_letters(limit=10)
        assert mailbox.letters == []
        assert (letter.sent, letter.failed) == (None, None)
        assert "@" not in (letter.error)
        house.waiting()  # nobody who posts hears of it

        mailbox.moody = False
        house.clock.move(minutes=15)
        send_due(house, port)

    assert mailbox.readers == [MODERATOR]
    assert all(letter.sent for letter in house.ctx.store.list_letters(limit=10))


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "end of DATA"])
def test_a_refusal_for_good_is_given_up_where_somebody_sees_it(house: House, step: str) -> None:
    mailbox = Moody(step, "550 5.7.1 Never, mo@desk.example.net")
    house.waiting()
    house.clock.move(minutes=15)
    with moody_server(mailbox) as port:
        for _round in range(8):
            send_due(house, port)
            house.clock.move(hours=10)

    (letter,) = house.ctx.store.list_letters(limit=10)
    assert letter.failed
    assert letter.error
    assert "@" not in letter.error
    assert mailbox.letters == []


@pytest.mark.parametrize("kind", ["dead", "slow"])
def test_no_post_waits_for_a_dead_or_slow_server_and_the_letter_goes_when_it_is_back(house: House, kind: str) -> None:
    house.waiting()
    house.clock.move(minutes=15)
    if kind == "slow":
        with silent_server() as port:
            send_due(house, port, patience=0.2)
    else:
        send_due(house, free_port())
    house.waiting()
    (letter, *_rest) = house.ctx.store.list_letters(limit=10)
    assert letter.sent is None

    house.clock.move(hours=1)
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        send_due(house, port)

    assert set(mailbox.readers) == {MODERATOR}
    assert all(letter.sent for letter in house.ctx.store.list_letters(limit=10))
