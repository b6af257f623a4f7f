"""The second step of a sign-in: codes of an app (TOTP, RFC 6238), and recovery codes for whoever lost it.

The app's secret is sealed in the vault. A code works once: the last accepted time step is kept, and only later ones
are taken. Recovery codes are kept as hashes like passwords, and each goes when it is used.
"""

import hmac
import secrets
from base64 import b32decode, b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from comments.actions import passwords, tries
from comments.actions.account_record import record, record_refusal
from comments.actions.context import Context
from comments.actions.permissions import Actor, require
from comments.errors import BadToken, Invalid, NotFound, Refused
from comments.model import Account
from comments.tokens import Token
from comments.words import _

DIGITS, PERIOD = 6, 30  # what every app takes for granted
SKEW = 1  # periods by which a telephone's clock may be wrong
SECRET_BYTES = 20
CODES = 10
# Without the signs that are taken for each other on paper.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 10
LONGEST = 100  # signs that are looked at, spaces included
OFFER_LIFETIME = timedelta(minutes=30)
TICKET_LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True)
class Offer:
    """What an app has to be told; nothing is set until a code proves that it was.

    :ivar key: the secret, in groups, for typing.
    :ivar uri: the same as a link that apps open, and as the text of the picture.
    :ivar token: hand it back together with the app's first code.
    """

    key: str
    uri: str
    token: str


# -- setting it up ----------------------------------------------------------------------------------------------------
def is_on(ctx: Context, account: int) -> bool:
    """Whether signing in to this account takes a code."""
    return ctx.store.find_second_step(account) is not None


def make_offer(ctx: Context, account: Account) -> Offer:
    """A new secret for the account's app."""
    key = b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return _offer(ctx, account, ctx.tokens.sign("second step offer", {"account": account.id, "key": key}))


def same_offer(ctx: Context, account: Account, token: str) -> Offer:
    """The offer once more, after a code that was not right.

    :raise BadToken: altered, too old, or made for somebody else.
    """
    return _offer(ctx, account, token)


def switch_on(ctx: Context, account: Account, token: str, code: str, *, keep: int | None = None) -> list[str]:
    """Ask for codes from now on, since the app has shown a right one; ends all sessions but ``keep``.

    Returns the recovery codes, which are shown this once.
    :raise Invalid: under ``code``: the code is not right.
    :raise BadToken: as above.
    """
    secret = b32decode(_key(ctx, account, token))
    step = _step_of(ctx, secret, _digits(code))
    if step is None:
        raise _wrong()
    codes, hashes = _new_codes()
    with ctx.store.write():
        ctx.store.set_second_step(account.id, ctx.vault.seal(_owner(account.id), _text(secret)), ctx.now())
        ctx.store.accept_step(account.id, step)
        ctx.store.set_recovery_codes(account.id, hashes)
        ctx.store.end_sessions(account.id, but=keep)
        record(ctx, account, "switch on second step", account)
    return codes


def switch_off(ctx: Context, actor: Actor, account_id: int) -> None:
    """Ask for no codes any more: one's own, or for administrators anybody's who lost app and recovery codes.

    :raise Refused: it is off.
    """
    account = ctx.store.get_account(account_id)
    if isinstance(actor, str) or actor.id != account.id:
        require(actor, "accounts")
    with ctx.store.write():
        if not is_on(ctx, account.id):
            raise Refused(_("{name} signs in without a code already.").format(name=account.name))
        ctx.store.set_second_step(account.id, None, ctx.now())
        record(ctx, actor, "switch off second step", account)


def renew_codes(ctx: Context, account: Account) -> list[str]:
    """Ten new recovery codes; those of before work no longer.

    :raise Refused: there is no second step.
    """
    codes, hashes = _new_codes()
    with ctx.store.write():
        if not is_on(ctx, account.id):
            raise Refused(_("Set up the second step first."))
        ctx.store.set_recovery_codes(account.id, hashes)
        record(ctx, account, "make recovery codes", account)
    return codes


def _offer(ctx: Context, account: Account, token: str) -> Offer:
    key = _key(ctx, account, token)
    uri = _app(b32decode(key)).get_provisioning_uri(account.name, ctx.manifest().site.name)
    return Offer(" ".join(key[at : at + 4] for at in range(0, len(key), 4)), uri, token)


def _key(ctx: Context, account: Account, token: str) -> str:
    read = ctx.tokens.read("second step offer", token, OFFER_LIFETIME)
    if read.subject["account"] != account.id:
        raise BadToken(_("This page was made for somebody else. Begin again."))
    return str(read.subject["key"])


def _new_codes() -> tuple[list[str], list[str]]:
    codes = ["".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH)) for _code in range(CODES)]
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes], [passwords.hash_of(code) for code in codes]


# -- using it ---------------------------------------------------------------------------------------------------------
def make_ticket(ctx: Context, account: Account, how: str) -> str:
    """What whoever passed the first step hands back together with the code."""
    return ctx.tokens.sign("second step", {"account": account.id, "how": how, "mark": _mark(ctx, account)})


def read_ticket(ctx: Context, ticket: str) -> tuple[Token, Account]:
    """Who passed the first step, and the ticket, which the caller spends.

    :raise BadToken: altered, older than ten minutes, used up, or the password is another one by now.
    """
    read = ctx.tokens.read("second step", ticket, TICKET_LIFETIME)
    try:
        account = ctx.store.get_account(int(read.subject["account"]))
    except NotFound:
        raise _too_late() from None
    known = read.subject["mark"] == _mark(ctx, account) and is_on(ctx, account.id)
    if account.disabled or not known or ctx.store.is_spent(read.id):
        raise _too_late()
    return read, account


def check(ctx: Context, account: Account, typed: str) -> None:
    """Use a code of the app, or a recovery code, up.

    :raise Invalid: under ``code``: it is not right, or was used before.
    :raise TooFast: too many wrong ones.
    """
    scopes = (tries.by_code(account.id),)
    at = tries.count(ctx, scopes)
    digits = _digits(typed)
    right = _takes(ctx, account, digits) if digits else _recovers(ctx, account, typed)
    if not right:
        record_refusal(ctx, "refuse code", account)
        raise _wrong()
    with ctx.store.write():
        tries.was_right(ctx, scopes, at)


def _takes(ctx: Context, account: Account, digits: str) -> bool:
    sealed = ctx.store.find_second_step(account.id)
    if sealed is None:
        return False
    step = _step_of(ctx, _secret(ctx.vault.open(_owner(account.id), sealed)), digits)
    return step is not None and ctx.store.accept_step(account.id, step)


def _recovers(ctx: Context, account: Account, typed: str) -> bool:
    plain = "".join(typed[:LONGEST].split()).replace("-", "").lower()
    if len(plain) != CODE_LENGTH:
        return False
    fitting = [kept for kept in ctx.store.list_recovery_codes(account.id) if passwords.fits(kept, plain)]
    with ctx.store.write():
        if not fitting or not ctx.store.spend_recovery_code(account.id, fitting[0]):
            return False
        left = len(ctx.store.list_recovery_codes(account.id))
        record(ctx, account, "use recovery code", account, left=left)
    return True


def _step_of(ctx: Context, secret: bytes, digits: str) -> int | None:
    """The time step this code belongs to, by the server's clock. Every candidate is looked at, right or not."""
    app, found = _app(secret), None
    for step in _steps(ctx):
        if hmac.compare_digest(app.generate(step * PERIOD), digits.encode()):
            found = step
    return found


def _steps(ctx: Context) -> Iterator[int]:
    last = latest_step(ctx.now())
    yield from range(last - 2 * SKEW, last + 1)


def latest_step(now: datetime) -> int:
    """The last time step whose code is taken at that moment."""
    return int(now.timestamp()) // PERIOD + SKEW


def _digits(typed: str) -> str:
    """The six digits, spaces taken out; nothing where it is anything else."""
    plain = "".join(typed[:LONGEST].split())
    return plain if len(plain) == DIGITS and plain.isascii() and plain.isdigit() else ""


def _app(secret: bytes) -> TOTP:
    # SHA-1 is what apps know; as a keyed hash it is sound (RFC 6238, RFC 6151).
    return TOTP(secret, DIGITS, SHA1(), PERIOD)  # noqa: S303 - see above


def _mark(ctx: Context, account: Account) -> str:
    return ctx.vault.mark((account.password or "").encode())


def _owner(account: int) -> str:
    return f"second step:{account}"


def _text(secret: bytes) -> str:
    return b32encode(secret).decode()


def _secret(text: str) -> bytes:
    return b32decode(text)


def _wrong() -> Invalid:
    return Invalid({"code": _("The code is not right, or was used already. Type the one the app shows now.")})


def _too_late() -> BadToken:
    return BadToken(_("This sign-in took too long. Please begin again."))
