"""A load on one server: so many clients at once, each sending its next request when the last one is answered.

One thread serves all clients, with prepared requests, so that the measuring itself takes little of the machine.
"""

import re
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

END_OF_HEAD = b"\r\n\r\n"


@dataclass
class Result:
    """What the clients saw: the milliseconds of each accepted request, and how many were refused."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    refused: int = 0
    example: bytes = b""  # of a refusal

    def note(self, answer: bytes, milliseconds: float) -> None:
        """Count an answer."""
        if answer[9:12] in (b"201", b"202"):
            self.times.append(milliseconds)
        else:
            self.refused += 1
            self.example = answer

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the requests was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


class Client:
    """One connection, kept alive for as long as the server keeps it."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._port = port
        self._selector = selector
        self._socket: socket.socket | None = None
        self._received = b""
        self.sent = 0.0

    def send(self, request: bytes) -> None:
        self._received = b""
        self.sent = time.perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(self._socket, selectors.EVENT_READ, self)
        self._socket.sendall(request)

    def receive(self) -> bytes:
        """The answer once it is complete, until then nothing. A connection the server ends is closed here too."""
        assert self._socket is not None
        data = self._socket.recv(65536)
        self._received += data
        if data and not self._complete():
            return b""
        if not data or b"\r\nconnection: close" in self._received.lower():
            self.close()
        return self._received or b"nothing"

    def _complete(self) -> bool:
        head, found, body = self._received.partition(END_OF_HEAD)
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        return bool(found) and (len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n"))

    def close(self) -> None:
        if self._socket:
            self._selector.unregister(self._socket)
            self._socket.close()
            self._socket = None


def drive(port: int, requests: Iterator[bytes], clients: int, seconds: float) -> Result:
    """Send requests until the time is over or there are no more; answers in flight then are awaited."""
    result = Result()
    began = time.perf_counter()
    with selectors.DefaultSelector() as selector:

        def go_on(client: Client) -> None:
            request = next(requests, None) if time.perf_counter() < began + seconds else None
            if request is None:
                client.close()
            else:
                client.send(request)

        for _ in range(clients):
            go_on(Client(port, selector))
        while selector.get_map():
            for key, _events in selector.select(timeout=60) or _stuck():
                client: Client = key.data
                if answer := client.receive():
                    result.note(answer, (time.perf_counter() - client.sent) * 1000)
                    go_on(client)
    result.seconds = time.perf_counter() - began
    return result


def _stuck() -> list[tuple[selectors.SelectorKey, int]]:
    raise SystemExit("a server for the benchmark does not answer any more")
