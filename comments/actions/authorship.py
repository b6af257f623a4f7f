"""Who stands for an author of the site in comments that they wrote elsewhere."""

from comments.actions.account_record import record
from comments.actions.accounts import account_name
from comments.actions.context import Context
from comments.errors import Refused
from comments.model import Account


def standing_account(ctx: Context, author: str, by: str) -> int | None:
    """The account of the author with this key. Where there is none, ``by`` makes one that nobody can sign in to.

    Its name is one that nobody would choose, so that the author's own stays free for whoever comes to the desk.
    None where somebody has it all the same. The caller holds the transaction.
    """
    for account in ctx.store.list_accounts():
        if account.role == "author" and account.author == author:
            return account.id
    try:
        made = ctx.store.add_account(account_name(_name_for(author)), "author", ctx.now(), author)
    except Refused:
        return None
    ctx.store.set_disabled(made, True)
    record(ctx, by, "note author", ctx.store.get_account(made))
    return made


def is_standing(account: Account) -> bool:
    """Whether it only stands for an author of comments that were brought over, and nobody was ever let in by it."""
    lets_in = account.password is not None or not account.disabled
    return account.role == "author" and not lets_in and account.name == _name_for(account.author or "")


def _name_for(author: str) -> str:
    return f"{author} (old site)"
