"""The facts of a submission, all in one statement: a new check adds a line here and a field in ``model.Facts``."""

from comments.model import Asked, Facts
from comments.store import rows
from comments.store.engine import Engine

# Every line is answered by an index, however many comments, people or events there are. The events are those of the
# seconds before, and of other people only whether there is one is asked.
FACTS = """SELECT
    (SELECT override FROM threads WHERE id = :thread) AS override,
    (SELECT id FROM comments WHERE token = :token) AS earlier,
    (SELECT id FROM comments WHERE digest = :digest AND digest <> '' AND state <> 'trash'
        ORDER BY created DESC, id DESC LIMIT 1) AS repeated,
    (SELECT max(at) FROM events WHERE bucket IN (:network, :lookup_bucket) AND at >= :since) AS newest,
    me.id, me.created, me.proven, own.lookup, own.lookup IS NOT NULL AS has_address,
    EXISTS (SELECT 1 FROM comments WHERE person = me.id AND state = 'approved') AS approved,
    EXISTS (SELECT 1 FROM addresses WHERE lookup = :lookup AND person IS NOT me.id) AS others,
    me.id IS NOT NULL AND EXISTS (SELECT 1 FROM addresses a JOIN people p ON p.id = a.person
        WHERE a.lookup = :lookup AND a.person <> me.id AND p.proven IS NOT NULL) AS proven_others
FROM (SELECT 1)
    LEFT JOIN browsers b ON b.hash = :browser
    LEFT JOIN people me ON me.id = b.person
    LEFT JOIN addresses own ON own.person = me.id"""


class FactVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def read_facts(self, asked: Asked) -> Facts:
        row = self._rows(
            FACTS,
            thread=asked.thread,
            token=asked.token,
            digest=asked.digest,
            browser=asked.browser,
            lookup=asked.lookup,
            network=asked.network,
            lookup_bucket=asked.lookup_bucket,
            since=rows.stamp(asked.since),
        )[0]
        return Facts(
            override=row["override"],
            earlier=row["earlier"],
            repeated=row["repeated"],
            newest=rows.moment(row["newest"]),
            person=rows.person(row) if row["id"] is not None else None,
            lookup=row["lookup"],
            approved=bool(row["approved"]),
            others=bool(row["others"]),
            proven_others=bool(row["proven_others"]),
        )
