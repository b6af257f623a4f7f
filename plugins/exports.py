"""References as files for reference managers: one of each article and resource, and one of each list of resources."""

from collections.abc import Iterator, Sequence

from plugins.facets import Facets
from plugins.sheets import Press
from publication.addresses import RESOURCES, path_of_citation
from publication.citations import bibtex, csl, ris
from publication.citations.work import Work, of_article, of_resource
from publication.claims import file_of
from publication.load import Publication

# Endings and what writes them.
FORMATS = {"bib": bibtex.write, "ris": ris.write, "json": csl.write}


def references(publication: Publication, press: Press) -> Iterator[tuple[str, bytes]]:
    """All of them, with their names. A list holds everything at its address, on however many pages that is shown."""
    yield from texts(publication)
    works = {resource.id: of_resource(resource) for resource in publication.resources}
    yield from _files(RESOURCES, list(works.values()))
    for value, _, found in Facets(press.library, press.gettext).pages():
        yield from _files(value.url, [works[resource.id] for resource in found])


def texts(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The files of single articles and resources."""
    for article in publication.articles:
        yield from _files(article.id, [of_article(article, publication)])
    for resource in publication.resources:
        yield from _files(resource.id, [of_resource(resource)])


def _files(path: str, works: Sequence[Work]) -> Iterator[tuple[str, bytes]]:
    for ending, write in FORMATS.items():
        yield file_of(f"{path_of_citation(path)}.{ending}"), write(works)
