"""Where everything stands on the site, and that no two things stand in one place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from publication import vocabulary
from publication.claims import FILES, Claims, feed_of, file_of
from publication.items import Item, Shelf
from publication.problems import quoted
from publication.slugs import slug

HOME, ARCHIVE, TOPICS, AUTHORS, TAGS = "/", "/archive/", "/topics/", "/authors/", "/tags/"
RESOURCES, SEARCH, FEEDS, MEDIA = "/resources/", "/search/", "/feeds/", "/media/"
CITE = "/cite/"
PICTURES = "/pictures/"  # copies of them, made by the build

SERVICE = ("/comments/", "/desk/", "/preview/")
# Replies to an article go to /comments/<its id>, where the service has these for itself.
SERVICE_IDS = frozenset({"feed", "mine", "moderate", "privacy", "prove", "subscription", "subscriptions"})

# References are at /cite/<id>.bib, and those of the hub at /cite/resources.bib.
CITE_IDS = frozenset({"resources"})

# Pages that the site makes by itself.
FIXED = (HOME, ARCHIVE, TOPICS, AUTHORS, TAGS, RESOURCES, SEARCH)

# Folders that belong to the build or the service, with everything below them.
TREES = (
    TOPICS,
    AUTHORS,
    TAGS,
    ARCHIVE,
    SEARCH,
    FEEDS,
    MEDIA,
    CITE,
    "/static/",
    "/theme/",
    "/assets/",
    *SERVICE,
    "/page/",
)

# Where the year of an article is not known yet, because it has no date.
NO_YEAR = "0000"


def path_of_citation(path: str) -> str:
    """The file of references, without its ending, to the list of resources at ``path``, or to a text by its id."""
    return f"{CITE}{path.strip('/')}"


def path_of_author(key: str) -> str:
    return f"{AUTHORS}{key}/"


def path_of_topic(key: str) -> str:
    return f"{TOPICS}{key}/"


def path_of_tag(name: str) -> str:
    return f"{TAGS}{slug(name)}/"


def path_of_facet(facet: str, value: str) -> str:
    """The list of the resources whose ``facet`` (a key of ``vocabulary.FACETS``) is ``value``."""
    return f"{RESOURCES}{facet}/{value}/"


def path_of_order(order: str) -> str:
    """The whole hub in another order than by title, a key of ``vocabulary.ORDERS``."""
    return path_of_facet("sort", order)


def is_fixed(path: str, further: Iterable[str] = ()) -> bool:
    """Whether ``path`` belongs to the build or the service, so that no text may claim it."""
    facets = tuple(f"{RESOURCES}{facet}/" for facet in (*vocabulary.FACETS, "sort", "page"))
    taken = _claims_of_the_site(tuple(further)).holder([file_of(path)])
    return taken is not None or path.casefold().startswith((*TREES, PICTURES, *facets))


@cache
def _claims_of_the_site(further: tuple[str, ...]) -> Claims[str]:
    own: Claims[str] = Claims()
    own.take("the site", [*FILES, *(file_of(path) for path in (*FIXED, *further))])
    return own


def files_of(item: Item, path: str) -> list[str]:
    """The files that stand at the address ``path`` of ``item``: its page, and the feed of replies to an article."""
    return [file_of(path), feed_of(path)] if item.kind == "article" else [file_of(path)]


def claims(shelf: Shelf, paths: Mapping[int, str]) -> Claims[Item]:
    """Who has which file. Where several want one, the first has it."""
    taken: Claims[Item] = Claims()
    for item in _in_order(shelf):
        taken.take(item, files_of(item, paths[id(item)]))
    return taken


def assign(shelf: Shelf, years: Mapping[str, str]) -> dict[int, str]:
    """The path of every item, by ``id()`` of the item. ``years`` holds the years of articles published before."""
    return {id(item): _path(item, years) for item in shelf.everything()}


def _path(item: Item, years: Mapping[str, str]) -> str:
    if item.kind == "author":
        return path_of_author(item.id)
    if item.kind == "topic":
        return path_of_topic(item.id)
    if item.get("url"):
        return str(item.get("url"))
    name = item.get("slug") or item.id
    if item.kind == "resource":
        return f"{RESOURCES}{name}/"
    if item.kind == "page":
        return f"/{name}/"
    date = item.get("date")
    year = years.get(item.id) or (f"{date.year:04}" if date else NO_YEAR)
    return f"/{year}/{name}/"


def find_clashes(shelf: Shelf, paths: Mapping[int, str]) -> None:
    """Report texts with one id, items with one address, and addresses that are taken by the site itself."""
    _one_id_each(shelf)
    taken: Claims[Item] = Claims()
    for item in _in_order(shelf):
        path = paths[id(item)]
        line = item.line_of("url", "slug", "id")
        other = taken.holder(files_of(item, path))
        taken.take(item, files_of(item, path))
        if other and other.id != item.id and item.is_readable:
            same = file_of(path).casefold() == file_of(paths[id(other)]).casefold()
            what = f"The address {path} is {'also' if same else 'in the way of'} the address of {other.where}"
            item.problems.add(line, what, "Give one of the two another slug.", "address")
        elif is_fixed(path, shelf.settings.fixed_paths) and item.kind not in ("author", "topic"):
            what = f"The address {path} belongs to the site itself"
            item.problems.add(line, what, "Give the text another slug.", "address")


def _in_order(shelf: Shelf) -> list[Item]:
    return [*shelf.topics.values(), *shelf.authors.values(), *shelf.texts]


def _one_id_each(shelf: Shelf) -> None:
    first: dict[str, Item] = {}
    for item in shelf.texts:
        other = first.setdefault(item.id, item)
        if other is not item and item.is_readable:
            what = f"The id {quoted(item.id)} is also the id of {other.where}"
            item.problems.add(item.line_of("id"), what, "Give the newer of the two another id.", "id")
        elif item.kind == "article" and item.id in SERVICE_IDS:
            what = f"The id {quoted(item.id)} belongs to the comment service"
            item.problems.add(item.line_of("id"), what, "Give the article another id; its slug may stay.", "id")
        elif item.kind in ("article", "resource") and item.id in CITE_IDS:
            what = f"The id {quoted(item.id)} belongs to the references of all resources together"
            item.problems.add(item.line_of("id"), what, "Give the text another id; its slug may stay.", "id")


def find_tag_clashes(shelf: Shelf) -> None:
    """Report tags that are written differently but would share one page: the rarer spelling, or the newer one."""
    spellings: dict[str, Counter[str]] = {}
    for item in sorted(shelf.of("article"), key=_oldest_first):  # a counter keeps the order of first use
        for name in item.get("tags"):
            spellings.setdefault(slug(name), Counter())[name] += 1
    for item in shelf.of("article"):
        for name in item.get("tags"):
            usual, count = spellings[slug(name)].most_common(1)[0]
            if usual != name:
                where = "elsewhere" if count == 1 else f"{count} times elsewhere"
                what = f"The tag {quoted(name)} is written {quoted(usual)} {where}, and both have one address"
                item.problems.add(item.line_of("tags"), what, f"Write {quoted(usual)} here too.", "tag")


def _oldest_first(item: Item) -> tuple[bool, float]:
    date: datetime | None = item.get("date")
    return date is None, date.timestamp() if date else 0
