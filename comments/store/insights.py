"""What the desk learns from many rows at once: how long comments waited, why, and where most is said."""

from datetime import datetime

from comments.model import Decision
from comments.store import rows
from comments.store.engine import Engine

# The actions are named as the index names them, so that it is used. Only what left the queue was decided on, and what
# came back into it was not.
DECISIONS = """SELECT a.at, a.at - c.created AS waited, json_extract(a.detail, '$.to') = 'approved' AS published
    FROM audit a JOIN comments c ON c.id = a.comment
    WHERE a.action IN ('approve', 'spam', 'trash', 'reply', 'edit') AND a.at >= :since
        AND json_extract(a.detail, '$.from') = 'pending' AND json_extract(a.detail, '$.to') <> 'pending'
        AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.comment = a.comment AND u.id > a.id
            AND u.action IN ('undo', 'restore') AND json_extract(u.detail, '$.to') = 'pending')
        AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.comment = a.comment AND b.id < a.id
            AND b.action IN ('approve', 'spam', 'trash', 'reply', 'edit')
            AND json_extract(b.detail, '$.from') = 'pending' AND json_extract(b.detail, '$.to') <> 'pending'
            AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.comment = b.comment AND u.id > b.id
                AND u.action IN ('undo', 'restore') AND json_extract(u.detail, '$.to') = 'pending'))
    ORDER BY a.at DESC LIMIT :limit"""


CAUSES = "SELECT key, count(*) AS number FROM comment_reasons GROUP BY key ORDER BY number DESC, key"
CAUSES_SINCE = """SELECT r.key, count(*) AS number FROM comments c JOIN comment_reasons r ON r.comment = c.id
    WHERE c.state IN ('pending', 'approved', 'spam', 'trash') AND c.created >= :since
    GROUP BY r.key ORDER BY number DESC, r.key"""
STOPPED = """SELECT count(*) AS came, coalesce(sum(EXISTS (SELECT 1 FROM comment_reasons r WHERE r.comment = c.id)), 0)
        AS held
    FROM comments c WHERE c.state IN ('pending', 'approved', 'spam', 'trash') AND c.created >= :since"""
BUSIEST = """SELECT thread, count(*) AS number FROM comments
    WHERE state IN ('pending', 'approved', 'spam', 'trash') AND created >= :since
    GROUP BY thread ORDER BY number DESC, thread LIMIT :limit"""


class InsightVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def list_decisions(self, since: datetime, limit: int = 5_000) -> list[Decision]:
        found = self._rows(DECISIONS, since=rows.stamp(since), limit=limit)
        return [
            Decision(rows.moment(row["at"]), row["waited"] * rows.MICROSECOND, bool(row["published"])) for row in found
        ]

    def count_by_reason(self, since: datetime | None = None) -> dict[str, int]:
        found = self._rows(CAUSES_SINCE, since=rows.stamp(since)) if since else self._rows(CAUSES)
        return {row["key"]: row["number"] for row in found}

    def count_held(self, since: datetime) -> tuple[int, int]:
        row = self._rows(STOPPED, since=rows.stamp(since))[0]
        return row["came"], row["held"]

    def count_by_thread(self, since: datetime, limit: int = 10) -> dict[str, int]:
        found = self._rows(BUSIEST, since=rows.stamp(since), limit=limit)
        return {row["thread"]: row["number"] for row in found}
