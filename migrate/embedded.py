"""Pictures that stood in a text itself, letter by letter, as an address that begins with ``data:``."""

import base64
import binascii
import hashlib
import re
from urllib.parse import unquote_to_bytes

_LARGEST = 300_000  # bytes; larger ones are no small pictures that somebody pasted
_ADDRESS = re.compile(r"data:image/(?:png|jpe?g|gif|webp)(?:;[^,;]*)*;base64,", re.IGNORECASE)
_BEGINNINGS = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)


def is_embedded(address: str) -> bool:
    """Whether ``address`` is no address, but the thing itself."""
    return address.lstrip()[:5].lower() == "data:"


def read(address: str) -> tuple[str, bytes] | None:
    """A name and the bytes of a small picture; None for anything else. The same picture has the same name."""
    found = _ADDRESS.match(address.strip())
    if found is None or len(address) > 2 * _LARGEST:
        return None
    try:
        data = base64.b64decode(unquote_to_bytes(address.strip()[found.end() :]))
    except (binascii.Error, ValueError):
        return None
    ending = next((ending for ending, begins in _BEGINNINGS if begins.match(data)), "")
    if not ending or len(data) > _LARGEST:
        return None
    return f"in-text-{hashlib.sha256(data).hexdigest()[:12]}.{ending}", data
