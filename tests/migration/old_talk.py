"""Exports of other comment systems, written for each test."""

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from comments.model import Comment
from migrate.outcomes import Ledger
from migrate.sources.job import Job, Progress, Told
from migrate.sources.kinds import kind_of
from publication.settings import from_file
from tests.migration.conftest import NOW, ROOT, Desk


def quiet(_what: str, _done: int, _total: int) -> None:
    """Whoever does not want to hear how far it is."""


def bring(desk: Desk, *files: Path, urls: Path | None = None, dry: bool = False, progress: Progress = quiet) -> Told:
    """As the command does."""
    kind = kind_of(files)
    assert kind is not None
    settings = from_file(ROOT / "pelicanconf.py")
    return kind.bring(Job(files, desk.content, desk.folder / "var", settings, NOW, desk.store, progress, dry, urls))


def stored(desk: Desk) -> list[Comment]:
    """All comments in the store."""
    with desk.store() as ctx:
        return list(ctx.store.iterate_comments())


def outcomes(ledger: Ledger, kind: str = "comment") -> dict[str, tuple[str, str]]:
    """Outcome and first reason of every item of a kind, by its key there."""
    return {
        entry.source: (entry.outcome, entry.why[0] if entry.why else "")
        for entry in ledger.entries
        if entry.kind == kind
    }


# -- Disqus ---------------------------------------------------------------------------------------------------------

DISQUS_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" '
    'xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    '<category dsq:id="1"><forum>oldnotes</forum><title>General</title></category>\n'
)


def disqus(path: Path, *parts: str) -> Path:
    """An export of Disqus; packed when its name says so."""
    text = DISQUS_HEAD + "".join(parts) + "</disqus>"
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def thread(number: int, link: str = "https://old.example/2019/05/first/", **fields: str) -> str:
    usual = {"id": "", "forum": "oldnotes", "link": link, "title": f"Page {number}", "message": ""}
    usual |= {"createdAt": "2019-05-02T10:00:00Z", "isClosed": "false", "isDeleted": "false"} | fields
    told = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in usual.items())
    return f'<thread dsq:id="{number}">{told}<author><email>owner@secret.example</email></author></thread>\n'


def post(number: int, below: int = 1, text: str = "<p>A reply.</p>", parent: int = 0, **fields: str) -> str:
    author = {"email": f"reader{number}@secret.example", "name": f"Reader {number}", "isAnonymous": "true"}
    author |= {name: fields.pop(name) for name in list(fields) if name in author}
    usual = {"id": "", "createdAt": f"2019-05-03T10:{number % 60:02}:00Z", "isDeleted": "false", "isSpam": "false"}
    told = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in (usual | fields).items())
    who = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in author.items())
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    return (
        f'<post dsq:id="{number}"><message><![CDATA[{text}]]></message>{told}<author>{who}</author>'
        f'<ipAddress>192.0.2.7</ipAddress><thread dsq:id="{below}"/>{above}</post>\n'
    )


# -- Isso -----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "tid",
    "id",
    "parent",
    "created",
    "modified",
    "mode",
    "remote_addr",
    "text",
    "author",
    "email",
    "website",
    "likes",
    "dislikes",
    "voters",
    "notification",
)


def isso(path: Path, *rows: dict[str, Any], uris: tuple[str, ...] = ("/2019/05/first/",), version: int = 5) -> Path:
    """A database as Isso makes them; ``version`` 0 is one of the first, without session key and notifications."""
    columns = COLUMNS if version > 3 else COLUMNS[:-1]
    database = sqlite3.connect(path)
    with database:
        database.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256))")
        database.execute(
            f"CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, {', '.join(columns[2:])})"
        )
        if version:
            database.execute("CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR)")
            database.execute("INSERT INTO preferences VALUES ('session-key', 'c0ffee')")
        database.executemany(
            "INSERT INTO threads VALUES (?, ?, ?)", [(at, uri, f"Page {at}") for at, uri in enumerate(uris, 1)]
        )
        for row in rows:
            marks = ", ".join("?" * len(columns))
            database.execute(f"INSERT INTO comments VALUES ({marks})", [row.get(name) for name in columns])
        database.execute(f"PRAGMA user_version = {version}")
    database.close()
    return path


def row(number: int, text: str | None = "A reply.", **fields: Any) -> dict[str, Any]:
    """One comment of an Isso database."""
    usual = {"tid": 1, "id": number, "created": 1556877600.5 + number, "mode": 1, "remote_addr": "192.0.2.0"}
    usual |= {"text": text, "author": f"Reader {number}", "email": f"reader{number}@secret.example"}
    return usual | {"likes": 0, "dislikes": 0, "voters": b"\x00" * 256, "notification": 0} | fields


# -- Remark42 -------------------------------------------------------------------------------------------------------

FIRST = {
    "version": 1,
    "users": [{"id": "u1", "verified": True, "details": {"user_id": "u1", "email": "who@secret.example"}}],
    "posts": [{"url": "https://old.example/2019/05/first/", "read_only": False}],
}


def remark42(path: Path, *told: dict[str, Any], first: dict[str, Any] | None = FIRST) -> Path:
    """A backup; packed when its name says so."""
    lines = [json.dumps(one, ensure_ascii=False) for one in ([first] if first else []) + list(told)]
    data = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def said(
    key: str, text: str = "<p>A reply.</p>", url: str = "https://old.example/2019/05/first/", **fields: Any
) -> Any:
    """One comment of a backup."""
    usual = {
        "id": key,
        "pid": "",
        "text": text,
        "user": {"name": f"Reader {key}", "id": "u1", "ip": "293ec5b0cf154855258824ec7fac5dc63d176915"},
        "locator": {"site": "oldnotes", "url": url},
        "score": 0,
        "votes": {},
        "time": "2019-05-03T10:00:00.123456789+02:00",
        "title": "Page 1",
    }
    return usual | fields
