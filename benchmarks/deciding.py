"""The desk over a store of 50,000 comments, 10,000 of them waiting: lists, search, a person, insights, with the act."""

import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.installed import install
from benchmarks.searching import WEIGHTS, words
from comments import markup
from comments.actions import accounts
from comments.app import create_app
from comments.model import NewComment, Reason, State
from comments.runtime import open_runtime, read_settings
from comments.store.base import Store
from comments.web.service import KEY

WAITING, PUBLISHED, SPAM, BIN = 10_000, 32_000, 5_000, 3_000
PEOPLE, BUSIEST = 8_000, 2_000  # so many people, and so many comments by the busiest of them
ROUNDS = 9
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SITE = "http://localhost:8000"
REASONS = {
    "first": Reason("first", "First comment from this person."),
    "links": Reason("links", "3 links; from 2 on a comment waits."),
    "held-word": Reason("held-word", "On the list of words to look at: “crystal”."),
}


def measure(folder: Path) -> Iterator[str]:
    """Lines with milliseconds of whole answers, through the app, and of the processor's own time."""
    environment = install(folder)
    with open_runtime(read_settings(environment), clock=lambda: NOW) as runtime:
        start = time.perf_counter()
        app = create_app(runtime, development=True)
        fill(runtime.store, sorted(app.extensions[KEY].context.manifest().threads))
        yield f"{runtime.store.count_comments()} comments stored in {time.perf_counter() - start:.0f} s"
        client = app.test_client()
        enter(client, accounts.sign_in_link(app.extensions[KEY].context, "Marta"))
        for name, path in pages(runtime.store).items():
            yield f"{name}: {timed(client, path)}"


def pages(store: Store) -> dict[str, str]:
    """What is asked for, by name."""
    deep = store.list_comments(state="pending", offset=WAITING - 100, limit=1)[0].id
    far = store.list_comments(state="approved", offset=PUBLISHED // 2, limit=1)[0].id
    common, usual = words("en")[0], words("en")[120]
    thread = store.get_comment(deep).thread
    return {
        "queue": "/desk/",
        "queue, the last pages": f"/desk/?after={deep}",
        "queue, one thread": f"/desk/?article={thread}",
        "queue, one reason": "/desk/?reason=held-word",
        "queue, all filters": f"/desk/?article={thread}&reason=links&person=1&since=2026-01-01&q={usual}",
        "one by one": "/desk/one-by-one/?at=9000",
        "published": "/desk/published/",
        "published, in the middle": f"/desk/published/?after={far}",
        "search, a word in half of all": f"/desk/published/?q={common}",
        "search, a usual word": f"/desk/published/?q={usual}",
        "search, two words": f"/desk/published/?q={common}+{usual}",
        "search, one letter": f"/desk/published/?q={common[0]}",
        "search, nothing": "/desk/?q=zzzz",
        "person": "/desk/writers/2/",
        f"person with {BUSIEST} comments": "/desk/writers/1/",
        "insights": "/desk/insights/",
    }


def timed(client: Any, path: str) -> str:
    taken, busy = [], []
    for _ in range(ROUNDS):
        start, process = time.perf_counter(), time.process_time()
        answer = client.get(path, base_url=SITE)
        taken.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - process) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    middle, most = statistics.median(taken), max(taken)
    return f"median {middle:.0f} ms, slowest {most:.0f}, processor {statistics.median(busy):.0f}"


def enter(client: Any, link: str) -> None:
    """Sign in as somebody at the desk."""
    page = client.get(link, base_url=SITE).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    origin = {"Sec-Fetch-Site": "same-origin", "Origin": SITE, "Referer": f"{SITE}{link}"}
    client.post(link, base_url=SITE, data={"csrf_token": token}, headers=origin)


def fill(store: Store, threads: list[str]) -> None:
    """A store as two busy years would leave it."""
    source = random.Random(3)
    vocabulary = words("en")
    amounts: dict[State, int] = {"pending": WAITING, "approved": PUBLISHED, "spam": SPAM, "trash": BIN}
    states = [state for state, amount in amounts.items() for _ in range(amount)]
    source.shuffle(states)
    with store.write():
        people = [store.add_person(NOW, None) for _ in range(PEOPLE)]
        for person in people:
            store.set_address(person, b"sealed", str(person).encode())
        for number, state in enumerate(states):
            person = people[0] if number % (len(states) // BUSIEST) == 0 else people[1 + number % (PEOPLE - 1)]
            add(store, source, vocabulary, NOW - timedelta(minutes=20 * (len(states) - number)), state, person, threads)
    store.checkpoint()


def add(
    store: Store,
    source: random.Random,
    vocabulary: list[str],
    at: datetime,
    state: State,
    person: int,
    threads: list[str],
) -> None:
    text = " ".join(source.choices(vocabulary, cum_weights=WEIGHTS, k=source.randint(20, 120)))
    keys = source.choices((("first",), ("links",), ("first", "links"), ("held-word",), ()), (40, 10, 10, 2, 38))[0]
    came = NewComment(
        thread=threads[int(source.paretovariate(1)) % len(threads)],
        name=" ".join(source.choices(vocabulary[200:3000], k=2)).title(),
        source=text,
        html=f"<p>{text}</p>",
        markup=markup.VERSION,
        state="pending" if keys else state,
        created=at,
        person=person,
        reasons=tuple(REASONS[key] for key in keys),
        digest=str(at),
    )
    comment = store.add_comment(came)
    store.add_audit(at, "commenter", "submit", comment=comment, thread=came.thread, detail={"state": came.state})
    if came.state != state:
        decided = at + timedelta(minutes=source.lognormvariate(5, 1.5))
        store.set_state(comment, state, decided)
        verb = {"approved": "approve", "spam": "spam", "trash": "trash"}[state]
        detail: dict[str, object] = {"from": "pending", "to": state}
        store.add_audit(decided, "Marta", verb, comment=comment, thread=came.thread, detail=detail)
