"""What an article is about: what its editors say, and the words it introduces itself with."""

import re
from functools import lru_cache

from unidecode import unidecode

from publication.records import Article

# Shorter words are mostly grammar. Cut there, singular and plural, "counsel" and "counselling" are one.
SHORTEST = 6
STEM = 7

_WORD = re.compile(r"[a-z]+")


def subjects(article: Article) -> list[tuple[str, str]]:
    """Topics, references, tags and words, as keys of ``Publication.by_subject``."""
    fields = {"topics": article.topics, "references": article.references, "tags": article.tags}
    found = [(field, key) for field, keys in fields.items() for key in keys]
    return found + [(article.language, word) for word in sorted(words(article))]


def words(article: Article) -> frozenset[str]:
    """The beginnings of the long words of title and summary, without accents."""
    return _words(article.title, article.summary)


@lru_cache(maxsize=20_000)
def _words(title: str, summary: str) -> frozenset[str]:
    found = _WORD.findall(unidecode(f"{title} {summary}").lower())
    return frozenset(word[:STEM] for word in found if len(word) >= SHORTEST)
