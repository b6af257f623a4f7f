"""Which comments of a thread are brought over, and as what."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from comments.actions.transfer import Foreign
from migrate.mail_addresses import ADDRESS, name_of
from migrate.outcomes import Entry
from migrate.replies import is_website
from migrate.sources.archive import OldReply
from migrate.text.fitting import Fitted, fit

_LONGEST = 65_535  # characters of a text: no system lets visitors write more
_LONGEST_KEY = 200
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)  # no comment is older than the web
_PLACE = "only its place is kept, for the answers below it"


@dataclass
class Judged:
    """A comment with its line in the report. ``foreign`` is None when it is left out."""

    reply: OldReply
    entry: Entry
    foreign: Foreign | None = None


def judge(pairs: Sequence[tuple[OldReply, Entry]], fallback: datetime | None, now: datetime) -> list[Judged]:
    """All comments of what becomes one thread. ``fallback`` is the moment of those that have none."""
    found: list[Judged] = []
    seen: set[str] = set()
    for reply, entry in pairs:
        why = _why_not(reply, seen)
        seen.add(reply.key)
        one = Judged(reply, entry)
        found.append(one)
        if why:
            entry.outcome, entry.why = "skipped", [why]
        else:
            one.foreign = _foreign(reply, entry, fallback, now)
    _keep_places(found, fallback, now)
    return found


def _why_not(reply: OldReply, seen: set[str]) -> str:
    if not reply.key:
        return "it has no number"
    if len(reply.key) > _LONGEST_KEY:
        return f"its number is longer than {_LONGEST_KEY} signs"
    if reply.key in seen:
        return "the export holds this comment twice"
    if reply.why_not:
        return reply.why_not
    if not (reply.html or reply.source).strip():
        return "it has no text"
    if len(reply.html or reply.source) > _LONGEST:
        return f"its text has more than {_LONGEST:,} signs, as no visitor writes"
    return ""


def _foreign(reply: OldReply, entry: Entry, fallback: datetime | None, now: datetime) -> Foreign | None:
    fitted = fit(reply.html, classic="<p" not in reply.html) if reply.html else Fitted("", reply.source, ())
    if not fitted.markdown.strip():
        entry.outcome, entry.why = "skipped", ["nothing of it can be shown"]
        return None
    for change in (*reply.changes, *fitted.lost):
        entry.change(change)
    name, why = name_of(reply.name)
    if why:
        entry.change(why)
    address = reply.address if ADDRESS.fullmatch(reply.address) else ""
    if reply.address and not address:
        entry.change("what stood for an e-mail address is none, and was left out")
    website = reply.website if is_website(reply.website) else ""
    if reply.website and not website:
        entry.change("what stood for a website is no web address, and was left out")
    return Foreign(
        key=reply.key,
        name=name,
        html=fitted.html,
        source=fitted.markdown,
        state=reply.state,
        made=_moment(reply, entry, fallback, now),
        parent=reply.parent,
        address=address,
        website=website,
    )


def _keep_places(judged: Sequence[Judged], fallback: datetime | None, now: datetime) -> None:
    """What is left out but has answers that are not stays as an empty place, so that these hang together."""
    gone = {one.reply.key: one for one in judged if one.foreign is None and one.reply.why_not}
    waiting = [one.foreign.parent for one in judged if one.foreign is not None]
    while waiting:
        one = gone.pop(waiting.pop(), None)
        if one is not None:
            reply, entry = one.reply, one.entry
            entry.outcome, entry.why = "changed", [f"{reply.why_not}; {_PLACE}"]
            made = _moment(reply, entry, fallback, now)
            one.foreign = Foreign(reply.key, "", "", "", "trash", made, reply.parent)
            waiting.append(reply.parent)


def _moment(reply: OldReply, entry: Entry, fallback: datetime | None, now: datetime) -> datetime:
    made = _read(reply.made)
    if made is None or made < _FIRST:
        entry.change("its date cannot be read, or cannot be right; it has that of its thread, or today's")
        return min(fallback or now, now)
    if made > now:
        entry.change("its date lies in the future and became today's")
        return now
    return made


def _read(made: float | None) -> datetime | None:
    if made is None or not math.isfinite(made):
        return None
    try:
        return datetime.fromtimestamp(made, UTC)
    except (ValueError, OverflowError, OSError):
        return None
