"""Asks for one link as a browser would, without ever reading what is behind it."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from publication.health import hosts, wire
from publication.health.answers import BUSY, Answer, Headers, of_error, of_status

MOST_HOPS = 8
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
_SAFE = "/:;,?@&=+$!~*'()[]%#-._"


class Refused(Exception):
    """We do not go there. ``str(error)`` says why."""


@dataclass
class Fetcher:
    """Asks, and follows where the answer leads. ``turn`` is called with the host before each request, to keep pace."""

    agent: str
    turn: Callable[[str], None]
    allowed: Callable[[str], bool] = hosts.is_public
    find: Callable[[str, int], list[hosts.Place]] = hosts.find
    seconds: float = 20.0  # for one request, all in all
    clock: wire.Clock = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def look(self, url: str) -> Answer:
        """What is at ``url``. Servers that do not take a HEAD are asked with GET; a failure is always asked twice."""
        answer = self._follow("HEAD", url)
        final = answer.status in BUSY if answer.reached else not answer.may_change
        return answer if answer.verdict == "well" or final else self._follow("GET", url)

    def _follow(self, method: str, url: str) -> Answer:
        moved, steady, seen = "", True, set()
        for _ in range(MOST_HOPS):
            seen.add(url)
            try:
                status, headers = self._ask(method, url)
            except Refused as refusal:
                return Answer("untold", None, str(refusal))
            except _Failed as failure:
                return failure.answer
            location = headers.get("Location", "")
            if status not in REDIRECTS or not location:
                return of_status(status, headers, moved, self.now())
            try:
                target = urljoin(url, tidy(location))
            except ValueError:
                return Answer("untold", status, "it leads to no web address")
            steady = steady and status in PERMANENT
            moved = target if steady else moved
            url = urldefrag(target).url
            if url in seen:
                return Answer("untold", status, "it leads in a circle")
        return Answer("untold", status, f"it leads on more than {MOST_HOPS} times")

    def _ask(self, method: str, url: str) -> tuple[int, Headers]:
        """Status and headers of one request.

        :raise Refused: the address is none that we ask.
        :raise _Failed: there is no answer.
        """
        connected = False
        try:
            parts = urlsplit(tidy(url))
            name, tls = _host(parts), self.tls if parts.scheme == "https" else None
            self.turn(name)
            left = wire.deadline(self.seconds, self.clock)
            places = self._places(name, parts.port or (443 if tls else 80))
            plain = wire.connect(places, left)
            connected = True
            with wire.secure(plain, tls, name, left) if tls else plain as sock:
                target = parts._replace(scheme="", netloc="", path=parts.path or "/", fragment="").geturl()
                answer = wire.ask(wire.Wire(sock, left), method, target, self._headers(parts, name))
                return answer.status, answer.headers
        except (OSError, HTTPException, ValueError) as error:
            raise _Failed(of_error(error, connected=connected)) from None

    def _places(self, name: str, port: int) -> list[hosts.Place]:
        places = [place for place in self.find(name, port) if self.allowed(str(place[1][0]))]
        if not places:
            raise Refused("it leads into a private network")
        return places

    def _headers(self, parts: SplitResult, name: str) -> dict[str, str]:
        shown = f"[{name}]" if ":" in name else name
        return {
            "Host": f"{shown}:{parts.port}" if parts.port else shown,
            "User-Agent": self.agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }


class _Failed(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def host_of(url: str) -> str:
    """The host of a web address, as pace is kept for it."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def agent(name: str, site: str) -> str:
    """What we say we are, so that whoever runs a server can find us."""
    plain = "".join(c for c in name if c.isascii() and c.isprintable() and c not in "()")
    return f"{' '.join(plain.split()) or 'Practice Notes'} link check (+{quote(site, safe=_SAFE)})"


def _host(parts: SplitResult) -> str:
    """The host in letters that DNS knows.

    :raise Refused: it is no web address.
    :raise UnicodeError: it cannot be a host.
    """
    if parts.scheme not in ("http", "https"):
        raise Refused(f"it leads to something that is no web page ({parts.scheme[:20]}:)")
    if not parts.hostname or parts.username is not None:
        raise Refused("it leads to no web address")
    return parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")


def tidy(url: str) -> str:
    """An address in plain letters, as browsers send it; the host keeps its own."""
    text = url.encode("latin-1", "ignore").decode("utf-8", "ignore") if _is_mangled(url) else url
    parts = urlsplit("".join(c for c in text if c.isprintable()).strip())
    path, query = (quote(part, safe=_SAFE) for part in (parts.path, parts.query))
    return parts._replace(path=path, query=query, fragment=quote(parts.fragment, safe=_SAFE)).geturl()


def _is_mangled(url: str) -> bool:
    """Whether these are UTF-8 bytes that ``http.client`` has read as Latin 1."""
    try:
        return not url.isascii() and bool(url.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return False
