"""The export for Disqus brought in again: its comments, each below the article that its thread is named after."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from comments.actions.context import Context
from migrate.model import Item
from migrate.replies import Replies
from migrate.sources.job import Job, Kind, Peek, Told
from migrate.wxr.reader import Reader
from publication.load import load

_OURS = re.compile(rb"<rss\b[^>]*\sxmlns:dsq=")


def recognises(peek: Peek) -> bool:
    """Whether it is WXR with names of Disqus's."""
    return _OURS.search(peek.data[:4096]) is not None


def bring(job: Job) -> Told:
    """Read the files to their ends, and only then add the comments that are not there yet.

    :raise Unusable: one cannot be read. Nothing has changed then.
    """
    told = Told()
    for path in job.files:
        told.dropped += _read(job, path, "Reading", lambda item: None, told)
    with job.store() as ctx:
        _take(job, ctx, told)
    return told


def _take(job: Job, ctx: Context, told: Told) -> None:
    publication = load(job.content, job.settings, job.now)
    paths = {article.id: article.path for article in publication.articles}
    paths |= {text.id: text.path for text in publication.hidden}
    replies = Replies(ctx, "practice-notes:disqus", told.ledger, lambda: job.now)

    def one(item: Item) -> None:
        thread = item.identifier if item.identifier in paths else ""
        replies.take(item, thread, is_article=True, url=paths.get(thread, ""))

    for path in job.files:
        _read(job, path, "Comments", one, told)
    replies.store()


def _read(job: Job, path: Path, what: str, on_item: Callable[[Item], None], told: Told) -> int:
    reader = Reader(path, job.settings.timezone)
    reader.on_item = on_item
    dropped = reader.run(partial(_show, job, what, path.stat().st_size))
    told.site = reader.site
    return dropped


def _show(job: Job, what: str, size: int, read: int) -> None:
    job.progress(what, read, size)


KIND = Kind("an export for Disqus", recognises, bring)
