"""What is cited: a resource or one of our articles, in the one form that every format of citation is made from."""

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from publication.citations import names
from publication.load import Publication
from publication.records import Article, Citation, Name, Resource

# What a resource is taken for while nobody wrote its citation down.
TYPES = {"book": "book", "chapter": "chapter", "video": "motion_picture", "podcast": "broadcast"}
# Works that are their publisher's own, where nobody signed them.
OF_THE_HOUSE = ("broadcast", "document", "motion_picture", "report", "software", "standard", "webpage")

_DOI_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/(10\..+)", re.IGNORECASE)
_CATALOGUE = "https://search.worldcat.org/"


@dataclass(frozen=True)
class Work:
    """``url`` is where the work itself can be read or had, or empty; ``doi`` and ``isbn`` are bare."""

    id: str
    kind: str
    title: str
    language: str
    facts: Citation
    url: str = ""
    doi: str = ""
    isbn: str = ""

    @property
    def is_its_maker(self) -> bool:
        """Whether this is an organisation, which has a name but no title."""
        return self.kind == "organisation" and self.facts.author == (Name(literal=self.title),)


def of_resource(resource: Resource) -> Work:
    """A resource as a work. An organisation is its own author, and so is a publisher whose text nobody signed."""
    facts = resource.csl or Citation(type=TYPES.get(resource.kind, "webpage"))
    if not facts.author and not facts.editor:
        house = facts.publisher if facts.type in OF_THE_HOUSE else ""
        maker = house or (resource.title if resource.kind == "organisation" else "")
        facts = replace(facts, author=(Name(literal=maker),) if maker else ())
    return Work(
        id=resource.id,
        kind=resource.kind,
        title=resource.title,
        language=resource.language,
        facts=facts,
        url="" if resource.link.startswith(_CATALOGUE) else resource.link,
        doi=resource.doi or _doi_of(resource.link),
        isbn=resource.isbn,
    )


def of_article(article: Article, publication: Publication) -> Work:
    """One of our articles, as a part of this publication."""
    settings = publication.settings
    facts = Citation(
        type="article-magazine",
        author=tuple(names.of_author(publication.authors[key]) for key in article.authors),
        issued=article.date.astimezone(settings.timezone).date().isoformat(),
        container_title=" ".join(settings.name.split()),
    )
    url = article.canonical or settings.url + article.path
    return Work(article.id, "article", article.title, article.language, facts, url)


def _doi_of(link: str) -> str:
    found = _DOI_LINK.fullmatch(link)
    return unquote(found[1]) if found else ""
