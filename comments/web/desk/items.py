"""A comment as the desk shows it: as text, with what a moderator needs to decide, and the verbs that fit its state."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from comments.actions.context import Context
from comments.actions.permissions import may
from comments.manifest import Thread
from comments.model import Account, Comment
from comments.web.desk.change import Piece, pieces

FOLD_ABOVE = 1_200
SHOWN_OF_LONG = 700
# Only ever run over HTML that our own sanitiser wrote.
LINKED = re.compile(r'href="(?:https?://([^/"?#]+)|mailto:)')
# Where nothing but this made a comment wait, nothing in its text asks for care.
CALM = frozenset({"first", "all-held", "thread-held"})
TONES = {"pending": "waiting", "approved": "published", "spam": "spam", "trash": "bin"}


@dataclass(frozen=True)
class Verb:
    """A button (or, where a text must be written first, a link) of the row under a comment."""

    name: str
    label: str
    look: str = ""
    opens: bool = False


@dataclass(frozen=True)
class Item:
    """``said`` is the beginning of the text and ``rest`` what is folded away; ``change`` an edit that waits."""

    comment: Comment
    entry: Thread | None
    said: str
    rest: str
    hosts: tuple[str, ...]
    change: list[Piece] | None
    tone: str
    before: int
    verbs: tuple[Verb, ...]

    @property
    def urgent(self) -> bool:
        return self.comment.state == "pending" and any(reason.urgent for reason in self.comment.reasons)


def make_items(ctx: Context, account: Account, comments: Iterable[Comment]) -> list[Item]:
    return [make_item(ctx, account, comment) for comment in comments]


def make_item(ctx: Context, account: Account, comment: Comment) -> Item:
    """Everything a template needs of one comment, and no address."""
    said, rest = fold(comment.source)
    return Item(
        comment,
        entry=ctx.manifest().threads.get(comment.thread),
        said=said,
        rest=rest,
        hosts=tuple(dict.fromkeys(host for host in LINKED.findall(comment.html) if host)),
        change=None if comment.proposed is None else pieces(comment.source, comment.proposed),
        tone="waiting" if comment.proposed is not None else TONES[comment.state],
        before=_published_before(ctx, comment),
        verbs=verbs_for(account, comment),
    )


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


def verbs_for(account: Account, comment: Comment) -> tuple[Verb, ...]:
    """What this account can do with the comment, always in the same order."""
    if not may(account, "moderate"):
        return (_reply(),) if comment.state == "approved" and may(account, "reply") else ()
    if comment.proposed is not None:
        return _changed()
    if comment.state == "pending":
        return _waiting(calm={reason.key for reason in comment.reasons} <= CALM)
    if comment.state == "approved":
        return (_reply(), *_filing())
    return _taken_away(comment)


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
        Verb("trash", _("Bin both"), "quiet"),
    )


def _taken_away(comment: Comment) -> tuple[Verb, ...]:
    if comment.state == "spam":
        again = _("Not spam, publish again") if comment.former == "approved" else _("Not spam, let it wait")
        return (Verb("restore", again), Verb("trash", _("Bin"), "quiet"))
    again = _("Take out, publish again") if comment.former == "approved" else _("Take out, let it wait")
    return (Verb("restore", again),)
