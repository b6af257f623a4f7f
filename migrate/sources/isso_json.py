"""The JSON that Isso itself reads: a list of pages, each with its comments."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from migrate.model import Site
from migrate.problems import Unusable
from migrate.sources.archive import Archive, OldReply, OldThread, Spool, seconds
from migrate.sources.job import Peek, Step
from migrate.sources.markdown import as_written

_BEGIN = re.compile(rb"""\s*\[\s*\{[^{}]*?"(?:comments"\s*:\s*\[|(?:id|title)"\s*:)""")
_NAMED = b'"comments"'
_LARGEST = 100_000_000  # bytes: it can only be read at once
_SOURCE = "isso:json"
_CURE = 'Each page is {"id": …, "title": …, "comments": [{"id": …, "text": …, "author": …, "created": …}]}.'


def recognises(peek: Peek) -> bool:
    """Whether the file begins as a list of pages with comments."""
    data = peek.data.removeprefix(b"\xef\xbb\xbf")
    return bool(_BEGIN.match(data)) and _NAMED in data


@contextmanager
def read(path: Path, step: Step) -> Iterator[Archive]:
    """The whole file.

    :raise Unusable: it is damaged, too large, or says something else.
    """
    spool = Spool()
    try:
        archive = _archive(path, spool)
        step(path.stat().st_size)
        yield archive
    finally:
        spool.close()


def _archive(path: Path, spool: Spool) -> Archive:
    threads = []
    for at, page in enumerate(_pages(path), 1):
        where = f"{path.name}, page {at}"
        comments = page.get("comments") if isinstance(page, dict) else None
        if not isinstance(comments, list) or not _text(page, "id"):
            raise Unusable(f"{where}: it has no id or no comments. {_CURE}")
        thread = OldThread(_text(page, "id"), _SOURCE, (_text(page, "id"),), _text(page, "title"), line=at)
        threads.append(thread)
        for number, told in enumerate(comments, 1):
            if not isinstance(told, dict):
                raise Unusable(f"{where}, comment {number}: there is no comment in it. {_CURE}")
            spool.put(_reply(told, thread.key))
    return Archive(threads, spool.of, Site(title="Isso", version="Isso, JSON"))


def _pages(path: Path) -> list[Any]:
    if path.stat().st_size > _LARGEST:
        raise Unusable(
            f"{path.name} is larger than {_LARGEST:,} bytes. Give Isso's database (dbpath in isso.cfg) instead."
        )
    try:
        pages = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unusable(f"{path.name}, byte {error.start}: it is not in UTF-8. Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unusable(
            f"{path.name}{line}: this is no whole JSON. Either it breaks off there, or it is damaged."
        ) from error
    return pages if isinstance(pages, list) else []


def _reply(told: dict[str, Any], thread: str) -> OldReply:
    """Its numbers are only those of its page; two moments may be the same."""
    html, source = as_written(_text(told, "text"))
    number, parent = _text(told, "id"), _text(told, "parent")
    return OldReply(
        key=f"{thread} {number}" if number else "",
        thread=thread,
        name=_text(told, "author"),
        html=html,
        source=source,
        made=seconds(_text(told, "created")),
        parent=f"{thread} {parent}" if parent else "",
        address=_text(told, "email").strip(),
        website=_text(told, "website").strip(),
    )


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).encode("utf-8", "replace").decode()
    return ""
