"""One comment: its thread, its writer, what happened to it; and the texts a moderator writes there."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import moderate, privacy
from comments.actions.permissions import may
from comments.errors import Invalid, NotAllowed, NotFound, Stale
from comments.model import AuditRow, Comment, Person, PublicComment
from comments.web.desk import receipts
from comments.web.desk.acts import answer, back_or, place, receipt_of, version
from comments.web.desk.confirm import confirmed
from comments.web.desk.door import account, context, for_everybody, needs
from comments.web.desk.items import above, make_item
from comments.web.desk.pages import number as argument
from comments.web.desk.pages import page
from comments.web.desk.receipts import Receipt
from comments.web.errors import problem_of
from comments.web.guard import SAFE
from comments.words import _

ROWS = 50
# How far up the answered comments are shown.
ABOVE = 4


@dataclass(frozen=True)
class Writing:
    """A text being written: for what, as it is now, what is wrong with it, and with which field."""

    kind: str
    text: str
    reason: str = ""
    error: str = ""
    wrong: str = ""
    theirs: str | None = None


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/comments/<int:number>/", "comment", show)
    desk.add_url_rule("/comments/<int:number>/edit", "edit", edit, methods=["GET", "POST"])
    desk.add_url_rule("/comments/<int:number>/reply", "reply", reply, methods=["GET", "POST"])
    desk.add_url_rule("/comments/<int:number>/address", "address", show_address, methods=["POST"])
    desk.add_url_rule("/comments/<int:number>/erase", "erase", erase, methods=["GET", "POST"])


@for_everybody
def show(number: int) -> ResponseReturnValue:
    """The comment with everything around it."""
    return _page(readable(number))


@needs("moderate")
def edit(number: int) -> ResponseReturnValue:
    """The text in a field; POST saves it, and publishes where asked."""
    comment = readable(number)
    if request.method in SAFE:
        return _page(comment, Writing("edit", comment.source if comment.proposed is None else comment.proposed))
    text, reason = request.form.get("text", ""), request.form.get("reason", "")
    try:
        acted = moderate.edit(
            context(), account(), number, text, version(), reason=reason, approve=request.form.get("act") == "publish"
        )
    except Invalid as wrong:
        field = next(iter(wrong.fields), "")
        return _page(comment, Writing("edit", text, reason, str(wrong), field), problem_of(wrong).status)
    except Stale as stale:
        both = Writing("edit", text, reason, str(stale), theirs=comment.source)
        return _page(comment, both, problem_of(stale).status)
    return answer(receipt_of(acted), back_or(url_for("desk.comment", number=number)))


@needs("reply")
def reply(number: int) -> ResponseReturnValue:
    """A reply in one's own name; POST publishes it together with the comment."""
    comment = readable(number)
    if request.method in SAFE:
        return _page(comment, Writing("reply", ""))
    text = request.form.get("text", "")
    try:
        acted = moderate.reply_and_approve(context(), account(), number, text, version())
    except Invalid as wrong:
        return _page(comment, Writing("reply", text, error=str(wrong)), problem_of(wrong).status)
    except (Stale, NotAllowed) as refused:
        return _page(comment, Writing("reply", text, error=str(refused)), problem_of(refused).status)
    return answer(receipt_of(acted), back_or(url_for("desk.comment", number=number)))


@needs("see_address")
@confirmed
def show_address(number: int) -> ResponseReturnValue:
    """The writer's address, on this one answer only: the next page hides it again."""
    comment = readable(number)
    return _page(comment, address=privacy.show_address(context(), account(), number))


@needs("erase")
@confirmed
def erase(number: int) -> ResponseReturnValue:
    """Asks first; POST forgets who wrote it, for good, and the text too where asked."""
    comment = readable(number)
    if request.method in SAFE:
        return page("erase.html", item=make_item(context(), account(), comment))
    erased = privacy.erase(context(), account(), number, keep_text=request.form.get("text") == "keep")
    return answer(Receipt(erased.sentence, "bin"), url_for("desk.comment", number=number))


def readable(number: int) -> Comment:
    """The comment, where this account may read it.

    :raise NotFound: there is none, or it is not for an author to see: both look alike.
    """
    comment = context().store.get_comment(number)
    if may(account(), "moderate"):
        return comment
    entry = context().manifest().threads.get(comment.thread)
    if comment.state == "approved" and entry and any(author.key == account().author for author in entry.authors):
        return comment
    raise NotFound(_("There is no such comment."))


def _page(
    comment: Comment, writing: Writing | None = None, status: int = 200, address: str | None = None
) -> ResponseReturnValue:
    ctx, whole = context(), may(account(), "moderate")
    back = request.values.get("back", "")
    return page(
        "comment.html",
        status,
        item=make_item(ctx, account(), comment),
        writing=writing,
        address=address,
        back=receipts.local_path(back, "") if back else "",
        at=place() if request.method == "POST" else argument("at"),
        above=above(ctx, account(), comment, ABOVE),
        answers=_answers(comment),
        person=_person(comment) if whole else None,
        rows=_rows(comment) if whole else [],
        edits=ctx.store.list_edits(comment.id) if whole else [],
    )


def _answers(comment: Comment) -> list[PublicComment]:
    """What answers it on the page; places that are only kept are for those who may look what was there."""
    whole = may(account(), "moderate")
    answers = (other for other in context().store.list_public(comment.thread) if other.parent == comment.id)
    return [other for other in answers if whole or not other.gone]


def _person(comment: Comment) -> tuple[Person, int] | None:
    if comment.person is None:
        return None
    return context().store.get_person(comment.person), context().store.count_approved(comment.person)


def _rows(comment: Comment) -> list[AuditRow]:
    return context().store.list_audit(comment=comment.id, limit=ROWS)
