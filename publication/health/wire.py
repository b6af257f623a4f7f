"""A connection with one deadline for everything: a server that sends a letter an hour cannot hold us."""

import io
import socket
import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse

from publication.health.hosts import Place

Clock = Callable[[], float]


class Wire:
    """What ``http.client`` takes for a socket. ``left`` gives the seconds until the deadline."""

    def __init__(self, sock: socket.socket, left: Callable[[], float]) -> None:
        self._sock, self._left = sock, left

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._left())
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._sock, self._left))

    def close(self) -> None:
        self._sock.close()


class _Incoming(io.RawIOBase):
    def __init__(self, sock: socket.socket, left: Callable[[], float]) -> None:
        self._sock, self._left = sock, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        self._sock.settimeout(self._left())
        return self._sock.recv_into(buffer)  # type: ignore[arg-type]  # the buffer of a BufferedReader


def deadline(seconds: float, clock: Clock) -> Callable[[], float]:
    """A function that gives the seconds left of ``seconds`` from now, and raises ``TimeoutError`` when none are."""
    end = clock() + seconds

    def left() -> float:
        seconds = end - clock()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    return left


def connect(places: list[Place], left: Callable[[], float]) -> socket.socket:
    """A connection to the first of ``places`` that takes one.

    :raise OSError: none does.
    """
    error: OSError = ConnectionRefusedError()
    for family, place in places:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(left())
            sock.connect(place)
            return sock
        except OSError as failed:
            sock.close()
            error = failed
    raise error


def secure(sock: socket.socket, tls: ssl.SSLContext, host: str, left: Callable[[], float]) -> socket.socket:
    """The same connection, encrypted, once the host has shown that it is ``host``.

    :raise OSError: it has not.
    """
    try:
        sock.settimeout(left())
        return tls.wrap_socket(sock, server_hostname=host)
    except OSError:
        sock.close()
        raise


def ask(wire: Wire, method: str, target: str, headers: dict[str, str]) -> HTTPResponse:
    """The head of the answer to one request. Its body is left alone.

    :raise OSError, HTTPException: there is none, or none that can be read.
    """
    connection = HTTPConnection("named.in.the.headers")
    connection.sock = wire
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()
