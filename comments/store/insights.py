"""What the desk learns from many rows at once: how long comments waited, why, and where most is said."""

from datetime import datetime

from comments.model import Decision
from comments.store import rows
from comments.store.engine import Engine

# The actions are named as the index names them, so that it is used. Only what left the queue was decided on.
DECISIONS = """SELECT a.at, a.at - c.created AS waited, json_extract(a.detail, '$.to') = 'approved' AS published
    FROM audit a JOIN comments c ON c.id = a.comment
    WHERE a.action IN ('approve', 'spam', 'trash', 'reply', 'edit') AND a.at >= :since
        AND json_extract(a.detail, '$.from') = 'pending' AND json_extract(a.detail, '$.to') <> 'pending'
        AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.comment = a.comment AND b.id < a.id
            AND b.action IN ('approve', 'spam', 'trash', 'reply', 'edit')
            AND json_extract(b.detail, '$.from') = 'pending' AND json_extract(b.detail, '$.to') <> 'pending')
    ORDER BY a.at DESC LIMIT :limit"""


class InsightVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def list_decisions(self, since: datetime, limit: int = 5_000) -> list[Decision]:
        found = self._rows(DECISIONS, since=rows.stamp(since), limit=limit)
        return [
            Decision(rows.moment(row["at"]), row["waited"] * rows.MICROSECOND, bool(row["published"])) for row in found
        ]
