"""What happened: the record of all acts, and the letters that went out or did not."""

from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import letters, record_export
from comments.errors import Refused
from comments.model import AuditFilter, Letter
from comments.web.desk.acts import answer
from comments.web.desk.door import account, context, needs
from comments.web.desk.numbers import whole
from comments.web.desk.pages import LETTERS, number, page
from comments.web.desk.receipts import Receipt
from comments.web.desk.words import ACTORS, ACTS

PAGE = 50
LONGEST = 200  # characters of what is looked for


@dataclass(frozen=True)
class Asked:
    """What the record is narrowed to, as it was typed."""

    who: str = ""
    what: str = ""
    article: str = ""
    comment: str = ""
    since: str = ""
    until: str = ""

    @property
    def values(self) -> dict[str, str]:
        """What was typed, for addresses; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}

    def filter(self, zone: ZoneInfo) -> AuditFilter:
        """Days begin and end as they do where the site is."""
        since, until = day(self.since, zone), day(self.until, zone)
        return AuditFilter(
            self.who or None,
            self.what or None,
            whole(self.comment),
            self.article or None,
            since,
            until + timedelta(days=1) if until else None,
        )


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/record/", "record", show_record)
    desk.add_url_rule("/record/<any(csv, jsonl):kind>", "export_record", export_record)
    desk.add_url_rule("/mail/", "mail", show_mail)
    desk.add_url_rule("/mail/<int:number>", "retry_letter", retry_letter, methods=["POST"])


@needs("moderate")
def show_record() -> ResponseReturnValue:
    """Who did what, the newest first, narrowed to what the address names."""
    at, asked, store = max(1, number("page", 1)), read_asked(), context().store
    rows = store.search_audit(_filter(asked), limit=PAGE + 1, offset=(at - 1) * PAGE)
    return page(
        "record.html",
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        at=at,
        asked=asked,
        names=[*(each.name for each in store.list_accounts()), *ACTORS],
        acts=ACTS,
        page_size=PAGE,
    )


@needs("moderate")
def export_record(kind: str) -> ResponseReturnValue:
    """The rows that the address asks for as a file: a table for spreadsheets, or one JSON object a line."""
    rows = context().store.iterate_audit(_filter(read_asked()))
    write, mime = {
        "csv": (record_export.as_csv, "text/csv"),
        "jsonl": (record_export.as_lines, "application/jsonl"),
    }[kind]
    response = Response(write(rows), mimetype=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="practice-notes-record.{kind}"'
    return response


def read_asked() -> Asked:
    """What the address asks for; what is no day or number is left out."""
    typed = {name: request.args.get(name, "").strip()[:LONGEST] for name in Asked.__dataclass_fields__}
    if whole(typed["comment"]) is None:
        typed["comment"] = ""
    for name in ("since", "until"):
        if day(typed[name], ZoneInfo("UTC")) is None:
            typed[name] = ""
    return Asked(**typed)


def day(text: str, zone: ZoneInfo) -> datetime | None:
    """The beginning of a day typed as 2026-03-14."""
    try:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d").date(), time.min, zone)
    except ValueError:
        return None


def _filter(asked: Asked) -> AuditFilter:
    return asked.filter(ZoneInfo(context().manifest().site.zone))


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
