"""Letters that wait, were sent or were given up."""

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row

from comments.errors import NotFound, Refused
from comments.model import Letter
from comments.store import rows
from comments.store.engine import Engine, writing
from comments.words import _


class OutboxVerbs(Engine):
    """See ``base.Store`` for the promises."""

    @writing
    def add_letter(
        self,
        kind: str,
        at: datetime,
        due: datetime,
        *,
        account: int | None = None,
        person: int | None = None,
        subscription: int | None = None,
        invitation: int | None = None,
        comments: Sequence[int] = (),
    ) -> int:
        added = self._run(
            """INSERT INTO letters (kind, account, person, subscription, invitation, created, due)
            VALUES (:kind, :account, :person, :subscription, :invitation, :at, :due) RETURNING id""",
            kind=kind,
            account=account,
            person=person,
            subscription=subscription,
            invitation=invitation,
            at=rows.stamp(at),
            due=rows.stamp(due),
        )
        letter = int(added[0]["id"])
        self.extend_letter(letter, comments)
        return letter

    def find_waiting_letter(
        self, kind: str, *, account: int | None = None, person: int | None = None, subscription: int | None = None
    ) -> Letter | None:
        row = self._row(
            """SELECT * FROM letters WHERE kind = :kind AND account IS :account AND person IS :person
                AND subscription IS :subscription
                AND sent IS NULL AND failed IS NULL AND leased IS NULL ORDER BY due, id LIMIT 1""",
            kind=kind,
            account=account,
            person=person,
            subscription=subscription,
        )
        return self._letter(row) if row else None

    @writing
    def extend_letter(self, letter: int, comments: Sequence[int]) -> None:
        for comment in comments:
            self._run(
                """INSERT INTO letter_comments (letter, comment) VALUES (:letter, :comment)
                ON CONFLICT (letter, comment) DO NOTHING""",
                letter=letter,
                comment=comment,
            )

    def last_letter(self, kind: str, *, account: int | None = None, person: int | None = None) -> datetime | None:
        row = self._row(
            """SELECT max(coalesce(sent, created)) AS at FROM letters
            WHERE kind = :kind AND account IS :account AND person IS :person""",
            kind=kind,
            account=account,
            person=person,
        )
        return rows.moment(row["at"]) if row else None

    @writing
    def claim_letters(self, at: datetime, lease: datetime, limit: int = 10) -> list[Letter]:
        # Counted when claimed: a letter that kills its sender must run out of tries too.
        claimed = self._run(
            """UPDATE letters SET leased = :lease, attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM letters WHERE sent IS NULL AND failed IS NULL AND due <= :at
                    AND (leased IS NULL OR leased <= :at) ORDER BY due, id LIMIT :limit
            ) RETURNING *""",
            at=rows.stamp(at),
            lease=rows.stamp(lease),
            limit=limit,
        )
        return sorted((self._letter(row) for row in claimed), key=lambda letter: (letter.due, letter.id))

    @writing
    def mark_sent(self, letter: int, at: datetime) -> None:
        self._run(
            "UPDATE letters SET sent = :at, leased = NULL, error = '' WHERE id = :letter",
            letter=letter,
            at=rows.stamp(at),
        )

    @writing
    def mark_failed(self, letter: int, error: str, *, retry: datetime | None, at: datetime) -> None:
        self._run(
            """UPDATE letters SET error = :error, leased = NULL, due = coalesce(:retry, due), failed = :failed
            WHERE id = :letter""",
            letter=letter,
            error=error,
            retry=rows.stamp(retry) if retry else None,
            failed=None if retry else rows.stamp(at),
        )

    @writing
    def retry_letter(self, letter: int, at: datetime) -> Letter:
        tried = self._run(
            """UPDATE letters SET due = :at, failed = NULL, attempts = 0
            WHERE id = :letter AND sent IS NULL AND (leased IS NULL OR leased <= :at) RETURNING *""",
            letter=letter,
            at=rows.stamp(at),
        )
        if tried:
            return self._letter(tried[0])
        row = self._row("SELECT sent FROM letters WHERE id = :letter", letter=letter)
        if row is None:
            raise NotFound(_("There is no such letter any more."))
        raise Refused(_("This letter was sent already.") if row["sent"] else _("This letter is being sent just now."))

    @writing
    def purge_letters(self, before: datetime) -> int:
        purged = self._run(
            "DELETE FROM letters WHERE coalesce(sent, failed) < :before RETURNING 1", before=rows.stamp(before)
        )
        return len(purged)

    def list_letters(self, *, limit: int = 100) -> list[Letter]:
        found = self._rows("SELECT * FROM letters ORDER BY id DESC LIMIT :limit", limit=limit)
        return [self._letter(row) for row in found]

    def _letter(self, row: Row) -> Letter:
        named = self._rows(
            "SELECT comment FROM letter_comments WHERE letter = :letter ORDER BY comment", letter=row["id"]
        )
        return rows.letter(row, tuple(entry["comment"] for entry in named))
