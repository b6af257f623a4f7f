"""Remark42's backup, packed or not: a line of JSON about the site, then one for every comment."""

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
from migrate.sources.unpacked import Unpacked

_FIRST = re.compile(rb'\s*\{\s*"version"\s*:\s*[0-9]+\s*,\s*"(?:users|posts)"\s*:')
_COMMENT = re.compile(rb'\s*\{[^\n]*"locator"\s*:\s*\{')
_CHUNK = 1 << 18
_LONGEST = 32_000_000  # bytes of one line
_VERSIONS = (0, 1)
_AGAIN = "Make the backup again (remark42 backup --site=…), or take one that is older."
_READ_ONLY = "it was closed there; whether it is here, its article says (comments: closed) or the desk"


def recognises(peek: Peek) -> bool:
    """Whether the file begins as a backup does, or with a comment of one that lost its first line."""
    data = peek.data.removeprefix(b"\xef\xbb\xbf")
    return bool(_FIRST.match(data) or _COMMENT.match(data))


@contextmanager
def read(path: Path, step: Step) -> Iterator[Archive]:
    """The whole backup.

    :raise Unusable: it is damaged, or of a version that is not known.
    """
    spool = Spool()
    try:
        with Unpacked(path) as file:
            archive = _Reader(path, spool).run(_lines(path, file, step))
        yield archive
    finally:
        spool.close()


class _Reader:
    def __init__(self, path: Path, spool: Spool) -> None:
        self._path, self._spool = path, spool
        self._threads: dict[str, OldThread] = {}
        self._site = ""
        self._votes = self._users = self._addresses = 0

    def run(self, lines: Iterator[tuple[int, dict[str, Any]]]) -> Archive:
        left = []
        closed: set[str] = set()
        for number, told in lines:
            if number == 1 and "locator" not in told:
                closed = self._first(told)
                continue
            if number == 1:
                left.append(
                    "The backup's first line, which names the pages that were closed there, is missing: "
                    "its comments were read all the same."
                )
            self._spool.put(self._reply(told, number))
        for url in sorted(closed - {thread.addresses[0] for thread in self._threads.values()}):
            self._add(self._site, url, "")
        threads = [_closed(one) if one.addresses[0] in closed else one for one in self._threads.values()]
        if self._votes:
            left.append("1 vote stays behind." if self._votes == 1 else f"{self._votes} votes stay behind.")
        if self._users:
            people = "1 person" if self._users == 1 else f"{self._users} people"
            left.append(f"What was noted of {people} (verified, blocked, addresses) stays behind.")
        return Archive(threads, self._spool.of, Site(title=self._site, version="Remark42"), left)

    def _first(self, told: dict[str, Any]) -> set[str]:
        if told.get("version") not in _VERSIONS:
            raise Unusable(
                f"{self._path.name} is a backup of version {str(told.get('version'))[:20]}; known here is 1. {_AGAIN}"
            )
        users, posts = told.get("users") or [], told.get("posts") or []
        self._users = len(users) if isinstance(users, list) else 0
        posts = posts if isinstance(posts, list) else []
        return {_text(post, "url") for post in posts if isinstance(post, dict) and post.get("read_only") is True}

    def _add(self, site: str, url: str, title: str) -> str:
        key = f"{site} {url}"
        self._site = self._site or site
        known = self._threads.get(key)
        if known is None or (title and not known.title):
            self._threads[key] = OldThread(key, f"remark42:{site or 'site'}", (url,), title)
        return key

    def _reply(self, told: dict[str, Any], number: int) -> OldReply:
        user, place = _part(told, "user"), _part(told, "locator")
        self._votes += len(_part(told, "votes"))
        html, source = _text(told, "text"), ""
        if not html.strip():
            html, source = as_written(_text(told, "orig"))
        return OldReply(
            key=_text(told, "id"),
            thread=self._add(_text(place, "site"), _text(place, "url"), _text(told, "title")),
            name=_text(user, "name"),
            html=html,
            source=source,
            made=seconds(_text(told, "time")),
            parent=_text(told, "pid"),
            why_not="it was deleted there" if told.get("delete") is True else "",
            line=number,
        )


def _lines(path: Path, file: Unpacked, step: Step) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every line that is not empty, with its number."""
    number, rest = 0, b""
    while True:
        data = file.read(_CHUNK)
        step(file.place)
        *whole, rest = (rest + data).split(b"\n")
        for line in whole if data else [*whole, rest]:
            number += 1
            if line.strip():
                yield number, _object(path, number, line)
        if not data:
            return
        if len(rest) > _LONGEST:
            raise Unusable(f"{path.name}, line {number + 1}: it is longer than {_LONGEST:,} bytes. {_AGAIN}")


def _object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    where = f"{path.name}, line {number}"
    try:
        told = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unusable(f"{where}: it is not in UTF-8, as every backup is. {_AGAIN}") from error
    except (ValueError, RecursionError) as error:
        raise Unusable(
            f"{where}: this is no whole JSON. Either the file breaks off there, or it is damaged. {_AGAIN}"
        ) from error
    if not isinstance(told, dict):
        raise Unusable(f"{where}: there is no comment in it. {_AGAIN}")
    return told


def _part(told: dict[str, Any], name: str) -> dict[str, Any]:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _text(told: dict[str, Any], name: str) -> str:
    """A value as text that can be written anywhere: JSON may hold half characters."""
    value = told.get(name)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _closed(thread: OldThread) -> OldThread:
    return OldThread(thread.key, thread.source, thread.addresses, thread.title, changes=(_READ_ONLY,))
