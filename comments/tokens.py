"""Signed tokens for links and forms: each for one purpose, dated, with a random id of its own.

What a token carries can be read by whoever holds it; it must never be an address.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from comments.errors import BadToken
from comments.words import _

# 96 random bits: the id is unique without asking anybody.
ID_BYTES = 12
# Far above every token we make; nothing longer is looked at.
LONGEST = 2000
# What may be used once; a restored store does not know what was used since.
ONCE = frozenset(("sign-in", "moderate", "reset", "invite", "prove", "second step", "second step offer"))


@dataclass(frozen=True)
class Token:
    """A token that was signed by us. ``made`` is in whole seconds."""

    subject: dict[str, str | int]
    id: str
    made: datetime


class Tokens:
    """Signs and reads tokens. A token of one purpose is worth nothing for another."""

    def __init__(
        self,
        key: bytes,
        clock: Callable[[], datetime],
        retired: Sequence[tuple[bytes, datetime]] = (),
        void: datetime | None = None,
    ) -> None:
        """``retired`` are former keys, and until when what they signed still counts.

        What works once and was made up to ``void`` does not count any more.
        """
        self._key = key
        self._keys: dict[tuple[bytes, str], bytes] = {}
        self._clock = clock
        self._retired = tuple(retired)
        self._void = void

    def sign(self, purpose: str, subject: Mapping[str, str | int]) -> str:
        """A new token, fit for an address or a form field."""
        content = [token_urlsafe(ID_BYTES), int(self._clock().timestamp()), dict(subject)]
        packed = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
        body = urlsafe_b64encode(packed).rstrip(b"=").decode()
        return f"{body}.{self._signature(purpose, body)}"

    def read(self, purpose: str, token: str, max_age: timedelta | None) -> Token:
        """What was signed.

        :raise BadToken: it was altered, cut short, made for another purpose, is older than ``max_age``, or
            void.
        """
        body, _dot, signature = token.partition(".")
        if not (len(token) <= LONGEST and token.isascii() and self._is_genuine(purpose, body, signature)):
            raise BadToken(_("This link is not complete. Copy it whole, or ask for a new one."))
        name, made, subject = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        read = Token(subject, name, datetime.fromtimestamp(made, UTC))
        if max_age is not None and self._clock() - read.made > max_age:
            raise BadToken(_("This link is too old. Ask for a new one."))
        if self._void is not None and purpose in ONCE and read.made <= self._void:
            raise BadToken(_("This link is from before a backup was restored. Ask for a new one."))
        return read

    def _is_genuine(self, purpose: str, body: str, signature: str) -> bool:
        valid = [self._key, *(key for key, until in self._retired if self._clock() < until)]
        return any(hmac.compare_digest(signature, self._signature(purpose, body, key)) for key in valid)

    def _signature(self, purpose: str, body: str, master: bytes | None = None) -> str:
        # A key of its own for every purpose: no text can be chosen so that one purpose reads as another.
        own = master or self._key
        key = self._keys.get((own, purpose))
        if key is None:
            key = self._keys[own, purpose] = hmac.digest(own, f"token {purpose}".encode(), "sha256")
        return urlsafe_b64encode(hmac.digest(key, body.encode(), "sha256")).rstrip(b"=").decode()
