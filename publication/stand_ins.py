"""Where readers of a list of ours are sent that is not made any more, because the last text it had went."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from publication.addresses import ARCHIVE, AUTHORS, FEEDS, RESOURCES, TAGS, TOPICS, path_of_facet
from publication.records import Article, Author, Tag, Topic

_STAND_INS = (
    (f"{RESOURCES}topic/", RESOURCES),
    (TAGS, ARCHIVE),
    (TOPICS, ARCHIVE),
    (AUTHORS, ARCHIVE),
    (FEEDS, f"{FEEDS}articles.atom"),
)
_FURTHER_PAGE = re.compile(r"page/[0-9]+/")


def stand_in(path: str) -> str:
    """What readers of the list at ``path`` see instead of it; empty for what is no list of ours."""
    return next((other for tree, other in _STAND_INS if path.startswith(tree) and path != tree), "")


def lists(
    articles: Collection[Article], authors: Mapping[str, Author], topics: Mapping[str, Topic], tags: Mapping[str, Tag]
) -> frozenset[str]:
    """The lists that are made of what is public, and the names of their feeds without an ending."""
    pages = [*(author.path for author in authors.values()), *(topic.path for topic in topics.values())]
    pages += [path_of_facet("topic", key) for key in topics] + [tag.path for tag in tags.values()]
    written = {f"authors/{key}" for one in articles for key in one.authors}
    written |= {f"topics/{key}" for key in _with_parents({key for one in articles for key in one.topics}, topics)}
    written |= {f"tags/{key}" for key in tags} | {f"languages/{one.language}" for one in articles}
    return frozenset((*pages, *(f"{FEEDS}{name}" for name in ("articles", "resources", "comments", *written))))


def standing(path: str, made: Collection[str]) -> str:
    """``path`` itself, or what stands in for it if it is that of a list that is not among the ``made`` ones."""
    name = path.rpartition(".")[0] if path.startswith(FEEDS) else _FURTHER_PAGE.sub("", path)
    return path if name in made else stand_in(path) or path


def _with_parents(keys: Iterable[str], topics: Mapping[str, Topic]) -> Iterator[str]:
    """A circle of topics is a problem of its own, and ends here."""
    waiting, seen = list(keys), set()
    while waiting:
        key = waiting.pop()
        if key in topics and key not in seen:
            seen.add(key)
            yield key
            waiting += [parent] if (parent := topics[key].parent) else []
