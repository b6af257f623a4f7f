"""What a moderator does to one comment, each with its row in the record. Runs inside the caller's transaction.

``moderate``, ``bulk`` and ``from_mail`` open the transaction and, after it, publish.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from comments import markup
from comments.actions import decide
from comments.actions.context import Context
from comments.actions.guard import learning
from comments.actions.guard.judging import said
from comments.actions.permissions import Actor, name_of, require
from comments.checks import shape
from comments.errors import Invalid, Refused, Stale
from comments.model import Account, AuditRow, Comment, State
from comments.words import _

STATE_VERBS: dict[str, State] = {"approve": "approved", "spam": "spam", "trash": "trash"}
_UNDOABLE = ("approve", "spam", "trash", "restore", "edit", "accept_edit", "reply", "undo")


@dataclass(frozen=True)
class Change:
    """What one act did.

    :ivar before: the state it was in.
    :ivar seen: readers see something else than before.
    :ivar note: where nothing changed: who was faster, and when.
    """

    comment: Comment
    verb: str
    before: State
    changed: bool = True
    seen: bool = False
    note: str = ""
    undoable: bool = True
    reply: Comment | None = None


Verb = Callable[[Context, Actor, int, int | None], Change]


def move(ctx: Context, actor: Actor, verb: str, comment_id: int, version: int | None, **detail: object) -> Change:
    """Approve, spam, trash or restore.

    :raise Stale: the comment is not as it was when the moderator read it.
    """
    require(actor, "moderate")
    comment = ctx.store.get_comment(comment_id)
    target = STATE_VERBS.get(verb) or comment.former or "pending"
    if verb == "restore" and comment.state not in ("spam", "trash"):
        target = comment.state
    if comment.state == target:
        return Change(comment, verb, comment.state, changed=False, note=_faster(ctx, comment))
    check_fresh(ctx, comment, version)
    if target in ("pending", "approved"):
        refuse_gone(ctx, comment)
    moved = ctx.store.set_state(comment.id, target, ctx.now())
    record(ctx, actor, verb, comment, detail={"from": comment.state, "to": target, **detail})
    return Change(moved, verb, comment.state, seen="approved" in (comment.state, target))


def edit(
    ctx: Context, actor: Actor, comment_id: int, text: str, version: int | None, *, reason: str, approve: bool
) -> Change:
    """Put a moderator's text in place of the stored one, and publish it where asked.

    :raise Invalid: the text is empty or too long, or it is somebody else's and no reason is given.
    """
    require(actor, "moderate")
    comment = ctx.store.get_comment(comment_id)
    check_fresh(ctx, comment, version)
    source = shape.check_text(text, ctx.manifest().site)
    html = decide.render(source)
    target: State = "approved" if approve else comment.state
    if source == comment.source and target == comment.state and comment.proposed is None:
        return Change(comment, "edit", comment.state, changed=False, note=_("The text is as it was."))
    refuse_gone(ctx, comment)
    _put(ctx, comment, source, html, _told(actor, comment, source, reason))
    edited = ctx.store.set_state(comment.id, target, ctx.now())
    detail: dict[str, object] = {"from": comment.state, "to": target, "text": True}
    record(ctx, actor, "edit", comment, detail=detail | ({"reason": reason} if reason else {}))
    return Change(edited, "edit", comment.state, seen=target == "approved")


def _put(ctx: Context, comment: Comment, source: str, html: str, moderated: str = "") -> Comment:
    """Put another text in place of the stored one, with the digest by which the same words are found elsewhere."""
    edited = ctx.store.set_text(comment.id, source, html, markup.VERSION, ctx.now(), moderated=moderated)
    if comment.account is None and not comment.erased:
        ctx.store.set_said(comment.id, said(ctx, html))
    return edited


def _told(actor: Actor, comment: Comment, source: str, reason: str) -> str:
    """What readers are told of this edit: nothing where the words are their writer's own."""
    if source == comment.source:
        return comment.moderated
    if source == comment.proposed or (isinstance(actor, Account) and actor.id == comment.account):
        return ""
    if not reason:
        raise Invalid({"reason": _("Say why in a few words: readers see them under the comment.")})
    return reason


def accept_edit(ctx: Context, actor: Actor, comment_id: int, version: int | None) -> Change:
    """Publish the change its writer asked for."""
    comment, change = _waiting_change(ctx, actor, comment_id, version)
    edited = _put(ctx, comment, change, decide.render(change))
    record(ctx, actor, "accept_edit", comment, detail={"from": comment.state, "to": comment.state, "text": True})
    return Change(edited, "accept_edit", comment.state, seen=comment.state == "approved")


def keep_old(ctx: Context, actor: Actor, comment_id: int, version: int | None) -> Change:
    """Drop the change its writer asked for. It is not kept, so there is no way back."""
    comment, _change = _waiting_change(ctx, actor, comment_id, version)
    kept = ctx.store.set_proposed(comment.id, None, (), ctx.now())
    record(ctx, actor, "keep_old", comment)
    return Change(kept, "keep_old", comment.state, undoable=False)


def undo(ctx: Context, actor: Actor, comment_id: int, version: int | None) -> Change:
    """Take back the last act on this comment. Undoing that again repeats it."""
    require(actor, "moderate")
    comment = ctx.store.get_comment(comment_id)
    check_fresh(ctx, comment, version)
    last = _last_act(ctx, comment)
    if last is None or last.action not in _UNDOABLE or last.detail.get("to") != comment.state:
        raise Refused(_("There is nothing to undo."))
    target = cast(State, last.detail["from"])
    if target in ("pending", "approved"):
        refuse_gone(ctx, comment)
    detail: dict[str, object] = {"from": comment.state, "to": target}
    if last.detail.get("text"):
        former, told = ctx.store.find_former_text(comment.id) or (comment.source, comment.moderated)
        _put(ctx, comment, former, decide.render(former), told)
        detail["text"] = True
    reply = _undo_reply(ctx, actor, last)
    if reply:
        detail |= way_of_reply(reply, cast(State, last.detail["reply_to"]))
    undone = ctx.store.set_state(comment.id, target, ctx.now())
    record(ctx, actor, "undo", comment, detail=detail)
    return Change(undone, "undo", comment.state, seen="approved" in (comment.state, target), reply=reply)


def _undo_reply(ctx: Context, actor: Actor, last: AuditRow) -> Comment | None:
    number = last.detail.get("reply")
    if not isinstance(number, int):
        return None
    reply = ctx.store.get_comment(number)
    if reply.version != last.detail.get("reply_version"):
        faster = _faster(ctx, reply) or _("Your click changed nothing.")
        raise Stale(_("Somebody was faster and changed the reply.") + f" {faster}")
    target = cast(State, last.detail["reply_from"])
    record(ctx, actor, "undo", reply, detail={"from": reply.state, "to": target})
    return ctx.store.set_state(reply.id, target, ctx.now())


def way_of_reply(reply: Comment, before: State) -> dict[str, object]:
    """What the record keeps of a reply that went with an act: undo leads back only from this very version."""
    return {"reply": reply.id, "reply_from": before, "reply_to": reply.state, "reply_version": reply.version}


def _waiting_change(ctx: Context, actor: Actor, comment_id: int, version: int | None) -> tuple[Comment, str]:
    require(actor, "moderate")
    comment = ctx.store.get_comment(comment_id)
    check_fresh(ctx, comment, version)
    if comment.proposed is None:
        raise Stale(_("No change of this comment waits any more. Your click changed nothing."))
    return comment, comment.proposed


def record(ctx: Context, actor: Actor, action: str, comment: Comment, detail: dict[str, object] | None = None) -> None:
    """The act's row in the record. Details hold states and ids, never a visitor's words."""
    ctx.store.add_audit(
        ctx.now(), name_of(actor), action, comment=comment.id, thread=comment.thread, detail=detail or {}
    )
    if detail and "to" in detail:
        learning.follow(ctx, comment.id, detail["to"])


def check_fresh(ctx: Context, comment: Comment, version: int | None) -> None:
    """:raise Stale: the comment was changed since this version was read; says by whom and when."""
    if version is not None and version != comment.version:
        raise Stale(_faster(ctx, comment) or _("This comment was changed meanwhile. Look at it again, then decide."))


def refuse_gone(ctx: Context, comment: Comment) -> None:
    """:raise Refused: it cannot be shown again; says why."""
    if why := why_gone(ctx, comment):
        raise Refused(why)


def why_gone(ctx: Context, comment: Comment) -> str:
    """Why it cannot be shown again; empty where it can."""
    if comment.erased and not comment.source:
        return _("Its text was erased. It cannot come back.")
    if any(row.action == "delete" for row in ctx.store.list_audit(comment=comment.id)):
        return _("Its writer deleted it. It does not come back.")
    return ""


def _last_act(ctx: Context, comment: Comment) -> AuditRow | None:
    rows = ctx.store.list_audit(comment=comment.id)
    return next((row for row in rows if row.action in _DONE), None)


def _faster(ctx: Context, comment: Comment) -> str:
    done = last_done(ctx, comment)
    return f"{done} {_('Your click changed nothing.')}" if done else ""


def last_done(ctx: Context, comment: Comment) -> str:
    """Who did the last thing to it, and when: for whoever comes second. Empty where nobody did anything."""
    last = _last_act(ctx, comment)
    if last is None:
        return ""
    who = _("its writer") if last.actor == "commenter" else last.actor
    return _DONE[last.action]().format(who=who, when=moment_words(ctx, last.at))


def moment_words(ctx: Context, at: datetime) -> str:
    """When it was, in the site's zone, within a sentence: "at 09:12", or with the date."""
    zone = ZoneInfo(ctx.manifest().site.zone)
    local, today = at.astimezone(zone), ctx.now().astimezone(zone).date()
    clock = _("at {time}").format(time=f"{local:%H:%M}")
    return clock if local.date() == today else _("on {date} {clock}").format(date=local.date().isoformat(), clock=clock)


# Every act that changes a comment, by the name it has in the record.
_DONE: dict[str, Callable[[], str]] = {
    "approve": lambda: _("Already published by {who} {when}."),
    "reply": lambda: _("Already published, with a reply, by {who} {when}."),
    "spam": lambda: _("Already filed under spam by {who} {when}."),
    "trash": lambda: _("Already put in the bin by {who} {when}."),
    "restore": lambda: _("Already taken back by {who} {when}."),
    "edit": lambda: _("Already changed by {who} {when}."),
    "accept_edit": lambda: _("The change was already published by {who} {when}."),
    "keep_old": lambda: _("The old text was already kept by {who} {when}."),
    "undo": lambda: _("The last act was already undone by {who} {when}."),
    "revise": lambda: _("The text was changed by {who} {when}."),
    "propose": lambda: _("The text was changed by {who} {when}."),
    "delete": lambda: _("Already deleted by {who} {when}."),
    "erase": lambda: _("Already erased by {who} {when}."),
}
