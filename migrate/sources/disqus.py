"""Disqus's export: XML, often packed, in which threads and posts stand side by side in any order."""

import html
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from comments.model import State
from migrate.model import Site
from migrate.problems import Unusable
from migrate.sources.archive import Archive, OldReply, OldThread, Spool, seconds
from migrate.sources.job import Peek, Step
from migrate.sources.unpacked import Unpacked
from migrate.wxr.stream import Bytes, Stream

_ROOT = re.compile(r"(?>\s+|<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<disqus[\s>/]", re.DOTALL)
_NO_FORUM = "unnamed"
_CLOSED = "it was closed there; whether it is here, its article says (comments: closed) or the desk"
Fields = dict[str, str]


def recognises(peek: Peek) -> bool:
    """Whether the file begins as Disqus's do."""
    wide = peek.data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _ROOT.match(peek.data.decode("utf-16" if wide else "utf-8-sig", "replace")) is not None


@contextmanager
def read(path: Path, step: Step) -> Iterator[Archive]:
    """The whole export.

    :raise Unusable: it is damaged, or no export of Disqus.
    """
    spool = Spool()
    try:
        yield _Reader(path, spool).run(step)
    finally:
        spool.close()


class _Packed(Stream):
    """XML that may be packed."""

    again = "Export it again from Disqus (Moderation panel, Community, Export)."

    def __init__(self, reader: "_Reader", file: Unpacked) -> None:
        super().__init__(reader.path, reader.start, reader.end)
        self._file = file

    def opened(self) -> AbstractContextManager[Bytes]:
        return self._file


class _Reader:
    def __init__(self, path: Path, spool: Spool) -> None:
        self.path = path
        self._spool = spool
        self._threads: dict[str, Fields] = {}
        self._by_identifier: dict[str, str] = {}
        self._stack: list[str] = []
        self._fields: Fields = {}
        self._forum = ""
        self._line = 0

    def run(self, step: Step) -> Archive:
        with Unpacked(self.path) as file:
            stream = _Packed(self, file)
            stream.run(lambda _: step(file.place))
        if not self._threads and not self._spool.threads:
            raise Unusable(f"{self.path.name} holds no thread and no comment. {_Packed.again}")
        threads = [self._thread(key, fields) for key, fields in self._threads.items()]
        threads += [self._lost(key) for key in self._spool.threads if self._known(key) not in self._threads]
        aliases: dict[str, list[str]] = {}
        for key in self._spool.threads:
            aliases.setdefault(self._known(key), []).append(key)
        return Archive(
            threads,
            lambda key: (reply for alias in aliases.get(key, ()) for reply in self._spool.of(alias)),
            Site(title=self._forum, version="Disqus"),
            ["Network addresses stay behind; votes are in no export of Disqus."],
            stream.dropped,
        )

    def start(self, name: str, attributes: Fields, line: int) -> None:
        if not self._stack and name != "disqus":
            raise Unusable(f"{self.path.name} begins with <{name[:40]}>, so it is no export of Disqus.")
        self._stack.append(name)
        key = next((value for attribute, value in attributes.items() if attribute.endswith(":id")), "")
        if len(self._stack) == 2:
            self._fields, self._line = {"key": key}, line
        elif len(self._stack) == 3 and key:
            self._fields[f"{name}/key"] = key

    def end(self, name: str, text: str) -> None:
        self._stack.pop()
        if len(self._stack) == 2:
            self._fields[name] = text.strip()
        elif len(self._stack) == 3:
            self._fields[f"{self._stack[-1]}/{name}"] = text.strip()
        elif len(self._stack) == 1 and name == "thread":
            self._end_of_thread()
        elif len(self._stack) == 1 and name == "post":
            self._spool.put(self._reply(self._fields))

    def _end_of_thread(self) -> None:
        fields = {**self._fields, "line": str(self._line)}
        fields.pop("message", None)
        key = fields["key"] or fields.get("id") or f"line {self._line}"
        self._forum = self._forum or fields.get("forum", "")
        if key in self._threads:
            key, fields["twice"] = f"{key} in line {self._line}", "true"
        self._threads[key] = fields
        if fields.get("id"):
            self._by_identifier.setdefault(fields["id"], key)

    def _known(self, key: str) -> str:
        """The thread that a post names, by Disqus's number or by the site's own."""
        return key if key in self._threads else self._by_identifier.get(key, key)

    def _source(self, fields: Fields) -> str:
        return f"disqus:{fields.get('forum') or self._forum or _NO_FORUM}"

    def _thread(self, key: str, fields: Fields) -> OldThread:
        made = seconds(fields.get("createdAt", ""))
        return OldThread(
            key,
            self._source(fields),
            tuple(one for one in (fields.get("link", ""), _address_in(fields.get("id", ""))) if one),
            html.unescape(fields.get("title", "")),
            datetime.fromtimestamp(made, UTC) if made is not None and 0 < made < 1 << 33 else None,
            _why_not(fields),
            (_CLOSED,) if _is(fields, "isClosed") else (),
            line=int(fields["line"]),
        )

    def _lost(self, key: str) -> OldThread:
        return OldThread(key, self._source({}), (), why_not="its thread is not in the export", listed=False)

    def _reply(self, fields: Fields) -> OldReply:
        get = fields.get
        why_not = "it was deleted there" if _is(fields, "isDeleted") else ""
        why_not = "it is spam, Disqus says" if _is(fields, "isSpam") else why_not
        approved = get("isApproved", "true").lower() != "false"
        state: State = "approved" if approved else "pending"
        return OldReply(
            key=get("key") or (f"id {get('id')}" if get("id") else ""),
            thread=get("thread/key") or get("thread", ""),
            name=get("author/name") or get("author/username", ""),
            html=get("message", ""),
            state=state,
            made=seconds(get("createdAt", "")),
            parent=get("parent/key", ""),
            address=get("author/email", ""),
            website=get("author/link", "") or get("author/url", ""),
            why_not=why_not,
            line=self._line,
        )


def _why_not(fields: Fields) -> str:
    if _is(fields, "twice"):
        return "the export holds this thread twice"
    return "its thread was deleted there" if _is(fields, "isDeleted") else ""


def _address_in(identifier: str) -> str:
    """What a site called its thread, if that says where it was. WordPress's plugin wrote number and address."""
    last = identifier.split()[-1] if identifier else ""
    return last if "://" in last or last.startswith("/") or last == identifier else ""


def _is(fields: Fields, name: str) -> bool:
    return fields.get(name, "").lower() == "true"
