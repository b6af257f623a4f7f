"""The ``citation_*`` tags that reference managers and Google Scholar read, for our articles and for what we list."""

from plugins.views import Article, Resource
from plugins.works import IN_BOOKS, IN_PERIODICALS, pages
from publication.records import Citation, Name

Tags = list[tuple[str, str]]


def of_article(article: Article, site: str) -> Tags:
    """An article on the site that is called ``site``."""
    day = article.date.strftime("%Y/%m/%d")
    return [
        ("citation_title", article.title),
        *(("citation_author", author.name) for author in article.authors),
        ("citation_publication_date", day),
        ("citation_online_date", day),
        ("citation_journal_title", site),
        ("citation_language", article.language),
        ("citation_fulltext_html_url", article.canonical),
    ]


def of_resource(resource: Resource, page: str) -> Tags:
    """A work in the hub, whose entry is at the address ``page``: what is known of it."""
    csl = resource.csl or Citation(type="webpage")
    first, last = pages(csl.page)
    tags = [
        ("citation_title", resource.title),
        *(("citation_author", _person(name)) for name in csl.author),
        *(("citation_editor", _person(name)) for name in csl.editor),
        ("citation_publication_date", csl.issued.replace("-", "/")),
        (_container(csl), csl.container_title),
        ("citation_volume", csl.volume),
        ("citation_issue", csl.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", resource.doi),
        ("citation_isbn", resource.isbn),
        (_publisher(csl), csl.publisher),
        ("citation_language", resource.language),
        ("citation_abstract_html_url", page),
        ("citation_fulltext_html_url", resource.link),
    ]
    return [(name, content) for name, content in tags if content]


def _container(csl: Citation) -> str:
    if csl.type in IN_PERIODICALS:
        return "citation_journal_title"
    if csl.type == "paper-conference":
        return "citation_conference_title"
    return "citation_inbook_title" if csl.type in IN_BOOKS else "citation_series_title"


def _publisher(csl: Citation) -> str:
    special = {"report": "citation_technical_report_institution", "thesis": "citation_dissertation_institution"}
    return special.get(csl.type, "citation_publisher")


def _person(name: Name) -> str:
    return name.literal or ", ".join(filter(None, (name.family, name.given)))
