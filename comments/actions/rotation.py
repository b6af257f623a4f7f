"""New keys, and what to do where keys are lost or stolen.

New keys lie beside the old ones while everything is sealed anew in one transaction of the store, which ends with the
new keys' check values; then they take the old ones' place. Whenever that is cut short, one of the two fits the store.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from comments.actions.context import Context
from comments.actions.files import sync_folder
from comments.actions.permissions import Actor, name_of
from comments.errors import Misconfigured, Refused
from comments.runtime.opening import KEYS, STORE, open_keys, work_alone
from comments.store.base_upkeep import Progress
from comments.store.sqlite import open_store
from comments.vault import Vault, create_keys, set_aside, take_next, write_next
from comments.words import _


@dataclass(frozen=True)
class Affected:
    """Who is to be told when a key or the server is thought stolen.

    :ivar people: mailboxes of commenters that are held.
    :ivar accounts: mailboxes of people of the desk.
    :ivar hidden: comments that readers never saw: waiting, in spam or in the bin.
    :ivar desk: accounts that can sign in.
    """

    people: int
    accounts: int
    hidden: int
    desk: int


def rotate(var: Path, actor: Actor, clock: Callable[[], datetime], *, grace: timedelta, progress: Progress) -> int:
    """Make new keys for a stopped installation, seal everything anew, and recompute what is looked up by.

    Links that were sent keep working for ``grace``. Returns how many values were sealed anew.
    :raise Misconfigured: the service runs, or a value does not open; nothing was changed.
    """
    var = var.resolve()
    with work_alone(var):
        store = open_store(var / STORE)
        try:
            folder = var / KEYS
            old = open_keys(store, folder)
            new = write_next(folder, old, clock(), grace)
            former, vault = Vault(old), Vault(new)
            values = list(store.iterate_sealed())
            with store.write():
                for done, value in enumerate(values, 1):
                    address = former.open(value.owner, value.sealed)
                    lookup = vault.lookup(address) if value.lookup is not None else None
                    store.set_sealed(
                        value._replace(sealed=vault.seal_anew(value.owner, address, value.sealed), lookup=lookup)
                    )
                    progress(done, len(values))
                store.set_key_checks(new.check_values())
                store.add_audit(clock(), name_of(actor), "rotate keys", detail={"values": len(values)})
            take_next(folder)
        finally:
            store.close()
    return len(values)


def drop_addresses(var: Path, actor: Actor, clock: Callable[[], datetime]) -> int:
    """Where the keys are lost for good: forget every sealed value, and go on with new keys. Comments stay.

    Returns how many values were forgotten.
    :raise Refused: the keys are there and fit, so nothing is lost.
    :raise Misconfigured: the service runs.
    """
    var = var.resolve()
    with work_alone(var):
        store = open_store(var / STORE)
        try:
            try:
                open_keys(store, var / KEYS)
            except Misconfigured:
                set_aside(var / KEYS, clock())
            else:
                raise Refused(_("The keys are here and fit, so no address is lost. For new keys: rotate-keys"))
            new = create_keys(var / KEYS)
            with store.write():
                dropped = store.drop_sealed()
                store.set_key_checks(new.check_values())
                store.add_audit(clock(), name_of(actor), "drop addresses", detail={"values": dropped})
        finally:
            store.close()
    return dropped


def who_is_affected(ctx: Context) -> Affected:
    """Whom a theft would concern, in figures."""
    kinds = [value.kind for value in ctx.store.iterate_sealed()]
    states = ctx.store.count_by_state()
    return Affected(
        people=len({value.lookup for value in ctx.store.iterate_sealed() if value.lookup is not None}),
        accounts=kinds.count("account"),
        hidden=sum(count for state, count in states.items() if state != "approved"),
        desk=sum(not account.disabled for account in ctx.store.list_accounts()),
    )


def write_addresses(ctx: Context, actor: Actor, path: Path, progress: Progress) -> int:
    """Write whom to inform into a new file that only its owner can read, one address a line. The record says so.

    :raise Misconfigured: the file is there already, or lies where the service keeps its own.
    """
    if path.resolve().is_relative_to(ctx.settings.var.resolve()):
        raise Misconfigured(_("Name a file outside of %s: addresses in the open do not belong there.") % path.parent)
    values = [value for value in ctx.store.iterate_sealed() if value.kind in ("person", "account", "invitation")]
    found = set()
    for done, value in enumerate(values, 1):
        found.add(ctx.vault.open(value.owner, value.sealed).strip())
        progress(done, len(values))
    ctx.store.add_audit(ctx.now(), name_of(actor), "write addresses", detail={"addresses": len(found)})
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Misconfigured(_("%s is there already. Name a new file.") % path) from None
    with open(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{address}\n" for address in sorted(found))
        file.flush()
        os.fsync(descriptor)
    sync_folder(path.resolve().parent)
    return len(found)
