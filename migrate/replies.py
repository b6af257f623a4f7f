"""The comments of an export, on their way into the store: which are brought over, and what became of each."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from comments.actions.context import Context
from comments.actions.transfer import Foreign, take_in
from comments.model import State
from migrate.drawers import Drawer
from migrate.mail_addresses import ADDRESS, name_of, without_addresses
from migrate.model import Item, Reply
from migrate.outcomes import ERASED, Entry, Ledger
from migrate.people import Signature
from migrate.text.findings import Finding
from migrate.text.fitting import fit, lost, says_something
from publication.places import is_web_address

KIND = "comment"
_STATES: dict[str, State] = {
    "1": "approved",
    "approve": "approved",
    "0": "pending",
    "hold": "pending",
    "trash": "trash",
    "post-trashed": "trash",
    "spam": "spam",
}
_NOT_PEOPLE = {
    "pingback": "a pingback: another site's notice of a link, not a person's words",
    "trackback": "a trackback: another site's notice of a link, not a person's words",
    "note": "an editorial note, which was never public",
}
_PEOPLE = frozenset(("", "comment"))
_TWICE = "the export holds this comment twice"
_TOGETHER = 500  # comments in one transaction, or one thread
_LONGEST_WEBSITE = 200  # bytes, as for visitors


@dataclass
class _Thread:
    """The comments of one text on their way, and their entries by number."""

    id: str
    wanted: list[Foreign]
    entries: dict[str, Entry]
    url: str
    at: str  # where it stood: links in its comments begin there


@dataclass
class Replies:
    """Takes the comments of one site. ``was_erased`` knows of comments that were written here and are no more."""

    ctx: Context
    source: str
    ledger: Ledger
    now: Callable[[], datetime]
    was_erased: Callable[[Reply], bool] = lambda _: False
    signatures: Mapping[int, Signature] = field(default_factory=dict)  # by number of the account
    threads: set[str] = field(default_factory=set)
    on_pages: dict[str, int] = field(default_factory=dict)  # number of the page → how many comments it has
    _waiting: list["_Thread"] = field(default_factory=list)
    _keys: Drawer[str, str] = field(default_factory=Drawer)  # of what this run has taken, with whose it is

    def take(self, item: Item, thread: str, *, is_article: bool, url: str) -> None:
        """All comments of ``item``, whose text has the id ``thread``; empty when the text was not brought over."""
        entries: dict[str, Entry] = {}
        wanted: list[Foreign] = []
        here: dict[int, str] = {}  # number → key, as answers within this text have it
        for reply in item.replies:
            key, is_new = self._key(reply)
            here.setdefault(reply.id, key)
            entry = self.ledger.add(
                Entry(
                    KIND,
                    str(reply.id),
                    without_addresses(f"{reply.author or 'Anonymous'}, {item.title}")[:120],
                    "imported",
                    line=item.line,
                )
            )
            why = _why_not(reply, thread) or ("" if is_new else _TWICE)
            if why:
                entry.outcome, entry.why = "skipped", [why]
                if why == _TWICE and key not in entries:  # of an item that was here before: others answer it
                    wanted.append(self._foreign(reply, key, item, replace(entry, why=[])))
                continue
            self._keys[key] = _whose(reply)
            if self.was_erased(reply):
                entry.outcome, entry.why = "kept", [ERASED]
                continue
            entries[key] = entry
            if not is_article:
                entry.change("it is kept at the desk; pages show no comments here")
                self.on_pages[str(item.id)] = self.on_pages.get(str(item.id), 0) + 1
            wanted.append(self._foreign(reply, key, item, entry))
            entry.link = f"{url}#comment-{reply.id}" if is_article else ""
        wanted = [replace(one, parent=here.get(int(one.parent), one.parent)) if one.parent else one for one in wanted]
        if wanted:
            self._waiting.append(_Thread(thread, wanted, entries, url if is_article else "", item.link))
        if sum(len(one.wanted) for one in self._waiting) >= _TOGETHER or not self._waiting:
            self.store()

    def tell_pages(self) -> None:
        """Say at each page how many comments of it nobody sees any more."""
        for entry in self.ledger.revising("page"):
            number = self.on_pages.get(entry.source, 0)
            if number:
                told, it = ("its comment is", "it") if number == 1 else (f"its {number} comments are", "them")
                why = "because pages have no comments here"
                what = f"{told} kept and can be read at the desk; readers do not see {it}, {why}"
                entry.findings.append(Finding("comments", what))

    def store(self) -> None:
        """Put what has gathered into the store, several threads in one transaction: each commit waits for the disk."""
        if self._waiting:
            # Not ``write``: its savepoints keep every page in memory that changes, and the search index changes many.
            self.ctx.store.write_together(self._store_waiting)
            self._waiting = []
        self.ledger.seal()

    def _store_waiting(self) -> None:
        for one in self._waiting:
            self._store(one)

    def _store(self, one: "_Thread") -> None:
        for taken in take_in(self.ctx, self.source, one.id, one.wanted, partial(_converted, one.at)):
            entry = one.entries.get(taken.key)
            if entry is None:
                continue
            if taken.step == "taken":
                self.threads.add(one.id)
                for why in taken.why:
                    entry.change(why)
            else:
                entry.outcome, entry.why = "kept", [ERASED] if taken.step == "erased" else []
            entry.link = f"{one.url}#comment-{taken.comment}" if one.url and taken.comment else ""

    def _key(self, reply: Reply) -> tuple[str, bool]:
        """What tells a comment from all others, and whether it is new: merged exports hold numbers twice."""
        whose, key = _whose(reply), str(reply.id)
        if self._keys.get(key, whose) != whose:
            key = f"{key}-{whose}"
        return key, key not in self._keys

    def _foreign(self, reply: Reply, key: str, item: Item, entry: Entry) -> Foreign:
        made = reply.made or item.made or self.now()
        if reply.made is None:
            entry.change("its date cannot be read; it has that of its text")
        elif reply.made > self.now():
            entry.change("its date lies in the future and became today's")
            made = self.now()
        state = _STATES.get(reply.approved, "pending")
        if reply.approved not in _STATES:
            entry.change("its state is unknown, so it waits for a moderator")
        signed = self.signatures.get(reply.user)
        is_own = signed is not None and signed.login == item.creator.casefold()
        name, why = name_of(reply.author)
        if signed is not None and (is_own or reply.author.casefold() == signed.login):
            name, why = signed.name, "" if reply.author == signed.name else "it is signed with its author's name now"
        if why:
            entry.change(why)
        for what in lost(reply.content, item.link):
            entry.change(what)
        website = reply.website if is_website(reply.website) else ""
        address = reply.address if ADDRESS.fullmatch(reply.address) else ""
        if reply.address and not address:
            entry.change("what stood for an e-mail address is none, and was left out")
        return Foreign(
            key=key,
            name=name,
            html="",
            source=reply.content,
            state=state,
            made=made,
            parent=str(reply.parent) if reply.parent else "",
            address=address,
            website=website,
            number=reply.id,
            author=signed.key if signed is not None and is_own else "",
        )


def _converted(at: str, one: Foreign) -> Foreign:
    """A comment as WordPress keeps it, as HTML and as Markdown."""
    fitted = fit(one.source, at)
    return replace(one, html=fitted.html, source=fitted.markdown or one.source)


def _why_not(reply: Reply, thread: str) -> str:
    if reply.kind in _NOT_PEOPLE:
        return _NOT_PEOPLE[reply.kind]
    if reply.kind not in _PEOPLE:
        return f"a comment of the kind {reply.kind[:40]}, which only the old site knows"
    if not thread:
        return "its text was not brought over"
    if not reply.content.strip():
        return "it has no text"
    if not says_something(reply.content):
        return "nothing of it can be shown"
    return "" if reply.id else "it has no number"


def _whose(reply: Reply) -> str:
    """In short, who wrote a comment and when."""
    return hashlib.sha256(f"{reply.author}\n{reply.made}".encode("utf-8", "replace")).hexdigest()[:12]


def is_website(address: str) -> bool:
    """Whether a comment's writer may be linked there."""
    return is_web_address(address) and len(address.encode()) <= _LONGEST_WEBSITE
