"""Comments: what readers and the desk are shown of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Unpack

from comments.model import STATES, Comment, Narrowing, PublicComment, State
from comments.store import rows
from comments.store.engine import Engine
from comments.store.narrowing import narrowed
from comments.store.problems import translated

# Starts from the visible comments and adds every comment above one of them.
THREAD = """WITH RECURSIVE shown (id, parent) AS (
        SELECT id, parent FROM comments WHERE thread = :thread AND state = 'approved'
        UNION SELECT c.id, c.parent FROM comments c JOIN shown ON c.id = shown.parent
    ) SELECT p.*, (SELECT min(o.number) FROM origins o WHERE o.comment = p.id AND o.number IS NOT NULL) AS number
        FROM shown JOIN public_rows p ON p.id = shown.id ORDER BY p.created, p.id"""

# Of a comment that only keeps a place for its answers, nothing is left to delete. One that was brought over counts as
# announced since it came.
DISCARDED = """SELECT c.* FROM comment_rows c
    WHERE c.state IN ('spam', 'trash') AND c.created < :before
        AND coalesce(c.announced, 0) < :before
        AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.comment = c.id AND a.at >= :before)
        AND NOT (c.erased AND c.source = '' AND EXISTS (SELECT 1 FROM comments r WHERE r.parent = c.id))
    LIMIT :limit"""

# With all states named, the index by state and moment answers it.
CAME = """SELECT state, count(*) AS number FROM comments
    WHERE state IN ('pending', 'approved', 'spam', 'trash') AND created >= :since AND created < :until
    GROUP BY state"""


class ReadingVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def list_public(self, thread: str) -> list[PublicComment]:
        return [rows.public_comment(row, row["number"]) for row in self._rows(THREAD, thread=thread)]

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
        newest_first: bool = False,
        beyond: int | None = None,
        limit: int = 50,
        offset: int = 0,
        **narrowing: Unpack[Narrowing],
    ) -> list[Comment]:
        where, values = narrowed(narrowing)
        place = self._row("SELECT created FROM comments WHERE id = :beyond", beyond=beyond) if beyond else None
        if place:
            where += " AND (created, id) < (:at, :beyond)" if newest_first else " AND (created, id) > (:at, :beyond)"
            values |= {"at": place["created"], "beyond": beyond}
        order = "created DESC, id DESC" if newest_first else "created, id"
        # Put together from constants only; what a person typed is always bound.
        sql = ("SELECT * FROM comment_rows c WHERE", where, "ORDER BY", order, "LIMIT :limit OFFSET :offset")
        return [rows.comment(row) for row in self._rows(" ".join(sql), limit=limit, offset=offset, **values)]

    def count_comments(self, **narrowing: Unpack[Narrowing]) -> int:
        where, values = narrowed(narrowing)
        return int(self._value(" ".join(("SELECT count(*) FROM comments c WHERE", where)), **values))

    def count_by_state(self, **narrowing: Unpack[Narrowing]) -> dict[State, int]:
        where, values = narrowed(narrowing)
        sql = ("SELECT state, count(*) AS number FROM comments c WHERE", where, "GROUP BY state")
        numbers: dict[State, int] = {row["state"]: row["number"] for row in self._rows(" ".join(sql), **values)}
        counts = {state: numbers.get(state, 0) for state in STATES}
        narrowing["state"] = "pending"
        return counts | {"pending": self.count_comments(**narrowing)}

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
