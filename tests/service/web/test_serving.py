"""The service as a process: it takes damaged HTTP calmly, finishes what it began, and works by itself meanwhile."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from comments.app import open_server, start_background
from comments.runtime import utc_now
from comments.tokens import Tokens
from comments.vault import load_keys
from comments.web.background import Background, Chore
from tests.service.web.house import OPEN, ROOT, House


def wait_for(condition: Callable[[], object], patience: float = 10) -> None:
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@contextmanager
def served(house: House) -> Iterator[int]:
    """The app behind waitress on a free port."""
    server = open_server(house.app, "127.0.0.1", 0)
    running = threading.Thread(target=server.asyncore.loop, kwargs={"timeout": 0.1, "map": server._map})
    running.start()
    yield int(server.effective_port)
    server.trigger.pull_trigger(server.close)  # in its own thread: elsewhere it may just be listening
    running.join(10)


def ask(port: int, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(raw)
        received = b""
        while part := connection.recv(65536):
            received += part
        return received


HEAD = b"POST /comments/ten-minutes HTTP/1.1\r\nHost: notes.example.org\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n", b"400"),
        (HEAD + b"Content-Length: ten\r\n\r\n", b"400"),
        (HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", b"400"),
        (HEAD + b"Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{", b"400"),
        (b"NONSENSE\r\n\r\n", b"400"),
    ],
)
def test_damaged_http_is_400(house: House, request_: bytes, status: bytes) -> None:
    with served(house) as port:
        assert ask(port, request_).split(b" ")[1] == status


@pytest.mark.parametrize("size", [300_000, 1_500_000])
def test_what_is_far_too_long_is_answered_by_a_page_of_the_site(house: House, size: int) -> None:
    kind = (
        b"Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
    )
    with served(house) as port:
        answer = ask(port, HEAD + kind % size + b"x" * size)

    assert answer.split(b" ")[1] == b"413"
    assert b'<main id="main"' in answer
    assert b"Your text, so that" in answer or b"far too long" in answer


def test_what_is_longer_still_is_refused_before_it_is_read(house: House) -> None:
    with served(house) as port:
        assert ask(port, HEAD + b"Content-Length: 50000000\r\n\r\n").split(b" ")[1] == b"413"


def test_a_late_page_is_written_and_a_letter_sent_without_anybody_asking(house: House) -> None:
    comment = house.approved()
    page = house.runtime.var / "current" / "public" / "2026" / OPEN / "index.html"
    shown = page.read_text()
    page.write_text(shown.replace(f"comment-{comment}", "gone"))
    house.ctx.store.mark_due(OPEN)
    account = house.ctx.store.add_account("Mo", "moderator", house.clock())
    sealed = house.ctx.vault.seal(f"account:{account}", "mo@example.org")
    house.ctx.store.set_account_address(account, sealed)
    house.waiting()

    background = start_background(house.app)
    try:
        wait_for(lambda: page.read_text() == shown)
        wait_for(lambda: list((house.runtime.var / "mail").glob("*.eml")))
    finally:
        background.stop()

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("comments ")]


def test_what_a_killed_rehearsal_left_of_the_store_does_not_stay(house: House) -> None:
    left = house.runtime.var / "rehearsal"
    left.mkdir()
    (left / "store.db").write_text("sealed addresses, some of them erased since")
    background = start_background(house.app)
    try:
        wait_for(lambda: not left.exists())
    finally:
        background.stop()


def test_a_chore_that_fails_is_tried_again_and_tells_no_secret(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    tries: list[int] = []
    words = "secret words"

    def stumble() -> None:
        tries.append(1)
        raise ValueError(words)

    background = Background((Chore("stumbling", 0.01, stumble),))
    background.start()
    wait_for(lambda: len(tries) > 2)
    background.stop()

    assert "secret" not in caplog.text
    assert "stumbling failed" in caplog.text


SERVE = """
import sys
from pathlib import Path
from comments.app import serve
from comments.runtime import Settings, open_runtime
runtime = open_runtime(Settings(var=Path(sys.argv[1]), theme=Path("theme")))
serve(runtime, "127.0.0.1", int(sys.argv[2]), False)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def has_heard(process: int) -> bool:
    """Whether no signal to the process is on its way any more."""
    status = Path(f"/proc/{process}/status").read_text()
    return "ShdPnd:\t0000000000000000" in status and "SigPnd:\t0000000000000000" in status


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux whether the signal has arrived")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_what_is_in_flight_when_it_is_stopped_is_finished(house: House, stop: signal.Signals) -> None:
    token = Tokens(load_keys(house.runtime.var / "keys").signing, utc_now).sign("form", {"thread": OPEN})
    body = urlencode(house.form(token=token)).encode()
    kind = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(house.runtime.var), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: is_open(port), 30)
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            with house.ctx.store.write():
                connection.sendall(HEAD + b"Origin: https://notes.example.org\r\n" + kind + body)
                # Once this later one is answered, the post is with a thread of its own and waits for our lock.
                ask(port, HEAD.replace(b"POST /comments/ten-minutes", b"GET /") + b"\r\n")
                process.send_signal(stop)
                wait_for(lambda: has_heard(process.pid))
            answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 303")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
    assert house.ctx.store.count_comments(state="pending") == 1
