"""When letters come: each person sets it for themselves, on the page of settings."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import muting, tell
from comments.actions.permissions import may
from comments.errors import Invalid
from comments.web.desk.acts import answer
from comments.web.desk.door import account, context, for_everybody
from comments.web.desk.numbers import whole
from comments.web.desk.pages import page
from comments.web.desk.receipts import Receipt
from comments.web.errors import problem_of
from comments.words import _


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/settings/letters", "letters", set_letters, methods=["POST"])
    desk.add_url_rule("/articles/<thread>/letters", "mute", mute, methods=["POST"])


@for_everybody
def set_letters() -> ResponseReturnValue:
    """At once, once a day at an hour, or only the urgent ones."""
    hour = whole(request.form.get("hour", ""))
    try:
        when = request.form.get("when", "")
        choice = tell.choose(context(), account(), account(), when, -1 if hour is None else hour)
    except Invalid as wrong:
        return page("settings.html", problem_of(wrong).status, errors=wrong.fields)
    told = {
        "at once": _("Letters come as things happen, at most one every ten minutes."),
        "daily": _("One letter a day comes, at {hour}:00.").format(hour=choice.hour),
        "urgent": _("Only urgent comments are mailed to you."),
    }
    return answer(Receipt(told[choice.when], "published"), url_for("desk.settings"))


@for_everybody
def mute(thread: str) -> ResponseReturnValue:
    """No letters about one article, or letters about it again."""
    told = muting.set_muted(context(), account(), thread, request.form.get("letters") == "none")
    back = url_for("desk.article", thread=thread) if may(account(), "threads") else url_for("desk.queue")
    return answer(Receipt(told, "published"), back)
