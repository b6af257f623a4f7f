"""Proving a mailbox: a link is mailed to the address typed; opened and pressed, it makes that browser known by it.

Nothing here tells whether an address is stored already.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from comments.actions import decide, mine
from comments.actions.context import Context
from comments.errors import BadToken, NotFound
from comments.manifest import Thread
from comments.model import Person
from comments.tokens import Token
from comments.words import _

LIFETIME = timedelta(days=3)
PAUSE = timedelta(days=1)  # between two such letters to one address


@dataclass(frozen=True)
class Proof:
    """What the mailed link opens. Looking changes nothing. ``entry`` is the article of the person's last comment."""

    until: datetime
    sentence: str
    entry: Thread | None


@dataclass(frozen=True)
class Proved:
    """``browser`` is the value to set as the browser's cookie; ``entry`` as above."""

    browser: str
    sentence: str
    entry: Thread | None


def ask_proof(ctx: Context, token: str) -> str:
    """Have the link mailed to the comment's address, at most once a day. The answer is always the same.

    :raise BadToken: the waiting page's token is altered or too old.
    """
    own = mine.look(ctx, token)
    if own.can_prove and own.comment.person is not None:
        with ctx.store.write():
            _queue(ctx, own.comment.person)
    return _("If letters reach that address, one with a link is on its way. We send at most one a day.")


def look_proof(ctx: Context, token: str) -> Proof:
    """What the link would do.

    :raise BadToken: altered, too old or used up.
    """
    read, person = _read(ctx, token)
    sentence = _("Press the button, and comments from this browser with your address are known as yours.")
    return Proof(read.made + LIFETIME, sentence, _last_entry(ctx, person))


def prove(ctx: Context, token: str) -> Proved:
    """Make the browser that pressed the button known under the proven address.

    :raise BadToken: as above.
    """
    # Always a fresh value: what the browser carried before may be known to somebody else.
    browser = token_urlsafe(32)
    with ctx.store.write():
        read, person = _read(ctx, token)
        entry = _last_entry(ctx, person)
        ctx.store.spend(read.id, read.made + LIFETIME)
        ctx.store.prove_person(person.id, decide.browser_digest(browser), ctx.now())
        ctx.store.add_audit(ctx.now(), "commenter", "prove")
    return Proved(browser, _("Thank you. Once a comment of yours was published, the next ones need not wait."), entry)


def find_entry(ctx: Context, token: str) -> Thread | None:
    """The article of the person's last comment, where it is still on the site.

    :raise BadToken: as above.
    """
    return _last_entry(ctx, _read(ctx, token)[1])


def _last_entry(ctx: Context, person: Person) -> Thread | None:
    written = ctx.store.list_written_by(person.id)
    last = max(written, key=lambda comment: (comment.created, comment.id), default=None)
    return ctx.manifest().threads.get(last.thread) if last else None


def _queue(ctx: Context, person: int) -> None:
    address = ctx.store.find_address(person)
    if address is None:
        return
    bucket = ctx.vault.bucket("prove", address[1].hex())
    now = ctx.now()
    if ctx.store.list_events(bucket, now - PAUSE):
        return
    ctx.store.add_event(bucket, now)
    ctx.store.add_letter("prove", now, now, person=person)


def _read(ctx: Context, token: str) -> tuple[Token, Person]:
    read = ctx.tokens.read("prove", token, LIFETIME)
    if ctx.store.is_spent(read.id):
        raise BadToken(_("This link is used up. It works once."))
    try:
        person = ctx.store.get_person(int(read.subject["person"]))
    except NotFound:
        raise BadToken(_("This link is no longer valid.")) from None
    if not person.has_address:
        raise BadToken(_("This link is no longer valid."))
    return read, person
