"""Dangerous steps ask once more who sits there: the password or a code, shown within the last ten minutes."""

from datetime import timedelta

from comments.actions import passwords, second_step, tries
from comments.actions.account_record import record, record_refusal
from comments.actions.context import Context
from comments.errors import Invalid
from comments.model import Account, Session
from comments.words import _

LASTS = timedelta(minutes=10)


def is_fresh(ctx: Context, session: Session) -> bool:
    """Whether this session has shown within ten minutes who it is; signing in counts."""
    return ctx.now() - session.confirmed <= LASTS


def can_confirm(ctx: Context, account: Account) -> bool:
    """Whether the account has anything to show. Whoever came by a link alone needs a new one."""
    return bool(account.password) or second_step.is_on(ctx, account.id)


def has_code(ctx: Context, account: Account) -> bool:
    """Whether a code of the app will do as well."""
    return second_step.is_on(ctx, account.id)


def confirm(ctx: Context, session: Session, typed: str) -> None:
    """Take a password, or a code where the account has a second step; the next ten minutes need none.

    :raise Invalid: under ``confirm``: it is neither.
    :raise TooFast: too many wrong tries.
    """
    account = session.account
    if second_step.is_on(ctx, account.id) and len(typed.strip()) < passwords.SHORTEST:
        try:
            second_step.check(ctx, account, typed)
        except Invalid as wrong:
            raise Invalid({"confirm": str(wrong)}) from None
    else:
        _check_password(ctx, account, typed)
    with ctx.store.write():
        ctx.store.confirm_session(session.id, ctx.now())
        record(ctx, account, "confirm", account)


def _check_password(ctx: Context, account: Account, typed: str) -> None:
    scopes = (tries.by_name(account.name),)
    at = tries.count(ctx, scopes)
    if not passwords.fits(account.password, typed):
        record_refusal(ctx, "refuse confirmation", account)
        raise Invalid({"confirm": _("This is not your password.")})
    with ctx.store.write():
        tries.was_right(ctx, scopes, at)
