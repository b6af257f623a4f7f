"""The hub: whole and narrowed to one value, in numbered pages; the whole in other orders; and all of it as data.

The script asks for the data when a reader first puts values together (``theme/static/js/hub.js``).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.facets import Facet, Facets, words
from plugins.head import NOINDEX
from plugins.lists import Leaf, leaves
from plugins.sheets import Press, Sheet, sheet
from plugins.views import Resource
from publication.addresses import RESOURCES, path_of_order
from publication.vocabulary import ORDERS


def _(message: str) -> str:
    """Marks a message for the catalogues."""
    return message


DATA = f"{RESOURCES}hub.json"
FORMATS = ("bib", "ris", "json")
TITLES = {"year": _("{title} by year"), "newest": _("{title} by newest review")}
# How many entries a page shows, and how many the script adds at a time.
SIZE = 40


@dataclass(frozen=True)
class HubList:
    """One list of the hub. ``narrowed`` names the value that it is narrowed to, ``order`` how it is sorted."""

    url: str
    found: Sequence[Resource]
    facets: Sequence[Facet]
    narrowed: str = ""
    order: str = ""


def sheets(press: Press) -> Iterator[Sheet]:
    """The pages of all lists."""
    for shown in lists(press):
        for leaf in leaves(shown.found, shown.url, SIZE):
            yield _sheet(press, shown, leaf)


def lists(press: Press) -> Iterator[HubList]:
    """All lists: the whole by title and in every other order, and that of each value. One of a value that no resource
    has keeps its address, which texts and bookmarks may name; nothing else leads there."""
    facets = Facets(press.library, press.gettext)
    yield HubList(RESOURCES, press.library.resources, facets.all)
    for order, found in _orders(press.library.resources).items():
        yield HubList(path_of_order(order), found, facets.all, order=order)
    for value, marked, found in facets.pages():
        yield HubList(value.url, found, marked, value.name)


def data(press: Press, entry: Callable[..., str]) -> bytes:
    """Every resource, by title: its words in each facet, its place in each other order, and its ``entry`` in a list."""
    resources = press.library.resources
    page = press.heads.make("resources", press.gettext("Resources"), RESOURCES)
    places = {
        order: {resource.id: place for place, resource in enumerate(found)}
        for order, found in _orders(resources).items()
    }
    rows = [
        {"id": resource.id}
        | words(resource)
        | {order: places[order][resource.id] for order in ORDERS}
        | {"html": entry(resource=resource, heading="h3", page=page)}
        for resource in resources
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _sheet(press: Press, shown: HubList, leaf: Leaf[Resource]) -> Sheet:
    title, introduction = _title(press, shown, leaf.number), ""
    if leaf.url == RESOURCES:
        introduction = press.conf.get("HUB_INTRODUCTION", "")
    name = press.gettext("Resources")
    graph = press.graph.hub(title, leaf.url, leaf.items, shown.facets, name, introduction)
    page = press.head_of_list(
        "resources", title, leaf.url, leaf.items, description=introduction, feed=press.hub_feed, graph=graph
    )
    page.prev, page.next = leaf.previous, leaf.next
    listed = bool(shown.found) and not shown.order
    page.robots = "" if listed else NOINDEX
    values = _values(press, shown) | {"introduction": introduction, "resources": leaf.items, "leaf": leaf}
    return sheet("resources", page, values, leaf.items, listed=listed)


def _title(press: Press, shown: HubList, number: int) -> str:
    """Starts with the name of the hub, and tells all pages of it apart."""
    title = press.gettext("Resources")
    if shown.narrowed:
        title = f"{title}: {shown.narrowed}"
    elif shown.order:
        title = press.gettext(TITLES[shown.order]).format(title=title)
    return press.gettext("{title}, page {number}").format(title=title, number=number) if number > 1 else title


def _values(press: Press, shown: HubList) -> dict[str, Any]:
    """What all pages of a list share."""
    path = shown.url if shown.narrowed else RESOURCES
    orders = [(key, press.gettext(name), path_of_order(key)) for key, name in ORDERS.items()]
    return {
        "heading": press.gettext("Resources"),
        "facets": shown.facets,
        "found": len(shown.found),
        "total": len(press.library.resources),
        "narrowed": shown.narrowed,
        "order": shown.order,
        "orders": [("", press.gettext("Title"), RESOURCES), *orders],
        "downloads": {one: f"/cite{path.rstrip('/')}.{one}" for one in FORMATS} if shown.found else None,
    }


def _orders(resources: Sequence[Resource]) -> dict[str, list[Resource]]:
    """Those of ``ORDERS``: newest first, what has no date last, and by title among equals."""
    keys: dict[str, Callable[[Resource], str]] = {"year": lambda one: one.year, "newest": _last_reviewed}
    return {order: sorted(resources, key=keys[order], reverse=True) for order in ORDERS}


def _last_reviewed(resource: Resource) -> str:
    return resource.reviewed.on.isoformat() if resource.reviewed else ""
