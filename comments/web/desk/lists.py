"""WordPress's two lists, the spam filter's figures, and the brake: what guards the whole site. For administrators."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions.guard import brake, learning, lists
from comments.errors import Invalid
from comments.web.desk.acts import answer
from comments.web.desk.door import account, context, needs
from comments.web.desk.numbers import whole
from comments.web.desk.pages import page
from comments.web.desk.receipts import Receipt
from comments.web.errors import problem_of
from comments.words import _

NO_NUMBER = -1


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/lists/", "lists", show)
    desk.add_url_rule("/lists/", "add_to_list", add, methods=["POST"])
    desk.add_url_rule("/lists/<int:number>", "remove_from_list", remove, methods=["POST"])


@needs("lists")
def show() -> ResponseReturnValue:
    """What is on the lists, with what can be added."""
    return _page()


@needs("lists")
def add() -> ResponseReturnValue:
    """Put something on a list, for some days or for good."""
    form = request.form
    typed = form.get("days", "").strip()
    number = whole(typed)
    days = None if not typed else NO_NUMBER if number is None else number
    try:
        added = lists.add(context(), account(), form.get("list", ""), form.get("kind", ""), form.get("value", ""), days)
    except Invalid as wrong:
        return _page(wrong.fields, form.to_dict(), problem_of(wrong).status)
    return answer(Receipt(_("Added: {what}.").format(what=added.words), "waiting"), url_for("desk.lists"))


@needs("lists")
def remove(number: int) -> ResponseReturnValue:
    """Take an entry off its list."""
    gone = lists.remove(context(), account(), number)
    return answer(Receipt(_("Removed: {what}.").format(what=gone.words), "published"), url_for("desk.lists"))


def _page(
    errors: dict[str, str] | None = None, typed: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    ctx = context()
    entries = lists.show(ctx, account())
    by_list = {which: [entry for entry in entries if entry.listing.list == which] for which in lists.WHICH}
    site = ctx.manifest().site
    return page(
        "lists.html",
        status,
        lists=by_list,
        fixed={"moderation": site.held_words, "disallowed": site.disallowed_words},
        errors=errors or {},
        typed=typed or {},
        filter=learning.figures(ctx),
        brake_state=brake.seen_by(ctx).state,
    )
