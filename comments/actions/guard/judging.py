"""The guard's word on a comment, added to that of the other checks. It holds and files; it refuses nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from comments import markup
from comments.actions.context import Context
from comments.actions.guard import brake, learning
from comments.actions.guard.lists import address_mark
from comments.actions.guard.memory import Seen
from comments.checks import care, content, lists
from comments.checks.lists import Traits
from comments.manifest import HelpLines, Site
from comments.model import Draft, Reason, Verdict
from comments.words import _, ngettext, spoken

# Shorter texts ("Thank you, this helped me a lot.") are said by many.
SAID_LEAST = 40


@dataclass(frozen=True)
class Origin:
    """Where a text comes from, as far as the caller knows.

    :ivar prefix: the keyed hash of the network, for what comes in anew; such a comment counts for the brake.
    :ivar said: the digest of its words.
    :ivar own: its number, where it is stored already.
    """

    prefix: bytes | None = None
    said: str = ""
    own: int | None = None


def said(ctx: Context, html: str) -> str:
    """A keyed digest by which the same words are found on the whole site; empty for few words."""
    folded = content.fold(markup.plain(html))
    return ctx.vault.bucket("words", folded).hex() if len(folded) >= SAID_LEAST else ""


def judge(ctx: Context, site: Site, draft: Draft, html: str, origin: Origin, verdict: Verdict) -> Verdict:
    """The verdict with what the guard has to say. Words for moderators: call it among ourselves."""
    seen = brake.seen_by(ctx)
    urgent = list(care.reasons(draft.comment, ctx.guard.words(ctx.settings.care_words)))
    spam = [*(verdict.reasons if verdict.kind == "spam" else ()), *_listed(ctx, seen, draft, html, origin, spam=True)]
    held = [*urgent, *(verdict.reasons if verdict.kind == "hold" else ())]
    held += [*_listed(ctx, seen, draft, html, origin, spam=False), *_said_before(ctx, origin)]
    looks = learning.judge(ctx, site, draft, html, seen.state)
    if looks:
        (spam if looks.key == "bayes-spam" else held).append(looks)
    if origin.prefix is not None and brake.came(ctx, site):
        held.append(Reason("brake", _("Very many comments come just now, so every one waits.")))
    if spam and not care.in_danger(urgent):
        return Verdict("spam", tuple(spam))
    # Where somebody may be in danger, a person looks at once, whatever else it looks like.
    held += spam
    return Verdict("hold", tuple(held)) if held else Verdict("approve")


def help_lines(ctx: Context, reasons: tuple[Reason, ...]) -> HelpLines | None:
    """The help lines to show to a comment's writer, in the language spoken or else the site's; None: no need."""
    return _lines(ctx) if care.in_danger(reasons) else None


def help_for(ctx: Context, text: str) -> HelpLines | None:
    """As ``help_lines``, for a text that is not sent yet."""
    return help_lines(ctx, tuple(care.reasons(text, ctx.guard.words(ctx.settings.care_words))))


def _lines(ctx: Context) -> HelpLines | None:
    site = ctx.manifest().site
    by_language = {lines.language: lines for lines in site.help_lines}
    found = by_language.get(spoken()) or by_language.get(site.language)
    return replace(found, html=Markup(found.html)) if found else None  # noqa: S704 - the build sanitised it


def _listed(ctx: Context, seen: Seen, draft: Draft, html: str, origin: Origin, *, spam: bool) -> Iterator[Reason]:
    listings = seen.held_by(ctx.now())
    if not listings:
        return
    traits = Traits(
        draft,
        html,
        address=address_mark(ctx, draft.email) if draft.email else "",
        prefix=origin.prefix.hex() if origin.prefix else "",
    )
    yield from lists.reasons(listings, "disallowed" if spam else "moderation", traits)


def _said_before(ctx: Context, origin: Origin) -> Iterator[Reason]:
    if not origin.said:
        return
    found = [comment for comment in ctx.store.list_said(origin.said) if comment.id != origin.own]
    if any(comment.state == "spam" for comment in found):
        yield Reason("said-before", _("The same words were filed under spam before."))
    elif found:
        sentence = ngettext(
            "The same words stand in another comment.", "The same words stand in other comments.", len(found)
        )
        yield Reason("said-before", sentence)
