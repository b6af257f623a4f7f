"""What machines read of a page."""

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tests.build.newsroom import URL, Newsroom, picture


def graph(room: Newsroom, path: str) -> list[dict[str, Any]]:
    page = LexborHTMLParser(room.read(path))
    return list(json.loads(page.css_first('script[type="application/ld+json"]').text())["@graph"])


def meta(room: Newsroom, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in LexborHTMLParser(room.read(path)).css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        found.setdefault(name, []).append(node.attributes["content"] or "")
    return found


def test_an_article_is_signed_dated_and_has_its_sources(room: Newsroom) -> None:
    room.write("media/a.png", picture(640, 480))
    room.resource(doi="10.1089/1094931041291295")
    room.article(
        authors="[mara-example, luc-exemple]",
        references="[suler-2004]",
        updated="2026-04-01 08:00",
        image='{src: media/a.png, alt: "A drawing", caption: "", credit: ""}',
    )
    room.build()

    article, trail = graph(room, "2026/first-note/index.html")

    assert article["@type"] == "BlogPosting"
    assert article["@id"] == f"{URL}/2026/first-note/#article"
    assert [person["name"] for person in article["author"]] == ["Mara Example", "Luc Exemple"]
    credential = article["author"][0]["hasCredential"][0]
    assert credential["credentialCategory"] == "Counsellor"
    assert credential["recognizedBy"]["name"] == "Example Association"
    assert (article["datePublished"], article["dateModified"]) == (
        "2026-03-14T09:30:00-04:00",
        "2026-04-01T08:00:00-04:00",
    )
    assert article["citation"][0]["sameAs"] == "https://doi.org/10.1089/1094931041291295"
    assert [step["name"] for step in trail["itemListElement"]] == ["Practice Notes", "Consent", "The note first-note"]

    tags = meta(room, "2026/first-note/index.html")
    assert tags["citation_author"] == ["Mara Example", "Luc Exemple"]
    assert tags["citation_publication_date"] == ["2026/03/14"]
    assert tags["og:type"] == ["article"]
    assert tags["og:image"][0].startswith(f"{URL}/pictures/a-shared-640.")
    assert (tags["og:image:width"], tags["og:image:height"]) == (["640"], ["336"])
    assert tags["article:published_time"] == ["2026-03-14T09:30:00-04:00"]


def test_a_resource_is_what_it_is_and_a_learning_resource(room: Newsroom) -> None:
    room.resource(kind="book", isbn='"9780306406157"', access="free")
    room.build()

    node, _ = graph(room, "resources/suler-2004/index.html")

    assert node["@type"] == ["Book", "LearningResource"]
    assert node["isbn"] == "9780306406157"
    assert node["isAccessibleForFree"] is True
    assert node["audience"][0]["audienceType"] == "Practitioners"


def test_other_pages_have_their_kinds(room: Newsroom) -> None:
    room.article()
    room.build()

    assert graph(room, "index.html")[0]["@type"] == "WebSite"
    assert graph(room, "authors/mara-example/index.html")[0]["@type"] == "ProfilePage"
    assert graph(room, "topics/consent/index.html")[0]["mainEntity"]["itemListElement"][0]["position"] == 1
    assert meta(room, "authors/mara-example/index.html")["og:type"] == ["profile"]
