"""The servers that a benchmark compares: ours, a bare Flask app, and Isso from PyPI, each a process with its store."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.installed import ROOT
from comments.store.sqlite import open_store

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "practice-notes" / "benchmarks"
TICKS = os.sysconf("SC_CLK_TCK")

# One insert a request and nothing else, with our durability.
FLOOR = """
import logging, os, sqlite3, sys, threading
from flask import Flask, request
app, local = Flask("floor"), threading.local()
def store():
    if not hasattr(local, "db"):
        local.db = sqlite3.connect(os.environ["FLOOR"], timeout=30, isolation_level=None)
        local.db.executescript("pragma journal_mode=wal; pragma synchronous=full")
    return local.db
@app.post("/")
def add():
    store().execute("insert into comments (t) values (?)", [request.form["comment"]])
    return "ok", 201
if __name__ == "__main__":
    from waitress import serve
    logging.getLogger("waitress").setLevel(logging.ERROR)
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=8, _quiet=True)
"""

ISSO = """[general]
dbpath = {folder}/isso.db
host = http://localhost:{port}/
[moderation]
enabled = true
[guard]
enabled = false
[server]
listen = http://localhost:{port}
"""


@dataclass(frozen=True)
class Server:
    """A running server, and the file whose table ``comments`` grows with every accepted comment."""

    port: int
    process: subprocess.Popen[bytes]
    store: Path

    def count(self) -> int:
        """Rows in the table."""
        with closing(sqlite3.connect(f"{self.store.as_uri()}?mode=ro", uri=True, timeout=30)) as store:
            return int(store.execute("select count(*) from comments").fetchone()[0])

    def cpu(self) -> float:
        """Seconds of processor time, user and system, of all its processes so far."""
        fields = (Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in self._family())
        return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS

    def memory(self) -> float:
        """Proportional set size in MB, of all its processes now."""
        kilobytes = 0
        for process in self._family():
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                kilobytes += int(line.split()[1]) if line.startswith("Pss:") else 0
        return kilobytes / 1000

    def _family(self) -> list[int]:
        found = [self.process.pid]
        for parent in found:
            for thread in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        return found


@contextmanager
def ours(environment: Mapping[str, str], port: int) -> Iterator[Server]:
    """Our service over an installation made by ``installed.install``."""
    command = [sys.executable, "-m", "comments", "serve", "--host", "localhost", "--port", str(port)]
    with _running(command, environment, port) as process:
        yield Server(port, process, Path(environment["PN_VAR"]) / "store.db")


@contextmanager
def floor(folder: Path, peers: Path | None = None) -> Iterator[Server]:
    """A bare Flask endpoint under the server that we use, or with ``peers`` under gunicorn's two processes."""
    port, name = free_port(), "floor" if peers is None else "floor_of_two"
    store, program = folder / f"{name}.db", folder / f"{name}.py"
    program.write_text(FLOOR)
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("create table comments (t text)")
    command = [sys.executable, str(program), str(port)]
    if peers is not None:
        command = [str(peers / "bin" / "gunicorn"), "-b", f"127.0.0.1:{port}", "-w", "2", f"{name}:app"]
    environment = {**os.environ, "FLOOR": str(store), "PYTHONPATH": str(folder)}
    with _running(command, environment, port) as process:
        yield Server(port, process, store)


@contextmanager
def the_least(folder: Path) -> Iterator[Server]:
    """What every accepted comment needs, and nothing of ours but the schema: see ``benchmarks/least.py``."""
    port, store = free_port(), folder / "least" / "store.db"
    open_store(store, create=True).close()
    command = [sys.executable, "-m", "benchmarks.least", str(port)]
    with _running(command, {**os.environ, "LEAST": str(store)}, port) as process:
        yield Server(port, process, store)


def install_peers() -> Path | None:
    """The folder of a virtual environment with Isso, gunicorn and Flask, made once in the cache; None where it cannot
    be had."""
    place = CACHE / "peers"
    if not (place / "bin" / "isso").exists():
        uv = shutil.which("uv")
        make = [uv, "venv", "-q", str(place)] if uv else [sys.executable, "-m", "venv", str(place)]
        python = str(place / "bin" / "python")
        pip = [uv, "pip", "install", "-q", "--python", python] if uv else [python, "-m", "pip", "install", "-q"]
        for command in (make, [*pip, "isso", "gunicorn", "flask", "setuptools<81"]):
            if subprocess.run(command, capture_output=True, check=False).returncode:
                shutil.rmtree(place, ignore_errors=True)
                return None
    return place


@contextmanager
def isso(place: Path, folder: Path) -> Iterator[Server]:
    """Isso under the server that its documentation recommends; moderation on, its guard against floods off."""
    port, settings = free_port(), folder / "isso.cfg"
    settings.write_text(ISSO.format(folder=folder, port=port))
    gunicorn = [str(place / "bin" / "gunicorn"), "-b", f"127.0.0.1:{port}", "-w", "2", "--preload", "isso.run"]
    with _running(gunicorn, {**os.environ, "ISSO_SETTINGS": str(settings)}, port) as process:
        yield Server(port, process, folder / "isso.db")


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("a server for the benchmark ended before it answered")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
