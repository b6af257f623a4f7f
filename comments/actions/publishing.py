"""How the last publishing went, from what whoever builds leaves in ``var/``.

``publishing.json`` tells of every publishing: ``{"started": moment, "ended": moment or null, "code": number or null,
"said": text}``. ``problems.txt`` is what the last build of ``serve`` stopped at, empty after a good one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from comments.actions import web_root
from comments.actions.notes import Damaged, Note, read_note
from comments.words import _

RECORD = "publishing.json"
PROBLEMS = "problems.txt"
# What is said is shown from its end: there stands what it stopped at.
SAID = 40
# What did not end by then was killed together with whoever would have written down how it ended.
LONGEST = timedelta(hours=1)


@dataclass(frozen=True)
class Publishing:
    """``at`` is when it began where it is ``running``, else when it ended; ``said`` are the last lines of a failure."""

    state: Literal["running", "failed"]
    at: datetime
    said: tuple[str, ...] = ()


def read_publishing(var: Path, checked: datetime | None, now: datetime) -> Publishing | None:
    """What there is to tell; None where the last publishing went well or nobody wrote anything down.

    ``checked`` is when the texts were last read: of a build of ``serve`` before that nothing need be told.
    """
    try:
        note = read_note(var / RECORD)
        recorded = _told(note, now) if note else None
    except Damaged:
        recorded = None  # it only tells of what is over; the next publishing writes it anew
    if recorded and any(release.made > recorded.at for release in web_root.list_releases(var)):
        recorded = None  # somebody published since
    return recorded or _stopped(var, checked)


def _told(note: Note, now: datetime) -> Publishing | None:
    started = note.moment("started")
    if not note.has("ended"):
        stuck = now - started > LONGEST
        return Publishing("failed", started, (_("It did not end."),)) if stuck else Publishing("running", started)
    if note.has("code") and note.raw["code"] != 0:
        return Publishing("failed", note.moment("ended"), tuple(note.lines("said")[-SAID:]))
    return None


def _stopped(var: Path, checked: datetime | None) -> Publishing | None:
    file = var / PROBLEMS
    try:
        said = Note({"said": file.read_text(encoding="utf-8", errors="replace")}).lines("said")
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None
    if not said or (checked and at < checked):
        return None
    return Publishing("failed", at, tuple(said[-SAID:]))
