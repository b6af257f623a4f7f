"""What an answer of a web server, or the lack of one, says about a link."""

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import BadStatusLine, HTTPException, LineTooLong
from typing import Literal

Verdict = Literal["well", "failed", "untold"]
Headers = Message

GONE = (404, 410)
BUSY = (429, 503)
# What OpenSSL says where a browser may find the missing certificate by itself.
_ISSUER_UNKNOWN = (20, 21)


@dataclass(frozen=True)
class Answer:
    """What came of asking for a link. ``later`` is how many seconds its host asks us to wait."""

    verdict: Verdict
    status: int | None
    reason: str
    moved: str = ""
    may_change: bool = False  # asked again in a moment, it may be another
    later: float | None = None

    @property
    def reached(self) -> bool:
        """Whether there was a server at all: if there is none anywhere, the fault is ours."""
        return self.status is not None


def of_status(status: int, headers: Headers, moved: str, now: datetime) -> Answer:
    """The answer of a server."""
    reason = _phrase(status)
    if headers.get("cf-mitigated") == "challenge":
        return Answer("untold", status, "it wants to know whether we are human")
    if status in BUSY:
        return Answer("untold", status, reason, may_change=True, later=_seconds(headers.get("Retry-After"), now))
    if 200 <= status < 300:
        return Answer("well", status, reason, moved)
    if status in GONE:
        return Answer("failed", status, reason)
    if status >= 500 and status < 600:
        return Answer("failed", status, reason, may_change=True)
    return Answer("untold", status, reason)


def of_error(error: Exception, *, connected: bool) -> Answer:
    """No answer, or none that can be read. What may come from a guard against programs says nothing."""
    if isinstance(error, socket.gaierror | UnicodeError):
        return Answer("failed", None, "there is no such host", may_change=isinstance(error, socket.gaierror))
    if isinstance(error, ssl.SSLCertVerificationError):
        unsure = error.verify_code in _ISSUER_UNKNOWN
        return Answer("untold" if unsure else "failed", None, f"its certificate is not valid: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        return Answer("failed", None, "it cannot be reached safely (TLS)", may_change=True)
    if isinstance(error, TimeoutError):
        return Answer("untold" if connected else "failed", None, "it takes too long to answer", may_change=True)
    if isinstance(error, ConnectionRefusedError):
        return Answer("failed", None, "it refuses the connection", may_change=True)
    if isinstance(error, ConnectionError):  # what a disconnect looks like to http.client, too
        return Answer("untold", None, "it breaks the connection off", may_change=True)
    if isinstance(error, LineTooLong) or (isinstance(error, HTTPException) and "headers" in str(error)):
        return Answer("untold", None, "it answers with too much")
    if isinstance(error, BadStatusLine | HTTPException):
        return Answer("failed", None, "its answer is not HTTP", may_change=True)
    return Answer("failed", None, "it cannot be reached", may_change=True)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return "an answer of its own"


def _seconds(header: str | None, now: datetime) -> float | None:
    """What ``Retry-After`` says, as seconds or as a date."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())
