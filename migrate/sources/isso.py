"""Isso's database: SQLite, of any version so far. It is only read, and nothing is left beside it."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from comments.model import State
from migrate.model import Site
from migrate.problems import Unusable
from migrate.sources.archive import Archive, OldReply, OldThread, Spool
from migrate.sources.job import Peek, Step
from migrate.sources.markdown import as_written

_MAGIC = b"SQLite format 3\x00"
_LOG_MODE = b"\x02\x02"  # at byte 18: written with a log beside it
_BESIDE = ("-wal", "-journal")
_NEEDED = {"threads": ("id", "uri"), "comments": ("tid", "id", "created", "text")}
_WANTED = ("parent", "mode", "author", "email", "website", "likes", "dislikes")
_NEWEST = 5
_LONGEST = 50_000_000  # bytes of one value
_STATES: dict[int, State] = {1: "approved", 2: "pending"}
_DELETED = 4
# Isso keeps what people typed as HTML; these signs and no others are written so.
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&"))


def recognises(peek: Peek) -> bool:
    """Whether the file is a database; whether Isso's is seen when it is read."""
    return peek.data.startswith(_MAGIC)


@contextmanager
def read(path: Path, step: Step) -> Iterator[Archive]:
    """The whole database.

    :raise Unusable: it is damaged, in use, or not Isso's.
    """
    spool = Spool()
    try:
        with _opened(path) as database, closing(database):
            archive = _archive(path, database, spool)
        step(path.stat().st_size)
        yield archive
    finally:
        spool.close()


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write. What a log beside it still holds is read from a copy: reading would use it up."""
    with path.open("rb") as file:
        mode = file.read(20)[18:]
    logs = [log for log in (Path(f"{path}{ending}") for ending in _BESIDE) if log.is_file()]
    try:
        if not logs and mode != _LOG_MODE:
            yield _connect(path)
            return
        with tempfile.TemporaryDirectory(prefix="isso-") as folder:
            for one in (path, *logs):
                shutil.copyfile(one, Path(folder, one.name))
            yield _connect(Path(folder, path.name), "rw")
    except sqlite3.Error as error:
        raise Unusable(
            f"{path.name} cannot be read as a database: {error}. Stop Isso, and give its file (dbpath in isso.cfg) "
            "again, or a copy made with: sqlite3 comments.db '.backup copy.db'"
        ) from error


def _connect(path: Path, mode: str = "ro") -> sqlite3.Connection:
    database = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, timeout=10)
    database.row_factory = sqlite3.Row
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.execute("PRAGMA query_only = 1")
    database.execute("PRAGMA trusted_schema = 0")
    return database


def _archive(path: Path, database: sqlite3.Connection, spool: Spool) -> Archive:
    columns = {table: _columns(path, database, table) for table in _NEEDED}
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    chosen = [*_NEEDED["comments"], *(name if name in columns["comments"] else f"NULL AS {name}" for name in _WANTED)]
    source = f"isso:{_key(database)}"
    title = "title" if "title" in columns["threads"] else "NULL"
    threads = [
        OldThread(str(row["id"]), source, (_text(row["uri"]),), _text(row["title"]))
        for row in database.execute(f"SELECT id, uri, {title} AS title FROM threads ORDER BY id")  # noqa: S608 - two names
    ]
    for row in database.execute(f"SELECT {', '.join(chosen)} FROM comments ORDER BY id"):  # noqa: S608 - names from above
        spool.put(_reply(row))
    known = {thread.key for thread in threads}
    why = "its thread is not in the database"
    threads += [OldThread(key, source, (), why_not=why, listed=False) for key in spool.threads if key not in known]
    site = Site(title="Isso", version=f"Isso {version}")
    return Archive(threads, spool.of, site, _left(columns, database, version))


def _columns(path: Path, database: sqlite3.Connection, table: str) -> frozenset[str]:
    """The names of a table's columns.

    :raise Unusable: there is no such table, or what is needed of it is missing.
    """
    found = database.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    if found is None or "virtual table" in " ".join(_text(found["sql"]).lower().split()):
        raise Unusable(
            f"{path.name} is a database without the table {table}, so it is not Isso's. Give the file that stands as "
            "dbpath in isso.cfg."
        )
    names = frozenset(str(row["name"]) for row in database.execute(f"PRAGMA table_info({table})"))
    missing = [name for name in _NEEDED[table] if name not in names]
    if missing:
        raise Unusable(
            f"{path.name}: the table {table} lacks {', '.join(missing)}, which every Isso has. Nothing was brought "
            "over. Give the database itself, not a part of it."
        )
    return names


def _key(database: sqlite3.Connection) -> str:
    """What tells this Isso from another one, and does not change: of its session key, a short mark."""
    try:
        row = database.execute("SELECT value FROM preferences WHERE key = 'session-key'").fetchone()
    except sqlite3.OperationalError:  # early ones have no such table
        row = None
    return hashlib.sha256(_text(row["value"]).encode()).hexdigest()[:8] if row else "site"


def _left(columns: dict[str, frozenset[str]], database: sqlite3.Connection, version: int) -> list[str]:
    told = []
    if {"likes", "dislikes"} <= columns["comments"]:
        row = database.execute("SELECT total(likes) AS likes, total(dislikes) AS dislikes FROM comments").fetchone()
        if row["likes"] or row["dislikes"]:
            told.append(f"{row['likes']:.0f} votes for comments and {row['dislikes']:.0f} against stay behind.")
    if version > _NEWEST:
        told.append(f"The database is of version {version}; {_NEWEST} is the newest that is known here. Look closely.")
    return told


def _reply(row: sqlite3.Row) -> OldReply:
    mode = row["mode"] if row["mode"] is not None else 1
    deleted = mode == _DELETED
    known = mode in _STATES or deleted
    html, source = as_written(_text(row["text"]))
    return OldReply(
        key=str(row["id"]),
        thread=str(row["tid"]),
        name=_unescaped(row["author"]),
        html=html,
        source=source,
        state=_STATES.get(mode, "pending") if isinstance(mode, int) else "pending",
        made=row["created"] if isinstance(row["created"], int | float) else None,
        parent=str(row["parent"] or ""),
        address="" if deleted else _unescaped(row["email"]).strip(),
        website=_unescaped(row["website"]).strip(),
        why_not="it was deleted there" if deleted else "",
        changes=() if known else ("its state is unknown, so it waits for a moderator",),
    )


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _unescaped(value: object) -> str:
    text = _text(value)
    for written, sign in _ENTITIES:
        text = text.replace(written, sign)
    return text
