"""Finds an address in whatever it was hidden in: other cases, encodings, fingerprints, packed or signed wrappings."""

import base64
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from urllib.parse import quote

# So many signs of a fingerprint are already enough to know it again.
FINGERPRINT = 12
HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")
# Tokens, cookies and the like: runs of base64, each perhaps with packed text inside.
RUN = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
# How deep things are packed into each other at most.
ROUNDS = 3


class Traces:
    """All the ways in which an address, its local part or its domain may stand somewhere."""

    def __init__(self, address: str, parts: tuple[str, ...]) -> None:
        self.plain = self._plain_needles(address, parts)
        self.exact = self._exact_needles(address)

    def find(self, data: bytes) -> list[str]:
        """The names of the traces in ``data``, wrapped or not."""
        found = {name for layer in layers(data) for name in self._in(layer)}
        return sorted(found)

    def _in(self, data: bytes) -> Iterator[str]:
        lower = data.lower()
        yield from (name for name, needle in self.plain.items() if needle in lower)
        yield from (name for name, needle in self.exact.items() if needle in data)

    @staticmethod
    def _plain_needles(address: str, parts: tuple[str, ...]) -> dict[str, bytes]:
        """Searched whatever their case."""
        lower = address.lower()
        needles = {f"part {part}": part.lower() for part in parts} | {"address": lower, "backwards": lower[::-1]}
        needles |= {
            "percent-encoded": quote(lower, safe="").lower(),
            "entity": lower.replace("@", "&#64;"),
            "entity in hex": lower.replace("@", "&#x40;"),
            "escaped": lower.replace("@", "\\u0040"),
            "hex": lower.encode().hex(),
        }
        for form in forms(address):
            for algorithm in HASHES:
                needles[f"{algorithm} of {form}"] = hashlib.new(algorithm, form.encode()).hexdigest()[:FINGERPRINT]
        return {name: needle.encode() for name, needle in needles.items()}

    @staticmethod
    def _exact_needles(address: str) -> dict[str, bytes]:
        """Searched sign by sign."""
        needles: dict[str, bytes] = {}
        for form in forms(address):
            needles |= {f"base64 of {form}, {shift}": core for shift, core in enumerate(_base64_cores(form.encode()))}
            for algorithm in HASHES:
                digest = hashlib.new(algorithm, form.encode()).digest()
                needles[f"raw {algorithm} of {form}"] = digest[:8]
                needles[f"base64 of {algorithm} of {form}"] = base64.b64encode(digest)[:FINGERPRINT]
                needles[f"url base64 of {algorithm} of {form}"] = base64.urlsafe_b64encode(digest)[:FINGERPRINT]
        return needles


def forms(address: str) -> list[str]:
    """The spellings that get hashed or encoded: as typed, trimmed, lower and upper case, domain alone lower."""
    local, _at, domain = address.strip().partition("@")
    spellings = (address, address.lower(), address.upper(), f"{local}@{domain.lower()}", local, domain)
    return list(dict.fromkeys([*spellings, local.lower(), domain.lower(), f"mailto:{address.lower()}"]))


def _base64_cores(data: bytes) -> Iterator[bytes]:
    """What base64 makes of ``data`` wherever it begins within a longer text."""
    for shift in range(3):
        packed = base64.b64encode(b"\0" * shift + data)
        yield packed[-(-8 * shift // 6) : len(packed) - 4]


def layers(data: bytes, rounds: int = ROUNDS) -> Iterator[bytes]:
    """``data``, and what is packed in it: compressed, in base64, or as the parts of a letter."""
    yield data
    if not rounds:
        return
    for inner in _unpacked(data):
        yield from layers(inner, rounds - 1)


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    if data.startswith(b"From: "):
        letter = message_from_bytes(data, policy=policy.default)
        yield "\n".join(f"{name}: {value}" for name, value in letter.items()).encode()
        for part in letter.walk():
            if not part.is_multipart():
                yield part.get_payload(decode=True)
    for run in RUN.findall(data):
        padded = run.replace(b"-", b"+").replace(b"_", b"/")
        decoded = base64.b64decode(padded + b"=" * (-len(padded) % 4)) if len(padded) % 4 != 1 else b""
        if decoded.startswith((b"x\x9c", b"x\xda", b"x\x01", b"x^")):
            with suppress(zlib.error):  # it only looked packed
                yield zlib.decompressobj().decompress(decoded)
        elif b'"' in decoded:  # a token's JSON
            yield decoded
