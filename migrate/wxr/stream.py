"""An export as a stream of XML events, whatever its encoding, without trusting it.

Nothing outside the file is ever read: a document type, and with it every entity of the file's own, is refused
(OWASP XML External Entity Prevention).
"""

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from migrate.problems import Unusable

_CHUNK = 1 << 18
_DEEPEST = 40
_LONGEST_TEXT = 20_000_000  # characters of one element
_LONGEST_ATTRIBUTES = 1_000_000
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ARCHIVES = ((b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AGAIN = "Export it again from the old site (Tools, Export, All content)."


class Bytes(Protocol):
    """What an export is read from."""

    def read(self, size: int, /) -> bytes: ...


class Stream:
    """The events of one file. ``dropped`` counts characters that XML forbids and that were left out.

    ``start(name, attributes, line)`` and ``end(name, text)`` are called for every element; ``text`` stands directly
    in it. ``again`` says how to export it again.
    """

    again = _AGAIN

    def __init__(
        self, path: Path, start: Callable[[str, dict[str, str], int], None], end: Callable[[str, str], None]
    ) -> None:
        self.path, self.dropped, self.read = path, 0, 0
        self._start, self._end = start, end
        self._texts: list[list[str]] = []
        self._lengths: list[int] = []
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._add
        parser.StartDoctypeDeclHandler = self._refuse_doctype

    def run(self, progress: Callable[[int], None] = lambda _: None) -> None:
        """Read the whole file; ``progress`` hears how many bytes have been read.

        :raise Unusable: it is no XML, breaks off, has a document type, or is not in the encoding it claims.
        """
        try:
            for text in self._chunks(progress):
                self._parser.Parse(text.encode(), False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unusable(self._about(error)) from error

    def _chunks(self, progress: Callable[[int], None]) -> Iterator[str]:
        with self.opened() as file:
            head = file.read(4096)
            decoder = codecs.getincrementaldecoder(self._encoding(head))("strict")
            data = head
            while data:
                self.read += len(data)
                yield self._clean(self._decode(decoder, data))
                progress(self.read)
                data = file.read(_CHUNK)
            yield self._clean(self._decode(decoder, b"", final=True))

    def opened(self) -> AbstractContextManager[Bytes]:
        """What the bytes come from: the file as it is."""
        return self.path.open("rb")

    def _encoding(self, head: bytes) -> str:
        for mark, name in _ARCHIVES:
            if head.startswith(mark):
                raise Unusable(f"{self.path.name} is packed ({name}). Unpack it, and give the .xml file in it.")
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name
        found = _DECLARED.match(head)
        name = found[1].decode("ascii") if found else "utf-8"
        try:
            "".encode(name)
            codecs.lookup(name).incrementaldecoder("strict")
        except (LookupError, TypeError, UnicodeError) as error:
            raise Unusable(f"{self.path.name} says that it is written in {name}, which nobody knows here.") from error
        return name

    def _decode(self, decoder: codecs.IncrementalDecoder, data: bytes, final: bool = False) -> str:
        try:
            return str(decoder.decode(data, final))
        except UnicodeError as error:
            line = self._parser.CurrentLineNumber
            raise Unusable(
                f"{self.path.name} holds bytes, somewhere after line {line}, that do not fit the encoding it claims. "
                f'{self.again} Or save it as UTF-8 with an editor, and set encoding="UTF-8" in its first line.'
            ) from error

    def _clean(self, text: str) -> str:
        sound, count = _FORBIDDEN.subn("", text)
        self.dropped += count
        return sound

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._texts.append([])
        self._lengths.append(0)
        if len(self._texts) > _DEEPEST:
            raise Unusable(
                f"{self.path.name}, line {self._line}: elements stand in one another {_DEEPEST} deep. {self.again}"
            )
        if attributes and sum(map(len, attributes.values())) > _LONGEST_ATTRIBUTES:
            raise Unusable(
                f"{self.path.name}, line {self._line}: the attributes of <{name[:40]}> have more than a million "
                f"characters. {_AGAIN} Or mend that line."
            )
        self._start(name, attributes, self._line)

    def _close(self, name: str) -> None:
        self._lengths.pop()
        self._end(name, "".join(self._texts.pop()))

    def _add(self, text: str) -> None:
        self._texts[-1].append(text)
        self._lengths[-1] += len(text)
        if self._lengths[-1] > _LONGEST_TEXT:
            raise Unusable(f"{self.path.name}, line {self._line}: one text has more than 20 million characters.")

    def _refuse_doctype(self, *_: object) -> None:
        raise Unusable(
            f"{self.path.name}, line {self._line}: there is a document type (<!DOCTYPE …>), which no export needs and "
            f"which can do harm. Nothing was read. {self.again}"
        )

    @property
    def _line(self) -> int:
        return int(self._parser.CurrentLineNumber)

    def _about(self, error: expat.ExpatError) -> str:
        where = f"{self.path.name}, line {error.lineno}"
        if error.code in _BROKEN_OFF:
            return f"{where}: the file breaks off there, so the export is not whole. {self.again}"
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
            return (
                f"{where}: there is an entity (such as &nbsp;) that the file does not explain. Write the sign itself."
            )
        return (
            f"{where}: this is not well-formed XML ({expat.ErrorString(error.code)}). {self.again} Or mend that line."
        )


_BROKEN_OFF = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}
