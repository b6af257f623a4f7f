"""The formats, by the names that the command knows."""

from collections.abc import Callable, Iterator

from comments.actions import moving
from migrate.out import disqus, table, wordpress
from migrate.out.plan import Export
from migrate.out.telling import ALONE
from migrate.own import lines


def _lines(export: Export) -> Iterator[str]:
    store = export.ctx.store
    rows = export.watched(moving.read_all(export.ctx, addresses=export.addresses), store.count_moved())

    def counted() -> Iterator[moving.Moved]:
        for row in rows:
            if row.kind != "numbers":
                export.written[_NAMES[row.kind]] += 1
            yield row

    yield from lines.write(counted(), export.settings.url, export.now, addresses=export.addresses)


_NAMES = {
    "account": "accounts",
    "listing": "entries of the lists",
    "person": "people",
    "thread": "threads",
    "comment": "comments",
    "subscription": "subscriptions",
    "act": "rows of the record",
    "origin": "former numbers",
    "brake": ALONE,
}
FORMATS: dict[str, Callable[[Export], Iterator[str]]] = {
    "jsonl": _lines,
    "wordpress": wordpress.write,
    "disqus": disqus.write,
    "csv": table.write,
}
OF_TEXTS = ("wordpress", "disqus")
