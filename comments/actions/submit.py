"""A visitor sends a comment: read once, checked, stored with its reasons, and published where nothing holds it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from comments import markup
from comments.actions import decide, subscriptions
from comments.actions.context import Context
from comments.actions.tell import tell_moderators
from comments.actions.threads import policy_of
from comments.checks import pace, shape
from comments.errors import BadToken, Closed
from comments.manifest import Manifest, Thread
from comments.model import Comment, Draft, NewComment, Policy, State, Verdict
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
    """

    comment: Comment
    waiting: str
    browser: str | None
    new: bool
    published: str | None
    why_late: str | None = None


@dataclass(frozen=True)
class NeedsPreview:
    """Not stored: the writer is to look once more and send the form that carries ``token``."""

    draft: Draft
    html: str
    token: str
    why: str


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
    earlier = ctx.store.find_comment_by_token(form.id) if form else None
    if form and earlier and _same_words(ctx, earlier, draft):
        return _again(ctx, form, earlier, entry)
    policy = policy_of(ctx, entry)
    if policy in ("closed", "off"):
        raise Closed(_("This thread is closed: it takes no more comments."))
    draft = shape.check(draft, manifest.site, decide.find_parent(ctx, draft))
    html = decide.render(draft.comment)
    if form is None or earlier or form.made + FORM_LIFETIME < ctx.now():
        why = _why_preview(token, spent=bool(earlier))
        return NeedsPreview(draft, html, form_token(ctx, entry.id), why)
    return _Submission(ctx, manifest, entry, policy, draft, html, form).take(browser, ctx.vault.prefix(ip))


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
    ctx: Context
    manifest: Manifest
    entry: Thread
    policy: Policy
    draft: Draft
    html: str
    form: Token

    def take(self, browser: str | None, prefix: bytes) -> Submitted:
        ctx = self.ctx
        with ctx.store.write():
            # Asked again under the lock: of twenty equal posts at once, one is stored and nineteen get its answer.
            earlier = ctx.store.find_comment_by_token(self.form.id)
            if earlier:
                return _again(ctx, self.form, earlier, self.entry)
            writer = decide.recognise(ctx, browser, self.draft.email)
            digest = decide.said(ctx, self.entry.id, self.draft.parent, self.draft.name, self.draft.comment)
            self._check_pace(digest, list(self._buckets(writer, prefix)))
            verdict = decide.decide(
                ctx,
                self.manifest,
                self.draft,
                self.html,
                known=writer.known,
                stranger=writer.stranger,
                policy=self.policy,
            )
            cookie = _cookie(ctx, self.form) if writer.person is None and writer.takes_browser else None
            person = self._person(writer, cookie)
            comment = self._add(person, prefix, digest, verdict)
            subscriptions.wish(ctx, comment, self.draft, prefix)
            for bucket in {*self._buckets(writer, prefix), self._bucket("person", str(person))}:
                ctx.store.add_event(bucket, ctx.now())
        why_late = ctx.show(self.entry.id) if comment.state == "approved" else None
        waiting = waiting_token(ctx, comment.id)
        return Submitted(comment, waiting, cookie, True, address_of(self.entry, comment), why_late)

    def _check_pace(self, digest: str, buckets: list[bytes]) -> None:
        store, now, seconds = self.ctx.store, self.ctx.now(), self.manifest.site.flood_seconds
        pace.check_repeated(store.find_repeated(digest, decide.EVER))
        since = now - timedelta(seconds=seconds)
        pace.check_flood((at for bucket in buckets for at in store.list_events(bucket, since)), now, seconds)

    def _buckets(self, writer: decide.Writer, prefix: bytes) -> Iterator[bytes]:
        yield self._bucket("prefix", prefix.hex())
        if writer.person:
            yield self._bucket("person", str(writer.person.id))
        if self.draft.email:
            yield self._bucket("address", self.ctx.vault.lookup(self.draft.email).hex())

    def _bucket(self, kind: str, value: str) -> bytes:
        return self.ctx.vault.bucket("comment", kind, value)

    def _person(self, writer: decide.Writer, cookie: str | None) -> int:
        ctx, email = self.ctx, self.draft.email
        person = (
            writer.person.id
            if writer.person
            else ctx.store.add_person(ctx.now(), decide.browser_digest(cookie) if cookie else None)
        )
        if email and (writer.person is None or writer.gains_address):
            ctx.store.set_address(person, ctx.vault.seal(f"person:{person}", email), ctx.vault.lookup(email))
        return person

    def _add(self, person: int, prefix: bytes, digest: str, verdict: Verdict) -> Comment:
        store, now, draft = self.ctx.store, self.ctx.now(), self.draft
        comment = store.add_comment(
            NewComment(
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
                digest=digest,
                prefix=prefix,
            )
        )
        keys = [reason.key for reason in verdict.reasons]
        detail: dict[str, object] = {"state": _STATES[verdict.kind], "reasons": keys}
        store.add_audit(now, "commenter", "submit", comment=comment, thread=self.entry.id, detail=detail)
        if verdict.kind == "hold":
            tell_moderators(self.ctx, comment, verdict.reasons)
        return store.get_comment(comment)
