"""Is a thread open? The article's file says so, its closing moment may end it, and the desk's word wins."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of, require
from comments.errors import Refused
from comments.manifest import Thread
from comments.model import Policy
from comments.words import _


@dataclass(frozen=True)
class PolicySet:
    """What holds now. ``why_late`` says why readers do not see it yet; ``sentence`` is for the moderator."""

    policy: Policy
    published: bool
    why_late: str | None
    sentence: str


def effective_policy(entry: Thread, override: Policy | None, now: datetime) -> Policy:
    """What holds for a thread at this moment."""
    policy = cast(Policy, entry.policy)
    if policy == "off":  # its page was built without a place for comments
        return "off"
    if override is not None:
        return override
    if entry.closes is not None and entry.closes <= now:
        return "closed"
    return policy


def policy_of(ctx: Context, entry: Thread) -> Policy:
    """What holds for a thread now."""
    return effective_policy(entry, ctx.store.get_thread(entry.id).override, ctx.now())


def set_thread_policy(ctx: Context, actor: Actor, thread_id: str, policy: Policy | None) -> PolicySet:
    """Open, hold or close one thread now; None follows the article's file again.

    :raise NotFound: the site has no such thread.
    """
    require(actor, "threads")
    entry = ctx.thread(thread_id)
    if policy == "off" or entry.policy == "off":
        raise Refused(_("Comments are switched off or on in the article's file, not here."))
    with ctx.store.write():
        ctx.store.set_override(thread_id, policy)
        ctx.store.add_audit(ctx.now(), name_of(actor), "set policy", thread=thread_id, detail={"policy": policy})
    why_late = ctx.show(thread_id)
    now_is = policy_of(ctx, entry)
    sentence = _SENTENCES[now_is]()
    if why_late:
        sentence = " ".join((sentence, _("The page will follow."), why_late))
    return PolicySet(now_is, why_late is None, why_late, sentence)


_SENTENCES = {
    "open": lambda: _("The thread is open."),
    "held": lambda: _("The thread is open, and every comment waits."),
    "closed": lambda: _("The thread is closed. What was said stays on the page."),
}
