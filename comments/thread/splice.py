"""Puts HTML between the markers of a page: ``<!--NAME:OWNER-->…<!--/NAME:OWNER-->``.

By offset, never by pattern: nothing in the HTML that is put in can mean anything here.
"""

from collections.abc import Mapping

from comments.errors import CommentsError


class MarkerError(CommentsError):
    """A marker is missing, doubled or out of order; or the HTML to put in looks like one."""


def splice(page: bytes, owner: str, regions: Mapping[str, bytes]) -> bytes:
    """The page with the contents of the named regions replaced, all else as it was.

    :raise MarkerError: a region is not there exactly once, or regions overlap; the page cannot be trusted.
    """
    pieces: list[bytes] = []
    done = 0
    for start, end, name in sorted((*_bounds(page, name, owner), name) for name in regions):
        opening, _ = _markers(name, owner)
        if page.rfind(opening, done, start) < 0:
            raise MarkerError(f"The region “{name}” of “{owner}” lies within another one.")
        _refuse_markers(regions[name], name, owner, regions)
        pieces += [page[done:start], regions[name]]
        done = end
    return b"".join([*pieces, page[done:]])


def region(page: bytes, name: str, owner: str) -> bytes:
    """What stands between the markers now.

    :raise MarkerError: as above.
    """
    start, end = _bounds(page, name, owner)
    return page[start:end]


def _bounds(page: bytes, name: str, owner: str) -> tuple[int, int]:
    opening, closing = _markers(name, owner)
    if page.count(opening) != 1 or page.count(closing) != 1:
        raise MarkerError(f"The page must hold the markers of “{name}:{owner}” exactly once.")
    start = page.index(opening) + len(opening)
    end = page.index(closing)
    if end < start:
        raise MarkerError(f"The markers of “{name}:{owner}” are the wrong way round.")
    return start, end


def _markers(name: str, owner: str) -> tuple[bytes, bytes]:
    return f"<!--{name}:{owner}-->".encode(), f"<!--/{name}:{owner}-->".encode()


def _refuse_markers(content: bytes, name: str, owner: str, regions: Mapping[str, bytes]) -> None:
    # No comment can hold one (the sanitiser lets no HTML comment through); should that ever fail, the page stays whole.
    for other in regions:
        if any(marker in content for marker in _markers(other, owner)):
            raise MarkerError(f"The text for “{name}:{owner}” holds a marker of “{other}”.")
