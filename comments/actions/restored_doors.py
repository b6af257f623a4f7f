"""Who may come in after a restore: nobody who was shut out since the backup, and nothing that was used up since.

The store that is replaced knows who that is. Where it cannot be read nobody does, and every account is shut until
somebody at the command line opens it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from comments.actions import second_step
from comments.model import Account, Role
from comments.store.base import Store
from comments.vault import is_same_seal

RANKS: tuple[Role, ...] = ("author", "moderator", "administrator")


@dataclass(frozen=True)
class Door:
    """How one account was entered."""

    account: Account
    sealed: bytes | None
    codes: Sequence[str]
    address: bytes | None


@dataclass(frozen=True)
class Doors:
    """The doors of a store, by account, and the check values of the keys its secrets are sealed with."""

    by_account: Mapping[int, Door]
    keys: Mapping[str, bytes]


@dataclass(frozen=True)
class Shut:
    """What a restore takes from accounts, by name.

    :ivar unknown: they are shut out, as nobody knows about them.
    :ivar silent: they had another address since then, sealed with other keys; now they have none.
    :ivar bare: they had another second step since then, sealed with other keys; now they have none, and are shut out.
    """

    unknown: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


def look(store: Store) -> Doors:
    """The doors as they are in this store."""
    return Doors({account.id: _door(store, account) for account in store.list_accounts()}, store.get_key_checks())


def shut(store: Store, late: Doors | None, now: datetime, *, let_in: bool) -> Shut:
    """Void in a restored store what may have been used or ended since. Call it in a transaction.

    :param late: the doors of the store that is replaced, as far as they are known.
    :param let_in: whoever runs it says that nobody was shut out whom the replaced store does not name.
    """
    store.void_links(now)
    for invitation in store.list_invitations():
        store.delete_invitation(invitation.id)
    readable = late is not None and late.keys == store.get_key_checks()
    unknown, silent, bare = [], [], []
    for account in store.list_accounts():
        store.end_sessions(account.id)
        door = late.by_account.get(account.id) if late else None
        if door and door.account.name == account.name:
            _as_later(store, account, door, now, readable=readable)
            if not readable and _was_changed(store, account, door.address):
                silent += [account.name] if door.address else []
            if not readable and _lost_step(store, account, door.sealed, now):
                bare.append(account.name)
        else:
            store.set_recovery_codes(account.id, [])
            if not (let_in or account.disabled):
                store.set_disabled(account.id, True)
                unknown.append(account.name)
        store.accept_step(account.id, second_step.latest_step(now))
    return Shut(tuple(unknown), tuple(silent), tuple(bare))


def _as_later(store: Store, account: Account, door: Door, now: datetime, *, readable: bool) -> None:
    """Let an account have no more than it had both times. ``readable``: both stores have the same keys."""
    mine, later = _door(store, account), door.account
    lower = RANKS.index(later.role) < RANKS.index(account.role)
    if lower or (later.role == account.role and later.author != account.author):
        store.set_role(account.id, later.role, later.author)
    if later.disabled:
        store.set_disabled(account.id, True)
    if later.password != account.password:
        store.set_password(account.id, later.password)
    if readable and door.address != mine.address:  # a link for a new password goes there
        store.set_account_address(account.id, door.address)
    codes = [code for code in mine.codes if code in set(door.codes)]
    if readable and door.sealed != mine.sealed:
        store.set_second_step(account.id, door.sealed, now)
        codes = list(door.codes)
    store.set_recovery_codes(account.id, codes)


def _was_changed(store: Store, account: Account, later: bytes | None) -> bool:
    """Forget an address that was another one later, though nobody can read that: a link for a password goes there."""
    if is_same_seal(later, store.find_account_address(account.id)):
        return False
    store.set_account_address(account.id, None)
    return True


def _lost_step(store: Store, account: Account, later: bytes | None, now: datetime) -> bool:
    """Shut an account out that had another second step later: nobody can ask for that, and less is not enough.

    Returns whether it was open until then.
    """
    if later is None or is_same_seal(later, store.find_second_step(account.id)):
        return False
    store.set_second_step(account.id, None, now)
    was_open = not store.get_account(account.id).disabled
    store.set_disabled(account.id, True)
    return was_open


def _door(store: Store, account: Account) -> Door:
    address = store.find_account_address(account.id)
    return Door(account, store.find_second_step(account.id), store.list_recovery_codes(account.id), address)
