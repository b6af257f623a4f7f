"""Comments of another system, from its export into the store: read whole, matched with the articles, then taken in."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from comments.actions.context import Context
from comments.actions.transfer import Taken, take_in
from migrate.matching import Matcher, Text
from migrate.outcomes import ERASED, Entry, Ledger
from migrate.sources.archive import Archive, OldReply, OldThread
from migrate.sources.job import Job, Step, Told
from migrate.sources.judge import Judged, judge
from migrate.text.findings import Finding

THREAD, COMMENT = "thread", "comment"
Read = Callable[[Path, Step], AbstractContextManager[Archive]]
_LONGEST_TITLE = 120


def bring(read: Read, job: Job) -> Told:
    """Take all comments in whose article is found; ``read`` knows the system. Nothing is stored before all is read.

    :raise Unusable: an export or the map of addresses cannot be used.
    """
    matcher = Matcher.read(job.content, job.settings, job.var, job.urls)
    told = Told()
    with ExitStack() as stack:
        archives = [stack.enter_context(one) for one in _readings(read, job)]
        ctx = stack.enter_context(job.store())
        total = sum(len(archive.threads) for archive in archives)
        shipment = _Shipment(matcher, told.ledger, ctx, job.now, partial(_show, job, total))
        for archive in archives:
            told.site = told.site if told.site.title else archive.site
            told.ledger.left += [one for one in archive.left if one not in told.ledger.left]
            told.dropped += archive.dropped
            shipment.take(archive)
    unused = matcher.urls.unused()
    if unused:
        lines = ", ".join(map(str, unused[:20])) + (" …" if len(unused) > 20 else "")
        told.ledger.left.append(f"Lines of {matcher.urls.name} whose old address nobody asked for: {lines}.")
    return told


@dataclass
class _Shipment:
    """Takes one export after the other."""

    matcher: Matcher
    ledger: Ledger
    ctx: Context
    now: datetime
    step: Callable[[int], None]
    _done: int = 0

    def take(self, archive: Archive) -> None:
        """All threads of ``archive``; those of one article together."""
        groups: dict[tuple[str, str], _Group] = {}
        lost: list[tuple[int, OldThread]] = []
        for thread in archive.threads:
            text = None if thread.why_not else self.matcher.find(thread.addresses)
            if text is None:
                lost.append((sum(1 for _ in archive.replies(thread.key)), thread))
            else:
                groups.setdefault((thread.source, text.id), _Group(thread.source, text)).threads.append(thread)
        for _number, thread in sorted(lost, key=lambda pair: -pair[0]):  # the most important first
            self._leave_out(thread, list(archive.replies(thread.key)))
            self._count()
        for group in groups.values():
            self._take_group(group, archive)

    def _count(self) -> None:
        self._done += 1
        self.step(self._done)

    def _leave_out(self, thread: OldThread, replies: list[OldReply]) -> None:
        why = thread.why_not or "no article here stands or stood at its address"
        entry = self._entry_of(thread, len(replies))
        entry.outcome, entry.why = "skipped", [why if replies or thread.why_not else f"{why}; nobody wrote below it"]
        for reply in replies:
            below = self._entry(reply, thread)
            below.outcome, below.why = "skipped", [reply.why_not or why]
        waiting = sum(not reply.why_not for reply in replies)
        if waiting and not thread.why_not:
            entry.findings.append(Finding("unmatched", self._advice(thread, waiting)))
        self.ledger.seal()

    def _advice(self, thread: OldThread, number: int) -> str:
        guess = self.matcher.guess(thread.addresses)
        address = thread.addresses[0] if thread.addresses else ""
        if not address:
            return f"{_several(number)} left out: the export does not say on which page they were."
        line = f'"{address}"' if "," in address else address
        new = guess.url if guess else "/address/of/the/article/"
        return (
            f"{_several(number)} left out, as no article was at {address}. "
            "To bring over what stood there, write into a file, and give it with --urls: "
            f"{line},{new}" + (" (if that is the one)" if guess else "")
        )

    def _take_group(self, group: "_Group", archive: Archive) -> None:
        pairs: list[tuple[OldReply, Entry]] = []
        parts: list[tuple[Entry, list[Entry]]] = []
        for thread in group.threads:
            replies = list(archive.replies(thread.key))
            entry = self._entry_of(thread, len(replies))
            entry.link = group.text.url
            for change in thread.changes:
                entry.change(change)
            here = [(reply, self._entry(reply, thread)) for reply in replies]
            parts.append((entry, [one for _, one in here]))
            pairs += here
            self._count()
        made = min((thread.made for thread in group.threads if thread.made), default=None)
        judged = {one.reply.key: one for one in judge(pairs, made, self.now) if one.foreign is not None}
        if group.text.kind != "article":
            for one in judged.values():
                one.entry.change("it is kept in the store; pages show no comments here")
        if judged:
            wanted = [one.foreign for one in judged.values() if one.foreign is not None]
            for taken in take_in(self.ctx, group.source, group.text.id, wanted):
                _note(taken, judged, group.text)
        for entry, below in parts:
            outcomes = {one.outcome for one in below}
            if "kept" in outcomes and outcomes <= {"kept", "skipped"}:
                entry.outcome, entry.why = "kept", []
        self.ledger.seal()

    def _entry_of(self, thread: OldThread, number: int) -> Entry:
        title = f"{thread.title or (thread.addresses or ('without an address',))[0]} ({_several(number)})"
        entry = Entry(THREAD, thread.key, _short(title), "imported", line=thread.line)
        return self.ledger.add(entry) if thread.listed else entry

    def _entry(self, reply: OldReply, thread: OldThread) -> Entry:
        title = f"{reply.name or 'Anonymous'}, {thread.title or (thread.addresses or ('lost',))[0]}"
        return self.ledger.add(Entry(COMMENT, reply.key, _short(title), "imported", line=reply.line))


@dataclass
class _Group:
    """The threads of one source that belong below one text."""

    source: str
    text: Text
    threads: list[OldThread] = field(default_factory=list)


def _note(taken: Taken, judged: Mapping[str, Judged], text: Text) -> None:
    entry = judged[taken.key].entry
    if taken.step == "taken":
        for why in taken.why:
            entry.change(why)
    else:
        entry.outcome, entry.why = "kept", [ERASED] if taken.step == "erased" else []
    if taken.comment and text.kind == "article":
        entry.link = f"{text.url}#comment-{taken.comment}"


def _readings(read: Read, job: Job) -> Iterable[AbstractContextManager[Archive]]:
    total = sum(path.stat().st_size for path in job.files)
    before = 0
    for path in job.files:
        yield read(path, partial(_read_on, job, before, total))
        before += path.stat().st_size


def _read_on(job: Job, before: int, total: int, read: int) -> None:
    job.progress("Reading", before + read, total)


def _show(job: Job, total: int, done: int) -> None:
    job.progress("Comments", done, total)


def _several(number: int) -> str:
    return "1 comment" if number == 1 else f"{number} comments"


def _short(title: str) -> str:
    return " ".join(title.split())[:_LONGEST_TITLE]
