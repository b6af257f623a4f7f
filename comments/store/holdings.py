"""Everything the store holds about one person, found by what its tables say of themselves."""

from sqlite3 import Row

from comments.store import rows
from comments.store.engine import Engine

# Moments are stored as microseconds since 1970; no number, count or version grows so large.
FIRST_MOMENT = 10**14


class HoldingVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def list_held(self, person: int) -> dict[str, list[dict[str, object]]]:
        held = {"people": self._rows("SELECT * FROM people WHERE id = :person", person=person)}
        for table, column, owner in self._owned():
            # The names come out of the schema itself: nobody types them.
            query = f'SELECT t.* FROM "{table}" t WHERE t."{column}" = :person'  # noqa: S608 - as said above
            if owner == "comments":
                query = query.replace("= :person", "IN (SELECT id FROM comments WHERE person = :person)")
            held[table] = held.get(table, []) + self._rows(query, person=person)
        return {table: _told(found) for table, found in held.items() if found}

    def _owned(self) -> list[tuple[str, str, str]]:
        """Tables that point at a person or a comment, and the column that does. An answer is not its parent's."""
        found = self._rows(
            """SELECT m.name AS name, f."from" AS point, f."table" AS owner
            FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND f."table" IN ('people', 'comments') AND f."from" <> 'parent'
            ORDER BY m.name, f."from" """
        )
        return [(row["name"], row["point"], row["owner"]) for row in found]


def _told(found: list[Row]) -> list[dict[str, object]]:
    """Each row once, though two of its columns may point at the same person."""
    told: list[dict[str, object]] = []
    for row in found:
        plain = {name: _value(row[name]) for name in row.keys() if not isinstance(row[name], bytes)}  # noqa: SIM118 - a Row iterates over its values
        if plain not in told:
            told.append(plain)
    return told


def _value(stored: object) -> object:
    return rows.moment(stored) if isinstance(stored, int) and stored >= FIRST_MOMENT else stored
