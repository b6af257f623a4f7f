"""A visitor sends a comment: read once, checked, stored with its reasons, and published where nothing holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from comments import markup
from comments.actions import decide, subscriptions
from comments.actions.context import Context
from comments.actions.guard.judging import Origin, help_for, said
from comments.actions.tell import tell_moderators
from comments.actions.threads import effective_policy, policy_of
from comments.checks import pace, shape
from comments.errors import BadToken, Closed, Invalid
from comments.manifest import HelpLines, Manifest, Thread
from comments.model import Asked, Comment, Draft, Facts, NewComment, Policy, State, Verdict
from comments.tokens import Token
from comments.words import _

FORM_LIFETIME = timedelta(hours=24)
_STATES: dict[str, State] = {"approve": "approved", "hold": "pending", "spam": "spam"}


@dataclass(frozen=True)
class Submitted:
    """A stored comment.

    :ivar waiting: the token of its waiting page.
    :ivar browser: the value to set as the browser's cookie; None leaves the cookie as it is.
    :ivar new: False when this very form was sent before: nothing was stored now.
    :ivar published: its address on the site, when it is on the page or about to be.
    :ivar why_late: why the page does not show it yet, though it is published.
    :ivar letters: letters may have been asked for with it.
    """

    comment: Comment
    waiting: str
    browser: str | None
    new: bool
    published: str | None
    why_late: str | None = None
    letters: bool = True


@dataclass(frozen=True)
class NeedsPreview:
    """Not stored: the writer is to look once more and send the form that carries ``token``.

    ``help`` is for somebody who may be in danger.
    """

    draft: Draft
    html: str
    token: str
    why: str
    help: HelpLines | None = None


def read_form(thread_id: str, fields: Mapping[str, str]) -> Draft:
    """The draft as typed in a form or sent as JSON.

    :raise Invalid: the parent is not a number.
    """
    return shape.read(thread_id, fields)


def form_token(ctx: Context, thread_id: str) -> str:
    """A token that lets one comment of this thread in, within 24 hours. Nothing is stored."""
    return ctx.tokens.sign("form", {"thread": thread_id})


def submit(
    ctx: Context, draft: Draft, *, manifest: Manifest, entry: Thread, browser: str | None, ip: str, token: str
) -> Submitted | NeedsPreview:
    """Take a comment in, or answer with a preview where the form token is missing, too old or used up.

    :raise Invalid: fields are wrong.
    :raise Closed: the thread takes no comments.
    :raise Repeated: the same words were sent before.
    :raise TooFast: too soon after the last one.
    """
    form = _read_token(ctx, token, entry.id)
    try:
        if form is None:
            _check_open(policy_of(ctx, entry))
        checked = shape.check(draft, manifest.site, decide.find_parent(ctx, draft))
        html = decide.render(checked.comment)
    except Invalid:
        earlier = ctx.store.find_comment_by_token(form.id) if form else None
        if form and earlier and _same_words(ctx, earlier, draft):
            return _again(ctx, form, earlier, entry)
        _check_open(policy_of(ctx, entry))
        raise
    if form is None:
        return _preview(ctx, entry, checked, html, _why_preview(token, spent=False))
    taken = _Submission(ctx, manifest, entry, checked, html, form, browser, ctx.vault.prefix(ip)).take()
    if taken is None:
        spent = ctx.store.find_comment_by_token(form.id) is not None
        return _preview(ctx, entry, checked, html, _why_preview(token, spent=spent))
    return taken


def _preview(ctx: Context, entry: Thread, draft: Draft, html: str, why: str) -> NeedsPreview:
    return NeedsPreview(draft, html, form_token(ctx, entry.id), why, help_for(ctx, draft.comment))


def _check_open(policy: Policy) -> None:
    if policy in ("closed", "off"):
        raise Closed(_("This thread was closed: it takes no more comments. Your text is still here, to be copied."))


def _read_token(ctx: Context, token: str, thread_id: str) -> Token | None:
    if not token:
        return None
    try:
        # Its age is judged later: a spent token is answered as before, however old it is.
        form = ctx.tokens.read("form", token, None)
    except BadToken:
        return None
    return form if form.subject.get("thread") == thread_id else None


def _why_preview(token: str, *, spent: bool) -> str:
    if not token:
        return _("This is how your comment will look. It is not sent yet.")
    if spent:
        return _("You sent another comment with this form. This one is not sent yet: please look at it and send it.")
    return _("The form was open for a long time. Your text is still here: please look at it and send it.")


def _same_words(ctx: Context, earlier: Comment, draft: Draft) -> bool:
    if len(draft.comment) > shape.COMMENT_LIMIT * shape.RAW:
        return False  # too long to have been taken
    former = (text for _at, text in ctx.store.list_edits(earlier.id))
    return markup.normalise(draft.comment) in (earlier.source, earlier.proposed, *former)


def _again(ctx: Context, form: Token, comment: Comment, entry: Thread) -> Submitted:
    """The answer to a double click or a retry: as the first one, which may never have arrived."""
    cookie = _cookie(ctx, form)
    owner = ctx.store.find_person_by_browser(decide.browser_digest(cookie))
    browser = cookie if owner and owner.id == comment.person else None
    return Submitted(comment, waiting_token(ctx, comment.id), browser, False, address_of(entry, comment))


def waiting_token(ctx: Context, comment: int) -> str:
    """The token of a comment's waiting page."""
    return ctx.tokens.sign("mine", {"comment": comment})


def address_of(entry: Thread, comment: Comment) -> str | None:
    """Where readers find the comment, or None while they do not."""
    return f"{entry.path}#comment-{comment.id}" if comment.state == "approved" else None


def _cookie(ctx: Context, form: Token) -> str:
    # Made from the form's token, not at random: when the first answer to a double click is lost, the second one
    # carries the same cookie.
    return ctx.vault.bucket("browser", form.id).hex()


@dataclass(frozen=True)
class _Submission:
    """One comment on its way in, checked, and with the token that lets it in."""

    ctx: Context
    manifest: Manifest
    entry: Thread
    draft: Draft
    html: str
    form: Token
    browser: str | None
    prefix: bytes

    def take(self) -> Submitted | None:
        """The stored comment; None where it must be looked at once more."""
        taken = self.ctx.store.write_together(self._decide)
        if taken is None or not taken.new or taken.comment.state != "approved":
            return taken
        return replace(taken, why_late=self.ctx.show(self.entry.id))

    def _decide(self) -> Submitted | None:
        # Under the lock: of twenty equal posts at once, one is stored and nineteen get its answer.
        ctx, now = self.ctx, self.ctx.now()
        facts = ctx.store.read_facts(self._asked)
        earlier = ctx.store.get_comment(facts.earlier) if facts.earlier else None
        if earlier and _same_words(ctx, earlier, self.draft):
            return _again(ctx, self.form, earlier, self.entry)
        policy = effective_policy(self.entry, facts.override, now)
        _check_open(policy)
        if earlier or self.form.made + FORM_LIFETIME < now:
            return None
        writer = decide.recognise(facts, self._asked.lookup)
        self._check_pace(facts, writer)
        verdict = decide.decide(
            ctx,
            self.manifest,
            self.draft,
            self.html,
            known=writer.known,
            stranger=writer.stranger,
            policy=policy,
            origin=Origin(self.prefix, self._said),
        )
        cookie = _cookie(ctx, self.form) if writer.person is None and writer.takes_browser else None
        comment = self._add(self._person(writer, cookie), verdict)
        subscriptions.wish(ctx, comment, self.draft, self.prefix)
        waiting, letters = waiting_token(ctx, comment.id), bool(self.draft.tell or self.draft.notify)
        return Submitted(comment, waiting, cookie, True, address_of(self.entry, comment), letters=letters)

    @cached_property
    def _said(self) -> str:
        return said(self.ctx, self.html)

    @cached_property
    def _asked(self) -> Asked:
        ctx, draft = self.ctx, self.draft
        lookup = ctx.vault.lookup(draft.email) if draft.email else None
        return Asked(
            thread=self.entry.id,
            token=self.form.id,
            digest=decide.said(ctx, self.entry.id, draft.parent, draft.name, draft.comment),
            browser=decide.browser_digest(self.browser) if self.browser else None,
            lookup=lookup,
            network=self._bucket("prefix", self.prefix.hex()),
            lookup_bucket=self._bucket("address", lookup.hex()) if lookup else None,
            since=self._since,
        )

    @property
    def _since(self) -> datetime:
        return self.ctx.now() - timedelta(seconds=self.manifest.site.flood_seconds)

    def _check_pace(self, facts: Facts, writer: decide.Writer) -> None:
        pace.check_repeated(facts.repeated)
        latest = [facts.newest] if facts.newest else []
        if writer.person:
            latest += self.ctx.store.list_events(self._bucket("person", str(writer.person.id)), self._asked.since)
        pace.check_flood(latest, self.ctx.now(), self.manifest.site.flood_seconds)

    def _bucket(self, kind: str, value: str) -> bytes:
        return self.ctx.vault.bucket("comment", kind, value)

    def _person(self, writer: decide.Writer, cookie: str | None) -> int:
        ctx, email = self.ctx, self.draft.email
        person = (
            writer.person.id
            if writer.person
            else ctx.store.add_person(ctx.now(), decide.browser_digest(cookie) if cookie else None)
        )
        if self._asked.lookup and (writer.person is None or writer.gains_address):
            ctx.store.set_address(person, ctx.vault.seal(f"person:{person}", email), self._asked.lookup)
        return person

    def _add(self, person: int, verdict: Verdict) -> Comment:
        store, now, draft, asked = self.ctx.store, self.ctx.now(), self.draft, self._asked
        new = NewComment(
            thread=self.entry.id,
            name=draft.name,
            source=draft.comment,
            html=self.html,
            markup=markup.VERSION,
            state=_STATES[verdict.kind],
            created=now,
            parent=draft.parent,
            person=person,
            website=draft.website,
            reasons=verdict.reasons,
            token=self.form.id,
            digest=asked.digest,
            prefix=self.prefix,
            said=self._said,
        )
        comment = new.stored(store.add_comment(new), has_address=bool(draft.email))
        keys = [reason.key for reason in verdict.reasons]
        detail: dict[str, object] = {"state": comment.state, "reasons": keys}
        store.add_audit(now, "commenter", "submit", comment=comment.id, thread=self.entry.id, detail=detail)
        if verdict.kind == "hold":
            tell_moderators(self.ctx, comment.id, verdict.reasons)
        if self.manifest.site.flood_seconds:
            buckets = (asked.network, asked.lookup_bucket, self._bucket("person", str(person)))
            store.add_events((bucket for bucket in buckets if bucket), now)
        return comment
