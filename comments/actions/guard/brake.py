"""The brake: when comments flood the whole site, everything waits until it is quiet again."""

from comments.actions.context import Context
from comments.actions.guard.memory import Seen
from comments.checks.brake import rule_of
from comments.manifest import Site
from comments.model import GuardState
from comments.words import _


def seen_by(ctx: Context) -> Seen:
    """What the guard knows of the whole site now."""
    return ctx.guard.look(ctx.store, rule_of(ctx.manifest().site), ctx.now())


def came(ctx: Context, site: Site) -> bool:
    """Whether the comment that just came has to wait for the brake, which it may itself have put on.

    Called within the comment's transaction.
    """
    rule = rule_of(site)
    seen = ctx.guard.look(ctx.store, rule, ctx.now())
    ctx.guard.came()
    if seen.state.braked:
        return not _release(ctx, seen, site)
    if not rule.engages(seen.came + 1):
        return False
    with ctx.among_ourselves():
        why = _("{count} comments came within {minutes} minutes.").format(
            count=seen.came + 1, minutes=site.brake_minutes
        )
    if ctx.store.set_brake(ctx.now(), why):
        detail: dict[str, object] = {"comments": seen.came + 1, "minutes": site.brake_minutes}
        ctx.store.add_audit(ctx.now(), "service", "brake on", detail=detail)
    ctx.guard.forget()
    return True


def look(ctx: Context) -> GuardState:
    """The brake as it is now; released here, too, when it has been quiet for long enough."""
    site = ctx.manifest().site
    seen = ctx.guard.look(ctx.store, rule_of(site), ctx.now())
    if not seen.state.braked:
        return seen.state
    with ctx.store.write():
        released = _release(ctx, seen, site)
    return seen_by(ctx).state if released else seen.state


def _release(ctx: Context, seen: Seen, site: Site) -> bool:
    rule, since = rule_of(site), seen.state.braked
    if since is None or not rule.releases(since, seen.of_late, ctx.now()):
        return False
    if ctx.store.set_brake(None):
        ctx.store.add_audit(ctx.now(), "service", "brake off", detail={"since": since.isoformat(timespec="seconds")})
    ctx.guard.forget()
    return True
