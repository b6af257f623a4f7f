"""Posting must not become slower as threads and the store grow: the same comment beside few others and beside many."""

import itertools
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.accepting import TEXT, verdict
from benchmarks.installed import install
from comments import markup
from comments.actions import submit
from comments.actions.context import Context
from comments.app import make_service
from comments.model import Draft, NewComment, State
from comments.runtime import open_runtime, read_settings
from comments.store.base import Store

SHORT, LONG = "silence-in-text", "text-chat-video"
IN_LONG, IN_STORE = 10_000, 50_000
ELSEWHERE = 40  # threads the others are spread over
ROUNDS = 400
LONG_LIMIT, FULL_LIMIT = 1.3, 1.2
STATES: tuple[State, State] = ("pending", "approved")
START = datetime(2026, 1, 1, tzinfo=UTC)

numbers = itertools.count(1)


def measure(folder: Path) -> Iterator[str]:
    """Milliseconds to post to a short and to a long thread, in an empty and in a full store; then the ratios."""
    with ExitStack() as stack:
        empty, full = (installed(stack, folder / name) for name in ("empty", "full"))
        fill(full.store)
        places = {"an empty store": (empty, SHORT), "a short thread": (full, SHORT), "a long thread": (full, LONG)}
        times: dict[str, list[float]] = {name: [] for name in places}
        for _ in range(ROUNDS):  # by turns, so that whatever else the machine does meets all of them
            for name, (ctx, thread) in places.items():
                times[name].append(post(ctx, thread))
    middle = {name: statistics.median(values) for name, values in times.items()}
    for name, milliseconds in middle.items():
        yield f"in {name}: {milliseconds:.2f} ms"
    ratio = middle["a long thread"] / middle["a short thread"]
    yield verdict(f"thread of {IN_LONG:,} comments beside one of 1", ratio, most=LONG_LIMIT)
    ratio = middle["a short thread"] / middle["an empty store"]
    yield verdict(f"store of {IN_STORE:,} comments beside an empty one", ratio, most=FULL_LIMIT)


def installed(stack: ExitStack, folder: Path) -> Context:
    folder.mkdir()
    runtime = stack.enter_context(open_runtime(read_settings(install(folder))))
    return make_service(runtime, development=False).context


def fill(store: Store) -> None:
    """Each comment from a person of its own, with browser, address, events and record."""
    html = markup.render(TEXT.format(number=0))
    for first in range(0, IN_STORE, 1000):
        with store.write():
            for number in range(first, first + 1000):
                add(store, number, html)
    store.checkpoint()


def add(store: Store, number: int, html: str) -> None:
    thread = LONG if number < IN_LONG else SHORT if number == IN_LONG else f"elsewhere-{number % ELSEWHERE}"
    at, mark = START + timedelta(minutes=number), number.to_bytes(32)
    person = store.add_person(at, mark)
    store.set_address(person, mark + mark, mark)
    text, state = TEXT.format(number=-number), STATES[number % 2]
    new = NewComment(thread, f"Reader {number}", text, html, markup.VERSION, state, at, person=person)
    comment = store.add_comment(new)
    store.add_audit(at, "commenter", "submit", comment=comment, thread=thread)
    store.add_events((mark, mark[::-1]), at)


def post(ctx: Context, thread: str) -> float:
    """Milliseconds until one more comment is committed and synced."""
    manifest, number = ctx.manifest(), next(numbers)
    draft = Draft(thread, TEXT.format(number=number), f"Writer {number}", f"writer{number}@example.org")
    token = submit.form_token(ctx, thread)
    start = time.perf_counter()
    submit.submit(
        ctx, draft, manifest=manifest, entry=manifest.threads[thread], browser=None, ip="192.0.2.7", token=token
    )
    return (time.perf_counter() - start) * 1000
