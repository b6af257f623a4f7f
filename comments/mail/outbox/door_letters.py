"""Letters that let somebody in: invitations, and links to a new password. Their links are made when they leave."""

from collections.abc import Callable

from comments.mail import letters
from comments.manifest import Site
from comments.model import Letter, Role
from comments.store.base import Store
from comments.tokens import Tokens
from comments.vault import Vault
from comments.words import _

KINDS = ("invite", "reset")


def address(store: Store, vault: Vault, invitation: int) -> str | None:
    """Where an invitation goes; None when it was withdrawn."""
    sealed = store.find_invitation_address(invitation)
    return vault.open(f"invitation:{invitation}", sealed) if sealed else None


def write(
    store: Store, vault: Vault, tokens: Tokens, site: Site, letter: Letter, url: Callable[[str], str]
) -> letters.Written | None:
    """The letter's words. None when there is nothing to say any more."""
    if letter.kind == "invite":
        invitation = store.find_invitation(letter.invitation or 0)
        if invitation is None:
            return None
        token = tokens.sign("invite", {"invitation": invitation.id})
        return letters.invite(site, url(f"/desk/invitation/{token}"), invitation.sender, _may(invitation.role))
    account = store.get_account(letter.account or 0)
    # Bound to the password of now: with the next one it is worth nothing.
    bound: dict[str, str | int] = {"account": account.id, "mark": vault.mark((account.password or "").encode())}
    return letters.reset(site, url(f"/desk/reset/{tokens.sign('reset', bound)}"), account.name)


def _may(role: Role) -> str:
    return {
        "administrator": _("As an administrator you may do everything there, and invite others."),
        "moderator": _("As a moderator you read comments and decide which of them are published."),
        "author": _("As an author you answer comments under your own articles."),
    }[role]
