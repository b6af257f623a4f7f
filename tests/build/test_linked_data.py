"""Every page's structured data has the shape of its types, and what it refers to is there."""

import json
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from jsonschema import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser

from comments import manifest, markup
from comments.model import PublicComment
from comments.thread.render import Renderer
from tests.build.newsroom import ROOT, URL, Newsroom
from tests.build.shapes import DEFS, TOP, name_of, problems

Graph = list[dict[str, Any]]

SITE = "http://localhost:8000"
KINDS = {
    "index.html": {"WebSite", "Organization", "Blog", "HomePage"},
    "2026/text-chat-video/index.html": {"BlogPosting", "WebPage", "BreadcrumbList", "WebSite", "Organization", "Blog"},
    "archive/index.html": {"CollectionPage", "BreadcrumbList", "WebSite", "Organization"},
    "topics/index.html": {"CollectionPage", "DefinedTermSet", "BreadcrumbList", "WebSite", "Organization"},
    "topics/consent/index.html": {"CollectionPage", "BreadcrumbList", "WebSite", "Organization"},
    "tags/chat/index.html": {"CollectionPage", "BreadcrumbList", "WebSite", "Organization"},
    "authors/index.html": {"CollectionPage", "BreadcrumbList", "WebSite", "Organization"},
    "authors/mara-example/index.html": {"ProfilePage", "BreadcrumbList", "WebSite", "Organization"},
    "resources/index.html": {"CollectionPage", "DefinedTermSet", "BreadcrumbList", "WebSite", "Organization"},
    "resources/kind/book/index.html": {"CollectionPage", "BreadcrumbList", "WebSite", "Organization"},
    "resources/suler-2004/index.html": {
        "ScholarlyArticle LearningResource",
        "WebPage",
        "BreadcrumbList",
        "WebSite",
        "Organization",
    },
    "about/index.html": {"AboutPage", "BreadcrumbList", "WebSite", "Organization"},
    "privacy/index.html": {"WebPage", "BreadcrumbList", "WebSite", "Organization"},
}


def graph_of(source: str | bytes) -> Graph:
    scripts = LexborHTMLParser(source).css('script[type="application/ld+json"]')
    assert len(scripts) <= 1
    if not scripts:
        return []
    data = json.loads(scripts[0].text())
    assert list(data) == ["@context", "@graph"]
    return list(data["@graph"])


@cache
def graphs(folder: Path) -> dict[str, Graph]:
    found = {path.relative_to(folder).as_posix(): graph_of(path.read_bytes()) for path in folder.rglob("*.html")}
    return {name: graph for name, graph in sorted(found.items()) if graph}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)


def is_reference(item: dict[str, Any]) -> bool:
    return list(item) == ["@id"]


@pytest.mark.parametrize("shape", [*TOP.values(), {"$defs": DEFS}])
def test_the_shapes_themselves_are_in_order(shape: dict[str, Any]) -> None:
    Draft202012Validator.check_schema({**shape, "$defs": DEFS})


def test_everything_on_every_page_has_the_shape_of_its_type(sample_site: Path) -> None:
    wrong = {
        f"{name}: {name_of(node)}": found
        for name, graph in graphs(sample_site).items()
        for node in graph
        if (found := problems(node))
    }

    assert wrong == {}
    assert len(graphs(sample_site)) > 100


@pytest.mark.parametrize(("name", "kinds"), KINDS.items(), ids=KINDS)
def test_a_page_says_what_it_is(sample_site: Path, name: str, kinds: set[str]) -> None:
    assert {name_of(node) for node in graphs(sample_site)[name]} == kinds


def test_every_page_for_readers_has_a_graph(sample_site: Path) -> None:
    without = {path.relative_to(sample_site).as_posix() for path in sample_site.rglob("*.html")} - set(
        graphs(sample_site)
    )

    assert without == {"404.html", "shell.html", "shell.fr.html", "search/index.html"}


def test_what_a_graph_refers_to_is_described_there_or_on_the_page_it_names(sample_site: Path) -> None:
    described = {
        name: {item["@id"] for item in nodes(graph) if "@id" in item and not is_reference(item)}
        for name, graph in graphs(sample_site).items()
    }
    for name, graph in graphs(sample_site).items():
        for item in nodes(graph):
            if "@id" not in item or item["@id"] in described[name]:
                continue
            page = urldefrag(item["@id"]).url.removeprefix(f"{SITE}/")
            assert item["@id"] in described[f"{page}index.html"], (name, item["@id"])


def test_an_id_means_one_thing_on_all_pages(sample_site: Path) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for graph in graphs(sample_site).values():
        for item in nodes(graph):
            if "@id" in item and not is_reference(item) and item["@type"] != "BreadcrumbList":
                names[item["@id"]].add(str(item.get("name") or item.get("headline")))

    assert {one: found for one, found in names.items() if len(found) > 1} == {}


def test_lists_are_numbered_and_as_long_as_they_say(sample_site: Path) -> None:
    for graph in graphs(sample_site).values():
        for item in nodes(graph):
            if "itemListElement" in item:
                places = [member["position"] for member in item["itemListElement"]]
                assert places == list(range(1, item.get("numberOfItems", len(places)) + 1))


def test_every_picture_that_machines_are_sent_to_is_there(sample_site: Path) -> None:
    named = {
        str(item[key])
        for graph in graphs(sample_site).values()
        for item in nodes(graph)
        for key in ("image", "url")
        if isinstance(item.get(key), str) and (key == "image" or item["@type"] == "ImageObject")
    }
    for path in (sample_site / "feeds").rglob("*.json"):
        for item in json.loads(path.read_text())["items"]:
            named |= {item["image"]} if "image" in item else set()
            named |= {author["avatar"] for author in item.get("authors", []) if "avatar" in author}

    assert named
    assert [one for one in named if not (sample_site / one.removeprefix(f"{SITE}/")).is_file()] == []


def first(room: Newsroom, path: str, kind: str) -> dict[str, Any]:
    """The node of this type at ``path``; everything there has its shape."""
    graph = graph_of(room.read(path))
    assert [found for node in graph if (found := problems(node))] == []
    return next(node for node in graph if name_of(node) == kind)


def test_two_authors_are_named_with_what_they_may_call_themselves(room: Newsroom) -> None:
    room.article(authors="[luc-exemple, mara-example]")
    room.build()

    one, other = first(room, "2026/first-note/index.html", "BlogPosting")["author"]

    assert [one["name"], other["name"]] == ["Luc Exemple", "Mara Example"]
    assert one["@id"] == f"{URL}/authors/luc-exemple/#person"
    assert one["hasCredential"] == [
        {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "Counsellor",
            "recognizedBy": {"@type": "Organization", "name": "Example Association"},
            "identifier": "EX-1",
        }
    ]
    assert one["memberOf"] == [{"@type": "Organization", "name": "Example Association"}]


def test_a_review_belongs_to_the_page_and_not_to_the_article(room: Newsroom) -> None:
    room.article(reviewed="{on: 2026-05-01, by: luc-exemple, every: 12 months}", series='{name: "Rooms", part: 1}')
    room.build()

    page = first(room, "2026/first-note/index.html", "WebPage")
    assert (page["lastReviewed"], page["reviewedBy"]["name"]) == ("2026-05-01", "Luc Exemple")
    article = first(room, "2026/first-note/index.html", "BlogPosting")
    assert article["isPartOf"] == [{"@id": f"{URL}/#blog"}, {"@type": "CreativeWorkSeries", "name": "Rooms"}]


def test_a_licence_is_told_when_it_is_set_and_refused_when_it_is_no_address(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    room.article()
    room.build()
    assert "license" not in first(room, "2026/first-note/index.html", "BlogPosting")

    room.build_only(settings={"LICENCE": licence})
    assert first(room, "2026/first-note/index.html", "BlogPosting")["license"] == licence
    assert f'<link rel="license" href="{licence}">' in room.read("2026/first-note/index.html")

    assert room.build_only(settings={"LICENCE": "CC BY"}) == 1
    assert "LICENCE “CC BY” in the settings is not a web address." in capsys.readouterr().err


CSL = {
    "journal": (
        "article",
        '{type: article-journal, container-title: "A Journal", volume: "7", issue: "3", page: "321--326"}',
        {
            "@type": "PublicationIssue",
            "issueNumber": "3",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "7",
                "isPartOf": {"@type": "Periodical", "name": "A Journal"},
            },
        },
    ),
    "magazine": (
        "article",
        '{type: article-magazine, container-title: "Weekly", issued: "2004-06"}',
        {"@type": "Periodical", "name": "Weekly"},
    ),
    "chapter": (
        "chapter",
        '{type: chapter, container-title: "A Whole", editor: [{family: Ed, given: Ito}], page: "12, 14"}',
        {
            "@type": "Book",
            "name": "A Whole",
            "isbn": "9780306406157",
            "editor": [{"@type": "Person", "name": "Ito Ed", "givenName": "Ito", "familyName": "Ed"}],
        },
    ),
    "video": (
        "video",
        '{type: motion_picture, container-title: "A Channel"}',
        {"@type": "CreativeWork", "name": "A Channel"},
    ),
}


def test_a_work_says_where_it_appeared(room: Newsroom) -> None:
    for name, (kind, csl, _) in CSL.items():
        room.resource(name, kind=kind, csl=csl, isbn='"9780306406157"' if kind == "chapter" else None)
    room.build()

    for name, (_, _, within) in CSL.items():
        work = graph_of(room.read(f"resources/{name}/index.html"))[0]
        assert problems(work) == []
        assert work["isPartOf"] == within


def test_kinds_of_work_follow_what_is_known(room: Newsroom) -> None:
    room.resource("one", kind="podcast", csl='{type: broadcast, container-title: "A Series"}')
    room.resource("two", kind="podcast")
    room.resource("three", kind="article", csl='{type: article-newspaper, container-title: "Daily"}')
    room.resource("four", kind="guideline", isbn='"9780306406157"', csl='{type: report, author: [{literal: "A Body"}]}')
    room.build()

    works = {name: graph_of(room.read(f"resources/{name}/index.html"))[0] for name in ("one", "two", "three", "four")}

    assert [work["@type"][0] for work in works.values()] == [
        "PodcastEpisode",
        "PodcastSeries",
        "Article",
        "DigitalDocument",
    ]
    assert works["one"]["partOfSeries"]["name"] == "A Series"
    assert works["four"]["identifier"] == [{"@type": "PropertyValue", "propertyID": "ISBN", "value": "9780306406157"}]
    assert works["four"]["author"] == [{"@type": "Organization", "name": "A Body"}]
    assert [found for work in works.values() if (found := problems(work))] == []


def test_a_numbered_page_of_a_list_stands_below_the_list(room: Newsroom) -> None:
    for number in range(1, 22):
        room.article(f"note-{number:02}", date=f"2026-03-{number:02} 09:30", tags="[brief]")
    room.build()

    for path, names in {
        "topics/consent": ["Practice Notes", "Topics", "Ethics", "Consent", "Consent, page 1"],
        "tags/brief": ["Practice Notes", "brief", "brief, page 1"],
        "authors/mara-example": ["Practice Notes", "Authors", "Mara Example", "Mara Example, page 1"],
    }.items():
        trail = first(room, f"{path}/page/1/index.html", "BreadcrumbList")
        assert [step["name"] for step in trail["itemListElement"]] == names


def test_an_article_that_appeared_elsewhere_first_says_so(room: Newsroom) -> None:
    room.article(canonical="https://elsewhere.example/first/")
    room.build()

    article = first(room, "2026/first-note/index.html", "BlogPosting")

    assert article["url"] == "https://elsewhere.example/first/"
    assert article["@id"] == f"{URL}/2026/first-note/#article"
    assert article["mainEntityOfPage"] == {"@id": f"{URL}/2026/first-note/"}


def comment(number: int, parent: int | None = None, **more: Any) -> PublicComment:
    at = datetime(2026, 3, 14, 13, 30, tzinfo=UTC) + timedelta(minutes=number)
    given: dict[str, Any] = {"name": f"Person {number}", "website": "", "html": markup.render(f"*Text* {number}.")}
    return PublicComment(id=number, parent=parent, created=at, **(given | more))


def thread_of(sample_site: Path, comments: list[PublicComment]) -> dict[str, Any]:
    """What the service writes into an article of the sample site."""
    told = manifest.read(sample_site / manifest.FILE)
    region = Renderer(ROOT / "theme").regions(told.site, told.threads["text-chat-video"], comments)["comments-ld"]
    script = LexborHTMLParser(region).css_first('script[type="application/ld+json"]')
    return dict(json.loads(script.text()))


def test_a_thread_hangs_on_its_article_as_a_tree_and_counts_what_is_shown(sample_site: Path) -> None:
    edited = datetime(2026, 3, 15, tzinfo=UTC)
    comments = [comment(1), comment(2, 1, edited=edited), comment(3, 2), comment(4, 3, language="fr"), comment(5)]
    comments += [comment(6, gone=True), comment(7, 6)]

    thread = thread_of(sample_site, comments)

    assert problems(thread, "Thread") == []
    article = graphs(sample_site)["2026/text-chat-video/index.html"][0]
    assert (thread["@id"], thread["@type"]) == (article["@id"], article["@type"])
    written = [item for item in nodes(thread["comment"]) if item.get("@type") == "Comment"]
    assert thread["commentCount"] == len(written) == 6
    first, fifth, orphan = thread["comment"]
    assert [item["@id"].partition("#")[2] for item in nodes(first["comment"]) if item.get("@type") == "Comment"] == [
        "comment-2",
        "comment-3",
        "comment-4",
    ]
    for item in written:
        if "parentItem" in item:
            assert item["parentItem"]["@id"] in {one["@id"] for one in written}
    assert (fifth.get("parentItem"), orphan.get("parentItem")) == (None, None)


def test_a_shape_refuses_what_it_does_not_know(sample_site: Path) -> None:
    article = graphs(sample_site)["2026/text-chat-video/index.html"][0]

    for change in (
        {"datePublished": "2026-03-14"},
        {"url": "/2026/"},
        {"award": "x"},
        {"author": []},
        {"wordCount": "1"},
    ):
        assert problems({**deepcopy(article), **change})
    del article["headline"]
    assert problems(article)
