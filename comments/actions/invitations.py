"""Asking somebody to come to the desk: by mail, for a role, for a week, once.

The link names a number, never the address. Whoever follows it chooses name and password.
"""

from datetime import timedelta

from comments.actions import accounts, passwords
from comments.actions.account_record import record
from comments.actions.accounts import SignedIn
from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of, require
from comments.checks import shape
from comments.errors import BadToken, Invalid, NotFound, Refused
from comments.model import Invitation, Role
from comments.words import _

LIFETIME = timedelta(days=7)


def invite(
    ctx: Context, actor: Actor, address: str, role: Role, *, name: str = "", author: str | None = None
) -> Invitation:
    """Queue a letter with a link that makes an account of that role.

    :param name: how the list of people calls them until then.
    :raise Invalid: under ``email``: this is no address.
    :raise Refused: the name is too long, or the author's key is none of the site's.
    """
    require(actor, "accounts")
    address = shape.check_address(address)
    name = accounts.account_name(name) if name.strip() else ""
    author = author if role == "author" else None
    if role == "author":
        accounts.check_author(ctx, author or "")
    now = ctx.now()
    with ctx.store.write():
        number = ctx.store.add_invitation(name, role, author, name_of(actor), now, now + LIFETIME)
        ctx.store.set_invitation_address(number, ctx.vault.seal(f"invitation:{number}", address))
        ctx.store.add_letter("invite", now, now, invitation=number)
        _record(ctx, actor, "invite", number, role=role, author=author)
        found = ctx.store.find_invitation(number)
    if found is None:
        raise NotFound(_("This invitation was withdrawn."))
    return found


def withdraw(ctx: Context, actor: Actor, number: int) -> None:
    """The link in the letter works no longer, and the address is forgotten.

    :raise NotFound: it was used, or withdrawn already.
    """
    require(actor, "accounts")
    with ctx.store.write():
        if not ctx.store.delete_invitation(number):
            raise NotFound(_("This invitation was used, or withdrawn already."))
        _record(ctx, actor, "withdraw invitation", number)


def path_of(ctx: Context, actor: Actor, number: int) -> str:
    """The same link as in the letter, for when mail is dead.

    :raise NotFound: as above.
    """
    require(actor, "accounts")
    if ctx.store.find_invitation(number) is None:
        raise NotFound(_("This invitation was used, or withdrawn already."))
    return f"/desk/invitation/{ctx.tokens.sign('invite', {'invitation': number})}"


def look(ctx: Context, token: str) -> Invitation:
    """What the link is for. Changes nothing.

    :raise BadToken: altered, older than a week, used, or withdrawn.
    """
    number = int(ctx.tokens.read("invite", token, LIFETIME).subject["invitation"])
    found = ctx.store.find_invitation(number)
    if found is None or found.expires <= ctx.now():
        raise BadToken(_("This invitation was used, withdrawn, or is too old."))
    return found


def accept(ctx: Context, token: str, name: str, password: str) -> SignedIn:
    """Make the account with the address the letter went to, use the invitation up, and sign in.

    :raise Invalid: under ``name`` or ``password``: they cannot be used.
    :raise BadToken: as above.
    """
    invitation = look(ctx, token)
    wrong = {}
    try:
        name = accounts.account_name(name)
    except Refused as refused:
        wrong["name"] = str(refused)
    try:
        passwords.check(password, name[: accounts.LONGEST_NAME], ctx.manifest().site.name)
    except Invalid as refused:
        wrong |= refused.fields
    if wrong:
        raise Invalid(wrong)
    kept = passwords.hash_of(password)
    with ctx.store.write():
        return _enter(ctx, invitation, name, kept)


def _enter(ctx: Context, invitation: Invitation, name: str, password: str) -> SignedIn:
    sealed = ctx.store.find_invitation_address(invitation.id)
    if not ctx.store.delete_invitation(invitation.id):
        raise BadToken(_("This invitation was used, withdrawn, or is too old."))
    try:
        number = ctx.store.add_account(name, invitation.role, ctx.now(), invitation.author)
    except Refused as taken:
        raise Invalid({"name": str(taken)}) from None
    ctx.store.set_password(number, password)
    if sealed is not None:
        address = ctx.vault.open(f"invitation:{invitation.id}", sealed)
        ctx.store.set_account_address(number, ctx.vault.seal(f"account:{number}", address))
    account = ctx.store.get_account(number)
    record(ctx, account, "accept invitation", account, invitation=invitation.id, role=account.role)
    return accounts.start(ctx, account, "invitation")


def _record(ctx: Context, actor: Actor, action: str, number: int, **detail: object) -> None:
    # By its number: what the person is called is up to them.
    ctx.store.add_audit(ctx.now(), name_of(actor), action, detail={"invitation": number, **detail})
