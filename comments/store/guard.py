"""What guards the whole site: the lists, the brake, and the figures of the filter."""

from datetime import datetime
from sqlite3 import Row

from comments.errors import NotFound
from comments.model import GuardState, Listed, Listing, ListKind
from comments.store import rows
from comments.store.engine import Engine, writing
from comments.words import _

CHANGED = "UPDATE guard SET lists = lists + 1"


class GuardVerbs(Engine):
    """See ``base.Store`` for the promises."""

    def get_guard(self) -> GuardState:
        row = self._rows("SELECT * FROM guard")[0]
        return GuardState(
            lists=row["lists"],
            braked=rows.moment(row["braked"]),
            why=row["why"],
            ham=row["ham"],
            spam=row["spam"],
            ham_tokens=row["ham_tokens"],
            spam_tokens=row["spam_tokens"],
            caught=row["caught"],
            alarms=row["alarms"],
        )

    @writing
    def set_brake(self, since: datetime | None, why: str = "") -> bool:
        changed = self._run(
            """UPDATE guard SET braked = :since, why = :why
            WHERE (braked IS NULL) <> (:since IS NULL) RETURNING one""",
            since=rows.stamp(since) if since else None,
            why=why,
        )
        return bool(changed)

    @writing
    def add_listing(
        self, list_: Listed, kind: ListKind, value: str, by: str, at: datetime, expires: datetime | None = None
    ) -> int:
        self._run(CHANGED)
        added = self._run(
            """INSERT INTO listings (list, kind, value, by, created, expires)
            VALUES (:list, :kind, :value, :by, :created, :expires)
            ON CONFLICT (list, kind, value) DO UPDATE
                SET by = excluded.by, created = excluded.created, expires = excluded.expires
            RETURNING id""",
            list=list_,
            kind=kind,
            value=value,
            by=by,
            created=rows.stamp(at),
            expires=rows.stamp(expires) if expires else None,
        )
        return int(added[0]["id"])

    @writing
    def remove_listing(self, listing: int) -> Listing:
        self._mark_erased(searched=False)
        removed = self._run("DELETE FROM listings WHERE id = :listing RETURNING *", listing=listing)
        if not removed:
            raise NotFound(_("The lists have no entry %d.") % listing)
        self._run(CHANGED)
        return _listing(removed[0])

    def list_listings(self, at: datetime) -> list[Listing]:
        found = self._rows(
            "SELECT * FROM listings WHERE expires IS NULL OR expires > :at ORDER BY id", at=rows.stamp(at)
        )
        return [_listing(row) for row in found]

    @writing
    def purge_listings(self, before: datetime) -> int:
        gone = self._run("DELETE FROM listings WHERE expires <= :before RETURNING id", before=rows.stamp(before))
        if gone:
            self._mark_erased(searched=False)
            self._run(CHANGED)
        return len(gone)


def _listing(row: Row) -> Listing:
    return Listing(
        id=row["id"],
        list=row["list"],
        kind=row["kind"],
        value=row["value"],
        by=row["by"],
        created=rows.moment(row["created"]),
        expires=rows.moment(row["expires"]),
    )
