"""The page of a commenter's own comment: its state, a quarter of an hour to change it, and the proof of a mailbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from comments import markup
from comments.actions import decide, subscriptions, tombstones
from comments.actions.context import Context
from comments.actions.guard.judging import Origin, help_lines, said
from comments.actions.patience import usual_wait_words
from comments.actions.submit import address_of
from comments.actions.tell import tell_moderators
from comments.actions.threads import policy_of
from comments.actions.waiting import usual_wait
from comments.checks import pace, shape
from comments.errors import NotFound, Stale, TooLate
from comments.manifest import HelpLines, Thread
from comments.model import Comment, Draft, Reason
from comments.words import _

EDIT_TIME = timedelta(minutes=15)
# The page is a note of what became of it, not an account.
LIFETIME = timedelta(days=90)
# Reasons that hang on who wrote and where, not on the words: an edit changes nothing about them.
_STANDING = ("first", "stranger", "reserved-name", "brake", "held-network")


@dataclass(frozen=True)
class Mine:
    """What a commenter sees of their own comment.

    :ivar state: ``waiting``, ``published`` or ``removed``. Spam waits too, as far as its writer can see.
    :ivar text: what they typed last, also where that waits.
    :ivar html: the same as it would look.
    :ivar editable_until: None when the time is over.
    :ivar changing: the page shows an earlier text until somebody has read the change.
    :ivar address: where it is on the page, if it is.
    :ivar help: help lines, where its writer may be in danger.
    :ivar letters: which letters its writer gets, where some were asked for.
    """

    comment: Comment
    entry: Thread
    state: str
    sentence: str
    text: str
    html: str
    editable_until: datetime | None
    changing: bool
    address: str | None
    can_prove: bool
    help: HelpLines | None = None
    letters: str = ""


def look(ctx: Context, token: str, browser: str | None = None) -> Mine:
    """The state of the comment behind the token. Changes nothing.

    ``browser`` is the cookie of whoever looks. What others did with the address typed changes nothing here: whether
    it was ever proven is shown to the browser that proved it, and to nobody else.

    :raise BadToken: altered or older than ninety days.
    :raise NotFound: the comment or its article is gone.
    """
    return _mine(ctx, _comment(ctx, token), browser)


def sent(ctx: Context, comment: Comment, browser: str | None = None, *, letters: bool) -> Mine:
    """What a commenter sees of a comment in the moment it was sent. The offer to prove a mailbox is on its page.

    ``letters``: some may have been asked for; else the store is not asked about them.
    """
    return _mine(ctx, comment, browser, offer=False, letters=letters)


def find_entry(ctx: Context, token: str) -> Thread | None:
    """The article the comment behind the token is about, where that is on the site.

    :raise BadToken: as above.
    :raise NotFound: the comment is gone.
    """
    return ctx.manifest().threads.get(_named(ctx, token).thread)


def edit(ctx: Context, token: str, text: str, version: int) -> Mine:
    """Change the text, within fifteen minutes, through the same checks. A published text stays until it is read.

    :raise Invalid: the text is empty or too long.
    :raise TooLate: the fifteen minutes are over, the comment was removed, or it was changed too many times.
    :raise Stale: the comment was changed since.
    :raise TooFast: too soon after the last change.
    """
    comment = _comment(ctx, token)
    _check_time(ctx, comment)
    manifest = ctx.manifest()
    source = shape.check_text(text, manifest.site)
    html = decide.render(source)
    with ctx.store.write():
        comment = ctx.store.get_comment(comment.id)
        _check_time(ctx, comment)
        if comment.version != version:
            raise Stale(_("This comment was changed meanwhile. Look at it again."))
        if source != (comment.proposed or comment.source):
            _check_pace(ctx, comment, manifest.site.flood_seconds)
            comment = _change(ctx, comment, source, html)
    return _mine(ctx, comment)


def delete(ctx: Context, token: str) -> Mine:
    """Take the comment back, within fifteen minutes. It leaves the page, and nobody but its writer sent it away.

    :raise TooLate: as above.
    """
    comment = _comment(ctx, token)
    with ctx.store.write():
        comment = ctx.store.get_comment(comment.id)
        _check_time(ctx, comment)
        was_shown = comment.state == "approved"
        # A backup made before must not bring it back onto the page.
        tombstones.bury(ctx.settings.var, ctx.store, comments=[comment.id], text=True)
        comment = ctx.store.set_state(comment.id, "trash", ctx.now())
        ctx.store.add_audit(ctx.now(), "commenter", "delete", comment=comment.id, thread=comment.thread)
    if was_shown:
        ctx.show(comment.thread)  # if it is late, the sweep writes the page
    return _mine(ctx, comment)


def _comment(ctx: Context, token: str) -> Comment:
    comment = _named(ctx, token)
    if comment.erased:
        raise NotFound(_("This comment was erased, as somebody asked."))
    return comment


def _named(ctx: Context, token: str) -> Comment:
    return ctx.store.get_comment(int(ctx.tokens.read("mine", token, LIFETIME).subject["comment"]))


def _check_time(ctx: Context, comment: Comment) -> None:
    if comment.state == "trash":
        raise TooLate(_("This comment was removed. It cannot be changed any more."))
    if _editable_until(ctx, comment) is None:
        raise TooLate(_("A comment can be changed for fifteen minutes. That time is over."))


def _check_pace(ctx: Context, comment: Comment, seconds: int) -> None:
    bucket, now = ctx.vault.bucket("edit", str(comment.id)), ctx.now()
    pace.check_edits(ctx.store.list_events(bucket, comment.created), now, seconds)
    ctx.store.add_event(bucket, now)


def _editable_until(ctx: Context, comment: Comment) -> datetime | None:
    until = comment.created + EDIT_TIME
    return until if comment.state != "trash" and ctx.now() < until else None


def _change(ctx: Context, comment: Comment, source: str, html: str) -> Comment:
    """Store an edit with the verdict of the same checks that the first text went through."""
    store, now = ctx.store, ctx.now()
    reasons, is_spam = _reasons(ctx, comment, source, html)
    if comment.state == "approved":
        with ctx.among_ourselves():
            sentence = _("Changed after it was published. Readers see the old text until you decide.")
        waits = Reason("changed", sentence)
        # Its writer has been let in already: what is new is the change.
        reasons = (waits, *(reason for reason in reasons if reason.key != "first"))
        changed = store.set_proposed(comment.id, source, reasons, now)
        action = "propose"
    else:
        store.set_text(comment.id, source, html, markup.VERSION, now)
        store.set_said(comment.id, said(ctx, html))
        changed = store.set_proposed(comment.id, None, reasons, now)
        if is_spam:
            changed = store.set_state(comment.id, "spam", now)
        action = "revise"
    keys = [reason.key for reason in reasons]
    store.add_audit(now, "commenter", action, comment=comment.id, thread=comment.thread, detail={"reasons": keys})
    if changed.state != "spam":
        tell_moderators(ctx, comment.id, reasons)
    return changed


def _reasons(ctx: Context, comment: Comment, source: str, html: str) -> tuple[tuple[Reason, ...], bool]:
    entry, manifest = ctx.thread(comment.thread), ctx.manifest()
    standing = tuple(reason for reason in comment.reasons if reason.key in _STANDING)
    # Judged as known: what the writer's standing gave was decided when the comment came, and is kept.
    draft = Draft(comment.thread, source, comment.name, _address(ctx, comment), comment.website, comment.parent)
    origin = Origin(said=said(ctx, html), own=comment.id)
    verdict = decide.decide(
        ctx, manifest, draft, html, known=True, stranger=False, policy=policy_of(ctx, entry), origin=origin
    )
    anew = tuple(reason for reason in verdict.reasons if reason.key not in _STANDING)
    return standing + anew, verdict.kind == "spam"


def _address(ctx: Context, comment: Comment) -> str:
    stored = ctx.store.find_address(comment.person) if comment.person is not None else None
    return ctx.vault.open(f"person:{comment.person}", stored[0]) if stored else ""


def _mine(
    ctx: Context, comment: Comment, browser: str | None = None, *, offer: bool = True, letters: bool = True
) -> Mine:
    entry = ctx.thread(comment.thread)
    proven = (offer or letters) and _has_proven(ctx, comment, browser)
    text = comment.proposed or comment.source
    state = {"approved": "published", "trash": "removed"}.get(comment.state, "waiting")
    sentences = {
        "waiting": _("Your comment waits to be read by a moderator. Only you can see it here."),
        "published": _("Your comment is published."),
        "removed": _(
            "This comment was removed. It is off the page; moderators can still see it for up to {days} days."
        ).format(days=ctx.settings.keep_discarded_days),
    }
    changing = comment.proposed is not None and comment.state == "approved"
    changed = _("Your change waits to be read. Until then readers see the text from before.") if changing else ""
    how_long = usual_wait_words(usual_wait(ctx)) if changing or state == "waiting" else ""
    return Mine(
        comment=comment,
        entry=entry,
        state=state,
        sentence=" ".join(filter(None, (sentences[state], changed, how_long))),
        text=text,
        html=_html(comment, text),
        editable_until=_editable_until(ctx, comment),
        changing=changing,
        address=address_of(entry, comment),
        can_prove=offer and comment.has_address and state != "removed" and not proven,
        help=help_lines(ctx, comment.reasons) if state == "waiting" or changing else None,
        letters=subscriptions.notice(ctx, comment, proven=proven) if letters and state != "removed" else "",
    )


def _html(comment: Comment, text: str) -> str:
    """The text as it would look; what is stored was rendered from it already."""
    same = text == comment.source and comment.markup == markup.VERSION
    return comment.html if same else markup.render(text)


def _has_proven(ctx: Context, comment: Comment, browser: str | None) -> bool:
    """Whether this browser belongs to the comment's writer and to the mailbox."""
    looking = ctx.store.find_person_by_browser(decide.browser_digest(browser)) if browser else None
    return looking is not None and looking.proven is not None and looking.id == comment.person
