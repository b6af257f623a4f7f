"""Tells of comments that came onto a page: their writers, whoever follows, and the article's authors.

Not at the click that approves, but a little later and only once readers see the page: an act that is undone at once
is told to nobody, and whichever way a comment came to be published, nobody is forgotten.
"""

from collections.abc import Iterator
from datetime import timedelta

from comments.actions import subscriptions
from comments.actions.context import Context
from comments.actions.tell import BUNDLE, bundle
from comments.errors import Misconfigured
from comments.manifest import Manifest
from comments.model import Comment, Subscription

GRACE = timedelta(minutes=2)
AT_ONCE = 50  # comments in one transaction


def announce(ctx: Context) -> int:
    """Queue the letters about everything that was published and not told yet. Returns of how many comments."""
    before, told = ctx.now() - GRACE, 0
    while ctx.store.list_news(before, 1):
        try:
            manifest = ctx.manifest()
        except Misconfigured:
            break  # no release: letters would have nowhere to link to
        with ctx.store.write():
            found = ctx.store.list_news(before, AT_ONCE)
            for comment in found:
                _tell(ctx, manifest, comment)
            ctx.store.mark_announced([comment.id for comment in found], ctx.now())
        told += len(found)
    return told


def _tell(ctx: Context, manifest: Manifest, comment: Comment) -> None:
    entry, now = manifest.threads.get(comment.thread), ctx.now()
    if entry is None:
        return
    if comment.tell and comment.has_address:
        ctx.store.add_letter("published", now, now, person=comment.person, comments=(comment.id,))
    _ask_late(ctx, comment)
    # What is older than our own memory of letters is no news: a thread that was imported, for instance.
    if comment.created < now - timedelta(days=ctx.settings.keep_letters_days):
        return
    for follower in _followers(ctx, comment):
        _queue(ctx, follower, comment)
    muting = ctx.store.list_muting(comment.id)
    for account in ctx.store.list_accounts():
        own = account.role == "author" and account.author in {author.key for author in entry.authors}
        wants = account.has_address and not account.disabled and account.id not in muting
        if own and wants and account.id != comment.account:
            bundle(ctx, "article", account.id, comment.id)


def _ask_late(ctx: Context, comment: Comment) -> None:
    """What was filed under spam first was not asked about then."""
    found = ctx.store.find_subscription(comment.id)
    if found and found.confirmed is None and ctx.store.last_letter("confirm", person=found.person) is None:
        subscriptions.ask(ctx, comment)


def _followers(ctx: Context, comment: Comment) -> Iterator[Subscription]:
    """One subscription for each mailbox that the comment is news to, which its writer's is not."""
    done = _mailboxes_of_writer(ctx, comment)
    for follower in ctx.store.list_followers(comment.id):
        stored = ctx.store.find_address(follower.person)
        if stored and stored[1] not in done and follower.person != comment.person:
            done.add(stored[1])
            yield follower


def _mailboxes_of_writer(ctx: Context, comment: Comment) -> set[bytes]:
    person = ctx.store.find_address(comment.person) if comment.person is not None else None
    found = {person[1]} if person else set()
    sealed = ctx.store.find_account_address(comment.account) if comment.account is not None else None
    if sealed:
        found.add(ctx.vault.lookup(ctx.vault.open(f"account:{comment.account}", sealed)))
    return found


def _queue(ctx: Context, follower: Subscription, comment: Comment) -> None:
    now = ctx.now()
    waiting = ctx.store.find_waiting_letter("reply", person=follower.person, subscription=follower.id)
    if waiting:
        return ctx.store.extend_letter(waiting.id, (comment.id,))
    last = ctx.store.last_letter("reply", person=follower.person)
    due = max(now, last + BUNDLE) if last else now
    ctx.store.add_letter("reply", now, due, person=follower.person, subscription=follower.id, comments=(comment.id,))
