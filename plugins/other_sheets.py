"""The pages of the hub, of the editors, and those without content: search, 404 and the service's shell."""

from collections.abc import Iterator

from comments.manifest import SHELL, SHELLS
from plugins import hub
from plugins.head import NOINDEX
from plugins.sheets import Press, Sheet, sheet
from publication.addresses import SEARCH


def sheets(press: Press) -> Iterator[Sheet]:
    """All of them."""
    yield from hub.sheets(press)
    for resource in press.library.resources:
        graph = press.graph.resource(resource, press.gettext("Resources"))
        feeds = [press.hub_feed]
        page = press.heads.resource(resource, feeds=feeds, graph=graph)
        yield sheet("resource", page, {"resource": resource}, [resource])
    for item in press.library.pages:
        feeds = [press.main_feed]
        page = press.heads.make(
            "page",
            item.title,
            item.url,
            description=item.summary,
            language=item.language,
            feeds=feeds,
            graph=press.graph.page(item),
        )
        yield sheet("page", page, {"item": item})
    yield _search(press)
    yield _unlisted(press, "404", "404.html", press.gettext("Page not found"))
    name, own = press.heads.settings.name, press.heads.settings.language
    yield _unlisted(press, "shell", SHELL, name)
    for language in sorted(SHELLS.keys() - {own}):
        yield _unlisted(press, "shell", SHELLS[language], name, language)


def _search(press: Press) -> Sheet:
    page = press.heads.make("search", press.gettext("Search"), SEARCH)
    page.robots = NOINDEX
    return sheet("search", page, listed=False)


def _unlisted(press: Press, template: str, file: str, title: str, language: str = "") -> Sheet:
    return Sheet(file, template, press.heads.make(template, title, "", language=language), listed=False)
