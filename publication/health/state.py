"""What the link check remembers of every outside link, in ``var/links.json``."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

FORMAT = 1
FAILURES = 3  # on as many days, before readers are told
DAYS = timedelta(days=3)  # from the first failure to the last, at least
MOST_REMEMBERED = 30  # failures of one link


@dataclass(frozen=True)
class Link:
    """One outside link.

    ``checked`` is when it was last asked for; ``status`` and ``reason`` are its last answer (no status: there was
    none); ``failures`` are moments since it last answered well; ``moved`` is where it leads on to for good; ``files``
    are the places it is in, as ``content/…:LINE``.
    """

    checked: str = ""
    status: int | None = None
    reason: str = ""
    failures: tuple[str, ...] = ()
    gone: bool = False
    files: tuple[str, ...] = ()
    moved: str = ""

    def age(self, now: datetime) -> timedelta:
        """How long ago it was asked for; for ever ago where the moment is missing or still to come."""
        checked = moment(self.checked)
        # The clock was ahead once. That must not put the next look off until it comes true.
        return now - checked if checked and checked <= now else timedelta.max

    def answered(self, now: datetime, status: int | None, reason: str, moved: str = "") -> "Link":
        """After an answer that is well: one is enough to forget every failure."""
        return Link(written(now), status, reason, (), False, self.files, moved)

    def untold(self, now: datetime, status: int | None, reason: str) -> "Link":
        """After an answer that says nothing about the link."""
        return replace(self, checked=written(now), status=status, reason=reason)

    def failed(self, now: datetime, status: int | None, reason: str) -> "Link":
        """After a failure. Only several over days mean that it may be gone."""
        failures = (*self.failures, written(now))
        if len(failures) > MOST_REMEMBERED:
            failures = (failures[0], *failures[2:])
        gone = is_gone(failures)
        return Link(written(now), status, reason, failures, gone, self.files, self.moved)


def key_of(href: str) -> str:
    """The name of a link in the file: its address without the part of the page."""
    return urldefrag(href).url if "://" in href[:10] else ""


def is_gone(failures: tuple[str, ...]) -> bool:
    """Whether these failures are enough, and far enough apart, to tell readers."""
    moments = sorted(at for at in map(moment, failures) if at)
    days = {at.date() for at in moments}
    return len(days) >= FAILURES and moments[-1] - moments[0] >= DAYS


def say(sentence: str) -> None:
    """Tell whoever runs the command."""
    print(sentence, file=sys.stderr)


def read(path: Path, *, say: Callable[[str], None] = say) -> dict[str, Link]:
    """What is remembered, by address; nothing where there is no file. A damaged file is as good as none, and said."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        say(f"{path} cannot be read ({error}). No link counts as gone until the next python3 tasks.py links.")
        return {}


def gone(path: Path | None) -> frozenset[str]:
    """The addresses that readers are told about."""
    return frozenset(url for url, link in read(path).items() if link.gone) if path else frozenset()


def parse(data: bytes) -> dict[str, Link]:
    """The links of a file.

    :raise ValueError: it is not such a file.
    """
    try:
        whole = json.loads(data)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT or not isinstance(whole.get("links"), dict):
        raise ValueError("it is not a list of links")
    return {url: _link(url, fields) for url, fields in whole["links"].items()}


def write(path: Path, links: Mapping[str, Link]) -> None:
    """Replace the file in one step: whoever reads it meets the old one or the new one."""
    known = {url: asdict(links[url]) for url in sorted(links)}
    text = json.dumps({"format": FORMAT, "links": known}, ensure_ascii=False, indent=1)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


def moment(text: str) -> datetime | None:
    """The moment that ``text`` says; None where it says none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def written(now: datetime) -> str:
    """A moment as the file has it."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _link(url: str, fields: Any) -> Link:
    if not isinstance(fields, dict):
        raise ValueError(f"{url} has no fields")
    status = fields.get("status")
    texts = {name: fields.get(name) or "" for name in ("checked", "reason", "moved")}
    lists = {name: fields.get(name) or [] for name in ("failures", "files")}
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(status, int | None):
        raise ValueError(f"{url} has fields of the wrong kind")
    if not all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in lists.values()):
        raise ValueError(f"{url} has lists of the wrong kind")
    return Link(
        texts["checked"],
        status,
        texts["reason"],
        tuple(lists["failures"]),
        fields.get("gone") is True,
        tuple(lists["files"]),
        texts["moved"],
    )
