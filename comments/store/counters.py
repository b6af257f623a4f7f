"""What is counted for a while: events in buckets, and single-use tokens that were used."""

from collections.abc import Iterable
from datetime import datetime

from comments.store import rows
from comments.store.engine import Engine, joining, writing


class CounterVerbs(Engine):
    """See ``base.Store`` for the promises."""

    @joining
    def add_event(self, bucket: bytes, at: datetime) -> None:
        self._run("INSERT INTO events (bucket, at) VALUES (:bucket, :at)", bucket=bucket, at=rows.stamp(at))

    @writing
    def add_events(self, buckets: Iterable[bytes], at: datetime) -> None:
        stamp = rows.stamp(at)
        self._run_each(
            "INSERT INTO events (bucket, at) VALUES (:bucket, :at)",
            [{"bucket": bucket, "at": stamp} for bucket in buckets],
        )

    def list_events(self, bucket: bytes, since: datetime) -> list[datetime]:
        found = self._rows(
            "SELECT at FROM events WHERE bucket = :bucket AND at >= :since ORDER BY at",
            bucket=bucket,
            since=rows.stamp(since),
        )
        return [rows.moment(row["at"]) for row in found]

    @writing
    def purge_events(self, before: datetime) -> int:
        """Forget events, spent tokens that expired, and the network prefixes of comments from before that moment."""
        moment = rows.stamp(before)
        self._run("DELETE FROM spent WHERE expires < :moment", moment=moment)
        self._run("UPDATE comments SET prefix = NULL WHERE prefix IS NOT NULL AND created < :moment", moment=moment)
        return len(self._run("DELETE FROM events WHERE at < :moment RETURNING 1", moment=moment))

    @writing
    def forget_events(self, bucket: bytes) -> None:
        self._mark_erased(searched=False)
        self._run("DELETE FROM events WHERE bucket = :bucket", bucket=bucket)

    @writing
    def spend(self, token: str, expires: datetime) -> bool:
        spent = self._run(
            "INSERT INTO spent (token, expires) VALUES (:token, :expires) ON CONFLICT (token) DO NOTHING RETURNING 1",
            token=token,
            expires=rows.stamp(expires),
        )
        return bool(spent)

    def is_spent(self, token: str) -> bool:
        return self._row("SELECT 1 FROM spent WHERE token = :token", token=token) is not None
