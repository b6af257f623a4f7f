"""A moderator decides from the letter: a link for one comment, one moderator, one version, seven days, one use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _

from comments.actions import acts, moderate
from comments.actions.context import Context
from comments.actions.moderate import Acted
from comments.actions.permissions import may
from comments.errors import BadToken, NotFound, Refused
from comments.manifest import Thread
from comments.model import Account, Comment
from comments.tokens import Token

LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class FromMail:
    """What the link opens, with the acts it allows. Looking changes nothing."""

    comment: Comment
    account: Account
    verbs: tuple[str, ...]
    entry: Thread | None
    until: datetime


def from_mail(ctx: Context, token: str) -> FromMail:
    """What the link is about.

    :raise BadToken: altered, too old, used up, or its moderator moderates no more.
    :raise Stale: the comment was changed since the letter; says by whom.
    """
    read = _read(ctx, token)
    comment, account = _subject(ctx, read)
    acts.check_fresh(ctx, comment, _number(read, "version"))
    entry = ctx.manifest().threads.get(comment.thread)
    return FromMail(comment, account, _verbs(comment), entry, read.made + LIFETIME)


def act_from_mail(ctx: Context, token: str, verb: str) -> Acted:
    """Do one of the acts; the link is used up in the same transaction.

    :raise BadToken: as above.
    :raise Stale: somebody was faster.
    """
    with ctx.store.write():
        read = _read(ctx, token)
        comment, account = _subject(ctx, read)
        version = _number(read, "version")
        acts.check_fresh(ctx, comment, version)
        if verb not in _verbs(comment):
            raise Refused(_("This link does not allow that."))
        ctx.store.spend(read.id, read.made + LIFETIME)
        done = moderate.change(ctx, account, verb, comment.id, version)
    return moderate.receipt(ctx, done)


def _read(ctx: Context, token: str) -> Token:
    read = ctx.tokens.read("moderate", token, LIFETIME)
    if ctx.store.is_spent(read.id):
        raise BadToken(_("This link is used up: it works once. Sign in to the desk to decide again."))
    return read


def _subject(ctx: Context, read: Token) -> tuple[Comment, Account]:
    try:
        comment = ctx.store.get_comment(_number(read, "comment"))
        account = ctx.store.get_account(_number(read, "account"))
    except NotFound:
        raise BadToken(_("What this link was about is gone.")) from None
    if not may(account, "moderate"):
        raise BadToken(_("This link is no longer valid. Ask an administrator."))
    return comment, account


def _number(read: Token, key: str) -> int:
    return int(read.subject[key])


def _verbs(comment: Comment) -> tuple[str, ...]:
    if comment.proposed is not None and comment.state == "approved":
        return ("accept_edit", "keep_old", "trash")
    return ("approve", "spam", "trash") if comment.state == "pending" else ()
