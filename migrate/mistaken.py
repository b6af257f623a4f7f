"""Files that are given in place of an export, told by how they begin."""

import re
from pathlib import Path

from migrate.problems import Unusable

_HEAD = 4096
_RIGHT = "In WordPress: Tools → Export → All content gives the right file."
_OFFICE = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")
_PACKED = (
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


def refuse(path: Path) -> None:
    """Say of a file that is none of what systems export what it is.

    :raise Unusable: it is empty, packed, a document or a web page.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise Unusable(f"{path.name} is empty. {_RIGHT}")
    kind = _document(head)
    if kind:
        raise Unusable(f"{path.name}: this is {kind}, not an export. {_RIGHT}")
    for mark, packed in _PACKED:
        if head.startswith(mark):
            raise Unusable(
                f"{path.name} is packed ({packed}), so no export. Unpack it; an .xml file in it may be one. {_RIGHT}"
            )


def _document(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "a PDF"
    if head.startswith(b"PK\x03\x04") and any(sign in head for sign in _OFFICE):
        return "a document of an office program"
    return "a web page" if _PAGE.match(head) else ""
