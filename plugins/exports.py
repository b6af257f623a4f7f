"""References as files for reference managers: one of each article and resource, and one of each list of resources."""

from collections.abc import Iterator, Sequence

from plugins.sheets import Sheet
from publication.addresses import path_of_citation
from publication.citations import bibtex, csl, ris
from publication.citations.work import Work, of_article, of_resource
from publication.claims import file_of
from publication.load import Publication

# Endings and what writes them; the endings are also the keys of the template variable ``downloads``.
FORMATS = {"bib": bibtex.write, "ris": ris.write, "json": csl.write}


def downloads(path: str) -> dict[str, str]:
    """The addresses of the references to what stands at ``path``: a list of resources, or a text known by its id."""
    return {ending: f"{path_of_citation(path)}.{ending}" for ending in FORMATS}


def files(publication: Publication, sheets: Sequence[Sheet]) -> Iterator[tuple[str, bytes]]:
    """All of them, with their names. Lists are in the order in which their pages show them."""
    resources = {resource.id: of_resource(resource) for resource in publication.resources}
    for article in publication.articles:
        yield from _files(article.id, [of_article(article, publication)])
    for key, cited in resources.items():
        yield from _files(key, [cited])
    for sheet in sheets:
        if "downloads" in sheet.values:
            shown = [resources[resource.id] for resource in sheet.values["resources"]]
            yield from _files(sheet.page.url, shown)


def _files(path: str, works: Sequence[Work]) -> Iterator[tuple[str, bytes]]:
    for ending, address in downloads(path).items():
        yield file_of(address), FORMATS[ending](works)
