"""A comment as the desk shows it: as text, with what a moderator needs to decide, and the verbs that fit its state."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from comments.actions.context import Context
from comments.actions.moderate import can_restore
from comments.actions.permissions import may
from comments.manifest import Silent, Thread
from comments.model import Account, AuditRow, Comment
from comments.web.desk.change import Piece, pieces
from comments.words import _

FOLD_ABOVE = 1_200
SHOWN_OF_LONG = 700
# Of the comment that a reply answers.
FIRST_WORDS = 80
# Only ever run over HTML that our own sanitiser wrote.
LINKED = re.compile(r'href="(?:https?://([^/"?#]+)|mailto:)')
# Where nothing but this made a comment wait, nothing in its text asks for care.
CALM = frozenset({"first", "all-held", "thread-held", "old-site"})
TONES = {"pending": "waiting", "approved": "published", "spam": "spam", "trash": "bin"}


@dataclass(frozen=True)
class Verb:
    """A button (or, where a text must be written first, a link) of the row under a comment."""

    name: str
    label: str
    look: str = ""
    opens: bool = False


@dataclass(frozen=True)
class Answered:
    """The comment above a reply: whose it is, and its first words as text."""

    number: int
    name: str
    words: str


@dataclass(frozen=True)
class Item:
    """``said`` is the beginning of the text and ``rest`` what is folded away; ``change`` an edit that waits.

    ``answered`` is what a reply answers; ``taken`` the row of the record that says who put it into the bin.
    """

    comment: Comment
    entry: Thread | None
    silent: Silent | None
    said: str
    rest: str
    hosts: tuple[str, ...]
    change: list[Piece] | None
    tone: str
    before: int
    verbs: tuple[Verb, ...]
    answered: Answered | None
    taken: AuditRow | None

    @property
    def urgent(self) -> bool:
        return self.tone == "waiting" and any(reason.urgent for reason in self.comment.reasons)


def make_items(ctx: Context, account: Account, comments: Iterable[Comment]) -> list[Item]:
    return [make_item(ctx, account, comment) for comment in comments]


def make_item(ctx: Context, account: Account, comment: Comment) -> Item:
    """Everything a template needs of one comment, and no address."""
    comment = readable_to(account, comment)
    said, rest = fold(comment.source)
    return Item(
        comment,
        entry=ctx.manifest().threads.get(comment.thread),
        silent=ctx.manifest().silent.get(comment.thread),
        said=said,
        rest=rest,
        hosts=tuple(dict.fromkeys(host for host in LINKED.findall(comment.html) if host)),
        change=None if comment.proposed is None else pieces(comment.source, comment.proposed),
        tone="waiting" if comment.proposed is not None else TONES[comment.state],
        before=_published_before(ctx, comment),
        verbs=verbs_for(account, comment, lost=lost(ctx, comment)),
        answered=_answered(ctx, account, comment),
        taken=_taken(ctx, comment),
    )


def readable_to(account: Account, comment: Comment) -> Comment:
    """The comment as this account may read it: a change that waits is for those who decide on it."""
    return comment if may(account, "moderate") else replace(comment, proposed=None, reasons=())


def above(ctx: Context, account: Account, comment: Comment, most: int) -> list[Comment]:
    """The comments it answers, the first one first, up to ``most``; for an author only what stands on the page."""
    chain: list[Comment] = []
    while comment.parent is not None and len(chain) < most:
        comment = readable_to(account, ctx.store.get_comment(comment.parent))
        if comment.state != "approved" and not may(account, "moderate"):
            break
        chain.append(comment)
    return chain[::-1]


def fold(text: str) -> tuple[str, str]:
    """What is shown at once and what behind "Read on". Cut at the end of a word."""
    if len(text) <= FOLD_ABOVE:
        return text, ""
    space = max(text.rfind(sign, SHOWN_OF_LONG // 2, SHOWN_OF_LONG) for sign in " \n")
    cut = space if space > 0 else SHOWN_OF_LONG
    return text[:cut], text[cut:]


def paragraphs(text: str) -> list[str]:
    """For templates: the text cut at its empty lines."""
    return [part for part in re.split(r"\n\s*\n", text.strip("\n")) if part]


def verbs_for(account: Account, comment: Comment, *, lost: bool) -> tuple[Verb, ...]:
    """What this account can do with the comment, always in the same order. What is lost cannot be taken back."""
    if not may(account, "moderate"):
        return (_reply(),) if comment.state == "approved" and may(account, "reply") else ()
    if comment.proposed is not None:
        return _changed()
    if comment.state == "pending":
        return _waiting(calm={reason.key for reason in comment.reasons} <= CALM)
    if comment.state == "approved":
        return (_reply(), *_filing())
    return () if lost else _taken_away(comment)


def lost(ctx: Context, comment: Comment) -> bool:
    """Whether it was taken away and nothing brings it back."""
    return comment.state in ("spam", "trash") and not can_restore(ctx, comment)


def _taken(ctx: Context, comment: Comment) -> AuditRow | None:
    """The act that put it into the bin, of what lies there."""
    if comment.state != "trash":
        return None
    return next(filter(_takes_away, ctx.store.list_audit(comment=comment.id)), None)


def _takes_away(row: AuditRow) -> bool:
    erased = row.action == "erase" and row.detail.get("text") == "erased"
    return erased or row.action == "delete" or row.detail.get("to") == "trash"


def _answered(ctx: Context, account: Account, comment: Comment) -> Answered | None:
    found = above(ctx, account, comment, most=1)
    if not found:
        return None
    # Of spam a name is enough: nobody has to read it again with every answer to it.
    return Answered(found[0].id, found[0].name, "" if found[0].state == "spam" else first_words(found[0].source))


def first_words(text: str) -> str:
    """The beginning of a text on one line, cut at the end of a word."""
    line = " ".join(text.split())
    return line if len(line) <= FIRST_WORDS else f"{line[:FIRST_WORDS].rpartition(' ')[0] or line[:FIRST_WORDS]} …"


def _published_before(ctx: Context, comment: Comment) -> int:
    if comment.person is None or comment.state != "pending":
        return 0
    return ctx.store.count_approved(comment.person)


def _reply() -> Verb:
    return Verb("reply", _("Reply"), opens=True)


def _filing() -> tuple[Verb, ...]:
    return (
        Verb("edit", _("Edit"), "quiet", opens=True),
        Verb("spam", _("Spam"), "quiet"),
        Verb("trash", _("Bin"), "quiet"),
    )


def _waiting(*, calm: bool) -> tuple[Verb, ...]:
    publish = Verb("approve", _("Publish"), "primary" if calm else "")
    return (publish, Verb("reply", _("Reply and publish"), opens=True), *_filing())


def _changed() -> tuple[Verb, ...]:
    return (
        Verb("accept_edit", _("Publish the change"), "primary"),
        Verb("keep_old", _("Keep the old text")),
        Verb("edit", _("Edit"), "quiet", opens=True),
        Verb("trash", _("Bin the comment"), "quiet"),
    )


def _taken_away(comment: Comment) -> tuple[Verb, ...]:
    if comment.state == "spam":
        again = _("Not spam, publish again") if comment.former == "approved" else _("Not spam, let it wait")
        return (Verb("restore", again), Verb("trash", _("Bin"), "quiet"))
    again = _("Take out, publish again") if comment.former == "approved" else _("Take out, let it wait")
    return (Verb("restore", again),)
