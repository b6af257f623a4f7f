"""Everything public, as views: made once for a build, in the order that the publication gives."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from markupsafe import Markup

from comments.manifest import HelpLines
from plugins import views
from plugins.failures import BuildStopped, unrenderable
from plugins.gallery import Gallery
from plugins.reader import Reader
from plugins.typography import curl
from plugins.views import Translate
from publication import records
from publication.citations import apa, names, pieces, work
from publication.load import Publication
from publication.moments import start_of
from publication.problems import Problem
from publication.related import related, series

# The notice that somebody who may be in danger is shown by the comment service too.
HELP = "help-lines"

R = TypeVar("R", bound=records.Record)
V = TypeVar("V")


@dataclass
class Library:
    """All views: articles newest first, resources by title, authors and topics in the editors' order."""

    articles: list[views.Article] = field(default_factory=list)
    pages: list[views.Page] = field(default_factory=list)
    resources: list[views.Resource] = field(default_factory=list)
    authors: dict[str, views.Author] = field(default_factory=dict)
    topics: dict[str, views.Topic] = field(default_factory=dict)
    tags: dict[str, views.Tag] = field(default_factory=dict)
    lead: views.Article | None = None
    help_lines: tuple[HelpLines, ...] = ()

    @property
    def top_topics(self) -> list[views.Topic]:
        """Topics without a parent."""
        return [topic for topic in self.topics.values() if topic.parent is None]


class Librarian:
    """Makes a library of a publication."""

    def __init__(
        self, pub: Publication, reader: Reader, gallery: Gallery, translate: Translate, conf: Mapping[str, Any]
    ):
        self.pub, self.reader, self.gallery, self.translate = pub, reader, gallery, translate
        self.language = pub.settings.language
        self.notices = conf.get("NOTICES", {})
        self.library = Library()
        self.notice = cache(self._make_notice)  # many articles carry the same
        self._problems: list[Problem] = []
        self._articles: dict[str, views.Article] = {}
        self._resources: dict[str, views.Resource] = {}
        self._tagged: defaultdict[str, list[views.Tag]] = defaultdict(list)

    def make(self) -> Library:
        """The library, all neighbours known.

        :raise BuildStopped: a text cannot be rendered.
        """
        library = self.library
        library.help_lines = self._help_lines()
        library.authors = {author.key: author for author in self._each(self._author, self.pub.authors.values())}
        library.topics = {topic.key: topic for topic in self._each(self._topic, self.pub.topics.values())}
        self._stop_if_wrong()  # the others need them
        self._join_topics()
        library.tags = {key: self._tag(tag) for key, tag in self.pub.tags.items()}
        library.resources = self._each(self._resource, self.pub.resources)
        self._resources = {resource.id: resource for resource in library.resources}
        library.articles = self._each(self._article, self.pub.articles)
        self._articles = {article.id: article for article in library.articles}
        library.pages = self._each(self._page, self.pub.pages)
        self._stop_if_wrong()
        self._file()
        self._join_articles()
        return library

    def _each(self, make: Callable[[R], V], texts: Iterable[R]) -> list[V]:
        """The views of these texts; those that cannot be made are problems, so that all are named in one run."""
        made = []
        for text in texts:
            try:
                made.append(make(text))
            except Exception as error:  # whatever Markdown or an extension of it stumbles over
                self._problems.append(unrenderable(text, error, self.pub.content))
        return made

    def _stop_if_wrong(self) -> None:
        if self._problems:
            raise BuildStopped.for_problems(self._problems)

    # -- one record, one view ------------------------------------------------------------------------------------------
    def _author(self, author: records.Author) -> views.Author:
        return views.Author(
            key=author.key,
            name=author.name,
            suffix=author.suffix,
            credentials=author.credentials,
            bio=self.reader.fragment(author.bio, self.language),
            photo=self._portrait(author),
            links=author.links,
            example=author.example,
            url=author.url,
        )

    def _topic(self, topic: records.Topic) -> views.Topic:
        introduction = self.reader.fragment(topic.introduction, self.language)
        return views.Topic(topic.key, topic.name, topic.url, inline(introduction))

    def _tag(self, tag: records.Tag) -> views.Tag:
        view = views.Tag(tag.name, tag.slug, tag.url)
        for article in tag.articles:
            self._tagged[article].append(view)
        return view

    def _resource(self, resource: records.Resource) -> views.Resource:
        return views.Resource(
            id=resource.id,
            title=curl(resource.title, resource.language),
            url=resource.url,
            kind=resource.kind,
            why=curl(resource.why, self.language),
            topics=self._topics(resource.topics),
            audience_keys=resource.audience,
            language=resource.language,
            access=resource.access,
            link=resource.link,
            doi=resource.doi,
            isbn=resource.isbn,
            apa=self._apa(work.of_resource(resource), self.language),
            body=self.reader.fragment(resource.body, self.language),
            reviewed=self._reviewed(resource.reviewed),
            people=people(resource.csl),
            year=resource.csl.issued[:4] if resource.csl else "",
            translate=self.translate,
            csl=resource.csl,
            gone=resource.link in self.reader.gone,
        )

    def _article(self, article: records.Article) -> views.Article:
        text = self.reader.read(article.body, article.language, opens=article.image is None)
        return views.Article(
            id=article.id,
            title=curl(article.title, article.language),
            summary=curl(article.summary, article.language),
            url=article.url,
            canonical=article.canonical or self.pub.settings.url + article.url,
            date=article.date,
            updated=article.updated,
            language=article.language,
            authors=[self.library.authors[key] for key in article.authors],
            topics=self._topics(article.topics),
            tags=self._tagged[article.id],
            body=text.html,
            notes=text.notes,
            toc=text.toc,
            words=text.words,
            minutes=text.minutes,
            image=self._image(article.image, article.language),
            references=self._references(article.references, article.language),
            notices=[self.notice(key, article.language) for key in article.notices],
            reviewed=self._reviewed(article.reviewed),
            comments=article.comments,
            closes=article.closes,
            apa=self._apa(work.of_article(article, self.pub), article.language),
        )

    def _page(self, page: records.Page) -> views.Page:
        text = self.reader.read(page.body, page.language, opens=True)
        title, summary = curl(page.title, page.language), curl(page.summary, page.language)
        return views.Page(page.id, title, summary, page.url, page.language, text.html, text.notes)

    # -- parts ---------------------------------------------------------------------------------------------------------
    def _topics(self, keys: Iterable[str]) -> list[views.Topic]:
        return [self.library.topics[key] for key in keys]

    def _references(self, ids: Iterable[str], language: str) -> list[views.Reference]:
        found = [record for record in map(self.pub.find, ids) if isinstance(record, records.Resource)]  # none is hidden
        return [
            views.Reference(self._resources[record.id], self._apa(work.of_resource(record), language))
            for record in found
        ]

    def _apa(self, cited: work.Work, language: str) -> Markup:
        found = [
            piece if piece.style == "link" else replace(piece, text=curl(piece.text, piece.language or language))
            for piece in apa.reference(cited, language)
        ]
        return Markup(pieces.html(found))  # noqa: S704 - documented to be safe HTML

    def _reviewed(self, review: records.Review | None) -> views.Reviewed | None:
        if review is None:
            return None
        overdue = review.due is not None and start_of(review.due, self.pub.settings.timezone) <= self.pub.as_of
        return views.Reviewed(review.on, self.library.authors[review.by], review.due, overdue)

    def _image(self, image: records.Image | None, language: str) -> views.Image | None:
        if image is None:
            return None
        words = {name: curl(getattr(image, name), language) for name in ("alt", "caption", "credit")}
        return self.gallery.lead(replace(image, **words))

    def _portrait(self, author: records.Author) -> views.Image | None:
        if not author.photo:
            return None
        return self.gallery.portrait(records.Image(author.photo, author.name))

    def _make_notice(self, key: str, language: str) -> views.Notice:
        given = self.notices[key]
        here = given.get(language, given) if language != self.language else given
        return views.Notice(key, here["title"], self.reader.fragment(here["text"], language))

    def _help_lines(self) -> tuple[HelpLines, ...]:
        given = self.notices.get(HELP, {})
        languages = [self.language, *(key for key, value in given.items() if isinstance(value, Mapping))]
        notices = [(language, self.notice(HELP, language)) for language in languages if given]
        return tuple(HelpLines(language, notice.title, str(notice.html)) for language, notice in notices)

    # -- neighbours ----------------------------------------------------------------------------------------------------
    def _join_topics(self) -> None:
        topics = self.library.topics
        for key, record in self.pub.topics.items():
            topics[key].parent = topics[record.parent] if record.parent else None
            topics[key].children = [topics[child] for child in record.children]

    def _file(self) -> None:
        """Put articles and resources under their authors, tags and topics, the topics' parents included."""
        for article in self.library.articles:
            places: list[views.Author | views.Tag | views.Topic | views.Resource] = [*article.authors, *article.tags]
            places += [*with_parents(article.topics), *(reference.resource for reference in article.references)]
            for place in places:
                place.articles.append(article)
        for resource in self.library.resources:
            for topic in with_parents(resource.topics):
                topic.resources.append(resource)

    def _join_articles(self) -> None:
        articles = self.library.articles
        for newer, older in pairwise(articles):
            newer.previous, older.next = older, newer
        for record in self.pub.articles:
            article = self._articles[record.id]
            article.related = [self._articles[other.id] for other in related(self.pub, record)]
            article.series = self._series(record)
        lead = self.pub.lead
        self.library.lead = self._articles[lead.id] if lead else next(iter(articles), None)

    def _series(self, record: records.Article) -> views.Series | None:
        if record.series is None:
            return None
        parts = [self._articles[part.id] for part in series(self.pub, record)]
        at = parts.index(self._articles[record.id])
        before = parts[at - 1] if at else None
        after = parts[at + 1] if at + 1 < len(parts) else None
        return views.Series(record.series.name, record.series.part, len(parts), before, after)


def with_parents(topics: Iterable[views.Topic]) -> list[views.Topic]:
    """These topics and all above them, each once."""
    found: dict[str, views.Topic] = {}
    for topic in topics:
        at: views.Topic | None = topic
        while at is not None:
            found[at.key] = at
            at = at.parent
    return list(found.values())


def inline(markup: Markup) -> Markup:
    """A single paragraph without its tags, to stand in a line of a template."""
    single = markup.startswith("<p>") and markup.endswith("</p>") and markup.count("<p>") == 1
    return markup[3:-4] if single else markup


def people(citation: records.Citation | None) -> tuple[str, ...]:
    """The family names of its authors, or the names of organisations."""
    return tuple(names.surname(name) for name in citation.author) if citation else ()
