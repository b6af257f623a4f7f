"""The record's rows about accounts. They name accounts, never addresses."""

from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of
from comments.model import Account


def record(ctx: Context, actor: Actor, action: str, account: Account, **detail: object) -> None:
    """Note what was done to an account, inside the transaction that did it."""
    ctx.store.add_audit(ctx.now(), name_of(actor), action, detail={"account": account.name, **detail})


def record_refusal(ctx: Context, action: str, account: Account | None, **detail: object) -> None:
    """Note that somebody was turned away. A name that nobody has is not kept: it may be a password."""
    named = {"account": account.name} if account else {}
    with ctx.store.write():
        ctx.store.add_audit(ctx.now(), "service", action, detail=named | detail)
