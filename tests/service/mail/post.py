"""An outbox with a real mail server behind it, and letters as their readers see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from comments.mail.outbox import Outbox, open_outbox
from tests.service.actions.stage import Stage
from tests.service.mail.servers import Mailbox, mail_server


def outbox_of(stage: Stage, port: int = 0) -> Outbox:
    settings = replace(
        stage.ctx.settings,
        smtp_host="127.0.0.1" if port else "",
        smtp_port=port or 587,
        smtp_security="none",
        smtp_from="notes@example.org",
    )
    return open_outbox(
        store=stage.store,
        vault=stage.ctx.vault,
        tokens=stage.ctx.tokens,
        settings=settings,
        var=stage.runtime.var,
        manifest=stage.ctx.manifest,
        clock=stage.clock,
    )


@contextmanager
def sending(stage: Stage, *refusals: str) -> Iterator[tuple[Outbox, Mailbox]]:
    mailbox = Mailbox(list(refusals))
    with mail_server(mailbox) as port:
        yield outbox_of(stage, port), mailbox


def read(raw: bytes) -> EmailMessage:
    letter = message_from_bytes(raw, policy=default)
    assert isinstance(letter, EmailMessage)
    return letter


def text(raw: bytes) -> str:
    body = read(raw).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html(raw: bytes) -> str:
    body = read(raw).get_body(("html",))
    assert body is not None
    return str(body.get_content())


def links(words: str, purpose: str) -> list[str]:
    """The tokens of all links for this purpose."""
    return [line.rpartition("/")[2] for line in words.split() if f"/comments/{purpose}/" in line]
