"""Accepting comments: our service beside a bare Flask app that inserts one row, same server, same durability."""

import http.client
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.installed import ROOT, install

SECONDS = 4.0
THREAD = "silence-in-text"
FLOOR = """
import sqlite3, sys, threading
from flask import Flask, request
from waitress import serve
app, local = Flask("floor"), threading.local()
def store():
    if not hasattr(local, "db"):
        local.db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
        local.db.executescript("pragma journal_mode=wal; pragma synchronous=full")
        local.db.execute("create table if not exists c (t text)")
    return local.db
@app.post("/")
def add():
    store().execute("insert into c values (?)", [request.form["comment"]])
    return "ok", 201
@app.get("/")
def ready():
    return "ok"
serve(app, host="127.0.0.1", port=int(sys.argv[2]), threads=8, _quiet=True)
"""


def measure(folder: Path) -> Iterator[str]:
    """Lines with accepted comments a second and ratios, at 1 and 8 connections."""
    ours_port, floor_port = free_port(), free_port()
    environment = install(folder, ours_port)
    service = [sys.executable, "-m", "comments", "serve", "--host", "localhost", "--port", str(ours_port)]
    floor = [sys.executable, "-c", FLOOR, str(folder / "floor.db"), str(floor_port)]
    with running(service, environment, ours_port), running(floor, environment, floor_port):
        for connections in (1, 8):
            bare = rate(connections, lambda: Floor(floor_port))
            ours = rate(connections, lambda: Ours(ours_port))
            yield f"{connections} connections: ours {ours:.0f}/s, bare floor {bare:.0f}/s, ratio {ours / bare:.2f}"
            # Each of ours is two requests: the form token, then the comment.


class Client:
    def __init__(self, port: int, host: str) -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=30)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        self.connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = self.connection.getresponse()
        return answer.status, answer.read()


class Floor(Client):
    def __init__(self, port: int) -> None:
        super().__init__(port, "127.0.0.1")

    def __call__(self, number: int) -> bool:
        body = f"comment=Something+to+say+{number}"
        return self.ask("POST", "/", body, Content_Type="application/x-www-form-urlencoded")[0] == 201


class Ours(Client):
    def __init__(self, port: int) -> None:
        super().__init__(port, "localhost")
        self.origin = f"http://localhost:{port}"

    def __call__(self, number: int) -> bool:
        token = json.loads(self.ask("GET", f"/comments/{THREAD}/token")[1])["token"]
        fields = {"comment": f"Something to say {number}", "name": f"Reader {number}", "email": "reader@example.org"}
        body = json.dumps({**fields, "token": token})
        headers = {"Content_Type": "application/json", "Accept": "application/json", "Origin": self.origin}
        status, answer = self.ask("POST", f"/comments/{THREAD}", body, **headers)
        if status != 201:
            raise SystemExit(f"{status}: {answer.decode()}")
        return True


def rate(connections: int, make: Callable[[], Callable[[int], bool]]) -> float:
    """Accepted per second, by that many clients at once."""
    counts = [0] * connections
    end = time.monotonic() + SECONDS

    def work(index: int) -> None:
        client = make()
        while time.monotonic() < end:
            counts[index] += client(time.monotonic_ns())

    threads = [threading.Thread(target=work, args=(index,)) for index in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


@contextmanager
def running(command: list[str], environment: dict[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("a server for the benchmark ended before it answered")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
