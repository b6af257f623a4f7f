"""Who did what, when. Rows name comments, never addresses."""

import json
from collections.abc import Iterator
from datetime import datetime

from comments.model import AuditFilter, AuditRow
from comments.store import rows
from comments.store.engine import Engine, joining, writing
from comments.store.problems import translated

_WANTED = """FROM audit WHERE (:actor IS NULL OR actor = :actor) AND (:action IS NULL OR action = :action)
    AND (:comment IS NULL OR comment = :comment) AND (:thread IS NULL OR thread = :thread)
    AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until)"""
_NEWEST = f"SELECT * {_WANTED} ORDER BY id DESC LIMIT :limit OFFSET :offset"
_OLDEST = f"SELECT * {_WANTED} ORDER BY id"


class AuditVerbs(Engine):
    """See ``base.Store`` for the promises."""

    @joining
    def add_audit(
        self,
        at: datetime,
        actor: str,
        action: str,
        *,
        comment: int | None = None,
        thread: str | None = None,
        detail: dict[str, object] | None = None,
    ) -> int:
        added = self._run(
            """INSERT INTO audit (at, actor, action, comment, thread, detail)
            VALUES (:at, :actor, :action, :comment, :thread, :detail) RETURNING id""",
            at=rows.stamp(at),
            actor=actor,
            action=action,
            comment=comment,
            thread=thread,
            detail=_packed(detail or {}),
        )
        return int(added[0]["id"])

    @writing
    def set_audit_detail(self, row: int, detail: dict[str, object]) -> None:
        self._mark_erased(searched=False)
        self._run("UPDATE audit SET detail = :detail WHERE id = :row", row=row, detail=_packed(detail))

    def list_audit(self, *, comment: int | None = None, limit: int = 100, offset: int = 0) -> list[AuditRow]:
        page = {"limit": limit, "offset": offset}
        if comment is None:
            found = self._rows("SELECT * FROM audit ORDER BY id DESC LIMIT :limit OFFSET :offset", **page)
        else:
            found = self._rows(
                "SELECT * FROM audit WHERE comment = :comment ORDER BY id DESC LIMIT :limit OFFSET :offset",
                comment=comment,
                **page,
            )
        return [rows.audit_row(row) for row in found]

    def search_audit(self, wanted: AuditFilter, *, limit: int = 100, offset: int = 0) -> list[AuditRow]:
        found = self._rows(_NEWEST, limit=limit, offset=offset, **_values(wanted))
        return [rows.audit_row(row) for row in found]

    def iterate_audit(self, wanted: AuditFilter) -> Iterator[AuditRow]:
        with self._reading() as connection:
            with translated():
                cursor = connection.execute(_OLDEST, _values(wanted))
            while True:
                with translated():
                    batch = cursor.fetchmany(200)
                if not batch:
                    return
                yield from map(rows.audit_row, batch)


def _values(wanted: AuditFilter) -> dict[str, object]:
    return {
        "actor": wanted.actor,
        "action": wanted.action,
        "comment": wanted.comment,
        "thread": wanted.thread,
        "since": rows.stamp(wanted.since) if wanted.since else None,
        "until": rows.stamp(wanted.until) if wanted.until else None,
    }


def _packed(detail: dict[str, object]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True)
