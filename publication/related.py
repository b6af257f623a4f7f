"""What to read next. The answer depends on the public articles only, never on the order of work."""

from collections.abc import Collection

from publication.load import Publication
from publication.records import Article
from publication.subjects import subjects, words

# Of a subject that many articles share, the newest so many are looked at: a large site must not take a square of time.
MOST_SHARING = 60
# So many shared words of titles and summaries count; more say nothing more.
MOST_WORDS = 4


def related(publication: Publication, article: Article, limit: int = 3) -> tuple[Article, ...]:
    """The articles nearest to ``article`` in subject, in its language where there are such; best first."""
    shelves = [publication.by_subject.get(subject, []) for subject in subjects(article)]
    found = {one.id: one for shelf in shelves for one in shelf[:MOST_SHARING]}
    found.pop(article.id, None)
    ranked = sorted((-_nearness(article, one), -one.date.timestamp(), one.id) for one in found.values())
    return tuple(found[key] for *_, key in ranked[:limit])


def series(publication: Publication, article: Article) -> tuple[Article, ...]:
    """All public parts of the article's series, in order; empty without a series."""
    if article.series is None:
        return ()
    name = article.series.name
    parts = [(one.series.part, one) for one in publication.articles if one.series and one.series.name == name]
    return tuple(one for _, one in sorted(parts, key=lambda pair: (pair[0], pair[1].id)))


def _nearness(article: Article, other: Article) -> int:
    """Shared topics count most, the main one twice; then sources, tags, and the words of title and summary."""
    topics = 4 * _shared(article.topics, other.topics) + 4 * (article.topics[:1] == other.topics[:1])
    points = topics + 2 * _shared(article.references, other.references) + _shared(article.tags, other.tags)
    if article.language != other.language:
        return points
    return 3 * points + 2 * min(MOST_WORDS, len(words(article) & words(other)))


def _shared(ones: Collection[str], others: Collection[str]) -> int:
    return len(set(ones) & set(others))
