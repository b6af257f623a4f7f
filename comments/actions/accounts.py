"""Who may come to the desk: links that work once, passwords, sessions that end on the server."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from secrets import token_urlsafe

from comments import markup
from comments.actions import passwords, second_step, tries
from comments.actions.account_record import record, record_refusal
from comments.actions.context import Context
from comments.actions.permissions import Actor, require
from comments.checks import shape
from comments.checks.content import fold
from comments.checks.shape import RAW
from comments.errors import BadToken, Invalid, NotAllowed, NotFound, Refused, StoreProblem
from comments.model import Account, Role, Session
from comments.tokens import Token
from comments.words import _

LONGEST_NAME = 100
# Who the record says it was where it was nobody with an account; folded.
_RESERVED = frozenset(("commenter", "service", "commandline", "import"))
LINK_LIFETIME = timedelta(hours=1)
IDLE = timedelta(hours=12)
UNHEARD = timedelta(hours=24)  # of a session that only looks at pages, the server knows nothing
ABSOLUTE = timedelta(days=14)
# A session's last use is noted at most so often.
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class SignedIn:
    """``cookie`` is what the browser is to keep; the store keeps only its hash."""

    account: Account
    cookie: str
    session: Session


@dataclass(frozen=True)
class HalfWay:
    """The first step is done; ``ticket`` goes to ``finish_sign_in`` together with a code."""

    account: Account
    ticket: str


# -- links ------------------------------------------------------------------------------------------------------------
def sign_in_link(
    ctx: Context, name: str, role: Role = "administrator", *, author: str | None = None, actor: Actor = "command line"
) -> str:
    """The path of a link that signs in once, within an hour. Makes the account where there is none of that name.

    :raise Refused: there is one, but with another role, or it is disabled; the name is the record's own; or a new
        author's key is none of the site's.
    """
    require(actor, "accounts")
    name = account_name(name)
    with ctx.store.write():
        account = ctx.store.find_account(name)
        if account is None:
            if role == "author":
                check_author(ctx, author or "")
            account = ctx.store.get_account(ctx.store.add_account(name, role, ctx.now(), author))
            record(ctx, actor, "add account", account)
        elif account.disabled or account.role != role:
            raise Refused(_("There is an account {name}, but with another role, or it is disabled.").format(name=name))
        record(ctx, actor, "make sign-in link", account)
    return f"/desk/link/{ctx.tokens.sign('sign-in', {'account': account.id})}"


def look_at_link(ctx: Context, token: str) -> Account:
    """Whom the link would sign in. Changes nothing.

    :raise BadToken: altered, older than an hour, or used up.
    """
    return _read_link(ctx, token)[1]


def sign_in_by_link(ctx: Context, token: str) -> SignedIn | HalfWay:
    """Use the link up, and sign in; where the account has a second step, the code is asked for first.

    :raise BadToken: as above.
    """
    with ctx.store.write():
        read, account = _read_link(ctx, token)
        ctx.store.spend(read.id, read.made + LINK_LIFETIME)
        return _let_in(ctx, account, "link")


def _read_link(ctx: Context, token: str) -> tuple[Token, Account]:
    read = ctx.tokens.read("sign-in", token, LINK_LIFETIME)
    if ctx.store.is_spent(read.id):
        raise BadToken(_("This link is used up: it works once. Ask an administrator for another one."))
    try:
        account = ctx.store.get_account(int(read.subject["account"]))
    except NotFound:
        raise BadToken(_("This link is no longer valid.")) from None
    if account.disabled:
        raise BadToken(_("This link is no longer valid."))
    return read, account


def account_name(raw: str) -> str:
    """The name as it is kept.

    :raise Refused: it is empty, too long, or the record's own.
    """
    name = markup.line(raw) if len(raw) <= RAW * LONGEST_NAME else ""
    if not name or len(name) > LONGEST_NAME or "=?" in name:
        raise Refused(_("A name has 1 to {limit} characters.").format(limit=LONGEST_NAME))
    if fold(name) in _RESERVED:
        raise Refused(_("The record uses this name for others than people. Choose another one."))
    return name


def check_author(ctx: Context, key: str) -> None:
    """:raise Refused: nobody who wrote an article on the site has this key."""
    known = sorted({author.key for entry in ctx.manifest().threads.values() for author in entry.authors})
    if key not in known:
        near = get_close_matches(key, known, n=3, cutoff=0) or [_("none yet")]
        raise Refused(
            _("No article on the site has an author “{key}”. Nearest: {near}.").format(key=key, near=", ".join(near))
        )


# -- signing in -------------------------------------------------------------------------------------------------------
def sign_in(ctx: Context, name: str, password: str, ip: str) -> SignedIn | HalfWay:
    """Sign in with a password; half way where the account has a second step.

    Unknown names get the same answers, after the same time, as known ones.

    :raise Refused: name and password do not fit.
    :raise TooFast: too many wrong tries for this name or from this network.
    """
    name = markup.line(name[: RAW * LONGEST_NAME])[:LONGEST_NAME]
    scopes = (tries.by_name(name), tries.by_network(ctx, ip))
    at = tries.count(ctx, scopes)
    account = ctx.store.find_account(name)
    stored = account.password if account and not account.disabled else None
    if not passwords.fits(stored, password) or account is None or stored is None:
        record_refusal(ctx, "refuse sign-in", account)
        raise Refused(_("The name and the password do not fit together."))
    anew = passwords.hash_of(password) if passwords.is_outdated(stored) else None
    with ctx.store.write():
        tries.was_right(ctx, scopes, at)
        if anew:
            ctx.store.set_password(account.id, anew)
        return _let_in(ctx, account, "password")


def finish_sign_in(ctx: Context, ticket: str, code: str) -> SignedIn:
    """The second step: a code of the app, or a recovery code.

    :raise Invalid: under ``code``: it is not right, or was used before.
    :raise TooFast: too many wrong ones.
    :raise BadToken: the first step was too long ago, or the ticket is used up.
    """
    account = second_step.read_ticket(ctx, ticket)[1]
    second_step.check(ctx, account, code)
    with ctx.store.write():
        read, account = second_step.read_ticket(ctx, ticket)
        ctx.store.spend(read.id, read.made + second_step.TICKET_LIFETIME)
        return start(ctx, account, f"{read.subject['how']} and code")


def _let_in(ctx: Context, account: Account, how: str) -> SignedIn | HalfWay:
    if second_step.is_on(ctx, account.id):
        return HalfWay(account, second_step.make_ticket(ctx, account, how))
    return start(ctx, account, how)


def start(ctx: Context, account: Account, how: str) -> SignedIn:
    """A new session under a new id, whatever the browser carried before. Call it in a transaction.

    :raise BadToken: the account was disabled this very moment.
    """
    cookie = token_urlsafe(32)
    now = ctx.now()
    ctx.store.add_session(account.id, _digest(cookie), now, now + ABSOLUTE)
    record(ctx, account, "sign in", account, how=how)
    session = ctx.store.find_session(_digest(cookie), now)
    if session is None:
        raise BadToken(_("This account is disabled."))
    return SignedIn(account, cookie, session)


# -- sessions ---------------------------------------------------------------------------------------------------------
def session(ctx: Context, cookie: str | None, used: datetime | None = None) -> Session | None:
    """The session a cookie stands for: not idle for 12 hours, not older than 14 days, not ended. Changes nothing.

    Who only looks has a day from the last deed on: what is open can be listed then.

    :param used: when it was last used, as far as the browser's signed cookie tells; looking at pages is noted there.
    """
    if not cookie:
        return None
    now = ctx.now()
    found = ctx.store.find_session(_digest(cookie), now)
    if found is None or now - max(found.seen, used or found.seen) >= IDLE or not _may_be_open(found, now):
        return None
    return found


def note_use(ctx: Context, found: Session) -> None:
    """Write down that a session was used to do something, where that was not written down just before."""
    if ctx.now() - found.seen >= SEEN_EVERY:
        with suppress(StoreProblem):  # the deed itself will say that nothing can be written
            ctx.store.touch_session(found.id, ctx.now(), found.expires)


def sign_out(ctx: Context, cookie: str | None) -> None:
    """End the session on the server, so that its cookie is worth nothing."""
    found = ctx.store.find_session(_digest(cookie), ctx.now()) if cookie else None
    if found:
        with ctx.store.write():
            ctx.store.end_session(found.id)
            record(ctx, found.account, "sign out", found.account)


def sign_out_others(ctx: Context, found: Session) -> int:
    """End all other sessions of this account, and say how many there were."""
    with ctx.store.write():
        ended = ctx.store.end_sessions(found.account.id, but=found.id)
        record(ctx, found.account, "sign out elsewhere", found.account, sessions=ended)
    return ended


def list_sessions(ctx: Context, account: Account) -> list[Session]:
    """Where the account may be signed in, the place used last first."""
    now = ctx.now()
    return [found for found in ctx.store.list_sessions(account.id, now) if _may_be_open(found, now)]


def _may_be_open(found: Session, now: datetime) -> bool:
    return now - found.seen < UNHEARD


def sign_out_session(ctx: Context, found: Session, number: int) -> None:
    """End one session of one's own.

    :raise NotFound: there is none of that number, or it is somebody else's: both look alike.
    """
    with ctx.store.write():
        if number not in {each.id for each in list_sessions(ctx, found.account)}:
            raise NotFound(_("You are signed out there already."))
        ctx.store.end_session(number)
        record(ctx, found.account, "sign out elsewhere", found.account, sessions=1)


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).digest()


# -- what an account has ----------------------------------------------------------------------------------------------
def set_password(
    ctx: Context,
    actor: Actor,
    account_id: int,
    password: str,
    *,
    current: str | None = None,
    keep: int | None = None,
) -> None:
    """Set one's own password, or an administrator anybody's. Ends all sessions but ``keep``.

    :param current: one's password until now, where one has been set.
    :raise Invalid: too short, too long, or too well known; under ``current``: that is not the password until now.
    :raise TooFast: too many wrong tries.
    """
    account = ctx.store.get_account(account_id)
    _require_own(actor, account)
    if isinstance(actor, Account) and actor.id == account.id and account.password:
        _check_current(ctx, account, account.password, current or "")
    passwords.check(password, account.name, ctx.manifest().site.name)
    kept = passwords.hash_of(password)
    with ctx.store.write():
        ctx.store.set_password(account.id, kept)
        ctx.store.end_sessions(account.id, but=keep)
        record(ctx, actor, "set password", account)


def forget_password(ctx: Context, actor: Actor, account_id: int) -> None:
    """For whoever forgot it: a link then signs them in, and they set a new one. Ends their sessions."""
    require(actor, "accounts")
    with ctx.store.write():
        account = ctx.store.get_account(account_id)
        ctx.store.set_password(account.id, None)
        ctx.store.end_sessions(account.id)
        record(ctx, actor, "forget password", account)


def _check_current(ctx: Context, account: Account, stored: str, typed: str) -> None:
    if not typed:
        raise Invalid({"current": _("Type your current password too.")})
    scopes = (tries.by_name(account.name),)
    at = tries.count(ctx, scopes)
    if not passwords.fits(stored, typed):
        raise Invalid({"current": _("This is not your current password.")})
    with ctx.store.write():
        tries.was_right(ctx, scopes, at)


def set_address(ctx: Context, actor: Actor, account_id: int, address: str) -> None:
    """Where an account's letters go; an empty address means no letters.

    :raise Invalid: this is no address.
    """
    account = ctx.store.get_account(account_id)
    _require_own(actor, account)
    sealed = ctx.vault.seal(f"account:{account.id}", shape.check_address(address)) if address.strip() else None
    with ctx.store.write():
        ctx.store.set_account_address(account.id, sealed)
        record(ctx, actor, "set address" if sealed else "remove address", account)


def set_disabled(ctx: Context, actor: Actor, account_id: int, disabled: bool) -> None:
    """Shut an account out, ending its sessions, or let it in again.

    :raise Refused: it is one's own, or the last administrator.
    """
    require(actor, "accounts")
    with ctx.store.write():
        account = ctx.store.get_account(account_id)
        if disabled and isinstance(actor, Account) and actor.id == account.id:
            raise Refused(_("You cannot disable your own account."))
        if disabled and not others_administrate(ctx, account):
            raise Refused(_("This is the last administrator. Make another one first."))
        ctx.store.set_disabled(account.id, disabled)
        record(ctx, actor, "disable account" if disabled else "enable account", account)


def others_administrate(ctx: Context, account: Account) -> bool:
    """Whether the desk has an administrator without this account."""
    if account.role != "administrator":
        return True
    others = (other for other in ctx.store.list_accounts() if other.id != account.id and not other.disabled)
    return any(other.role == "administrator" for other in others)


def _require_own(actor: Actor, account: Account) -> None:
    if isinstance(actor, str) or actor.id != account.id:
        require(actor, "accounts")
    elif actor.disabled:
        raise NotAllowed(_("This account is disabled."))
