"""Was this said before, and is this too fast? Pure questions over moments that the caller has read."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from comments.errors import Repeated, TooFast, TooLate
from comments.words import _

# Times one comment may be changed by its writer: each leaves its former text in the history.
EDITS = 20


def check_repeated(earlier: int | None) -> None:
    """:raise Repeated: the same words by the same name, to the same comment, are stored (and not in the trash)."""
    if earlier is not None:
        raise Repeated(_("You have sent these words already. You need not send them again."), earlier)


def check_flood(latest: Iterable[datetime], now: datetime, seconds: int) -> None:
    """``latest`` are the moments of earlier comments from this network, person or address.

    :raise TooFast: one of them is less than ``seconds`` ago; carries the whole seconds to wait.
    """
    wait = _left(latest, now, seconds)
    if wait > 0:
        raise TooFast(
            _(
                "A comment from you or from your network came a moment ago. "
                "Please send this one in {wait} seconds; your text is kept."
            ).format(wait=wait),
            wait,
        )


def check_edits(earlier: Sequence[datetime], now: datetime, seconds: int) -> None:
    """``earlier`` are the moments at which this comment's writer changed it, oldest first.

    :raise TooLate: there were so many that it stays as it is.
    :raise TooFast: as above.
    """
    if len(earlier) >= EDITS:
        raise TooLate(
            _("This comment was changed {count} times. It stays as it is now; your text was not saved.").format(
                count=EDITS
            )
        )
    wait = _left(earlier, now, seconds)
    if wait > 0:
        raise TooFast(
            _("You changed this comment a moment ago. Please save again in {wait} seconds; your text is kept.").format(
                wait=wait
            ),
            wait,
        )


def _left(moments: Iterable[datetime], now: datetime, seconds: int) -> int:
    newest = max(moments, default=None)
    return math.ceil((newest + timedelta(seconds=seconds) - now).total_seconds()) if newest else 0
