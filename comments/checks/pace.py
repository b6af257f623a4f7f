"""Was this said before, and is this too fast? Pure questions over moments that the caller has read."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from gettext import gettext as _

from comments.errors import Repeated, TooFast
from comments.model import Comment


def check_repeated(earlier: Comment | None) -> None:
    """:raise Repeated: the same words by the same name, to the same comment, are stored (and not in the trash)."""
    if earlier is not None:
        raise Repeated(_("You have sent these words already. You need not send them again."), earlier.id)


def check_flood(latest: Iterable[datetime], now: datetime, seconds: int) -> None:
    """``latest`` are the moments of earlier comments from this network, person or address.

    :raise TooFast: one of them is less than ``seconds`` ago; carries the whole seconds to wait.
    """
    newest = max(latest, default=None)
    if newest is None:
        return
    left = (newest + timedelta(seconds=seconds) - now).total_seconds()
    if left > 0:
        wait = math.ceil(left)
        raise TooFast(
            _("Your last comment came a moment ago. Please send this one in {wait} seconds.").format(wait=wait), wait
        )
