"""Looks at every answer, every log line and every row after each case, and says what must not be there."""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from comments.checks import shape
from comments.model import Comment
from comments.web.logs import trace
from tests.product.traces import Traces
from tests.service.markup.policy import UNSEEN, breaches
from tests.service.web.house import House

# An address that is stored before the first case, and that no case types.
MAILBOX = "Zyxquill.Ferment+pn7@Quokkavine.example.org"
TRACES = Traces(MAILBOX, ("zyxquill", "ferment+pn7", "quokkavine"))
TRACEBACK = re.compile(r"Traceback|File \"/|line \d+, in |Unforeseen|werkzeug\.|sqlite3\.")


class Watch(logging.Handler):
    """One house under watch. After each case ask for its ``breaches``."""

    def __init__(self, house: House) -> None:
        super().__init__(logging.DEBUG)
        self.house = house
        self.seen = 0
        self.edits = 0
        self.cases = 0
        self.answers: Counter[int] = Counter()
        self.stored = 0
        self.lines: list[str] = []
        self.errors: list[str] = []
        logging.getLogger().addHandler(self)
        logging.getLogger("comments").setLevel(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        self.lines.append(line)
        if record.exc_info and record.exc_info[1]:
            self.errors.append(trace(record.exc_info[1]))

    def close(self) -> None:
        logging.getLogger().removeHandler(self)
        super().close()

    def breaches(self, answer: TestResponse, *typed: str) -> list[str]:
        """Sentences about this case. ``typed`` is what the case sent, which the answer may hand back to it."""
        self.cases += 1
        self.answers[answer.status_code] += 1
        found = [*self._in_answer(answer, "\n".join(typed)), *self._in_log(typed), *self._in_store()]
        self.lines.clear()
        self.errors.clear()
        return found

    def _in_answer(self, answer: TestResponse, typed: str) -> Iterator[str]:
        head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
        if answer.status_code >= 500:
            yield f"status {answer.status_code}"
        if TRACEBACK.search(answer.text) and not TRACEBACK.search(typed):
            yield f"a trace in the answer: {answer.text[-500:]}"
        if found := TRACES.find(head.encode() + b"\n\n" + answer.data):
            yield f"the address in the answer: {found}"
        for name in ("Content-Security-Policy", "X-Content-Type-Options"):
            if name not in answer.headers:
                yield f"no {name}"

    def _in_log(self, typed: tuple[str, ...]) -> Iterator[str]:
        yield from (f"a trace: {error}" for error in self.errors)
        for line in self.lines:
            if TRACEBACK.search(line):
                yield f"a trace in the log: {line}"
            if "@" in line or TRACES.find(line.encode()):
                yield f"an address in the log: {line!r}"
            if not line.isprintable():
                yield f"more than a line in the log: {line!r}"

    def _in_store(self) -> Iterator[str]:
        store = self.house.ctx.store
        newest = store.list_comments(newest_first=True, limit=1)
        if newest and newest[0].id > self.seen:
            for number in range(self.seen + 1, newest[0].id + 1):
                self.stored += 1
                yield from (f"comment {number}: {what}" for what in unfit(store.get_comment(number)))
            self.seen = newest[0].id

    def look_again(self) -> list[str]:
        """Everything in the store at once, changes included."""
        store = self.house.ctx.store
        found = [f"comment {each.id}: {what}" for each in store.iterate_comments() for what in unfit(each)]
        return found + store.check_integrity()


def unfit(comment: Comment) -> Iterator[str]:
    """What a row must not hold."""
    if comment.erased:
        return
    texts = [comment.source] if comment.proposed is None else [comment.source, comment.proposed]
    for text in texts:
        if len(text) > shape.COMMENT_LIMIT or not text.strip():
            yield f"{len(text)} characters"
        if UNSEEN.search(text) or unicodedata.normalize("NFC", text) != text:
            yield f"signs that hide or are not composed: {text!r}"
    if not comment.name or len(comment.name.encode()) > shape.NAME_LIMIT:
        yield f"the name {comment.name!r}"
    if "=?" in comment.name or "\n" in comment.name or UNSEEN.search(comment.name):
        yield f"a name for a header: {comment.name!r}"
    if comment.website:
        parts = urlsplit(comment.website)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or len(comment.website.encode()) > 200:
            yield f"the website {comment.website!r}"
    yield from breaches(comment.html)
