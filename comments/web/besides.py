"""What is held about somebody besides their comments, in words for them: no table's name and no code of ours."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from comments.words import _, ngettext

Row = Mapping[str, object]
# Some words, and the moment that belongs to them.
Part = tuple[str, datetime | None]


def tell(besides: Mapping[str, Sequence[Row]]) -> list[tuple[str, list[list[Part]]]]:
    """Headings, and under each its lines, each of parts with or without a moment."""
    return [(_heading(table), _lines(table, rows)) for table, rows in besides.items()]


def _heading(table: str) -> str:
    names = {
        "audit": _("What was done with your comments"),
        "browsers": _("Browsers that we know as yours"),
        "learned": _("What the spam filter learned"),
        "letters": _("Letters to you"),
    }
    return names.get(table) or _("Something else")


def _lines(table: str, rows: Sequence[Row]) -> list[list[Part]]:
    told = {"audit": _act, "learned": _learned, "letters": _letter}.get(table)
    if told is None:
        found = ngettext("{count} entry", "{count} entries", len(rows)).format(count=len(rows))
        return [[(found, None)]]
    return [told(row) for row in rows]


def _act(row: Row) -> list[Part]:
    words = {
        "submit": _("Sent"),
        "revise": _("Changed by you"),
        "propose": _("Change sent by you"),
        "delete": _("Taken back by you"),
        "subscribe": _("Letters asked for"),
        "unsubscribe": _("Letters ended"),
        "confirm": _("Letters confirmed"),
        "approve": _("Published by a moderator"),
        "reply": _("Answered by the editors"),
        "spam": _("Filed as spam"),
        "trash": _("Removed by a moderator"),
        "restore": _("Put back by a moderator"),
        "undo": _("A moderator took the last step back"),
        "edit": _("Edited by a moderator"),
        "accept_edit": _("Your change was published"),
        "keep_old": _("Your change was not taken"),
        "show address": _("A moderator opened your address"),
        "erase": _("Erased"),
        "import": _("Brought here from an earlier site"),
    }
    told = words.get(str(row.get("action"))) or _("Worked on by the editors")
    about = _("comment {number}").format(number=row["comment"]) if row.get("comment") else ""
    parts: list[Part] = [(told, _moment(row, "at"))]
    return [*parts, (about, None)] if about else parts


def _letter(row: Row) -> list[Part]:
    kinds = {
        "prove": _("Link to confirm your address"),
        "privacy": _("Link to your own data"),
        "confirm": _("Question whether you want letters"),
        "reply": _("News of an answer"),
        "published": _("News that your comment is published"),
        "moderate": _("To a moderator, about your comment"),
        "urgent": _("To a moderator, about your comment"),
        "article": _("To the article’s author, about your comment"),
    }
    parts: list[Part] = [(kinds.get(str(row.get("kind"))) or _("A letter"), None)]
    told = {"created": _("asked for"), "sent": _("sent"), "failed": _("given up")}
    return parts + [(words, _moment(row, name)) for name, words in told.items() if row.get(name)]


def _learned(row: Row) -> list[Part]:
    as_what = _("Your comment counted as spam") if row.get("spam") else _("Your comment counted as a good one")
    return [(as_what, None)]


def _moment(row: Row, name: str) -> datetime | None:
    value = row.get(name)
    return value if isinstance(value, datetime) else None
