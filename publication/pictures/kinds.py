"""What kind of file a picture is, told from its first bytes: names can be wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of picture that browsers show. The first of its endings is the one we give."""

    name: str
    endings: tuple[str, ...]
    type: str


JPEG = Kind("JPEG", (".jpg", ".jpeg"), "image/jpeg")
PNG = Kind("PNG", (".png",), "image/png")
GIF = Kind("GIF", (".gif",), "image/gif")
WEBP = Kind("WebP", (".webp",), "image/webp")
AVIF = Kind("AVIF", (".avif",), "image/avif")
SVG = Kind("SVG", (".svg",), "image/svg+xml")

KINDS = (JPEG, PNG, GIF, WEBP, AVIF, SVG)
ENDINGS = {ending: kind for kind in KINDS for ending in kind.endings}

# How much of a file is enough to tell.
HEAD = 1024

_SIGNS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"GIF87a", GIF), (b"GIF89a", GIF))
# Pictures of cameras and programs. They may name the place where they were taken, so that they are no downloads either.
_NOT_FOR_BROWSERS = (
    (b"II*\0", "TIFF or raw"),
    (b"MM\0*", "TIFF or raw"),
    (b"8BPS", "Photoshop"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
)
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def kind_of(head: bytes) -> Kind | None:
    """The kind of picture that begins like this; None when it is none of ours."""
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if any(brand in (b"avif", b"avis") for brand in _brands(head)):
        return AVIF
    return SVG if _is_xml(head) and b"<svg" in head else None


def foreign_kind(head: bytes) -> str:
    """What a picture that browsers do not show calls itself; empty for what is no such picture."""
    if any(brand in _HEIF for brand in _brands(head)):
        return "HEIC"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "BMP"
    return next((name for sign, name in _NOT_FOR_BROWSERS if head.startswith(sign)), "")


def other_kind(head: bytes) -> str:
    """In words, what a file is that should be a picture."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a web page (HTML)"
    if start.startswith(b"%pdf"):
        return "a PDF"
    return "no picture at all"


def _brands(head: bytes) -> list[bytes]:
    """What a file of the family of MP4 says it can be read as."""
    if head[4:8] != b"ftyp":
        return []
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[at : at + 4] for at in (8, *range(16, end, 4))]


def _is_xml(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((b"<?xml", b"<svg", b"<!--", b"<!DOCTYPE svg"))
