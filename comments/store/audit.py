"""Who did what, when. Rows name comments, never addresses."""

import json
from datetime import datetime

from comments.model import AuditRow
from comments.store import rows
from comments.store.engine import Engine, joining, writing


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


def _packed(detail: dict[str, object]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True)
