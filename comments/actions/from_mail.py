"""A moderator decides from the letter: a link for one comment, one moderator, one text, seven days, one use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from comments.actions import acts, moderate
from comments.actions.context import Context
from comments.actions.moderate import Acted
from comments.actions.permissions import may
from comments.errors import BadToken, NotFound, Refused, Stale
from comments.mail.letters import mark_of
from comments.manifest import Thread
from comments.model import Account, Comment
from comments.tokens import Token
from comments.words import _

LIFETIME = timedelta(days=7)
NEVER = -1  # a version that no comment has


@dataclass(frozen=True)
class FromMail:
    """What the link opens, with the acts it allows. Looking changes nothing.

    :ivar answers: the comment that it answers, if it does and that was not erased.
    """

    comment: Comment
    account: Account
    verbs: tuple[str, ...]
    entry: Thread | None
    until: datetime
    answers: Comment | None


def from_mail(ctx: Context, token: str) -> FromMail:
    """What the link is about.

    :raise BadToken: altered, too old, used up, or its moderator moderates no more.
    :raise Stale: the text was changed since the letter, or the comment waits no more; says by whom.
    """
    read = _read(ctx, token)
    comment, account = _subject(ctx, read)
    if not _as_in_letter(read, comment):
        raise Stale(acts.last_done(ctx, comment) or _("This comment was changed meanwhile. Look at it at the desk."))
    entry = ctx.manifest().threads.get(comment.thread)
    return FromMail(comment, account, _verbs(comment), entry, read.made + LIFETIME, _answered(ctx, comment))


def act_from_mail(ctx: Context, token: str, verb: str) -> Acted:
    """Do one of the acts; the link is used up in the same transaction.

    :raise BadToken: as above.
    :raise Stale: somebody was faster.
    """
    with ctx.store.write():
        read = _read(ctx, token)
        comment, account = _subject(ctx, read)
        if not _as_in_letter(read, comment):
            acts.check_fresh(ctx, comment, NEVER)
        if verb not in _verbs(comment):
            raise Refused(_("This link does not allow that."))
        ctx.store.spend(read.id, read.made + LIFETIME)
        done = moderate.change(ctx, account, verb, comment.id, comment.version)
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


def _as_in_letter(read: Token, comment: Comment) -> bool:
    """Does it wait with the text that its moderator read? It may have been binned and taken out in between."""
    same = comment.version == _number(read, "version") or read.subject.get("text") == mark_of(comment)
    return same and bool(_verbs(comment))


def _answered(ctx: Context, comment: Comment) -> Comment | None:
    parent = None if comment.parent is None else ctx.store.get_comment(comment.parent)
    return parent if parent and parent.source else None


def _number(read: Token, key: str) -> int:
    return int(read.subject[key])


def _verbs(comment: Comment) -> tuple[str, ...]:
    if comment.proposed is not None and comment.state == "approved":
        return ("accept_edit", "keep_old", "trash")
    return ("approve", "spam", "trash") if comment.state == "pending" else ()
