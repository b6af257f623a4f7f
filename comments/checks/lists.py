"""The lists that are kept at the desk, under WordPress's names: what of a comment stands on them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from comments import markup
from comments.checks import content
from comments.model import Draft, Listed, Listing, Reason
from comments.words import _


@dataclass(frozen=True)
class Traits:
    """What the lists are compared with: hashes where the lists hold hashes. Empty where it is not known."""

    draft: Draft
    html: str
    address: str = ""
    prefix: str = ""


def reasons(listings: Iterable[Listing], which: Listed, traits: Traits) -> Iterator[Reason]:
    """A reason for every entry of one list that fits. Nothing of an address stands in it."""
    listings = [listing for listing in listings if listing.list == which and not is_blank(listing.value)]
    if not listings:
        return
    hosts, mail = _hosts(traits), traits.draft.email.rpartition("@")[2].casefold()
    shown = content.searchable(traits.draft.name, traits.draft.website, traits.draft.comment, markup.plain(traits.html))
    typed = content.searchable(traits.draft.email)
    for listing in listings:
        what = ""
        match listing.kind:
            case "word" if listing.value in shown:
                what = f"“{listing.value}”"
            case "word" if listing.value in typed:
                what = _("one that stands in the e-mail address")
            case "domain" if any(_within(host, listing.value) for host in hosts):
                what = f"“{listing.value}”"
            case "domain" if mail and _within(mail, listing.value):
                what = _("the domain of the e-mail address")
            case "address" if traits.address and listing.value == traits.address:
                what = _("the e-mail address")
            case "prefix" if traits.prefix and listing.value == traits.prefix:
                what = _("the network it came from")
        if what:
            yield Reason(_key(which, listing), _sentence(which).format(what=what))


def is_blank(value: str) -> bool:
    """Whether nothing can be seen of an entry: it would be found in every text."""
    return not markup.line(value)


def host_of(address: str) -> str:
    """The host of a web address or of a bare domain, as the lists keep domains."""
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").strip(".").casefold()


def _hosts(traits: Traits) -> list[str]:
    return [host_of(found) for found in (*content.LINKED_HOST.findall(traits.html), traits.draft.website) if found]


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _key(which: Listed, listing: Listing) -> str:
    kind = {"word": "word", "address": "address", "prefix": "network", "domain": "domain"}[listing.kind]
    return f"{'held' if which == 'moderation' else 'disallowed'}-{kind}"


def _sentence(which: Listed) -> str:
    if which == "moderation":
        return _("On the moderation list: {what}.")
    return _("On the disallowed list: {what}.")
