"""What waits to be sent, and having it tried again. No address is shown here: a letter's row has none."""

from typing import Literal

from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of, require
from comments.model import Letter
from comments.words import _

Way = Literal["waiting", "retried", "given up", "sent"]


def way_of(letter: Letter) -> Way:
    """How far a letter has come."""
    if letter.sent:
        return "sent"
    if letter.failed:
        return "given up"
    return "retried" if letter.error else "waiting"


def retry(ctx: Context, actor: Actor, number: int) -> str:
    """Have a letter tried now, with all its tries before it again. Returns what to tell.

    :raise NotFound: there is no such letter.
    :raise Refused: it was sent, or is being sent.
    """
    require(actor, "moderate")
    with ctx.store.write():
        letter = ctx.store.retry_letter(number, ctx.now())
        ctx.store.add_audit(ctx.now(), name_of(actor), "retry letter", detail={"letter": letter.id})
    return _("It is tried again now. Look here in a moment.")
