"""Takes out of pictures what cameras and programs wrote into them: place, owner, device, notes, small copies.

Pixels stay as they are; only an AVIF is made anew. Colour profiles stay, and so does which side is up.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from publication.pictures.kinds import AVIF, GIF, JPEG, PNG, WEBP, Kind

ORIENTATION = 0x0112

# A marker of a JPEG that ends a scan: all but fill bytes, stuffed zeros and restarts.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_KEPT = set(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs cICP acTL fcTL fdAT".split())
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def strip(data: bytes, kind: Kind, orientation: int = 1) -> bytes:
    """``data`` without metadata.

    :raise ValueError: the file is damaged or cut short.
    """
    try:
        if kind == JPEG:
            return b"".join(_jpeg(data, orientation))
        if kind == PNG:
            return b"".join(_png(data, orientation))
        if kind == GIF:
            return b"".join(_gif(data))
        if kind == WEBP:
            return _webp(data, orientation)
        return _avif(data) if kind == AVIF else data
    except (IndexError, struct.error):
        raise ValueError("cut short") from None


def _only_orientation(orientation: int) -> bytes:
    """Exif that says which side is up, and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)


def _jpeg(data: bytes, orientation: int) -> Iterator[bytes]:
    yield data[:2]
    if orientation != 1:
        exif = b"Exif\0\0" + _only_orientation(orientation)
        yield struct.pack(">HH", 0xFFE1, len(exif) + 2) + exif
    at = 2
    while (marker := data[at + 1]) != 0xD9:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        yield _segment(marker, data[at:end])
        if marker == 0xDA:
            after = _AFTER_SCAN.search(data, end)
            if after is None:
                raise ValueError("cut short")
            yield data[end : after.start()]
            end = after.start()
        at = end
    yield b"\xff\xd9"  # what follows is a second picture, or hidden


def _segment(marker: int, segment: bytes) -> bytes:
    body = segment[4:]
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        return b"\xff\xe0\x00\x10" + body[:12].ljust(12, b"\0") + b"\0\0"  # without its small copy
    profile = marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")
    transform = marker == 0xEE and body.startswith(b"Adobe")
    is_note = 0xE0 <= marker <= 0xEF or marker == 0xFE
    return segment if profile or transform or not is_note else b""


def _png(data: bytes, orientation: int) -> Iterator[bytes]:
    yield data[:8]
    at, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise ValueError("cut short")
        if name in _PNG_KEPT:
            yield chunk
        if name == b"IHDR" and orientation != 1:
            exif = b"eXIf" + _only_orientation(orientation)
            yield struct.pack(">I", len(exif) - 4) + exif + struct.pack(">I", zlib.crc32(exif))
        at += 12 + length


def _webp(data: bytes, orientation: int) -> bytes:
    kept, at, end = [], 12, 8 + struct.unpack_from("<I", data, 4)[0]
    if end > len(data):
        raise ValueError("cut short")
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        chunk = data[at : at + 8 + length + length % 2]
        if name == b"VP8X":
            flags = chunk[8] & ~0x0C | (0x08 if orientation != 1 else 0)
            kept.append(chunk[:8] + bytes([flags]) + chunk[9:])
        elif name in _WEBP_KEPT:
            kept.append(chunk)
        at += len(chunk)
    if orientation != 1:
        exif = _only_orientation(orientation)
        kept.append(struct.pack("<4sI", b"EXIF", len(exif)) + exif)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _palette(data[10])
    yield data[:at]
    while (sign := data[at]) != 0x3B:
        if sign == 0x2C:
            end = _end_of_blocks(data, at + 11 + _palette(data[at + 9]))
        elif sign == 0x21:
            end = _end_of_blocks(data, at + 2)
        else:
            raise ValueError("no block")
        is_control = data[at + 1] == 0xF9 or data[at + 3 : at + 14] in _GIF_LOOPS
        if sign == 0x2C or is_control:
            yield data[at:end]
        at = end
    yield b";"


def _palette(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end_of_blocks(data: bytes, at: int) -> int:
    while length := data[at]:
        at += 1 + length
    return at + 1


def _avif(data: bytes) -> bytes:
    from PIL import Image, ImageOps  # slow to load, and most runs meet no picture

    with Image.open(BytesIO(data), formats=["AVIF"]) as picture:
        if not picture.info.get("exif") and not picture.info.get("xmp"):
            return data
        if getattr(picture, "is_animated", False):
            raise ValueError("an animation with notes")
        upright = ImageOps.exif_transpose(picture)
        profile, made = picture.info.get("icc_profile"), BytesIO()
        upright.info = {}
        upright.save(made, "AVIF", quality=80, speed=8, max_threads=1, icc_profile=profile)
        return made.getvalue()
