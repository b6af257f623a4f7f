"""Addresses out of old texts, taken apart and put together: broken ones are nothing, not an error."""

from urllib.parse import SplitResult, urljoin, urlsplit

_NOTHING = SplitResult("", "", "", "", "")


def split(address: str) -> SplitResult:
    """The parts of ``address``; empty ones where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return _NOTHING


def join(base: str, address: str) -> str:
    """``address`` as seen from ``base``; as it is where that cannot be."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
