"""Letters about answers: asked for with a comment, confirmed by a letter, ended by one press.

Nothing here tells whether an address is known. Looking changes nothing.
"""

from dataclasses import dataclass
from datetime import timedelta

from comments.actions import tombstones
from comments.actions.context import Context
from comments.errors import BadToken, NotFound, Refused
from comments.manifest import Thread
from comments.model import SCOPES, Comment, Draft, Subscription
from comments.tokens import Token
from comments.words import _

# Longer than anybody keeps a letter: the link in it must end the letters whenever it is found again.
LIFETIME = timedelta(days=1096)
# Who does not press the button within a week did not want it.
CONFIRM_WITHIN = timedelta(days=7)
MANAGE_LIFETIME = timedelta(days=30)
PAUSE = timedelta(days=1)  # between two letters to one address that ask whether it wants more
ASKED_AT_MOST = 5  # such letters a day because of one network


@dataclass(frozen=True)
class Followed:
    """One subscription; ``entry`` is its article, None when that is not on the site."""

    subscription: Subscription
    entry: Thread | None

    @property
    def waits(self) -> bool:
        """Whether it still has to be confirmed."""
        return self.subscription.confirmed is None


def wish(ctx: Context, comment: Comment, draft: Draft, prefix: bytes) -> None:
    """Note which letters the writer of a comment wants, inside the transaction that stores it.

    A mailbox that this very browser has proved needs no further letter: choosing was the consent.
    """
    if draft.tell:
        ctx.store.set_tell(comment.id)
    scope = next((scope for scope in SCOPES if scope == draft.notify), None)
    if scope is None or comment.person is None:
        return
    now, proven = ctx.now(), ctx.store.get_person(comment.person).proven
    ctx.store.add_subscription(comment.person, comment.id, scope, now, confirmed=now if proven else None)
    if not proven and comment.state != "spam" and _within_pace(ctx, prefix):
        ask(ctx, comment)


def ask(ctx: Context, comment: Comment) -> None:
    """Queue the letter that asks for consent: at most one a day to an address, whoever typed it."""
    stored = ctx.store.find_address(comment.person) if comment.person is not None else None
    if stored is None:
        return
    for person in ctx.store.list_people_by_lookup(stored[1]):
        waiting = ctx.store.find_waiting_letter("confirm", person=person.id)
        if waiting:
            return ctx.store.extend_letter(waiting.id, (comment.id,))
    bucket, now = asked(ctx, stored[1]), ctx.now()
    last = max(ctx.store.list_events(bucket, now - PAUSE), default=None)
    due = last + PAUSE if last else now
    ctx.store.add_event(bucket, due)
    ctx.store.add_letter("confirm", now, due, person=comment.person, comments=(comment.id,))


def asked(ctx: Context, lookup: bytes) -> bytes:
    """The bucket in which such letters to an address are counted."""
    return ctx.vault.bucket("subscribe", "address", lookup)


def _within_pace(ctx: Context, prefix: bytes) -> bool:
    bucket, now = ctx.vault.bucket("subscribe", "prefix", prefix), ctx.now()
    ctx.store.add_event(bucket, now)
    return len(ctx.store.list_events(bucket, now - PAUSE)) <= ASKED_AT_MOST


def notice(ctx: Context, comment: Comment, *, proven: bool) -> str:
    """What the waiting page says about letters. ``proven``: whoever looks has shown that the mailbox is theirs.

    To everybody else it is the same whatever we know of the address.
    """
    told = _("You get a letter when it is published.") if comment.tell else ""
    found = ctx.store.find_subscription(comment.id)
    if found is None:
        return told
    if proven:
        return f"{told} {_('You get a letter when somebody answers.')}".strip()
    sure = _(
        "Before we write to you about answers we ask whether you want it: a letter goes to the address you gave, "
        "at most one a day. Press the button behind its link."
    )
    return f"{told} {sure}".strip()


# -- one of them ------------------------------------------------------------------------------------------------------
def token_of(ctx: Context, subscription: Subscription) -> str:
    """The token by which one subscription is confirmed and ended. It names no address."""
    return ctx.tokens.sign("subscription", {"subscription": subscription.id})


def look(ctx: Context, token: str) -> Followed | None:
    """The subscription behind a link; None where it ended, or what we held of its reader was erased.

    :raise BadToken: altered, or three years old.
    """
    return _found(ctx, ctx.tokens.read("subscription", token, LIFETIME))


def confirm(ctx: Context, token: str) -> str:
    """Note the consent to one subscription. Returns what to tell.

    :raise BadToken: as above.
    """
    with ctx.store.write():
        found = look(ctx, token)
        return _confirm(ctx, found) if found else ended()


def end(ctx: Context, token: str) -> str:
    """End one subscription, at once and for good; ending it again does no harm. Returns what to tell.

    :raise BadToken: as above.
    """
    with ctx.store.write():
        found = look(ctx, token)
        if found:
            _end(ctx, found)
    return _("Done: no more letters come from this subscription.")


def ended() -> str:
    """What a link says that has nothing left to do."""
    return _(
        "This subscription has ended, or what we held under your address was erased. No more letters come from it, "
        "and there is nothing you need to do."
    )


# -- all of an address ------------------------------------------------------------------------------------------------
def manage_token(ctx: Context, person: int) -> str:
    """The token of the page with all subscriptions of this person's address."""
    stored = ctx.store.find_address(person)
    mark = ctx.vault.mark(stored[0]) if stored else ""
    return ctx.tokens.sign("subscriptions", {"person": person, "mark": mark})


def list_all(ctx: Context, token: str) -> list[Followed]:
    """Everything that the address follows which the link was sent to. Changes nothing.

    :raise BadToken: altered, older than thirty days, or the address is not held any more.
    """
    read = ctx.tokens.read("subscriptions", token, MANAGE_LIFETIME)
    stored = ctx.store.find_address(int(read.subject["person"]))
    # Bound to the address it is sent to, should that person have another one later.
    if stored is None or read.subject.get("mark") != ctx.vault.mark(stored[0]):
        raise BadToken(_("This link has ended, or what we held under your address was erased. No letters come."))
    return of_address(ctx, stored[1])


def of_address(ctx: Context, lookup: bytes) -> list[Followed]:
    """Everything that an address follows, oldest first."""
    threads = ctx.manifest().threads
    return [Followed(each, threads.get(each.thread)) for each in ctx.store.list_subscriptions(lookup)]


def confirm_one(ctx: Context, token: str, number: int) -> str:
    """Consent to one of them from the page of all.

    :raise BadToken: as above.
    :raise Refused: it is not one of this address.
    """
    with ctx.store.write():
        return _confirm(ctx, _own(ctx, token, number))


def end_one(ctx: Context, token: str, number: int) -> str:
    """End one of them. Errors as above."""
    with ctx.store.write():
        _end(ctx, _own(ctx, token, number))
    return _("Done: no more letters come from this subscription.")


def end_all(ctx: Context, token: str) -> str:
    """End all of them. Errors as above."""
    with ctx.store.write():
        for each in list_all(ctx, token):
            _end(ctx, each)
    return _("Done: you follow nothing here any more.")


def _own(ctx: Context, token: str, number: int) -> Followed:
    for each in list_all(ctx, token):
        if each.subscription.id == number:
            return each
    raise Refused(_("This subscription has ended already."))


def _found(ctx: Context, read: Token) -> Followed | None:
    try:
        found = ctx.store.get_subscription(int(read.subject["subscription"]))
    except NotFound:
        return None
    return Followed(found, ctx.manifest().threads.get(found.thread))


def _confirm(ctx: Context, found: Followed) -> str:
    if found.waits and found.subscription.asked + CONFIRM_WITHIN < ctx.now():
        raise Refused(_("This was asked for more than a week ago. Choose it anew with your next comment."))
    if found.waits:
        ctx.store.confirm_subscription(found.subscription.id, ctx.now())
        _record(ctx, "subscribe", found)
    return _("Thank you. You get a letter when there is something new. Each letter has a link that ends them.")


def _end(ctx: Context, found: Followed) -> None:
    # Whoever said no must not get letters again because a backup was restored.
    tombstones.bury_letters(ctx.settings.var, ctx.store, found.subscription.comment)
    ctx.store.end_subscription(found.subscription.id)
    _record(ctx, "unsubscribe", found)


def _record(ctx: Context, action: str, found: Followed) -> None:
    ctx.store.add_audit(ctx.now(), "commenter", action, thread=found.subscription.thread)
