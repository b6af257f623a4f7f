"""The theme's style sheets, scripts and fonts under names that carry a fingerprint, so that caches may keep them."""

import hashlib
import re
from pathlib import Path, PurePosixPath

from rjsmin import jsmin

from plugins.writer import SiteWriter

FOLDER = "theme"

_IMPORT = re.compile(rb"""@import\s+(?:url\()?["']?([^"')\s;]+)["']?\)?\s*(?:layer\(([\w.-]+)\))?\s*;""")
_URL = re.compile(rb"""url\(\s*["']?(?!data:|https?:|/|#)([^"')\s]+)["']?\s*\)""")
_COMMENT = re.compile(rb"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/""", re.DOTALL)
_BREAK = re.compile(rb"\s*\n\s*")
_MODULE = re.compile(rb"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.[^"']+)\2""")


class MissingAsset(Exception):
    """The theme asks for a file it does not have."""


class Assets:
    """The files under the theme's ``static`` folder."""

    def __init__(self, static: Path) -> None:
        self.static = static
        self._made: dict[str, tuple[str, bytes]] = {}
        self._inlined: set[str] = set()

    def url(self, name: str) -> str:
        """The address of ``css/site.css`` and its like, with the fingerprint of its content."""
        return f"/{self._make(name)[0]}"

    def write(self, writer: SiteWriter) -> None:
        """Put all of them into the output, and the icon where browsers look for it unasked."""
        names = [file.relative_to(self.static).as_posix() for file in sorted(self.static.rglob("*")) if file.is_file()]
        names = [name for name in names if not PurePosixPath(name).name.startswith(".")]
        for name in names:
            self._make(name)
        for name in names:
            if name not in self._inlined:
                writer.put(*self._make(name))
        icon = self.static / "favicon.ico"
        if icon.is_file():
            writer.put("favicon.ico", icon.read_bytes())

    def _make(self, name: str) -> tuple[str, bytes]:
        if name not in self._made:
            data = self._read(name)
            if name.endswith(".css"):
                data = _lean(self._style(name, data))
            elif name.endswith((".js", ".mjs")):
                data = jsmin(_MODULE.sub(lambda found: self._module(name, found), data))
            path = PurePosixPath(name)
            mark = hashlib.sha256(data).hexdigest()[:10]
            self._made[name] = (f"{FOLDER}/{path.with_name(f'{path.stem}.{mark}{path.suffix}')}", data)
        return self._made[name]

    def _style(self, name: str, data: bytes) -> bytes:
        """With its imports inlined, one file and one request; addresses in it lead to fingerprinted files."""

        def inline(found: re.Match[bytes]) -> bytes:
            other = _beside(name, found.group(1).decode())
            self._inlined.add(other)
            body = self._style(other, self._read(other))
            layer = found.group(2)
            return b"@layer " + layer + b" {\n" + body + b"}" if layer else body

        def point(found: re.Match[bytes]) -> bytes:
            return b'url("%s")' % self.url(_beside(name, found.group(1).decode())).encode()

        return _URL.sub(point, _IMPORT.sub(inline, data))

    def _module(self, name: str, found: re.Match[bytes]) -> bytes:
        address = self.url(_beside(name, found.group(3).decode())).encode()
        return found.group(1) + found.group(2) + address + found.group(2)

    def _read(self, name: str) -> bytes:
        try:
            return (self.static / name).read_bytes()
        except OSError:
            raise MissingAsset(f"The theme asks for {name}, which is not in {self.static}.") from None


def _beside(name: str, relative: str) -> str:
    """The name that ``relative`` means inside the file ``name``."""
    parts: list[str] = []
    for part in [*PurePosixPath(name).parent.parts, *relative.split("/")]:
        if part == "..":
            parts[-1:] = []
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _lean(style: bytes) -> bytes:
    """A style sheet without its comments and indentation. Spaces in a line stay: a selector may turn on one."""
    return _BREAK.sub(b"\n", _COMMENT.sub(rb"\1", style)).strip()
