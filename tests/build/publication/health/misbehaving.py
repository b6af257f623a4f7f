"""A web server that misbehaves in each way that servers do. Each path is one way; ``asked`` tells what was asked."""

import datetime
import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def status(line: str, *headers: str, body: bytes = b"") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {line}", f"Content-Length: {len(body)}", *headers])
    return head.encode("latin-1") + b"\r\n\r\n" + body


@dataclass
class Server:
    """Answers one request per connection. ``answers`` has bytes or a function for each path, by method if need be."""

    answers: dict[str, object]
    tls: ssl.SSLContext | None = None
    first: bytes = b""  # said before anybody asked
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.released.set()
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as wire:
                wire.sendall(self.first)
                lines = _request(wire)
                method, path, _ = lines[0].split(" ", 2)
                headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
                self.asked.append((method, path, headers))
                answer = self.answers.get(f"{method} {path}", self.answers.get(path, status("404 Not Found")))
                if callable(answer):
                    answer(wire, self.released)
                else:
                    wire.sendall(bytes(answer))  # type: ignore[call-overload]  # bytes, as the table has them
        except OSError:
            pass  # the client has gone, as it may


def _request(wire: socket.socket) -> list[str]:
    data = b""
    while b"\r\n\r\n" not in data:
        more = wire.recv(4096)
        if not more:
            raise OSError
        data += more
    return data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")


# -- ways to misbehave -------------------------------------------------------------------------------------------------
Way = Callable[[socket.socket, threading.Event], None]


def never(wire: socket.socket, released: threading.Event) -> None:
    released.wait(30)


def slow_headers(wire: socket.socket, released: threading.Event) -> None:
    """A byte now and then: no single wait is long."""
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000:
        wire.sendall(bytes([byte]))
        if released.wait(0.02):
            return


def endless_headers(wire: socket.socket, released: threading.Event) -> None:
    wire.sendall(b"HTTP/1.1 200 OK\r\n")
    while not released.is_set():
        wire.sendall(b"X: y\r\n" * 1000)


def endless_continue(wire: socket.socket, released: threading.Event) -> None:
    while not released.is_set():
        wire.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def endless_body(wire: socket.socket, released: threading.Event) -> None:
    wire.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not released.is_set():
        wire.sendall(b"x" * 100_000)


def slow_body(wire: socket.socket, released: threading.Event) -> None:
    wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx")
    released.wait(30)


def reset(wire: socket.socket, released: threading.Event) -> None:
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def hang_up(wire: socket.socket, released: threading.Event) -> None:
    """Closes without a word."""


BOMB = status("200 OK", "Content-Encoding: gzip", body=gzip.compress(b"\0" * 5_000_000))
LONG_LINE = b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"
INVALID = b"SSH-2.0-OpenSSH_9.2\r\n\r\n"


@contextmanager
def serving(answers: dict[str, object], tls: ssl.SSLContext | None = None, first: bytes = b"") -> Iterator[Server]:
    server = Server(answers, tls, first)
    try:
        yield server
    finally:
        server.close()


def certificate(folder: Path, name: str, days: int = 10) -> ssl.SSLContext:
    """A server's context with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=20))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(secret + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
