"""Which system files come from, told by what is in them and never by their names."""

import zlib
from collections.abc import Sequence
from pathlib import Path

from migrate.own import jsonl, table, threads
from migrate.problems import Unusable
from migrate.sources.job import Kind, Peek

KINDS: tuple[Kind, ...] = (jsonl.KIND, table.KIND, threads.KIND)

_GZIP = b"\x1f\x8b"
_ENOUGH = 1 << 14


def kind_of(files: Sequence[Path]) -> Kind | None:
    """The kind of all ``files``; None when no source of comments knows them, as with what WordPress made.

    :raise Unusable: they come from several systems.
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
    return next((kind for kind in KINDS if kind.recognises(seen)), None)


def _unpacked(data: bytes) -> bytes:
    """As much of it as can be had; damage is the reader's to tell."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _ENOUGH)
    except zlib.error:
        return b""
