"""What is held under an address, for whoever can read the letters sent to it: to see, to take along, to erase.

Asking tells nobody whether an address is known. Looking changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from comments.actions import privacy, subscriptions, tombstones
from comments.actions.context import Context
from comments.actions.holdings import list_besides
from comments.actions.subscriptions import Followed
from comments.checks import shape
from comments.errors import BadToken, TooFast
from comments.manifest import Thread
from comments.model import Comment, Person
from comments.words import _, ngettext

LIFETIME = timedelta(hours=1)
PAUSE = timedelta(hours=1)  # between two such letters to one address
ASKED_AT_MOST = 10  # times within the pause, from one network
_STATES = {"pending": "waiting", "approved": "published", "spam": "spam", "trash": "removed"}


@dataclass(frozen=True)
class Held:
    """One comment with all that is kept of it.

    :ivar entry: its article, None when that is not on the site.
    :ivar former: earlier texts, each with the moment it was replaced.
    :ivar state: ``waiting``, ``published``, ``spam`` or ``removed``.
    """

    comment: Comment
    entry: Thread | None
    former: tuple[tuple[datetime, str], ...]

    @property
    def state(self) -> str:
        return _STATES[self.comment.state]


@dataclass(frozen=True)
class OwnData:
    """Everything held under one address.

    :ivar since: when the first of it came.
    :ivar proven: when the mailbox was proven, None where it never was.
    :ivar until: when the link ends.
    :ivar besides: what else there is, by table.
    :ivar subscriptions: what letters were asked for under it.
    :ivar manage: the token of the page where they are confirmed and ended.
    """

    comments: tuple[Held, ...]
    since: datetime
    proven: datetime | None
    until: datetime
    besides: dict[str, list[dict[str, object]]]
    subscriptions: tuple[Followed, ...] = ()
    manage: str = field(default="", compare=False)  # another one each time


@dataclass(frozen=True)
class Forgotten:
    """``why_late`` says why a page still shows what was erased."""

    comments: int
    why_late: str | None
    sentence: str


def ask_link(ctx: Context, address: str, ip: str) -> str:
    """Have a link to what is held mailed to that address, at most once an hour. The answer is always the same.

    :raise Invalid: this is no address.
    :raise TooFast: too many were asked for from this network.
    """
    lookup = ctx.vault.lookup(shape.check_address(address))
    with ctx.store.write():
        _check_pace(ctx, ip)
        _queue(ctx, lookup)
    return _(
        "If something is held under that address, a letter with a link is on its way to it. "
        "We send at most one an hour, and do not say here whether we know an address."
    )


def look(ctx: Context, token: str) -> OwnData:
    """What is held. Changes nothing.

    :raise BadToken: altered, older than an hour, or nothing is held any more.
    """
    people, until = _people(ctx, token)
    threads = ctx.manifest().threads
    followed = _followed(ctx, people)
    held = tuple(
        Held(comment, threads.get(comment.thread), tuple(ctx.store.list_edits(comment.id)))
        for comment in _comments(ctx, people)
    )
    proven = min((person.proven for person in people if person.proven), default=None)
    manage = subscriptions.manage_token(ctx, people[0].id)
    besides = {table: rows for table, rows in list_besides(ctx, people).items() if table != "subscriptions"}
    since = min(person.created for person in people)
    return OwnData(held, since, proven, until, besides, followed, manage)


def erase(ctx: Context, token: str, *, keep_text: bool) -> Forgotten:
    """Forget the address, and who wrote everything under it; the texts too unless they are kept. No way back.

    Texts in spam or bin are never kept: nobody reads them.
    :raise BadToken: as above.
    """
    with ctx.store.write():
        people, _until = _people(ctx, token)
        comments = _comments(ctx, people)
        letters = privacy.letters_about(ctx, {each.id for each in comments}, {each.id for each in people})
        buckets = list(_counters(ctx, people))
        tombstones.bury(ctx.settings.var, ctx.store, people=[each.id for each in people], text=True)
        for comment in comments:
            read = comment.state in ("pending", "approved")
            privacy.forget_writer(ctx, "commenter", comment, keep_text=keep_text and read)
        for person in people:
            ctx.store.forget_unused(person.id)
        for bucket in buckets:
            ctx.store.forget_events(bucket)
    why_late = privacy.forget_outside(ctx, {comment.thread for comment in comments}, letters)
    return Forgotten(len(comments), why_late, _told(len(comments), why_late, keep_text=keep_text))


def as_record(ctx: Context, data: OwnData) -> dict[str, object]:
    """All of it for a file that programs can read too. The address itself stays sealed."""
    url = ctx.settings.site_url or ctx.manifest().site.url
    return {
        "site": url,
        "made": _iso(ctx.now()),
        "since": _iso(data.since),
        "address_held": True,
        "address_proven": _iso(data.proven),
        "comments": [_comment_record(held, url) for held in data.comments],
        "besides": {table: [_row_record(row) for row in found] for table, found in data.besides.items()},
        "subscriptions": [_subscription_record(followed, url) for followed in data.subscriptions],
    }


def _subscription_record(followed: Followed, url: str) -> dict[str, object]:
    entry, held = followed.entry, followed.subscription
    return {
        "about": held.scope,
        "asked_with_comment": held.comment,
        "article": {"title": entry.title, "url": url + entry.path} if entry else None,
        "asked": _iso(held.asked),
        "confirmed": _iso(held.confirmed),
    }


def _comment_record(held: Held, url: str) -> dict[str, object]:
    comment = held.comment
    return {
        "id": comment.id,
        "answers": comment.parent,
        "article": {"title": held.entry.title, "url": url + held.entry.path} if held.entry else None,
        "state": held.state,
        "name": comment.name,
        "website": comment.website,
        "text": comment.source,
        "waiting_change": comment.proposed,
        "former_texts": [{"text": text, "replaced": _iso(at)} for at, text in held.former],
        "held_because": [reason.sentence for reason in comment.reasons],
        "written": _iso(comment.created),
        "published": _iso(comment.approved),
        "edited": _iso(comment.edited),
        "letter_when_published": comment.tell,
    }


def _row_record(row: dict[str, object]) -> dict[str, object]:
    return {name: _iso(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _check_pace(ctx: Context, ip: str) -> None:
    bucket = ctx.vault.bucket("privacy", "prefix", ctx.vault.prefix(ip))
    asked = ctx.store.list_events(bucket, ctx.now() - PAUSE)
    if len(asked) >= ASKED_AT_MOST:
        wait = asked[-ASKED_AT_MOST] + PAUSE - ctx.now()
        raise TooFast(_("Many links were asked for from your network. Please try again in an hour."), wait.seconds + 1)
    ctx.store.add_event(bucket, ctx.now())


def _queue(ctx: Context, lookup: bytes) -> None:
    # The same steps for an address we do not know, so that neither the answer nor its time tells.
    bucket, now = _asked(ctx, lookup), ctx.now()
    if ctx.store.list_events(bucket, now - PAUSE):
        return
    ctx.store.add_event(bucket, now)
    people = ctx.store.list_people_by_lookup(lookup)
    if people:
        reader = next((person for person in people if person.proven), people[0])
        ctx.store.add_letter("privacy", now, now, person=reader.id)
        ctx.store.add_audit(now, "service", "ask for own data")


def _asked(ctx: Context, lookup: bytes) -> bytes:
    return ctx.vault.bucket("privacy", "address", lookup)


def _people(ctx: Context, token: str) -> tuple[list[Person], datetime]:
    """Everybody who shares the address the link was sent to, and until when the link is good."""
    read = ctx.tokens.read("privacy", token, LIFETIME)
    stored = ctx.store.find_address(int(read.subject["person"]))
    if stored is None or read.subject.get("mark") != ctx.vault.mark(stored[0]):
        raise BadToken(_("Nothing is held any more under the address this link was sent to, or it was changed since."))
    return ctx.store.list_people_by_lookup(stored[1]), read.made + LIFETIME


def _comments(ctx: Context, people: list[Person]) -> list[Comment]:
    found = [comment for person in people for comment in ctx.store.list_written_by(person.id)]
    return sorted(found, key=lambda comment: (comment.created, comment.id))


def _followed(ctx: Context, people: list[Person]) -> tuple[Followed, ...]:
    stored = ctx.store.find_address(people[0].id)
    return tuple(subscriptions.of_address(ctx, stored[1])) if stored else ()


def _counters(ctx: Context, people: list[Person]) -> Iterator[bytes]:
    """What submitting, proving and asking counted under the address; it would be gone after a week anyway."""
    for person in people:
        yield ctx.vault.bucket("comment", "person", str(person.id))
        stored = ctx.store.find_address(person.id)
        if stored:
            yield ctx.vault.bucket("comment", "address", stored[1].hex())
            yield ctx.vault.bucket("prove", stored[1].hex())
            yield _asked(ctx, stored[1])
            yield subscriptions.asked(ctx, stored[1])


def _told(comments: int, why_late: str | None, *, keep_text: bool) -> str:
    words = [_("Your address is erased.")]
    if comments and keep_text:
        words.append(
            ngettext(
                "Nothing says any more who wrote your comment.",
                "Nothing says any more who wrote your {count} comments.",
                comments,
            ).format(count=comments)
        )
    elif comments:
        words.append(
            ngettext(
                "Your comment is erased, with its text.",
                "Your {count} comments are erased, with their texts.",
                comments,
            ).format(count=comments)
        )
    if why_late:
        words.append(_("A page could not be written just now. It will follow by itself within moments."))
    return " ".join(words)
