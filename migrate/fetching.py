"""Missing files, fetched from the old site, and from nowhere else, when that is asked for.

Whatever an export says: only web addresses at the old site's own hosts, only in the public internet (looked at after
the name was resolved, and again at every redirect), at a pace, within limits of size and time. What was fetched stays
under ``var/migrating-media/``, so that a second run asks for the rest alone.
"""

import os
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, urldefrag, urljoin, urlsplit

from publication.health import hosts, wire
from publication.health.answers import of_error, of_status
from publication.health.fetch import REDIRECTS, agent, tidy
from publication.health.pace import Pace

FOLDER = "migrating-media"
_LARGEST = 100_000_000
_SECONDS = 60.0  # for one file, all in all
_PACE = 0.2  # between two requests to one host
_MOST_HOPS = 5
_MOST_FAILURES = 20  # of a host that does not answer at all, one after the other
_PIECE = 1 << 16
_UPLOADS = "/wp-content/uploads/"
# What people upload. Anything else at such an address is a page that says something else than the file.
_KIND_NAMES = """
.jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .heic .pdf .doc .docx .odt .rtf .txt .md .csv .xls
.xlsx .ods .ppt .pptx .odp .key .epub .zip .mp3 .m4a .ogg .oga .opus .wav .flac .mp4 .m4v .mov .webm .ogv .avi
.vtt .srt .ics .bib .ris
"""
_KINDS = frozenset(_KIND_NAMES.split())


class _Kept(wire.Wire):
    """``http.client`` lets go of a connection before the body is read, when the server will close it after that."""

    def close(self) -> None:
        pass


class Failed(Exception):
    """The file was not fetched. ``str(error)`` says why."""


@dataclass
class Fetching:
    """Fetches files of one old site into ``folder``. ``failures`` says of each address why it is still missing."""

    folder: Path
    online: bool = True  # else only what an earlier run fetched is there
    agent: str = field(default_factory=lambda: agent("Practice Notes migration", ""))
    allowed: Callable[[str], bool] = hosts.is_public
    find: Callable[[str, int], list[hosts.Place]] = hosts.find
    pace: Pace = field(default_factory=lambda: Pace(_PACE))
    seconds: float = _SECONDS
    largest: int = _LARGEST
    clock: wire.Clock = time.monotonic
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    own: set[str] = field(default_factory=set)
    failures: dict[str, str] = field(default_factory=dict)
    _silent: dict[str, int] = field(default_factory=dict)

    def add_host(self, address: str) -> None:
        """Files at the host of ``address`` may be fetched: it is where the export, or its list of files, says."""
        parts = _parts(address)
        if parts is not None and parts.scheme in ("http", "https") and parts.hostname:
            self.own.add(parts.hostname.lower().removeprefix("www."))

    def get(self, address: str) -> Path | None:
        """The file at ``address``, as it was fetched now or by an earlier run; None with the reason in ``failures``."""
        url = urldefrag(address).url
        if url in self.failures or (not self.online and not self.folder.exists()):
            return None
        try:
            target = self.folder / _place(url)
            if not target.is_file():
                if not self.online:
                    return None
                self._fetch(url, target)
            return target
        except Failed as failed:
            self.failures[url] = str(failed)
            return None

    def _fetch(self, url: str, target: Path) -> None:
        for _ in range(_MOST_HOPS):
            moved = self._ask(url, target)
            if not moved:
                return
            url = moved
        raise Failed(f"it leads on more than {_MOST_HOPS} times")

    def _ask(self, url: str, target: Path) -> str:
        """Fetch one address, or answer where it leads on to."""
        parts = self._checked(url)
        name, connected = str(parts.hostname), False
        if self._silent.get(name, 0) >= _MOST_FAILURES:
            raise Failed("its host did not answer too many times, and was left alone")
        try:
            self.pace.turn(name)
            left = wire.deadline(self.seconds, self.clock)
            tls = self.tls if parts.scheme == "https" else None
            plain = wire.connect(self._places(parts, 443 if tls else 80), left)
            connected = True
            with wire.secure(plain, tls, name, left) if tls else plain as sock:
                path = parts._replace(scheme="", netloc="", path=parts.path or "/", fragment="").geturl()
                answer = wire.ask(_Kept(sock, left), "GET", path, self._headers(parts))
                self._silent[name] = 0
                location = answer.headers.get("Location", "")
                if answer.status in REDIRECTS and location:
                    return _joined(url, location)
                self._keep(answer, target)
                return ""
        except (OSError, HTTPException, ValueError) as error:
            if isinstance(error, OSError) and error.filename:
                raise  # a disk of ours
            self._silent[name] = self._silent.get(name, 0) + (not connected)
            raise Failed(of_error(error, connected=connected).reason) from None

    def _checked(self, url: str) -> SplitResult:
        parts = _parts(tidy(url) if _parts(url) else url)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise Failed("it is no web address")
        if parts.hostname.lower().removeprefix("www.") not in self.own:
            raise Failed("it is not at the old site")
        return parts

    def _places(self, parts: SplitResult, port: int) -> list[hosts.Place]:
        found = self.find(str(parts.hostname).encode("idna").decode("ascii"), parts.port or port)
        places = [place for place in found if self.allowed(str(place[1][0]))]
        if not places:
            raise Failed("it is in a private network, where nothing is fetched from")
        return places

    def _headers(self, parts: SplitResult) -> dict[str, str]:
        return {
            "Host": parts.netloc,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }

    def _keep(self, answer: HTTPResponse, target: Path) -> None:
        if answer.status != 200:
            raise Failed(of_status(answer.status, answer.headers, "", datetime.now(UTC)).reason)
        if answer.headers.get_content_type() in ("text/html", "application/xhtml+xml"):
            raise Failed("a page is there instead of the file")
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise Failed("it is packed in a way that was not asked for")
        if (answer.length or 0) > self.largest:
            raise Failed(_too_large(self.largest))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = target.with_name(f".{target.name}.part")
        try:
            self._copy(answer, fresh)
            os.replace(fresh, target)
        finally:
            fresh.unlink(missing_ok=True)

    def _copy(self, answer: HTTPResponse, fresh: Path) -> None:
        size, wanted = 0, answer.length
        with fresh.open("wb") as file:
            while data := answer.read(_PIECE):
                size += len(data)
                if size > self.largest:
                    raise Failed(_too_large(self.largest))
                file.write(data)
        if wanted is not None and size != wanted:
            raise Failed("it broke off before its end")
        if not size:
            raise Failed("it is empty")


def _place(url: str) -> PurePosixPath:
    """Where a file is kept: by its path below the uploads, whose parts can lead nowhere else."""
    parts = _parts(url)
    path = unquote(parts.path).partition(_UPLOADS)[2] or unquote(parts.path).lstrip("/") if parts else ""
    pieces = PurePosixPath(path).parts
    if not pieces or any(one in ("/", "..", ".") or one.startswith(".") or "\\" in one for one in pieces):
        raise Failed("its address leads to no file")
    if any(not one.isprintable() or len(one.encode()) > 200 for one in pieces) or len(pieces) > 20:
        raise Failed("its name is none that a file can have")
    if PurePosixPath(path).suffix.lower() not in _KINDS:
        raise Failed("it is none of the kinds of files that are fetched")
    return PurePosixPath(*pieces)


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises when it is no number
        return parts
    except ValueError:
        return None


def _joined(url: str, location: str) -> str:
    try:
        return urldefrag(urljoin(url, tidy(location))).url
    except ValueError:
        raise Failed("it leads to no web address") from None


def _too_large(largest: int) -> str:
    return f"it has more than {largest // 1_000_000} MB"
