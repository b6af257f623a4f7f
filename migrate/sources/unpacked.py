"""Files as they are, or unpacked while they are read, without letting a small one swell beyond measure."""

import gzip
import zlib
from pathlib import Path
from typing import BinaryIO

from migrate.problems import Unusable

_MARK = b"\x1f\x8b"
_FREE = 100_000_000  # bytes that may come out of anything
_RATIO = 200  # beyond that, so many times what went in; comments are seldom packed to less than a twentieth


class Unpacked:
    """The bytes of a file, gzip or not. ``place`` says how far into the file itself the reading is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._raw: BinaryIO = path.open("rb")
        packed = self._raw.read(2) == _MARK
        self._raw.seek(0)
        self._gzip = gzip.GzipFile(fileobj=self._raw, mode="rb") if packed else None
        self._out = 0

    @property
    def place(self) -> int:
        return self._raw.tell()

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; none at the end.

        :raise Unusable: it breaks off, is damaged, or swells beyond measure.
        """
        if self._gzip is None:
            return self._raw.read(size)
        try:
            data = self._gzip.read(size)
        except EOFError as error:
            raise Unusable(
                f"{self._path.name} is packed and breaks off before its end. Copy it again, whole."
            ) from error
        except (zlib.error, gzip.BadGzipFile) as error:
            raise Unusable(f"{self._path.name} is packed and damaged ({error}). Copy it again.") from error
        self._out += len(data)
        if self._out > _FREE and self._out > _RATIO * self._raw.tell():
            raise Unusable(
                f"{self._path.name} unpacks to more than {_RATIO} times its size, which no real export does. "
                "Nothing was read. If you trust it, unpack it yourself and give the file inside."
            )
        return data

    def __enter__(self) -> "Unpacked":
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()
