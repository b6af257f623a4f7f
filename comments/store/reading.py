"""Comments: what readers and the desk are shown of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from comments.model import STATES, Comment, PublicComment, State
from comments.store import rows
from comments.store.engine import Engine
from comments.store.problems import translated

# Starts from the visible comments and adds every comment above one of them.
THREAD = """WITH RECURSIVE shown (id, parent) AS (
        SELECT id, parent FROM comments WHERE thread = :thread AND state = 'approved'
        UNION SELECT c.id, c.parent FROM comments c JOIN shown ON c.id = shown.parent
    ) SELECT p.* FROM shown JOIN public_rows p ON p.id = shown.id ORDER BY p.created, p.id"""

# Of a comment that only keeps a place for its answers, nothing is left to delete.
DISCARDED = """SELECT c.* FROM comment_rows c
    WHERE c.state IN ('spam', 'trash') AND c.created < :before
        AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.comment = c.id AND a.at >= :before)
        AND NOT (c.erased AND c.source = '' AND EXISTS (SELECT 1 FROM comments r WHERE r.parent = c.id))
    LIMIT :limit"""

# With all states named, the index by state and moment answers it.
CAME = """SELECT state, count(*) AS number FROM comments
    WHERE state IN ('pending', 'approved', 'spam', 'trash') AND created >= :since AND created < :until
    GROUP BY state"""

QUERY_LENGTH = 500
QUERY_WORDS = 20


class ReadingVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def list_public(self, thread: str) -> list[PublicComment]:
        return [rows.public_comment(row) for row in self._rows(THREAD, thread=thread)]

    def list_recent_public(self, limit: int) -> list[tuple[str, PublicComment]]:
        found = self._rows(
            "SELECT * FROM public_rows WHERE state = 'approved' ORDER BY created DESC, id DESC LIMIT :limit",
            limit=limit,
        )
        return [(row["thread"], rows.public_comment(row)) for row in found]

    def list_discarded(self, before: datetime, limit: int = 500) -> list[Comment]:
        found = self._rows(DISCARDED, before=rows.stamp(before), limit=limit)
        return sorted(map(rows.comment, found), key=_age)

    def list_written_by(self, person: int) -> list[Comment]:
        found = self._rows("SELECT * FROM comment_rows WHERE person = :person", person=person)
        return sorted(map(rows.comment, found), key=_age)

    def list_comments(
        self,
        *,
        state: State | None = None,
        thread: str | None = None,
        query: str = "",
        newest_first: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Comment]:
        where, values = _filter(state, thread, query)
        order = "created DESC, id DESC" if newest_first else "created, id"
        if state == "pending" and not newest_first:
            order = "urgent DESC, created, id"
        # Put together from constants only; what a person typed is always bound.
        sql = ("SELECT * FROM comment_rows WHERE", where, "ORDER BY", order, "LIMIT :limit OFFSET :offset")
        return [rows.comment(row) for row in self._rows(" ".join(sql), limit=limit, offset=offset, **values)]

    def count_comments(self, *, state: State | None = None, thread: str | None = None, query: str = "") -> int:
        where, values = _filter(state, thread, query)
        return int(self._value(" ".join(("SELECT count(*) FROM comments WHERE", where)), **values))

    def count_by_state(self) -> dict[State, int]:
        found = self._rows("SELECT state, count(*) AS number FROM comments GROUP BY state")
        numbers: dict[State, int] = {row["state"]: row["number"] for row in found}
        counts = {state: numbers.get(state, 0) for state in STATES}
        return counts | {"pending": self.count_comments(state="pending")}

    def count_by_span(self, edges: Sequence[datetime]) -> list[dict[State, int]]:
        spans = pairwise(rows.stamp(edge) for edge in edges)
        found = (self._rows(CAME, since=since, until=until) for since, until in spans)
        return [{row["state"]: row["number"] for row in each} for each in found]

    def iterate_comments(self) -> Iterator[Comment]:
        with self._reading() as connection:
            with translated():
                cursor = connection.execute("SELECT * FROM comment_rows ORDER BY id")
            while True:
                with translated():
                    batch = cursor.fetchmany(200)
                if not batch:
                    return
                yield from map(rows.comment, batch)


def _age(comment: Comment) -> tuple[datetime, int]:
    return comment.created, comment.id


def _filter(state: State | None, thread: str | None, query: str) -> tuple[str, dict[str, object]]:
    """The WHERE clause for the desk's lists. An edit that waits stands in the queue as well as among the approved."""
    conditions = ["TRUE"]
    values: dict[str, object] = {}
    if state == "pending":
        conditions.append("waiting = 1")
    elif state is not None:
        conditions.append("state = :state")
        values["state"] = state
    if thread is not None:
        conditions.append("thread = :thread")
        values["thread"] = thread
    if query.strip():
        conditions.append("id IN (SELECT rowid FROM comments_search WHERE comments_search MATCH :match)")
        values["match"] = match_expression(query)
    return " AND ".join(conditions), values


def match_expression(query: str) -> str:
    """An FTS5 expression that finds every word of the query, or a beginning of it, and is never a syntax error.

    Each word becomes a quoted phrase, so that operators, brackets and stars are only text.
    """
    # A lone surrogate cannot be stored, a NUL ends the expression: neither is in any comment.
    text = query[:QUERY_LENGTH].encode(errors="ignore").decode().replace("\0", " ")
    words = text.split()[:QUERY_WORDS]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words) or '""'
