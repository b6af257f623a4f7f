"""Our own export brought in: whole into an empty store; into any other, the comments that are not there yet."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from comments.actions.context import Context
from comments.actions.moving import Moved, is_empty, move_in
from comments.actions.transfer import Foreign
from comments.errors import NotFound, StoreProblem
from migrate.model import Site
from migrate.outcomes import ERASED, Entry, Ledger
from migrate.own.joining import Joiner
from migrate.own.reading import Lines, is_ours
from migrate.problems import Unusable
from migrate.sources.job import Job, Kind, Peek, Told
from migrate.text.findings import Finding
from publication.items import read_all

_STAYS = "this store has a conversation of its own; only comments join it"
_NO_ADDRESSES = (
    "The file holds no e-mail addresses, so nobody who wrote can be written to or known again. With them: "
    "python3 tasks.py export --with-addresses, where it comes from."
)


def recognises(peek: Peek) -> bool:
    """Whether it is JSON Lines of ours."""
    return is_ours(peek.data)


def bring(job: Job) -> Told:
    """Read the file to its end, and only then put it into the store.

    :raise Unusable: it is not whole, or contradicts itself. Nothing has changed then.
    """
    if len(job.files) > 1:
        raise Unusable("An export of Practice Notes is one file. Give them one after the other.")
    path = job.files[0]
    size = path.stat().st_size
    told, lines = Told(), Lines(path, lambda read: job.progress("Reading", read, size))
    texts = {item.id for item in read_all(job.content, job.settings).texts}
    lost: Counter[str] = Counter()
    for row in lines.rows():
        if row.kind == "comment" and row.values["source"] and row.values["thread"] not in texts:
            lost[row.values["thread"]] += 1
        told.ledger.add(_entry(row, lines.line))
        told.ledger.seal()
    told.site = Site(title="Practice Notes", url=lines.site)
    writing = Lines(path, lambda read: job.progress("Writing", read, size))
    with job.store() as ctx:
        if is_empty(ctx):
            _move(ctx, writing, job.settings.url)
        else:
            told.ledger = _join(ctx, writing, job.settings.url)
    _tell_lost(told.ledger, lost)
    if not lines.addresses:
        told.ledger.left.append(_NO_ADDRESSES)
    return told


def _tell_lost(ledger: Ledger, lost: Mapping[str, int]) -> None:
    """Say at each thread whose article is not here how many comments no page shows. ``lost`` counts them."""
    for entry in ledger.revising("thread"):
        number = lost.get(entry.source, 0)
        if number:
            stand = "1 comment stands" if number == 1 else f"{number} comments stand"
            what = (
                f"{stand} below “{entry.source}”, and no such article is here: no page shows them, but the desk does. "
                f"To show them, bring its file over into content/, with id: {entry.source}, and publish."
            )
            entry.findings.append(Finding("unmatched", what))


def _move(ctx: Context, lines: Lines, here: str) -> None:
    try:
        move_in(ctx, _with_origins(lines, here))
    except (NotFound, StoreProblem) as error:
        if isinstance(error, StoreProblem) and "CONSTRAINT" not in str(error):
            raise  # a full disk, say
        raise Unusable(
            f"{lines.path.name}, up to line {lines.line}: its rows contradict one another, so nothing was brought in. "
            f"({error}) Export it again from where it comes from."
        ) from error


def _with_origins(lines: Lines, here: str) -> Iterator[Moved]:
    """The rows; from another site, with what makes a second run find the comments, even those erased since."""
    for row in lines.rows():
        yield row
        if row.kind == "comment" and lines.site != here:
            number = row.values["id"]
            yield Moved(
                "origin", {"source": _source(lines.site), "key": str(number), "comment": number, "number": None}
            )


def _source(site: str) -> str:
    return f"practice-notes:{site}"


def _join(ctx: Context, lines: Lines, here: str) -> Ledger:
    """Comments thread by thread, one transaction for each: what is there stays as it is."""
    joiner = Joiner(ctx, "")
    addresses: dict[int, str] = {}
    for kind, rows in groupby(lines.rows(), key=lambda row: row.kind):
        if kind == "comment":
            joiner.source = _source(lines.site)
            given = ctx.store.get_own_numbers() if lines.site == here else 0
            for thread, group in groupby(rows, key=lambda row: str(row.values["thread"])):
                joiner.join(thread, list(_chosen(ctx, group, lines, addresses, given, joiner.ledger)))
            continue
        for row in rows:
            if kind == "person" and row.values.get("address"):
                addresses[row.values["id"]] = row.values["address"]
            entry = joiner.ledger.add(_entry(row, lines.line))
            entry.outcome, entry.why = "skipped", [_STAYS]
            joiner.ledger.seal()
    return joiner.ledger


def _chosen(
    ctx: Context, rows: Iterable[Moved], lines: Lines, addresses: Mapping[int, str], given: int, ledger: Ledger
) -> Iterator[tuple[Entry, Foreign]]:
    """The comments of one thread that can join. Numbers up to ``given`` are this site's own: what lacks was erased."""
    for row in rows:
        entry = _entry(row, lines.line)
        if not row.values["source"]:
            entry.outcome, entry.why = "skipped", ["it was erased there, and only kept a place for its answers"]
            ledger.add(entry)
        elif row.values["id"] <= given and not _exists(ctx, row.values["id"]):
            entry.outcome, entry.why = "kept", [ERASED]
            ledger.add(entry)
        else:
            if row.values["edits"] or row.values["proposed"] is not None:
                entry.change("its earlier and proposed versions stayed behind, as this store has its own conversation")
            yield entry, _foreign(row, addresses.get(row.values["person"], ""))


def _exists(ctx: Context, number: int) -> bool:
    try:
        ctx.store.get_comment(number)
    except NotFound:
        return False
    return True


def _foreign(row: Moved, address: str) -> Foreign:
    of = row.values
    return Foreign(
        key=str(of["id"]),
        name=of["name"],
        html=of["html"],
        source=of["source"],
        state=of["state"],
        made=of["created"],
        parent=str(of["parent"]) if of["parent"] is not None else "",
        address=address,
        website=of["website"],
        number=of["id"],
    )


_TITLES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "account": itemgetter("name"),
    "listing": lambda of: f"{of['list']}, a {of['kind']}",
    "person": lambda of: f"person {of['id']}",
    "thread": itemgetter("id"),
    "comment": lambda of: f"{of['name'] or 'Anonymous'}, {of['thread']}",
    "subscription": lambda of: f"letters about comment {of['comment']}",
    "act": lambda of: f"{of['actor']}, {of['action']}",
    "origin": lambda of: f"{of['source']}, {of['key']}",
    "brake": itemgetter("why"),
    "numbers": lambda _: "the highest numbers given",
}


def _entry(row: Moved, line: int) -> Entry:
    title = str(_TITLES[row.kind](row.values))[:120]
    return Entry(row.kind, str(row.values.get("id", "")), title, "imported", line=line)


KIND = Kind("Practice Notes", recognises, bring)
