"""What narrows the desk's lists down, as conditions of a query. All of them can be combined."""

from comments.model import Narrowing
from comments.store import rows

QUERY_LENGTH = 500
QUERY_WORDS = 20

# The plus keeps the index by state or thread in charge: it gives the rows in their order, and a page of them soon.
FOUND = "+id IN (SELECT rowid FROM comments_search WHERE comments_search MATCH :match)"
BECAUSE = "EXISTS (SELECT 1 FROM comment_reasons r WHERE r.key = :reason AND r.comment = c.id)"
URGENT = "EXISTS (SELECT 1 FROM comment_reasons r WHERE r.comment = c.id AND r.urgent) = :urgent"


def narrowed(narrowing: Narrowing) -> tuple[str, dict[str, object]]:
    """The WHERE clause over comments ``c`` and its values.

    An edit that waits stands in the queue as well as among the approved.
    """
    state, query = narrowing.get("state"), narrowing.get("query", "")
    since, until = narrowing.get("since"), narrowing.get("until")
    each: list[tuple[str, str, object]] = [
        ("state = :state", "state", None if state == "pending" else state),
        ("thread = :thread", "thread", narrowing.get("thread")),
        ("person = :person", "person", narrowing.get("person")),
        (BECAUSE, "reason", narrowing.get("reason")),
        (URGENT, "urgent", narrowing.get("urgent")),
        ("created >= :since", "since", since and rows.stamp(since)),
        ("created < :until", "until", until and rows.stamp(until)),
        (FOUND, "match", match_expression(query) if query.strip() else None),
    ]
    given = [(condition, name, value) for condition, name, value in each if value is not None]
    waiting = ["waiting = 1"] if state == "pending" else []
    where = " AND ".join(["TRUE", *waiting, *(condition for condition, _name, _value in given)])
    return where, {name: value for _condition, name, value in given}


def match_expression(query: str) -> str:
    """An FTS5 expression that finds every word of the query, or a beginning of it, and is never a syntax error.

    Each word becomes a quoted phrase, so that operators, brackets and stars are only text.
    """
    # A lone surrogate cannot be stored, a NUL ends the expression: neither is in any comment.
    text = query[:QUERY_LENGTH].encode(errors="ignore").decode().replace("\0", " ")
    words = text.split()[:QUERY_WORDS]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words) or '""'
