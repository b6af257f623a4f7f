"""What the guard knows of the whole site, kept in memory: a comment that comes costs no statement for it.

Another process's change is seen within two seconds; one's own at once, by ``forget``.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comments.checks import care
from comments.checks.brake import Rule
from comments.checks.care import BadWords, Words, read_words
from comments.errors import Misconfigured
from comments.model import GuardState, Listing
from comments.store.base import Store
from comments.words import _

FRESH = timedelta(seconds=2)
BEFORE = datetime(1970, 1, 1, tzinfo=UTC)
SHIPPED = Path(care.__file__).with_name("care-words.txt")


@dataclass(frozen=True)
class Seen:
    """What was read, and when. ``came`` counts the comments within the brake's window, ``of_late`` its quiet time."""

    at: datetime = BEFORE
    state: GuardState = field(default_factory=GuardState)
    listings: tuple[Listing, ...] = ()
    came: int = 0
    of_late: int = 0

    def held_by(self, at: datetime) -> list[Listing]:
        """The entries of the lists that hold at this moment."""
        return [listing for listing in self.listings if listing.expires is None or listing.expires > at]


class Memory:
    """One for each open installation. Threads may share it: what was seen is replaced as a whole."""

    def __init__(self) -> None:
        self._seen = Seen()
        self._stale = True
        self._words: tuple[Path, int, Words] | None = None

    def look(self, store: Store, rule: Rule, now: datetime) -> Seen:
        """What is known, read anew when that is older than two seconds."""
        seen = self._seen
        if self._stale or not timedelta() <= now - seen.at < FRESH:
            self._stale = False
            seen = self._seen = self._read(store, rule, now, seen)
        return seen

    def came(self) -> None:
        """One more comment came in."""
        self._seen = replace(self._seen, came=self._seen.came + 1, of_late=self._seen.of_late + 1)

    def forget(self) -> None:
        """Something was changed here: the next look reads anew."""
        self._stale = True

    def words(self, path: Path | None) -> Words:
        """The phrases that may be a cry for help, read again when their file has changed.

        :raise Misconfigured: the file cannot be read, or not understood.
        """
        path = path or SHIPPED
        try:
            changed = path.stat().st_mtime_ns
            if self._words is None or self._words[:2] != (path, changed):
                self._words = (path, changed, read_words(path.read_text("utf-8")))
        except (OSError, UnicodeDecodeError):
            raise Misconfigured(_("PN_CARE_WORDS names %s, which cannot be read.") % path) from None
        except BadWords as wrong:
            raise Misconfigured(_("%s is not understood: %s") % (path, wrong)) from None
        return self._words[2]

    @staticmethod
    def _read(store: Store, rule: Rule, now: datetime, before: Seen) -> Seen:
        state = store.get_guard()
        listings = before.listings
        if before.at == BEFORE or state.lists != before.state.lists:
            listings = tuple(store.list_listings(now))
        counted = rule.on or state.braked
        came = _count(store, now - rule.window, now) if counted else 0
        of_late = _count(store, now - rule.quiet, now) if state.braked else 0
        return Seen(now, state, listings, came, of_late)


def _count(store: Store, since: datetime, now: datetime) -> int:
    return sum(store.count_by_span([since, now + FRESH])[0].values())
