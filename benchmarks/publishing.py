"""From approval to page: one thread rendered and spliced, beside the bare cost of replacing the file safely."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.installed import install
from benchmarks.timing import median
from comments import markup
from comments.actions.publish import Publisher
from comments.model import NewComment
from comments.runtime import open_runtime, read_settings, utc_now
from comments.store.base import Store
from comments.thread.render import Renderer

THREAD = "text-chat-video"
TEXT = "We tried this for a month, and the *pause* did more than the question. " * 6
ROUNDS = 15
ARTICLES = 10_000
LIMIT = 150.0  # milliseconds from approval to page, for the longest of these threads


def measure(folder: Path) -> Iterator[str]:
    """Lines with milliseconds and ratios, for short and long threads."""
    environment = install(folder, articles=ARTICLES)
    with open_runtime(read_settings(environment)) as runtime:
        publisher = Publisher(runtime.var, runtime.store, Renderer(runtime.theme), utc_now)
        page = runtime.var / "current" / "public" / "2026" / THREAD / "index.html"
        for count in (10, 200, 1000):
            fill(runtime.store, count)
            ours = median(lambda: publish(publisher, runtime.store), ROUNDS)
            floor = median(lambda: replace(page), ROUNDS)
            yield f"{count} comments: ours {ours:.1f} ms, bare replacement {floor:.1f} ms, ratio {ours / floor:.1f}"
    answer = "yes" if ours <= LIMIT else "NO "
    yield f"{answer} 1,000 comments in a site of {ARTICLES:,} articles: {ours:.1f} ms (at most {LIMIT:g})"


def fill(store: Store, count: int) -> None:
    html = markup.render(TEXT)
    with store.write():
        for number in range(store.count_comments(thread=THREAD), count):
            parent = number if number % 3 == 2 else None
            moment = datetime(2026, 11, 1, tzinfo=UTC)
            new = NewComment(THREAD, f"Reader {number}", TEXT, html, markup.VERSION, "approved", moment, parent=parent)
            store.add_comment(new)


def publish(publisher: Publisher, store: Store) -> None:
    """Approve one comment and write the page, as the desk does."""
    newest = store.list_comments(thread=THREAD, newest_first=True, limit=1)[0]
    waiting = store.set_state(newest.id, "pending", utc_now())
    store.set_state(waiting.id, "approved", utc_now())
    publisher.publish(THREAD)


def replace(page: Path) -> None:
    content = page.read_bytes()
    temporary = page.with_suffix(".bench")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(page)
