"""The pages of the hub and of the editors, and those without content: search, 404 and the service's shell."""

from collections.abc import Iterator

from comments.manifest import SHELL
from plugins.facets import Facets
from plugins.head import NOINDEX
from plugins.sheets import Press, Sheet, sheet
from publication.addresses import RESOURCES, SEARCH


def sheets(press: Press) -> Iterator[Sheet]:
    """All of them."""
    yield from _hub(press)
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
    yield _unlisted(press, "shell", SHELL, press.heads.settings.name)


def _hub(press: Press) -> Iterator[Sheet]:
    facets, found = Facets(press.library, press.gettext), press.library.resources
    title, introduction = press.gettext("Resources"), press.conf.get("HUB_INTRODUCTION", "")
    feed = press.hub_feed
    graph = press.graph.hub(title, RESOURCES, found, facets.all, title, introduction)
    page = press.head_of_list("resources", title, RESOURCES, found, description=introduction, feed=feed, graph=graph)
    values = {"resources": found, "facets": facets.all, "heading": title, "introduction": introduction}
    yield sheet("resources", page, values, found)
    for value, marked, chosen in facets.pages():
        name = f"{title}: {value.name}"
        graph = press.graph.hub(name, value.url, chosen, marked, title)
        page = press.head_of_list("resources", name, value.url, chosen, feed=feed, graph=graph)
        page.robots = "" if chosen else NOINDEX
        values = {"resources": chosen, "facets": marked, "heading": name, "introduction": ""}
        yield sheet("resources", page, values, chosen, listed=bool(chosen))


def _search(press: Press) -> Sheet:
    page = press.heads.make("search", press.gettext("Search"), SEARCH)
    page.robots = NOINDEX
    return sheet("search", page, listed=False)


def _unlisted(press: Press, template: str, file: str, title: str) -> Sheet:
    return Sheet(file, template, press.heads.make(template, title, ""), listed=False)
