"""What happened: the record of all acts, and the letters that went out or did not."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from comments.actions import letters
from comments.errors import Refused
from comments.model import Letter
from comments.web.desk.acts import answer
from comments.web.desk.door import account, context, needs
from comments.web.desk.pages import LETTERS, number, page
from comments.web.desk.receipts import Receipt

PAGE = 50


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/record/", "record", show_record)
    desk.add_url_rule("/mail/", "mail", show_mail)
    desk.add_url_rule("/mail/<int:number>", "retry_letter", retry_letter, methods=["POST"])


@needs("moderate")
def show_record() -> ResponseReturnValue:
    """Who did what, the newest first; of one comment alone where the address names it."""
    at, comment = max(1, number("page", 1)), number("comment") or None
    rows = context().store.list_audit(comment=comment, limit=PAGE + 1, offset=(at - 1) * PAGE)
    return page("record.html", rows=rows[:PAGE], more=len(rows) > PAGE, at=at, comment=comment, page_size=PAGE)


@needs("moderate")
def show_mail() -> ResponseReturnValue:
    """The outbox: what failed and what waits before what was sent."""
    found = sorted(context().store.list_letters(limit=LETTERS), key=_order)
    accounts = {each.id: each for each in context().store.list_accounts()}
    return page(
        "mail.html",
        letters=found,
        accounts=accounts,
        failed=[letter for letter in found if letter.failed],
        waiting=[letter for letter in found if not letter.failed and not letter.sent],
        last=max((letter.sent for letter in found if letter.sent), default=None),
        folder="" if context().settings.smtp_host else f"{context().settings.var.name}/mail",
    )


@needs("moderate")
def retry_letter(number: int) -> ResponseReturnValue:
    """Have a letter tried again now."""
    try:
        told = letters.retry(context(), account(), number)
    except Refused as problem:
        return answer(Receipt(str(problem), "none"), url_for("desk.mail"))
    return answer(Receipt(told, "waiting"), url_for("desk.mail"))


def _order(letter: Letter) -> tuple[int, float]:
    return (0 if letter.failed else 2 if letter.sent else 1, -(letter.failed or letter.sent or letter.due).timestamp())
