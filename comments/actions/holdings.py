"""What is held about somebody besides their comments: read from every table there is, told without inner workings."""

from collections.abc import Iterable

from comments.actions.context import Context
from comments.model import Person

# Told in their own place, or nothing but links between others.
ELSEWHERE = frozenset({"people", "addresses", "comments", "edits", "letter_comments", "comment_reasons"})
# Numbers, hashes and states that say nothing about a person, and what is about moderators.
WORKINGS = frozenset(
    {"id", "person", "account", "actor", "detail", "leased", "attempts", "error", "due", "tokens", "caught"}
)

Row = dict[str, object]


def list_besides(ctx: Context, people: Iterable[Person]) -> dict[str, list[Row]]:
    """By table, what each row says; an empty row where it only says that there is one."""
    told: dict[str, list[Row]] = {}
    for person in people:
        for table, found in ctx.store.list_held(person.id).items():
            if table not in ELSEWHERE:
                told.setdefault(table, []).extend(_plain(row) for row in found)
    return told


def _plain(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in WORKINGS and value not in (None, "")}
