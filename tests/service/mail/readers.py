"""Readers who follow a thread, and the letters that reach them."""

from dataclasses import dataclass

from comments.actions import moderate, news, subscriptions
from comments.actions.submit import Submitted
from comments.mail.outbox import Outbox
from tests.service.actions.stage import Stage
from tests.service.mail.post import links, text
from tests.service.mail.servers import Mailbox

READER = "reader@example.net"


@dataclass
class Post:
    """The stage with its mail running: what is due is announced and sent when asked."""

    stage: Stage
    outbox: Outbox
    mailbox: Mailbox

    def run(self, **time: float) -> list[bytes]:
        """Let time pass, tell what is news, send what is due. Returns the letters that came."""
        self.stage.clock.pass_(**(time or {"minutes": 15}))
        before = len(self.mailbox.letters)
        news.announce(self.stage.ctx)
        self.outbox.send_due()
        return self.mailbox.letters[before:]

    def approved(self, words: str = "An answer.", **values: object) -> Submitted:
        values = {"name": "Olu Muster", "email": "olu@example.org"} | values
        sent = self.stage.sent(words, **values)
        if sent.comment.state != "approved":
            moderate.approve(self.stage.ctx, "command line", sent.comment.id)
        return sent

    def follower(self, scope: str = "replies", email: str = READER, **values: object) -> Submitted:
        """Somebody whose comment is published and who confirmed."""
        asked = f"A question, at {self.stage.clock()}."
        sent = self.approved(asked, name="Rea Der", email=email, notify=scope, **values)
        (letter,) = self.run()
        subscriptions.confirm(self.stage.ctx, links(text(letter), "subscription")[0])
        return sent
