"""A new password for whoever forgot theirs, by a link in a letter.

Asking tells nobody whether a name or an address is known, neither by the answer nor by its time. The link sets a
password and nothing else: it signs nobody in, and the second step is asked for as always.
"""

from collections.abc import Iterator
from datetime import timedelta

from comments import markup
from comments.actions import accounts, passwords, tries
from comments.actions.account_record import record
from comments.actions.context import Context
from comments.errors import BadToken, NotFound, TooFast
from comments.model import Account
from comments.tokens import Token
from comments.words import _

LIFETIME = timedelta(hours=1)
PAUSE = timedelta(minutes=10)  # between two such letters to one account
LONGEST = 300  # characters: no name and no address has more


def ask(ctx: Context, typed: str, ip: str) -> str:
    """Have a link mailed to whoever has this name or address at the desk. The answer is always the same.

    :raise TooFast: too many were asked for, from this network or for this name.
    """
    named = markup.line(typed[:LONGEST])
    scopes = (tries.by_asked(named), tries.by_asking(ctx, ip))
    try:
        tries.count(ctx, scopes)
    except TooFast as fast:
        sentence = _("Too many links were asked for. Please wait {wait} seconds, then ask again.")
        raise TooFast(sentence.format(wait=fast.wait), fast.wait) from None
    meant = list(_meant(ctx, named))
    with ctx.store.write():
        for account in meant:
            _queue(ctx, account)
    return _(
        "If somebody at this desk has that name or address, a letter with a link is on its way. "
        "We do not say here whether we know it. No letter? An administrator can make you a link."
    )


def look(ctx: Context, token: str) -> Account:
    """Whose password the link sets. Changes nothing.

    :raise BadToken: altered, older than an hour, used up, or the password was changed since.
    """
    return _read(ctx, token)[1]


def set_anew(ctx: Context, token: str, password: str) -> Account:
    """Set the password, use the link up, and end every session of the account.

    :raise Invalid: under ``password``: it cannot be used.
    :raise BadToken: as above.
    """
    account = look(ctx, token)
    passwords.check(password, account.name, ctx.manifest().site.name)
    kept = passwords.hash_of(password)
    with ctx.store.write():
        read, account = _read(ctx, token)
        ctx.store.spend(read.id, read.made + LIFETIME)
        ctx.store.set_password(account.id, kept)
        ctx.store.end_sessions(account.id)
        record(ctx, account, "reset password", account)
    return account


def _read(ctx: Context, token: str) -> tuple[Token, Account]:
    read = ctx.tokens.read("reset", token, LIFETIME)
    late = BadToken(_("This link is used up, or the password was set since. Ask for another one."))
    try:
        account = ctx.store.get_account(int(read.subject["account"]))
    except NotFound:
        raise late from None
    mark = ctx.vault.mark((account.password or "").encode())
    if account.disabled or read.subject["mark"] != mark or ctx.store.is_spent(read.id):
        raise late
    return read, account


def _meant(ctx: Context, named: str) -> Iterator[Account]:
    """Whom the name or address may mean. Every sealed address is opened, whatever was typed: it takes as long."""
    lookup = ctx.vault.lookup(named)
    by_name = ctx.store.find_account(named) if len(named) <= accounts.LONGEST_NAME else None
    for account in ctx.store.list_accounts():
        sealed = ctx.store.find_account_address(account.id)
        if sealed is None:
            continue
        same = ctx.vault.lookup(ctx.vault.open(f"account:{account.id}", sealed)) == lookup
        if not account.disabled and (same or (by_name and by_name.id == account.id)):
            yield account


def _queue(ctx: Context, account: Account) -> None:
    now = ctx.now()
    last = ctx.store.last_letter("reset", account=account.id)
    if last is None or now - last >= PAUSE:
        ctx.store.add_letter("reset", now, now, account=account.id)
        record(ctx, "service", "ask for a new password", account)
