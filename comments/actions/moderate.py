"""A moderator decides on one comment: one transaction, then the page, then a receipt in words."""

import re
from dataclasses import dataclass

from comments import markup
from comments.actions import acts, decide
from comments.actions.acts import Change
from comments.actions.context import Context
from comments.actions.permissions import Actor, require
from comments.checks import shape
from comments.errors import Invalid, NotAllowed, NotFound, Refused
from comments.manifest import Thread
from comments.model import Account, Comment, NewComment, State
from comments.words import _

REASON_LIMIT = 200
MAILBOX = re.compile(r"\S@\S")


@dataclass(frozen=True)
class Acted:
    """The receipt of an act.

    :ivar changed: False when it was so already; ``sentence`` then says who did it and when.
    :ivar published: readers find it on its page, as it now is.
    :ivar why_late: why the page still shows what was before.
    :ivar undo: the version to hand to ``undo``; None when there is nothing to take back.
    """

    comment: Comment
    verb: str
    changed: bool
    published: bool
    why_late: str | None
    sentence: str
    undo: int | None
    reply: Comment | None
    before: State


def approve(ctx: Context, actor: Actor, comment_id: int, version: int | None = None) -> Acted:
    """Publish a comment.

    :raise Stale: it is not as it was in that version.
    """
    return _act(ctx, actor, "approve", comment_id, version)


def spam(ctx: Context, actor: Actor, comment_id: int, version: int | None = None) -> Acted:
    """File a comment under spam, off the page."""
    return _act(ctx, actor, "spam", comment_id, version)


def trash(ctx: Context, actor: Actor, comment_id: int, version: int | None = None) -> Acted:
    """Put a comment in the bin, off the page."""
    return _act(ctx, actor, "trash", comment_id, version)


def restore(ctx: Context, actor: Actor, comment_id: int, version: int | None = None) -> Acted:
    """Take a comment back from spam or bin, to where it was before."""
    return _act(ctx, actor, "restore", comment_id, version)


def accept_edit(ctx: Context, actor: Actor, comment_id: int, version: int | None = None) -> Acted:
    """Publish the change that its writer made to a published comment."""
    return _act(ctx, actor, "accept_edit", comment_id, version)


def keep_old(ctx: Context, actor: Actor, comment_id: int, version: int | None = None) -> Acted:
    """Leave the published text as it is and drop the change. This cannot be undone."""
    return _act(ctx, actor, "keep_old", comment_id, version)


def undo(ctx: Context, actor: Actor, comment_id: int, version: int | None = None) -> Acted:
    """Take back the last act on a comment.

    :raise Refused: there is none that can be taken back.
    """
    return _act(ctx, actor, "undo", comment_id, version)


def can_restore(ctx: Context, comment: Comment) -> bool:
    """Whether ``restore`` takes it back: neither its writer deleted it, nor was its text erased."""
    return comment.state in ("spam", "trash") and not acts.why_gone(ctx, comment)


def change(ctx: Context, actor: Actor, verb: str, comment_id: int, version: int | None) -> Change:
    """One act by its name, inside the caller's transaction; the page is the caller's to publish.

    :raise Refused: there is no such act.
    """
    match verb:
        case "approve" | "spam" | "trash" | "restore":
            return acts.move(ctx, actor, verb, comment_id, version)
        case "accept_edit":
            return acts.accept_edit(ctx, actor, comment_id, version)
        case "keep_old":
            return acts.keep_old(ctx, actor, comment_id, version)
        case "undo":
            return acts.undo(ctx, actor, comment_id, version)
    raise Refused(_("There is no such act."))


def edit(
    ctx: Context,
    actor: Actor,
    comment_id: int,
    text: str,
    version: int | None = None,
    *,
    reason: str = "",
    approve: bool = False,
) -> Acted:
    """Change a comment's text, and publish it where asked.

    Under somebody else's text readers are told that a moderator edited it, and the reason, which is then required.
    :raise Invalid: the text is empty or too long, or the reason is, or holds an address.
    """
    too_long = len(reason) > REASON_LIMIT * shape.RAW
    reason = "" if too_long else markup.line(reason)
    if too_long or len(reason) > REASON_LIMIT:
        raise Invalid({"reason": _("Up to {limit} characters fit.").format(limit=REASON_LIMIT)})
    if MAILBOX.search(reason):
        raise Invalid({"reason": _("Readers may see the reason: please leave the e-mail address out.")})
    with ctx.store.write():
        done = acts.edit(ctx, actor, comment_id, text, version, reason=reason, approve=approve)
    return receipt(ctx, done)


def reply_and_approve(ctx: Context, actor: Actor, comment_id: int, text: str, version: int | None = None) -> Acted:
    """Answer a comment in one's own name, publishing both. Authors answer published comments on own articles.

    :raise NotAllowed: not an account, or an author elsewhere.
    :raise Invalid: the text is empty or too long.
    """
    require(actor, "reply")
    if isinstance(actor, str):
        raise NotAllowed(_("A reply needs a name: sign in at the desk."))
    source = shape.check_text(text, ctx.manifest().site)
    html = decide.render(source)
    with ctx.store.write():
        comment = ctx.store.get_comment(comment_id)
        name = _reply_name(ctx, actor, comment)
        digest = decide.said(ctx, comment.thread, comment.id, name, source)
        sent = ctx.store.find_repeated(digest, decide.EVER)
        if sent and sent.account == actor.id:
            note = _("You have sent this reply already.")
            return receipt(ctx, Change(comment, "reply", comment.state, changed=False, note=note, reply=sent))
        acts.check_fresh(ctx, comment, version)
        done = _reply(
            ctx,
            actor,
            comment,
            NewComment(
                thread=comment.thread,
                name=name,
                source=source,
                html=html,
                markup=markup.VERSION,
                state="approved",
                created=ctx.now(),
                parent=comment.id,
                account=actor.id,
                digest=digest,
            ),
        )
    return receipt(ctx, done)


def _reply(ctx: Context, actor: Account, comment: Comment, new: NewComment) -> Change:
    approved = comment
    if comment.state != "approved":
        acts.refuse_gone(ctx, comment)
        approved = ctx.store.set_state(comment.id, "approved", ctx.now())
    reply = ctx.store.get_comment(ctx.store.add_comment(new))
    way = {"from": comment.state, "to": "approved"} | acts.way_of_reply(reply, "trash")
    acts.record(ctx, actor, "reply", comment, way)
    acts.record(ctx, actor, "submit", reply, {"state": "approved"})
    return Change(approved, "reply", comment.state, seen=True, reply=reply)


def _reply_name(ctx: Context, actor: Account, comment: Comment) -> str:
    """The name the reply is signed with: an author's own, as the article has it."""
    try:
        entry: Thread | None = ctx.thread(comment.thread)
    except NotFound:
        entry = None
    own = next((author.name for author in entry.authors if author.key == actor.author), None) if entry else None
    if actor.role == "author" and (own is None or comment.state != "approved"):
        raise NotAllowed(_("Authors answer published comments on their own articles."))
    return own or actor.name


def _act(ctx: Context, actor: Actor, verb: str, comment_id: int, version: int | None) -> Acted:
    with ctx.store.write():
        done = change(ctx, actor, verb, comment_id, version)
    return receipt(ctx, done)


def receipt(ctx: Context, done: Change) -> Acted:
    """Publish what an act changed, after its transaction, and say what became of it."""
    return tell(done, ctx.show(done.comment.thread) if done.seen else None)


def tell(done: Change, why_late: str | None) -> Acted:
    """The receipt of an act whose page was written, or is late for the reason given."""
    on_page = done.comment.state == "approved" and why_late is None
    back = done.comment.version if done.changed and done.undoable else None
    sentence = _sentence(done, why_late)
    return Acted(done.comment, done.verb, done.changed, on_page, why_late, sentence, back, done.reply, done.before)


def _sentence(done: Change, why_late: str | None) -> str:
    if not done.changed:
        return done.note or _("It was so already. Your click changed nothing.")
    if why_late:
        first = _("Approved.") if done.comment.state == "approved" and done.verb in _APPROVING else _became(done)
        return " ".join((first, _("The page will follow."), why_late))
    return _became(done, shown=True)


_APPROVING = ("approve", "reply", "restore", "undo")


def _became(done: Change, *, shown: bool = False) -> str:
    approved = done.comment.state == "approved"
    if done.verb == "keep_old":
        return _("The old text stays. The change is dropped.")
    if done.verb in ("edit", "accept_edit") and done.before == done.comment.state:
        parts = [_("Saved."), _("The page shows the new text.") if shown and approved else ""]
    elif approved:
        parts = [_("Published."), _("It is on the page.") if shown else ""]
        if done.verb == "reply":
            parts = [_("Published."), _("The comment and your reply are on the page.") if shown else ""]
    else:
        words = {"pending": _("It waits again."), "spam": _("Filed under spam."), "trash": _("In the bin.")}
        parts = [words[done.comment.state], _("It is off the page.") if shown and done.before == "approved" else ""]
    undone = _("Undone.") if done.verb == "undo" else ""
    return " ".join(filter(None, (undone, *parts)))
