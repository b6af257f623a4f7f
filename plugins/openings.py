"""Whether a summary only says how the text begins, as those of migrated texts often do: one is enough to read."""

from plugins.reader import plain
from publication.titles import squashed

_COMPARED = 60  # letters of the summary
_READ = 6000  # signs of the text: it may begin with a picture


def repeats(summary: str, body: str) -> bool:
    """Whether ``body``, which is HTML, has the beginning of ``summary`` among its first words."""
    begins = squashed(summary)[:_COMPARED]
    return bool(begins) and begins in squashed(plain(body[:_READ]))
