"""Comments for spreadsheets: a row each."""

import csv
import io
from collections.abc import Iterable, Iterator

from comments.model import Comment
from migrate.out.plan import Export
from migrate.own.cells import ADDRESS, COLUMNS, MARK, STATES, guarded


def write(export: Export) -> Iterator[str]:
    """The file, a row at a time."""
    yield MARK + _line((*COLUMNS, ADDRESS) if export.addresses else COLUMNS)
    store = export.ctx.store
    for comment in export.watched(store.iterate_comments(), store.count_comments()):
        if not comment.source:
            export.left["erased comments, of which nothing is left but their place"] += 1
            continue
        export.written["comments"] += 1
        cells = _cells(comment)
        yield _line((*cells, guarded(export.address_of(comment))) if export.addresses else cells)


def _cells(comment: Comment) -> tuple[str, ...]:
    return (
        str(comment.id),
        guarded(comment.thread),
        "" if comment.parent is None else str(comment.parent),
        STATES[comment.state],
        guarded(comment.name),
        guarded(comment.website),
        comment.created.isoformat(),
        guarded(comment.source),
    )


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue()
