"""A way to the service that can be cut: before a request, or in the middle of its answer."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Tunnel:
    """Hands bytes on between browsers and the service's port, one connection per request.

    :ivar cut: the beginning of requests whose answers are cut off in the middle.
    :ivar closed: nobody answers at all.
    """

    target: int
    cut: bytes = b""
    closed: bool = False
    cuts: int = 0
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def run(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                here, _address = self.listening.accept()
                threading.Thread(target=self._serve, args=[here], daemon=True).start()

    def _serve(self, here: socket.socket) -> None:
        with here, suppress(OSError):
            if self.closed:
                return
            request = _whole(here)
            with socket.create_connection(("localhost", self.target)) as there:
                there.sendall(request)
                answer = b"".join(iter(lambda: there.recv(65536), b""))
            if self.cut and request.startswith(self.cut):
                self.cuts += 1
                answer = answer[: -len(answer.partition(b"\r\n\r\n")[2]) // 2 or -2]
            here.sendall(answer)


def _whole(connection: socket.socket) -> bytes:
    """One request with its body; the service is told to close after it."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _end, body = data.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    lengths = [int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")]
    while len(body) < sum(lengths):
        body += _some(connection)
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


def _some(connection: socket.socket) -> bytes:
    got = connection.recv(65536)
    if not got:
        raise ConnectionError("the browser went away")
    return got


@contextmanager
def open_tunnel(target: int) -> Iterator[Tunnel]:
    tunnel = Tunnel(target)
    thread = threading.Thread(target=tunnel.run, daemon=True)
    thread.start()
    yield tunnel
    tunnel.listening.shutdown(socket.SHUT_RDWR)
    tunnel.listening.close()
    thread.join(10)
