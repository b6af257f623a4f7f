"""Has the clock made something of the site that readers do not see yet? A release says until when it holds."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from comments.actions.web_root import Release, current_release, list_releases

# "passed": an event came. "ahead": it was built for a moment that is still to come.
Why = Literal["passed", "ahead"]


@dataclass(frozen=True)
class Standing:
    """How the current release stands to this moment.

    ``why`` is empty while it holds. ``held``: an earlier release was put back by somebody, so nothing is published by
    itself until somebody publishes. ``lost``: the machine's clock stands before every release that is kept, as after
    a start without the time; nothing it says is believed.
    """

    release: Release
    since: datetime | None
    next_event: datetime | None
    why: Why | Literal[""]
    held: bool
    lost: bool

    @property
    def due(self) -> bool:
        """Whether the site is to be published now."""
        return bool(self.why) and not self.held and not self.lost


def standing(var: Path, now: datetime, *, told: bool = False) -> Standing:
    """How the release that readers see stands to ``now``; ``told``: somebody named this moment, no clock did.

    :raise Misconfigured: there is none, or it is damaged.
    """
    release = current_release(var)
    manifest = release.manifest
    kept = list_releases(var)
    return Standing(
        release=release,
        since=manifest.since,
        next_event=manifest.next_event,
        why=_why(manifest.since, manifest.next_event, now),
        held=any(other.number > release.number for other in kept),
        lost=not told and all(now < other.made for other in kept),
    )


def _why(since: datetime | None, next_event: datetime | None, now: datetime) -> Why | Literal[""]:
    if next_event is not None and next_event <= now:
        return "passed"
    return "ahead" if since is not None and now < since else ""
