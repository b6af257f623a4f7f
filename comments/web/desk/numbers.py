"""Reads the numbers of addresses and forms, where anything may stand."""

# The comments of a thousand years have fewer; what is longer would only cost time to read.
DIGITS = 9


def whole(text: str) -> int | None:
    """The whole number that ``text`` is. None where it is none, is negative or has absurdly many digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
