"""The moments and comments every store test knows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from comments.model import NewComment

NOW = datetime(2026, 3, 14, 9, 30, 0, 123456, UTC)
MINUTE = timedelta(minutes=1)
THREAD = "a-good-night"

PENDING = NewComment(
    thread=THREAD,
    name="Ann Example",
    source="I slept *well*.",
    html="<p>I slept <em>well</em>.</p>",
    markup=1,
    state="pending",
    created=NOW,
)
APPROVED = replace(PENDING, state="approved")
