"""Addresses of before, as nginx answers them by the release's map: where a reader who has one is sent now."""

import re
from collections.abc import Iterator, Mapping

# In the form in which ``publication/former.py`` writes them down: one parameter that WordPress tells its pages apart
# by, whatever else is asked along with it.
NAMES = (
    ("p|page_id|attachment_id", "p", "[0-9]+"),
    ("cat", "cat", "[0-9]+"),
    ("author", "author", "[0-9]+"),
    ("tag", "tag", "[a-z0-9%._~+-]+"),
    ("m", "m", "[0-9]+"),
    ("feed", "feed", "[a-z0-9-]+"),
)
_NAMED = tuple((re.compile(f"(?:^|&)(?:{names})=({value})(?:&|$)"), name) for names, name, value in NAMES)
_SIZE = re.compile(r"(/wp-content/uploads/.+)-[0-9]{1,5}x[0-9]{1,5}(\.[A-Za-z0-9]+)")
_YEAR = re.compile(r"/((?:19|20)[0-9]{2})(?:/[0-9]{2}){0,2}/?")
_PART = re.compile(
    r"(/.+?/)(?:feed(?:/(?:atom|rss2?|rdf))?|comment-page-[0-9]+|page/[0-9]+|amp|embed|trackback|[0-9]{1,3})/?"
)
_OLDER = re.compile(r"/page/[0-9]+/?")
_FEED = re.compile(r"/(?:feed/|wp-)?(?:feed|rdf|rss2?|atom)(?:\.(?:xml|php))?/?")
_SITEMAP = re.compile(r"/(?:wp-sitemap[\w-]*|sitemap[_-]index|[\w-]+-sitemap[0-9]*)\.xml", re.ASCII)
_MONTH = re.compile(r"m=((?:19|20)[0-9]{2})(?:[0-9]{2}){0,5}")
_LOST = re.compile(r"(?:p|cat|author)=[0-9]+|tag=[a-z0-9%._~+-]+")


def moved(addresses: Mapping[str, str], path: str, query: str) -> str | None:
    """Where a former address leads now, with the query where the page of today may want it; None for any other."""
    if query:
        target = addresses.get(f"{path}?{asked(query.lower())}") or (_list(query) if path == "/" else None)
        if target is not None:
            return target
    target = addresses.get(path)
    if target is None and (size := _SIZE.fullmatch(path)):
        target = addresses.get("".join(size.groups()))
    return target if target is None or not query else f"{target}?{query}"


def asked(query: str) -> str:
    """What counts of a query in small letters: the one parameter that is known, else all of it."""
    found = ((pattern.search(query), name) for pattern, name in _NAMED)
    return next((f"{name}={match[1]}" for match, name in found if match), query)


def is_lost(query: str) -> bool:
    """Whether a query on the front page asks for one text or list: where no former address has it, nothing has."""
    return _LOST.fullmatch(asked(query.lower())) is not None


def nearest(path: str) -> Iterator[str]:
    """Where to look when nothing stands at ``path``: the text it is a part of, the year it belongs to, our feed."""
    if _FEED.fullmatch(path):
        yield "/feeds/articles.atom"
    if _SITEMAP.fullmatch(path):
        yield "/sitemap.xml"
    if _OLDER.fullmatch(path):
        yield "/archive/"
    if year := _YEAR.fullmatch(path):
        yield f"/archive/#y{year[1]}"
    elif part := _PART.fullmatch(path):
        yield part[1]


def _list(query: str) -> str | None:
    """Where a query on the front page leads that asks for a feed or for what was written in a month."""
    known = asked(query.lower())
    if known.startswith("feed="):
        return "/feeds/comments.atom" if known.startswith("feed=comments-") else "/feeds/articles.atom"
    month = _MONTH.fullmatch(known)
    return f"/archive/#y{month[1]}" if month else None
