"""Which system files come from, told by what is in them and never by their names."""

import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from migrate import mistaken
from migrate.own import jsonl, table, threads
from migrate.problems import Unusable
from migrate.sources import disqus, isso, isso_json, remark42
from migrate.sources.bring import bring
from migrate.sources.job import Kind, Peek

KINDS: tuple[Kind, ...] = (
    jsonl.KIND,
    table.KIND,
    threads.KIND,
    Kind("Disqus", disqus.recognises, partial(bring, disqus.read)),
    Kind("Isso", isso.recognises, partial(bring, isso.read)),
    Kind("Isso, JSON", isso_json.recognises, partial(bring, isso_json.read)),
    Kind("Remark42", remark42.recognises, partial(bring, remark42.read)),
)

_GZIP = b"\x1f\x8b"
_ENOUGH = 1 << 14
_STEP = 64


def kind_of(files: Sequence[Path]) -> Kind | None:
    """The kind of all ``files``; None when no source of comments knows them, as with what WordPress made.

    :raise Unusable: they come from several systems, from one that nobody knows, or from none.
    """
    found = {path: _kind(path) for path in files}
    kinds = set(found.values())
    if len(kinds) > 1:
        told = ", ".join(f"{path.name} ({kind.name if kind else 'WordPress'})" for path, kind in found.items())
        raise Unusable(
            f"These files come from several systems: {told}. Bring them over one system after the other; "
            "texts first, so that comments find them."
        )
    return kinds.pop() if kinds else None


def peek(path: Path) -> Peek:
    """The beginning of a file."""
    with path.open("rb") as file:
        data = file.read(_ENOUGH)
    return Peek(path, _unpacked(data) if data.startswith(_GZIP) else data)


def _kind(path: Path) -> Kind | None:
    seen = peek(path)
    kind = next((kind for kind in KINDS if kind.recognises(seen)), None)
    if kind is None and seen.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        names = ", ".join(one.name for one in KINDS)
        raise Unusable(f"{path.name} is JSON, but of no system that is known here ({names}).")
    if kind is None:
        mistaken.refuse(path)
    return kind


def _unpacked(data: bytes) -> bytes:
    """As much of it as can be had; damage is the reader's to tell."""
    unpacker, found = zlib.decompressobj(wbits=31), b""
    try:
        for at in range(0, len(data), _STEP):
            found += unpacker.decompress(data[at : at + _STEP], _ENOUGH)
            if len(found) >= _ENOUGH:
                break
    except zlib.error:
        pass
    return found
