"""``serve``: builds, releases, runs the service and the desk, and follows every change until Ctrl-C."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from watchfiles import watch

from workshop.alarm import Alarm
from workshop.bootstrap import ROOT
from workshop.building import build_pages, one_at_a_time, release_site, run_module
from workshop.installation import current_manifest, current_number, is_held, var

USUAL_PORT = 8000
SITE_SOURCES = [ROOT / name for name in ("content", "theme", "plugins", "publication", "pelicanconf.py")]
SERVICE_SOURCES = [ROOT / "comments"]
# Written by us before a build, not by an editor.
OWN = ROOT / "content" / "addresses.yml"
# Milliseconds between two looks at the clock.
TICK = 250


def serve_all(host: str, wanted: str) -> int:
    """Serve on ``host`` until Ctrl-C, on the port ``wanted`` ("" for the usual one). Returns an exit code."""
    try:
        port = choose_port(host, read_port(wanted))
    except ValueError:
        print(f"“{wanted}” is no port. Type a number from 1024 to 65535, or leave --port out.", file=sys.stderr)
        return 1
    except OSError:
        print(f"Port {wanted} is taken on {host}. Leave --port out and I take a free one.", file=sys.stderr)
        return 1
    stop_when_asked()
    try:
        with only_one():
            Bench(host, port).run()
    except AlreadyServing as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Everything is saved.")
    return 0


class AlreadyServing(Exception):
    """This publication is being served already; two would write over each other's pages."""


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the place of the one ``serve`` of this publication.

    :raise AlreadyServing: another one holds it.
    """
    var().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var() / "serve.lock").open("w") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = (
                "This publication is being served already, in another window. Use that one, or stop it with Ctrl-C."
            )
            raise AlreadyServing(message) from None
        yield


def read_port(typed: str) -> int:
    """The port as a number, 0 where none was typed.

    :raise ValueError: it is not the number of a port.
    """
    if not typed:
        return 0
    port = int(typed)
    if not 0 < port < 65536:
        raise ValueError(typed)
    return port


def choose_port(host: str, wanted: int) -> int:
    """The wanted port; without a wish the usual one, or a free one where that is taken.

    :raise OSError: the wanted port is taken.
    """
    if wanted:
        return free_port(host, wanted)
    try:
        return free_port(host, USUAL_PORT)
    except OSError:
        port = free_port(host, 0)
        print(f"Port {USUAL_PORT} is taken, so this is on {port}.")
        return port


def free_port(host: str, port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])


def address(host: str, port: int) -> str:
    """The address to print: with all interfaces open, the one a phone in the same network can reach."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = own_address()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent, the system picks the interface
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def stop_when_asked() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)  # said aloud: a shell starts what it puts in the background deaf to Ctrl-C


class Bench:
    """One run of ``serve``: the service as a child process, builds and releases as they are needed."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.url = address(host, port)
        self.service: subprocess.Popen[bytes] | None = None
        self.alarm = Alarm(lambda: datetime.now(UTC), current_manifest, is_held)

    def run(self) -> None:
        fresh = not (var() / "store.db").exists()
        changes = watch_sources()
        next(changes)  # from here on no save is missed, not even one during the first build
        ready = self.rebuild()
        if not ready:
            print("\nNothing can be shown yet. Mend the files named above; I try again at every save.")
        with self.stopping():
            if ready:
                self.start(fresh)
            self.follow(changes, fresh and not ready)

    def rebuild(self, expecting: int | None = None) -> bool:
        """Build and release; False when the content has problems (readers keep what they had).

        ``expecting`` is the release that readers see, where nobody asked for another one: if somebody puts a different
        one before them meanwhile, that one stays.
        """
        print("Building the site …", flush=True)
        with one_at_a_time():
            done = build_pages(self.url)
            # The open page shows them too: an editor looks there, not here.
            (var() / "problems.txt").write_text(done.said if done.code else "", encoding="utf-8")
            if done.code:
                print(done.said.strip(), flush=True)
            built = done.code == 0 and release_site(expecting) == 0
        self.alarm.tried(well=built)
        return built

    def start(self, fresh: bool) -> None:
        if fresh:
            run_module("comments", "load-examples")
        self.start_service()
        print(f"\n  Site   {self.url}/", flush=True)
        run_module("comments", "sign-in", "Editor", "--create", "--brief")
        print("\nSave a file under content/ or theme/ and the open page follows. Ctrl-C stops.", flush=True)

    def start_service(self) -> None:
        command = [sys.executable, "-m", "comments", "serve", "--development"]
        command += ["--host", self.host, "--port", str(self.port)]
        self.service = subprocess.Popen(command, cwd=ROOT)
        while self.service.poll() is None and not self.answers():
            time.sleep(0.05)
        if self.service.poll() is not None:
            raise SystemExit(1)  # the service has said why

    def answers(self) -> bool:
        host = "localhost" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not bound
        try:
            socket.create_connection((host, self.port), timeout=0.2).close()
        except OSError:
            return False
        return True

    def follow(self, changes: Iterator[list[Path]], fresh: bool) -> None:
        """Rebuild at every change of a source and at every event of the clock; restart the service with its code."""
        for paths in changes:
            if not paths and not self.alarm.rings():
                continue
            seen = None if paths else current_number()  # a save is a wish to publish, the clock is none
            if seen is not None and is_held():
                continue  # put back between the alarm and here
            renderer = current_manifest().get("renderer")
            touched_service = any(is_below(path, SERVICE_SOURCES) for path in paths)
            if not self.rebuild(seen):
                print("Readers keep the last good version. Mend the files named above and save.", flush=True)
            elif self.service is None:
                self.start(fresh)
            elif touched_service or current_manifest().get("renderer") != renderer:
                self.restart_service()
            else:
                print("The site is up to date.", flush=True)

    def restart_service(self) -> None:
        self.stop_service()
        self.start_service()
        print("The service was restarted with what you changed.", flush=True)

    @contextmanager
    def stopping(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.stop_service()

    def stop_service(self) -> None:
        if self.service and self.service.poll() is None:
            self.service.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
            try:
                self.service.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.service.kill()
                self.service.wait()


def watch_sources() -> Iterator[list[Path]]:
    """What was saved since the last look, every quarter of a second; mostly nothing."""
    sources = [path for path in (*SITE_SOURCES, *SERVICE_SOURCES) if path.exists()]
    for changes in watch(*sources, rust_timeout=TICK, yield_on_timeout=True):
        yield [Path(path) for _, path in changes if "__pycache__" not in path and Path(path) != OWN]


def is_below(path: Path, folders: list[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
