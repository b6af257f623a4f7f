"""What the buttons do: decide on one comment, on many, or take it back. Each answers with a receipt."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import bulk, moderate
from comments.actions.moderate import Acted
from comments.errors import NotFound, Refused, Stale
from comments.web.desk import receipts, told
from comments.web.desk.door import account, context, needs
from comments.web.desk.items import TONES
from comments.web.desk.numbers import whole
from comments.web.desk.receipts import Receipt
from comments.words import _

BULK_VERBS = ("approve", "spam", "trash", "restore")
DECISIONS = {
    "approve": moderate.approve,
    "spam": moderate.spam,
    "trash": moderate.trash,
    "restore": moderate.restore,
    "accept_edit": moderate.accept_edit,
    "keep_old": moderate.keep_old,
}


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/comments/<int:number>/decide", "decide", decide, methods=["POST"])
    desk.add_url_rule("/bulk", "bulk", act_on_many, methods=["POST"])
    desk.add_url_rule("/undo", "undo", take_back, methods=["POST"])


@needs("moderate")
def decide(number: int) -> ResponseReturnValue:
    """Publish, spam, bin, take out, accept or refuse a change: one comment."""
    verb, back = request.form.get("act", ""), back_or(url_for("desk.comment", number=number))
    if verb == "later":
        return redirect(receipts.moved_on(back, place() + 1), 303)
    if verb not in DECISIONS:
        return redirect(back, 303)
    try:
        receipt = receipt_of(DECISIONS[verb](context(), account(), number, version()))
    except Stale as stale:
        receipt = Receipt(str(stale), "none", at=place(), page=url_for("desk.comment", number=number))
    return answer(receipt, back)


@needs("moderate")
def act_on_many() -> ResponseReturnValue:
    """The bulk bar's buttons."""
    verb, back = request.form.get("act", ""), back_or(url_for("desk.queue"))
    ticked = [number for text in request.form.getlist("comment") if (number := whole(text)) is not None]
    numbers = list(versions()) if "all" in request.form else ticked
    if not numbers or verb not in BULK_VERBS:
        return answer(Receipt(_("Nothing was selected. Tick comments first."), "none"), back)
    seen = versions()
    acted = bulk.bulk(context(), account(), verb, numbers, {number: seen.get(number, 0) for number in numbers})
    undo = tuple((one.comment.id, one.undo) for one in acted.done if one.undo is not None)
    tone = TONES[acted.done[0].comment.state] if acted.done else "none"
    return answer(Receipt(told.sentence_of_many(context(), acted), tone, undo=undo, at=place()), back)


@needs("moderate")
def take_back() -> ResponseReturnValue:
    """Undo on a receipt: one comment or all of a bulk act."""
    back = back_or(url_for("desk.queue"))
    pairs = receipts.read_undo(request.form.get("undo", ""))
    try:
        if len(pairs) == 1:
            receipt = receipt_of(moderate.undo(context(), account(), pairs[0][0], pairs[0][1]))
        else:
            acted = bulk.bulk(context(), account(), "undo", [number for number, _v in pairs], dict(pairs))
            receipt = Receipt(told.sentence_of_many(context(), acted), "waiting", at=place())
    except (Refused, NotFound) as problem:
        receipt = Receipt(str(problem), "none", at=place())
    return answer(receipt, back)


def receipt_of(acted: Acted) -> Receipt:
    """What to show for one act: its sentence, whose comment, and the way back."""
    comment = acted.comment
    entry = context().manifest().find(comment.thread)
    about = f"{comment.name}, “{entry.title}”" if entry else comment.name
    undo = () if acted.undo is None else ((comment.id, acted.undo),)
    tone = TONES[comment.state] if acted.changed else "none"
    return Receipt(
        told.sentence_of(context(), acted), tone, about, undo, place(), url_for("desk.comment", number=comment.id)
    )


def answer(receipt: Receipt, back: str) -> ResponseReturnValue:
    return redirect(receipts.address_after(back, receipt), 303)


def back_or(default: str) -> str:
    """The list the form says it stands in."""
    return receipts.local_path(request.form.get("back", ""), default)


def place() -> int:
    """Where in its list the comment stood."""
    return whole(request.form.get("at", "")) or 0


def version() -> int:
    """The version the moderator read; 0, which none is, where the form does not say: nothing is overrun unseen."""
    return whole(request.form.get("version", "")) or 0


def versions() -> dict[int, int]:
    """The versions of all comments on the page that the form stood in."""
    return dict(receipts.read_undo(request.form.get("versions", "")))
