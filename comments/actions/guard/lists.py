"""WordPress's two lists, kept at the desk or from the command line: who added what, when, and until when."""

import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from comments import markup
from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of, require
from comments.checks import content, lists, shape
from comments.errors import Invalid
from comments.model import Listed, Listing, ListKind
from comments.words import _

SHORTEST, LONGEST = 3, 100
DAYS_MOST = 3650
WHICH: tuple[Listed, ...] = get_args(Listed)
KINDS: tuple[ListKind, ...] = get_args(ListKind)


@dataclass(frozen=True)
class Entry:
    """An entry in words. Of an address or a network nothing is told: only its keyed hash is kept."""

    listing: Listing
    words: str


def add(ctx: Context, actor: Actor, which: str, kind: str, typed: str, days: int | None = None) -> Entry:
    """Put something on a list, for so many days or for good.

    :raise Invalid: it is none of its kind; says what to type.
    """
    require(actor, "lists")
    if which not in WHICH or kind not in KINDS:
        raise Invalid({"list": _("Choose a list, and what it is that you add.")})
    if days is not None and not 1 <= days <= DAYS_MOST:
        raise Invalid({"days": _("Write a number of days from 1 to {most}, or leave it empty.").format(most=DAYS_MOST)})
    value, now = _value(ctx, kind, typed.strip()), ctx.now()
    expires = now + timedelta(days=days) if days else None
    with ctx.store.write():
        number = ctx.store.add_listing(which, kind, value, name_of(actor), now, expires)
        added = Listing(number, which, kind, value, name_of(actor), now, expires)
        _record(ctx, actor, "list add", added)
    ctx.guard.forget()
    return Entry(added, words_of(added))


def remove(ctx: Context, actor: Actor, number: int) -> Entry:
    """Take an entry off its list.

    :raise NotFound: it is there no more.
    """
    require(actor, "lists")
    with ctx.store.write():
        gone = ctx.store.remove_listing(number)
        _record(ctx, actor, "list remove", gone)
    ctx.guard.forget()
    return Entry(gone, words_of(gone))


def show(ctx: Context, actor: Actor) -> list[Entry]:
    """All entries that hold now, oldest first."""
    require(actor, "lists")
    return [Entry(listing, words_of(listing)) for listing in ctx.store.list_listings(ctx.now())]


def words_of(listing: Listing) -> str:
    """What the entry is, as far as it may be told."""
    if listing.kind == "address":
        return _("an e-mail address")
    if listing.kind == "prefix":
        return _("a network")
    return listing.value


def _record(ctx: Context, actor: Actor, action: str, listing: Listing) -> None:
    detail: dict[str, object] = {"list": listing.list, "kind": listing.kind}
    if listing.kind in ("word", "domain"):
        detail["what"] = listing.value
    ctx.store.add_audit(ctx.now(), name_of(actor), action, detail=detail)


def is_listable(value: str) -> bool:
    """Whether a word or a domain is long enough to stand on a list."""
    return len(content.searchable(markup.line(value))) >= SHORTEST


def address_mark(ctx: Context, address: str) -> str:
    """What stands in a list for an address. Unlike the look-up in the vault, it outlives a change of keys."""
    return ctx.vault.bucket("listed", unicodedata.normalize("NFC", address.strip()).casefold()).hex()


def _value(ctx: Context, kind: str, typed: str) -> str:
    if kind == "address":
        try:
            return address_mark(ctx, shape.check_address(typed))
        except Invalid as wrong:
            raise Invalid({"value": str(wrong)}) from None
    if kind == "prefix":
        return ctx.vault.prefix(_network(typed)).hex()
    if kind == "domain":
        return _domain(typed)
    word = content.searchable(markup.line(typed))
    # Words are found anywhere, also within others: two letters are in every text.
    if not SHORTEST <= len(word) <= LONGEST:
        raise Invalid({"value": _("Write a word of {least} to {most} letters.").format(least=SHORTEST, most=LONGEST)})
    return word


def _domain(typed: str) -> str:
    host = lists.host_of(typed) if len(typed) <= LONGEST else ""
    if "." not in host or any(sign.isspace() for sign in host) or "@" in typed:
        raise Invalid({"value": _("Write a domain like example.org. What stands before it is included.")})
    return host


def _network(typed: str) -> str:
    """An address within the network; networks are kept as whole /24 or /48 ones."""
    cure = _("Write an address or a network like 192.0.2.0/24 or 2001:db8:1::/48.")
    try:
        found = ipaddress.ip_network(typed, strict=False)
    except ValueError:
        raise Invalid({"value": cure}) from None
    if found.prefixlen < (24 if found.version == 4 else 48):
        raise Invalid({"value": _("That network is too large to be held as a whole.") + f" {cure}"})
    return str(found.network_address)
