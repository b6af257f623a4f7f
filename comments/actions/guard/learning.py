"""What the filter learns from the desk: published is good, spam is spam, and what was undone is taken back."""

from dataclasses import dataclass

from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of, require
from comments.checks import bayes
from comments.manifest import Site
from comments.model import Comment, Draft, GuardState, Reason

BATCH = 200
_DECISIONS = frozenset(("approve", "spam", "restore", "undo", "reply", "edit", "accept_edit"))


@dataclass(frozen=True)
class Figures:
    """What the desk shows of the filter.

    :ivar needed: decisions of each kind it needs; 0: it is switched off.
    :ivar judging: it has seen enough, and judges.
    """

    needed: int
    judging: bool
    state: GuardState


def judge(ctx: Context, site: Site, draft: Draft, html: str, state: GuardState) -> Reason | None:
    """Why a comment is filed or held for its words; reads nothing while the filter does not judge."""
    settings = bayes.filter_of(site, state)
    if not settings.ready:
        return None
    return bayes.reason(_likelihood(ctx, _tokens(ctx, draft, html), state), settings)


def follow(ctx: Context, comment: int, state: object) -> None:
    """A moderator's act led a comment to this state: learn from it, or take back what was learned."""
    site = ctx.manifest().site
    if not site.bayes:
        return
    stored = ctx.store.get_comment(comment)
    if stored.account is not None:
        return  # replies from the desk say nothing about visitors' words
    if state in ("approved", "spam") and stored.source:
        _learn(ctx, site, stored, spam=state == "spam")
    else:
        ctx.store.unlearn(comment)


def retrain(ctx: Context, actor: Actor) -> Figures:
    """Forget everything and learn anew from what moderators decided and is still there, and from what was imported."""
    require(actor, "lists")
    site = ctx.manifest().site
    known = [each.id for each in ctx.store.iterate_comments() if each.state in ("approved", "spam") and each.source]
    with ctx.store.write():
        ctx.store.unlearn_all()
        ctx.store.add_audit(ctx.now(), name_of(actor), "retrain")
    for start in range(0, len(known), BATCH):
        with ctx.store.write():
            for number in known[start : start + BATCH]:
                comment = ctx.store.get_comment(number)
                if comment.account is None and comment.state in ("approved", "spam") and _decided(ctx, comment):
                    _learn(ctx, site, comment, spam=comment.state == "spam")
    ctx.guard.forget()
    return figures(ctx)


def figures(ctx: Context) -> Figures:
    """The filter's figures as they are now."""
    state = ctx.store.get_guard()
    settings = bayes.filter_of(ctx.manifest().site, state)
    return Figures(settings.needed, settings.ready, state)


def _learn(ctx: Context, site: Site, comment: Comment, *, spam: bool) -> None:
    draft = Draft(comment.thread, comment.source, comment.name, website=comment.website)
    tokens = _tokens(ctx, draft, comment.html)
    ctx.store.unlearn(comment.id)
    # What it would have said of this one, had it not seen it.
    state = ctx.store.get_guard()
    settings = bayes.filter_of(site, state)
    caught = settings.ready and _likelihood(ctx, tokens, state) >= settings.spam
    ctx.store.learn(comment.id, spam=spam, tokens=tokens, caught=caught)
    ctx.guard.forget()


def _decided(ctx: Context, comment: Comment) -> bool:
    rows = ctx.store.list_audit(comment=comment.id)
    imported = not any(row.action == "submit" for row in rows)
    return imported or any(row.action in _DECISIONS for row in rows)


def _likelihood(ctx: Context, tokens: list[bytes], state: GuardState) -> float:
    return bayes.likelihood(ctx.store.count_tokens(tokens), state)


def _tokens(ctx: Context, draft: Draft, html: str) -> list[bytes]:
    # Keyed, so that the store holds no list of the words people used; eight bytes tell 20,000 words apart.
    return [ctx.vault.bucket("token", word)[:8] for word in bayes.words(draft, html)]
