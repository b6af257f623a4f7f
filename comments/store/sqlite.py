"""The store in one SQLite file, and how it is made and opened."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from comments.errors import Misconfigured, StoreProblem
from comments.store import migrations
from comments.store.audit import AuditVerbs
from comments.store.base import Store
from comments.store.counters import CounterVerbs
from comments.store.doors import DoorVerbs
from comments.store.facts import FactVerbs
from comments.store.guard import GuardVerbs
from comments.store.holdings import HoldingVerbs
from comments.store.insights import InsightVerbs
from comments.store.moving import MovingVerbs
from comments.store.origins import OriginVerbs
from comments.store.outbox import OutboxVerbs
from comments.store.people import PeopleVerbs
from comments.store.problems import translated
from comments.store.reading import ReadingVerbs
from comments.store.subscriptions import SubscriptionVerbs
from comments.store.threads import ThreadVerbs
from comments.words import _

# How every SQLite file begins; a new one is empty until the first commit.
MAGIC = b"SQLite format 3\0"


class SQLiteStore(
    OriginVerbs,
    ReadingVerbs,
    ThreadVerbs,
    PeopleVerbs,
    CounterVerbs,
    FactVerbs,
    AuditVerbs,
    InsightVerbs,
    DoorVerbs,
    OutboxVerbs,
    HoldingVerbs,
    MovingVerbs,
    GuardVerbs,
    SubscriptionVerbs,
    Store,
):
    """All verbs over one file. Use ``open_store``, which also checks the file and brings its schema up to date."""

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def check_integrity(self) -> list[str]:
        try:
            damage = [row[0] for row in self._rows("PRAGMA integrity_check")]
            loose = self._rows("PRAGMA foreign_key_check")
        except StoreProblem as problem:
            return [str(problem)]
        sentences = [_("The store is damaged: %s.") % text for text in damage if text != "ok"]
        if loose:
            sentences.append(_("The store is damaged: %d rows belong to something that is missing.") % len(loose))
        return sentences

    def get_key_checks(self) -> dict[str, bytes]:
        return {row["key"]: row["value"] for row in self._rows("SELECT key, value FROM key_checks")}

    def set_key_check(self, key: str, value: bytes) -> None:
        with self.write():
            self._run(
                """INSERT INTO key_checks (key, value) VALUES (:key, :value)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
                key=key,
                value=value,
            )

    def prepare(self, *, create: bool) -> None:
        """Make sure that the file is ours, in WAL mode and up to date, under the lock."""
        with self._locked():
            self._check_ours(create)
            # Kept in the file. A copy restored from a backup may be in another mode.
            self._rows("PRAGMA journal_mode = WAL")
            with self.write(), translated():
                try:
                    migrations.apply(self._link().connection)
                except migrations.NewerSchema as newer:
                    raise Misconfigured(
                        _("%s was made by a newer version (%s). Update Practice Notes, then start again.")
                        % (self._path, newer)
                    ) from None

    def _check_ours(self, create: bool) -> None:
        application = self._value("PRAGMA application_id")
        empty = self._value("SELECT count(*) FROM sqlite_master") == 0
        if application == migrations.APPLICATION or (create and application == 0 and empty):
            return
        raise Misconfigured(_foreign(self._path))


def open_store(path: Path, *, create: bool = False) -> SQLiteStore:
    """The store in that file, its schema brought up to date; with ``create`` a new one where there is none.

    :raise Misconfigured: the file is missing, not a store of ours, or of a newer version.
    :raise StoreProblem: it is damaged, or cannot be read and written.
    """
    if create:
        _make_file(path)
    if not path.is_file():
        raise Misconfigured(
            _("There is no store at %s. Restore it from a backup, or start a new site: python3 tasks.py serve") % path
        )
    with translated(), path.open("rb") as file:
        start = file.read(len(MAGIC))
    if start not in (b"", MAGIC):
        raise Misconfigured(_foreign(path))
    store = SQLiteStore(path)
    try:
        store.prepare(create=create)
    except BaseException:
        store.close()
        raise
    return store


def _make_file(path: Path) -> None:
    with translated():
        # A folder that is there may have been opened to others on purpose.
        with suppress(FileExistsError):
            path.parent.mkdir(parents=True)
            path.parent.chmod(0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return
        try:
            # SQLite gives its -wal and -shm files the mode of this one, whatever the umask is.
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)


def _foreign(path: Path) -> str:
    return _("%s is not a store of Practice Notes. Restore the last backup, or set PN_VAR to the right folder.") % path
