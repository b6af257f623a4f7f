"""What somebody may do, and whom an article's letters reach."""

from comments.actions import accounts
from comments.actions.account_record import record
from comments.actions.context import Context
from comments.actions.permissions import Actor, require
from comments.errors import Refused
from comments.model import Account, Role
from comments.words import _


def set_role(ctx: Context, actor: Actor, account_id: int, role: Role, author: str | None = None) -> Account:
    """Give an account another role. Its sessions end, so that none goes on with what it no longer may.

    :raise Refused: it is one's own, the last administrator's, or the author's key is none of the site's.
    """
    require(actor, "accounts")
    author = author if role == "author" else None
    if role == "author":
        accounts.check_author(ctx, author or "")
    with ctx.store.write():
        account = ctx.store.get_account(account_id)
        if isinstance(actor, Account) and actor.id == account.id:
            raise Refused(_("You cannot change your own role. Another administrator can."))
        if role != "administrator" and not accounts.others_administrate(ctx, account):
            raise Refused(_("This is the last administrator. Make another one first."))
        if (account.role, account.author) == (role, author):
            return account
        ctx.store.set_role(account.id, role, author)
        record(ctx, actor, "set role", account, **{"from": account.role, "to": role, "author": author})
        return ctx.store.get_account(account.id)
