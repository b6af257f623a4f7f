"""How long a comment will wait for a moderator, in plain words for its writer."""

from datetime import timedelta

from comments.words import _


def usual_wait_words(usual: timedelta | None) -> str:
    """A sentence for whoever waits. ``usual`` is measured (see ``waiting``); None where nothing can be said yet."""
    if usual is None:
        return _("How long that takes we cannot say: too few comments were read here lately.")
    for span, sentence in _spans():
        if usual <= span:
            return sentence
    return _("That often takes more than a week.")


def _spans() -> tuple[tuple[timedelta, str], ...]:
    return (
        (timedelta(hours=1), _("Usually that happens within an hour.")),
        (timedelta(hours=6), _("Usually that happens within a few hours.")),
        (timedelta(days=1), _("Usually that happens within a day.")),
        (timedelta(days=3), _("Usually that happens within two or three days.")),
        (timedelta(days=7), _("Usually that happens within a week.")),
    )
