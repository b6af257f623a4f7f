"""Who may do what: one table."""

from typing import Literal

from comments.errors import NotAllowed
from comments.model import Account, Role
from comments.words import _

Actor = Account | str
"""An account, or the string "command line": whoever reaches that owns the store's files anyway."""

Act = Literal["moderate", "reply", "see_address", "erase", "threads", "accounts", "release", "lists"]

_ALLOWED: dict[Role, frozenset[Act]] = {
    "administrator": frozenset(
        ("moderate", "reply", "see_address", "erase", "threads", "accounts", "release", "lists")
    ),
    "moderator": frozenset(("moderate", "reply", "see_address", "erase", "threads")),
    "author": frozenset(("reply",)),  # under own articles only: actions.moderate sees to it
}


def may(actor: Actor, act: Act) -> bool:
    """Whether the actor's role allows this act."""
    return isinstance(actor, str) or (not actor.disabled and act in _ALLOWED[actor.role])


def require(actor: Actor, act: Act) -> None:
    """:raise NotAllowed: the actor's role does not allow this act."""
    if not may(actor, act):
        raise NotAllowed(_("Your role here does not allow this. Ask an administrator."))


def name_of(actor: Actor) -> str:
    """The name for the record."""
    return actor if isinstance(actor, str) else actor.name
