"""Accepting comments: our service beside a bare Flask app that inserts one row, and beside Isso. All commits synced.

The bare app runs twice: under our own server in one process, and under gunicorn in two, as Isso does. Between it and
us stands the least that does what is asked of every comment: the floor of any service that keeps these promises.
"""

import itertools
import json
import os
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import servers
from benchmarks.installed import install
from benchmarks.load import Result, drive
from benchmarks.servers import Server
from comments.runtime import Runtime, open_runtime, read_settings

CLIENTS = (1, 8, 32)
ROUNDS = 5
SECONDS = 2.0
THREAD = "silence-in-text"
TEXT = (
    "We tried this for a month, and the *pause* did more than the question. Number {number} of our notes says: "
    "leave the silence to the other one, and write down what it did to you.\n\nThank you for putting it so plainly."
)
# Of each measure, what ours is asked to be: at least or at most so many times theirs, by number of clients.
RATES = {
    "bare floor": {1: 0.6, 8: 0.6, 32: 0.6},
    "bare floor, gunicorn": {1: 0.6, 8: 0.6, 32: 0.6},
    "Isso": {1: 2.0, 8: 2.0, 32: 1.2},
}
CPU_LIMIT = 3.0  # milliseconds per accepted comment
MEMORY_LIMIT = 60.0  # MB
TAIL = 0.5  # of Isso's 99th percentile, at 8 clients

numbers = itertools.count(1)


@dataclass
class Figures:
    """What was measured of one server with one number of clients, a value per round."""

    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    middle: list[float] = field(default_factory=list)
    tail: list[float] = field(default_factory=list)
    refused: int = 0

    def __str__(self) -> str:
        rate, cpu, middle, tail = map(statistics.median, (self.rate, self.cpu, self.middle, self.tail))
        refused = f", {self.refused} refused" if self.refused else ""
        return f"{rate:.0f}/s, p50 {middle:.1f} ms, p99 {tail:.1f} ms, CPU {cpu:.2f} ms each{refused}"


Table = dict[tuple[str, int], Figures]


@dataclass(frozen=True)
class Contestant:
    """A server, and how one comes to so many requests for it that each bring a new comment."""

    server: Server
    prepare: Callable[[int], Iterator[bytes]]
    must_take_all: bool = True


def measure(folder: Path) -> Iterator[str]:
    """Lines with accepted comments a second, the time of an answer, CPU and memory; then what is asked of us."""
    yield f"load of the machine before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} processors"
    port = servers.free_port()
    environment = install(folder, port)
    with ExitStack() as stack:
        runtime = stack.enter_context(open_runtime(read_settings(environment)))
        contestants = {
            "ours": Contestant(
                stack.enter_context(servers.ours(environment, port)), lambda count: our_requests(runtime, port, count)
            ),
            "the least": Contestant(
                stack.enter_context(servers.the_least(folder)), lambda count: our_requests(runtime, port, count)
            ),
            "bare floor": Contestant(stack.enter_context(servers.floor(folder)), floor_requests),
        }
        if place := servers.install_peers():
            two = stack.enter_context(servers.floor(folder, place))
            contestants["bare floor, gunicorn"] = Contestant(two, floor_requests)
            # It answers 500 now and then, when its store is locked: those are not counted as accepted.
            isso = stack.enter_context(servers.isso(place, folder))
            contestants["Isso"] = Contestant(isso, isso_requests, must_take_all=False)
        else:
            yield "Isso and gunicorn could not be installed (is there a package index?), so they are left out."
        table = compare(contestants)
        for (name, clients), figures in table.items():
            yield f"{clients:>2} clients: {name:<20} {figures}"
        memory = contestants["ours"].server.memory()
    for clients in CLIENTS:
        rates = {name: middle_of(table[name, clients].rate) for name in ("ours", "the least", "bare floor")}
        of_floor, of_least = rates["the least"] / rates["bare floor"], rates["ours"] / rates["the least"]
        yield f"{clients:>2} clients: the least is {of_floor:.2f} of the bare floor, ours {of_least:.2f} of the least"
    yield from verdicts(table, memory)


def compare(contestants: dict[str, Contestant]) -> Table:
    """The contestants by turns, so that whatever else the machine does meets all of them."""
    table: Table = defaultdict(Figures)
    for each in contestants.values():
        one_round(each, 8, Figures())  # to warm up
    for clients in CLIENTS:
        for _round in range(ROUNDS):
            for name, contestant in contestants.items():
                one_round(contestant, clients, table[name, clients])
    return table


def one_round(contestant: Contestant, clients: int, figures: Figures) -> None:
    server = contestant.server
    # The form's token is fetched when a writer comes to the form, long before the comment is sent.
    requests = contestant.prepare(int(3000 * SECONDS))
    before, cpu = server.count(), server.cpu()
    result = drive(server.port, requests, clients, SECONDS)
    accepted, cpu = server.count() - before, server.cpu() - cpu
    if contestant.must_take_all:
        check(result, accepted)
    figures.refused += result.refused
    figures.rate.append(accepted / result.seconds)
    figures.cpu.append(cpu / accepted * 1000)
    figures.middle.append(result.percentile(0.5))
    figures.tail.append(result.percentile(0.99))


def check(result: Result, accepted: int) -> None:
    if result.refused or accepted != len(result.times):
        raise SystemExit(f"{accepted} stored, {len(result.times)} accepted, refused: {result.example.decode()}")


def verdicts(table: Table, memory: float) -> Iterator[str]:
    """Each thing that is asked of us, and whether it is so."""
    for theirs, wanted in RATES.items():
        for clients, least in wanted.items():
            if (theirs, clients) in table:
                ratio = middle_of(table["ours", clients].rate) / middle_of(table[theirs, clients].rate)
                yield verdict(f"accepted per second beside {theirs}, {clients} clients", ratio, least=least)
    if ("Isso", 8) in table:
        ratio = middle_of(table["ours", 8].tail) / middle_of(table["Isso", 8].tail)
        yield verdict("p99 beside Isso, 8 clients", ratio, most=TAIL)
    for clients in CLIENTS:
        cpu = middle_of(table["ours", clients].cpu)
        yield verdict(f"CPU ms per accepted comment, {clients} clients", cpu, most=CPU_LIMIT)
    yield verdict("MB of memory after the load", memory, most=MEMORY_LIMIT)


def verdict(what: str, figure: float, *, least: float | None = None, most: float | None = None) -> str:
    """One line: the figure, what was asked, and whether it is so."""
    kept = (least is None or figure >= least) and (most is None or figure <= most)
    asked = f"at least {least:g}" if least is not None else f"at most {most:g}"
    return f"{'yes' if kept else 'NO '} {what}: {figure:.2f} ({asked})"


def middle_of(values: list[float]) -> float:
    return statistics.median(values)


# -- requests --------------------------------------------------------------------------------------------------------


def our_requests(runtime: Runtime, port: int, count: int, thread: str = THREAD) -> Iterator[bytes]:
    """As our script sends them: each from a writer who was never here, with a token of its own."""
    tokens = [runtime.tokens.sign("form", {"thread": thread}) for _ in range(count)]

    def requests() -> Iterator[bytes]:
        for token in tokens:
            number = next(numbers)
            fields = {"comment": TEXT.format(number=number), "name": f"Reader {number}", "token": token}
            body = json.dumps({**fields, "email": f"reader{number}@example.org", "website": ""})
            origin = f"Origin: http://localhost:{port}"
            yield post(f"/comments/{thread}", f"localhost:{port}", "application/json", body, origin)

    return requests()


def floor_requests(count: int) -> Iterator[bytes]:
    for _ in range(count):
        text = TEXT.format(number=next(numbers)).replace(" ", "+").replace("\n", "%0A")
        yield post("/", "localhost", "application/x-www-form-urlencoded", f"comment={text}")


def isso_requests(count: int) -> Iterator[bytes]:
    for _ in range(count):
        number = next(numbers)
        fields = {"text": TEXT.format(number=number), "author": f"Reader {number}", "title": "Silence in text"}
        body = json.dumps({**fields, "email": f"reader{number}@example.org", "website": None, "parent": None})
        yield post("/new?uri=%2Fsilence%2F", "localhost", "application/json", body)


def post(path: str, host: str, kind: str, body: str, *headers: str) -> bytes:
    """A request as it goes over the line."""
    content = body.encode()
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        "Accept: application/json",
        f"Content-Type: {kind}",
        f"Content-Length: {len(content)}",
        *headers,
    )
    return "\r\n".join((*lines, "", "")).encode() + content
