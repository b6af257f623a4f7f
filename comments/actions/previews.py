"""Previews: texts that are not published, each at an address that cannot be guessed and ends by itself.

``var/previews/<token>/`` holds ``preview.json`` and ``public/``, what the service sends. A text has one address at a
time: a second preview of it shows its newest state there. No release, feed, index or list knows of them.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comments.actions import files
from comments.errors import NotFound, PublishProblem
from comments.locks import FileLock
from comments.words import _

FOLDER = "previews"
RECORD = "preview.json"
PUBLIC = "public"
INDEX = "index.html"
LOCK = "previews.lock"
# A folder that is being filled; killed, it is taken away after a day.
FILLING = ".new-"
TOKEN_BYTES = 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
# A page that is open while its text is made anew still loads these.
ASSETS = "theme"


@dataclass(frozen=True)
class Preview:
    """``file`` and ``id`` name the text; ``until`` is the moment from which nobody sees it any more."""

    token: str
    id: str
    file: str
    title: str
    until: datetime
    folder: Path

    @property
    def public(self) -> Path:
        """What may be sent."""
        return self.folder / PUBLIC

    @property
    def path(self) -> str:
        """Its address on the site."""
        return f"/preview/{self.token}/"


def find_preview(var: Path, token: str, now: datetime) -> Preview:
    """The preview at this address.

    :raise NotFound: there is none, or it is over; nobody can tell which.
    """
    preview = _read(var / FOLDER / token) if TOKEN.fullmatch(token) else None
    if preview is None or preview.until <= now:
        raise no_preview()
    return preview


def no_preview() -> NotFound:
    """The same answer whether it is over, was ended or never was."""
    return NotFound(
        _("This preview is over, or its address is mistyped. Whoever sent you the address can make a new one.")
    )


def list_previews(var: Path, now: datetime) -> list[Preview]:
    """Those that can be seen, the last to end first."""
    return sorted((each for each in _all(var) if each.until > now), key=lambda each: each.until, reverse=True)


def keep_preview(var: Path, made: Path, now: datetime) -> Preview:
    """Let the preview that was built in the folder ``made`` be seen; the folder is gone afterwards.

    :raise PublishProblem: the folder holds no preview.
    """
    with _lock(var):
        new = _read(made)
        if new is None or not (new.public / INDEX).is_file():
            raise PublishProblem(_("There is no preview in %s.") % made)
        before = next((each for each in list_previews(var, now) if each.id == new.id), None)
        if before is None:
            folder = var / FOLDER / secrets.token_urlsafe(TOKEN_BYTES)
            os.rename(made, folder)
        else:
            folder = before.folder
            _replace(before, new)
    return replace(new, token=folder.name, folder=folder)


def end_previews(var: Path, name: str) -> list[Preview]:
    """End those of the text whose id or file is ``name``, or ``all`` of them; which they were.

    :raise NotFound: there is none.
    """
    with _lock(var):
        ended = [each for each in _all(var) if name == "all" or _is_named(each, name)]
        for preview in ended:
            _delete(preview.folder)
    if not ended and name != "all":
        raise NotFound(_("There is no preview of “%s”.") % name)
    return ended


def drop_over(var: Path, now: datetime) -> int:
    """Delete what is over, and what a crash has left; how many previews that were."""
    if not (var / FOLDER).is_dir():
        return 0
    with _lock(var):
        over = [each for each in _all(var) if each.until <= now]
        for preview in over:
            _delete(preview.folder)
        for folder in list(_folders(var)):
            since = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
            if (folder.name.startswith(FILLING) or _read(folder) is None) and since < now - timedelta(days=1):
                _delete(folder)
    return len(over)


def _replace(before: Preview, new: Preview) -> None:
    """Put the files of ``new`` into the folder of ``before``, each in one step: whoever looks sees a whole page."""
    paths = sorted(files.walk(new.public), key=lambda path: path.as_posix() == INDEX)  # the page last
    for path in paths:
        (before.public / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new.public / path, before.public / path)
    os.replace(new.folder / RECORD, before.folder / RECORD)
    for path in list(files.walk(before.public)):
        if path not in paths and path.parts[0] != ASSETS:
            (before.public / path).unlink()
    shutil.rmtree(new.folder)


def _delete(folder: Path) -> None:
    """In one step for whoever looks: without its record it is no preview any more."""
    (folder / RECORD).unlink(missing_ok=True)
    shutil.rmtree(folder)


def _all(var: Path) -> Iterator[Preview]:
    for folder in _folders(var):
        if TOKEN.fullmatch(folder.name) and (preview := _read(folder)):
            yield preview


def _folders(var: Path) -> Iterator[Path]:
    return (path for path in sorted((var / FOLDER).glob("*")) if path.is_dir())


def _read(folder: Path) -> Preview | None:
    """The preview in a folder; None where there is none, or a damaged one."""
    try:
        known = json.loads((folder / RECORD).read_bytes())
        until = datetime.fromisoformat(known["until"])
        words = {key: str(known[key]) for key in ("id", "file", "title")}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Preview(token=folder.name, until=until, folder=folder, **words) if until.tzinfo else None


def _is_named(preview: Preview, name: str) -> bool:
    wanted = tuple(part for part in Path(name).parts if part not in ("..", "."))
    return preview.id == name or (bool(wanted) and Path("/", preview.file).parts[-len(wanted) :] == wanted)


def _lock(var: Path) -> FileLock:
    return FileLock(var / LOCK)
