"""Reads the facts a decision needs, and asks the checks. Used for submissions and for edits alike."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from comments import markup
from comments.actions.context import Context
from comments.actions.guard import judging
from comments.actions.guard.judging import Origin
from comments.checks import content
from comments.errors import Invalid, NotFound
from comments.manifest import Manifest
from comments.model import Comment, Draft, Facts, Person, Policy, Verdict
from comments.words import _

EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Writer:
    """Whose submission it is.

    :ivar person: the row it belongs to, or None: a new one is to be made.
    :ivar gains_address: that row has no address yet and shall get the one typed.
    :ivar takes_browser: a new row shall also become the one this browser stands for.
    """

    person: Person | None
    known: bool = False
    stranger: bool = False
    gains_address: bool = False
    takes_browser: bool = True


def browser_digest(cookie: str) -> bytes:
    """What the store keeps of a browser's cookie. The cookie is long and random: no salt is needed."""
    return hashlib.sha256(cookie.encode("utf-8", "replace")).digest()


def recognise(facts: Facts, typed: bytes | None) -> Writer:
    """Who writes: told by the browser's cookie, never by the address typed (``typed`` is its lookup)."""
    person = facts.person
    if person is None:
        return Writer(None, stranger=facts.others)
    if typed == facts.lookup:
        # Somebody else has proved this mailbox; this browser only once typed its address.
        stranger = person.proven is None and facts.proven_others
        return Writer(person, known=facts.approved and not stranger, stranger=stranger)
    if typed is None:
        return Writer(person)
    if facts.lookup is None and not facts.others:
        return Writer(person, gains_address=True)
    # Another address than this browser's person has. A person with a standing keeps the browser.
    return Writer(None, stranger=facts.others, takes_browser=person.proven is None and not facts.approved)


def render(text: str) -> str:
    """The HTML of a comment's text.

    :raise Invalid: nothing of it would be seen (a lone link definition, for instance).
    """
    html = markup.render(text)
    if not markup.plain(html).strip():
        raise Invalid({"comment": _("Nothing of this text would be seen. Please write it anew.")})
    return html


def decide(
    ctx: Context,
    manifest: Manifest,
    draft: Draft,
    html: str,
    *,
    known: bool,
    stranger: bool,
    policy: Policy,
    origin: Origin,
) -> Verdict:
    """The verdict on a checked draft."""
    entry = manifest.threads.get(draft.thread)
    standing = content.Standing(known, stranger, policy, _reserved_names(ctx, manifest), entry.hold if entry else "")
    with ctx.among_ourselves():
        verdict = content.judge(draft, html, manifest.site, standing)
        return judging.judge(ctx, manifest.site, draft, html, origin, verdict)


def _reserved_names(ctx: Context, manifest: Manifest) -> frozenset[str]:
    return manifest.names | {account.name for account in ctx.store.list_accounts()}


def find_parent(ctx: Context, draft: Draft) -> Comment | None:
    """The comment a draft answers, if there is such a comment."""
    if draft.parent is None:
        return None
    try:
        return ctx.store.get_comment(draft.parent)
    except NotFound:
        return None


def said(ctx: Context, thread: str, parent: int | None, name: str, text: str) -> str:
    """A keyed digest by which the same words of the same name are found again."""
    return ctx.vault.bucket("said", thread, str(parent or 0), content.fold(name), text).hex()
