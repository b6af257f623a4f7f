"""The whole conversation of an installation, on its way out or into another one, row by row.

Addresses leave their seals only when that is asked for; elsewhere they are sealed anew, with the keys of that place.
Hashes made with our keys say nothing there, so entries of the lists that are such hashes stay here.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from comments import markup
from comments.actions.context import Context
from comments.actions.guard.lists import is_listable
from comments.store.base_moving import Moved, MovedKind

__all__ = ["Moved", "MovedKind", "is_empty", "move_in", "read_all"]

_HASHED = ("address", "prefix")
_ADDRESS = re.compile(r"[^\s@<>\"“”]+@[^\s@<>\"“”]+")


def read_all(ctx: Context, *, addresses: bool = False) -> Iterator[Moved]:
    """Every row; people and accounts with an ``address`` where it is asked for and there is one.

    Without it no row holds one, nor a hash of one: words of the lists and of the record that look like one stay.
    """
    for row in ctx.store.iterate_moved(sealed=addresses):
        values = dict(row.values)
        sealed = values.pop("sealed", None)
        if row.kind == "listing" and _stays(values, addresses):
            continue
        if row.kind == "act" and not addresses and _has_address(values["detail"]):
            values["detail"] = {name: what for name, what in values["detail"].items() if not _has_address(what)}
        if sealed is not None:
            values["address"] = ctx.vault.open(f"{row.kind}:{values['id']}", sealed)
        yield Moved(row.kind, values)


def _stays(listing: dict[str, Any], addresses: bool) -> bool:
    if listing["kind"] in _HASHED or not is_listable(listing["value"]):
        return True
    return not addresses and _has_address(listing["value"])


def _has_address(value: object) -> bool:
    return _ADDRESS.search(json.dumps(value, ensure_ascii=False)) is not None


def is_empty(ctx: Context) -> bool:
    """Whether a whole conversation can move in: nobody wrote here yet."""
    return not ctx.store.has_conversation()


def move_in(ctx: Context, rows: Iterable[Moved]) -> None:
    """Put a whole conversation into an empty store, in one transaction: with its numbers, as it was there.

    Accounts that are here already stay as they are, and stand for those of the same name; others are shut out then,
    until an administrator lets them in. What readers will see goes
    through the sanitiser, wherever it comes from.
    :raise NotFound: something belongs to what did not come. Nothing is changed then.
    """
    mover = _Mover(ctx, bool(ctx.store.list_accounts()), bool(ctx.store.list_audit(limit=1)))
    with ctx.store.moving_in():
        for row in rows:
            mover.put(row)


@dataclass
class _Mover:
    ctx: Context
    has_accounts: bool
    has_record: bool
    accounts: dict[int | None, int] = field(default_factory=dict)

    def put(self, row: Moved) -> None:
        values = dict(row.values)
        address = values.pop("address", "")
        if row.kind == "account":
            self._put_account(values, address)
            return
        if row.kind == "comment":
            values["html"] = markup.sanitise(values["html"])
            values["account"] = self.accounts.get(values["account"])
        elif row.kind == "act" and self.has_record:
            del values["id"]  # its place in the record that is here already
        self.ctx.store.put_moved(Moved(row.kind, values))
        if address:
            person = values["id"]
            sealed = self.ctx.vault.seal(f"person:{person}", address)
            self.ctx.store.set_address(person, sealed, self.ctx.vault.lookup(address))

    def _put_account(self, values: dict[str, Any], address: str) -> None:
        there, here = values["id"], self.ctx.store.find_account(values["name"])
        if here is not None:
            self.accounts[there] = here.id
            return
        if self.has_accounts:
            del values["id"]
            # Whoever has the address could ask for a password: that a file names them lets nobody into this desk.
            values["disabled"] = True
        number = self.accounts[there] = self.ctx.store.put_moved(Moved("account", values))
        if address:
            self.ctx.store.set_account_address(number, self.ctx.vault.seal(f"account:{number}", address))
