"""Sizes of pictures, from the bytes themselves."""

import struct
from pathlib import Path

import pytest

from plugins.images import size

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 12, 34)
JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"xx\xff\xc2" + struct.pack(">HBHH", 11, 8, 300, 400)
WEBP = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (799).to_bytes(3, "little") + (599).to_bytes(3, "little")
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 5 + (99 | 49 << 14).to_bytes(4, "little")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.png", PNG, (640, 480)),
        ("a.gif", GIF, (12, 34)),
        ("a.jpg", JPEG, (400, 300)),
        ("a.webp", WEBP, (800, 600)),
        ("a.webp", LOSSLESS, (100, 50)),
        ("a.svg", b'<?xml version="1.0"?><svg width="840" height="668px" viewBox="0 0 1 1">', (840, 668)),
        ("a.svg", b"<svg viewBox='0,0 10.6 5.2'>", (11, 5)),
        ("a.svg", b'<svg width="100%" viewBox="0 0 30 20">', (30, 20)),
        ("a.svg", b"<svg>", None),
        ("a.svg", b"text", None),
        ("a.png", PNG[:20], None),
        ("a.jpg", JPEG[:12], None),
        ("a.jpg", b"\xff\xd8", None),
        ("a.pdf", b"%PDF", None),
        ("a.png", b"", None),
    ],
)
def test_size(tmp_path: Path, name: str, data: bytes, expected: tuple[int, int] | None) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    assert size(path) == expected
