"""How large a picture is, read from the first bytes of its file, so that pages do not jump when it arrives."""

import re
import struct
from pathlib import Path

_ATTRIBUTE = re.compile(rb"""\s(width|height|viewBox)\s*=\s*["']([^"']*)["']""")
_SVG = re.compile(rb"<svg\b[^>]*>")
_LENGTH = re.compile(rb"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")
# Markers of a JPEG that carry no length.
_BARE = {0x01, *range(0xD0, 0xDA)}
# Start-of-frame markers; C4, C8 and CC are something else.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

Size = tuple[int, int]


def size(path: Path) -> Size | None:
    """Width and height in CSS pixels of an SVG, PNG, JPEG, GIF or WebP file; None when it cannot be told."""
    data = path.read_bytes()
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _pair(struct.unpack(">II", data[16:24]))
        if data.startswith(b"GIF8"):
            return _pair(struct.unpack("<HH", data[6:10]))
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
        return _svg(data) if path.suffix.lower() == ".svg" else None
    except (struct.error, IndexError):
        return None


def _pair(values: tuple[int, ...]) -> Size | None:
    width, height = values
    return (width, height) if width and height else None


def _jpeg(data: bytes) -> Size | None:
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return _pair((width, height))
        at += 2 if marker in _BARE else 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def _webp(data: bytes) -> Size | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", data[26:30])
    return _pair((width & 0x3FFF, height & 0x3FFF))


def _svg(data: bytes) -> Size | None:
    root = _SVG.search(data)
    if not root:
        return None
    given = dict(_ATTRIBUTE.findall(root.group()))
    width, height = (_LENGTH.fullmatch(given.get(name, b"")) for name in (b"width", b"height"))
    if width and height:
        return _rounded(width.group(1), height.group(1))
    box = given.get(b"viewBox", b"").replace(b",", b" ").split()
    return _rounded(box[2], box[3]) if len(box) == 4 else None


def _rounded(width: bytes, height: bytes) -> Size | None:
    try:
        return _pair((round(float(width)), round(float(height))))
    except ValueError:
        return None
