"""What happened: the record of all acts, and the letters that went out or did not."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from comments.model import Letter
from comments.web.desk.door import context, needs
from comments.web.desk.pages import LETTERS, number, page

PAGE = 50


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/record/", "record", show_record)
    desk.add_url_rule("/mail/", "mail", show_mail)


@needs("moderate")
def show_record() -> ResponseReturnValue:
    """Who did what, the newest first; of one comment alone where the address names it."""
    at, comment = max(1, number("page", 1)), number("comment") or None
    rows = context().store.list_audit(comment=comment, limit=PAGE + 1, offset=(at - 1) * PAGE)
    return page("record.html", rows=rows[:PAGE], more=len(rows) > PAGE, at=at, comment=comment, page_size=PAGE)


@needs("moderate")
def show_mail() -> ResponseReturnValue:
    """The outbox: what failed and what waits before what was sent."""
    letters = sorted(context().store.list_letters(limit=LETTERS), key=_order)
    accounts = {each.id: each for each in context().store.list_accounts()}
    return page(
        "mail.html",
        letters=letters,
        accounts=accounts,
        failed=[letter for letter in letters if letter.failed],
        waiting=[letter for letter in letters if not letter.failed and not letter.sent],
        last=max((letter.sent for letter in letters if letter.sent), default=None),
        folder="" if context().settings.smtp_host else f"{context().settings.var.name}/mail",
    )


def _order(letter: Letter) -> tuple[int, float]:
    return (0 if letter.failed else 2 if letter.sent else 1, -(letter.failed or letter.sent or letter.due).timestamp())
