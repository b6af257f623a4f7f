"""An article of two authors is signed by both, wherever it is read."""

import json

import feedparser
from selectolax.lexbor import LexborHTMLParser

from tests.build.mf2 import read
from tests.build.newsroom import URL, Newsroom

BOTH = ["Luc Exemple", "Mara Example"]


def test_both_are_named_in_byline_feeds_metadata_and_on_their_pages(room: Newsroom) -> None:
    room.article(authors="[luc-exemple, mara-example]")
    room.build()
    page = LexborHTMLParser(room.read("2026/first-note/index.html"))

    assert [node.text() for node in page.css(".byline .p-author")] == BOTH
    assert [node.text() for node in page.css('.bio [rel="author"]')] == BOTH
    (entry,) = read(room.read("2026/first-note/index.html"), f"{URL}/2026/first-note/")
    assert entry.texts("author") == BOTH
    graph = json.loads(page.css_first('script[type="application/ld+json"]').text())["@graph"]
    assert [author["name"] for author in graph[0]["author"]] == BOTH
    named = page.css('meta[property="article:author"]')
    assert [node.attributes["content"] for node in named] == [
        f"{URL}/authors/luc-exemple/",
        f"{URL}/authors/mara-example/",
    ]
    assert [node.attributes["content"] for node in page.css("meta[name=citation_author]")] == BOTH
    (atom,) = feedparser.parse(room.read("feeds/articles.atom")).entries
    assert [author.name for author in atom.authors] == BOTH
    (item,) = json.loads(room.read("feeds/articles.json"))["items"]
    assert [author["name"] for author in item["authors"]] == BOTH
    for key in ("luc-exemple", "mara-example"):
        lists = LexborHTMLParser(room.read(f"authors/{key}/index.html"))
        assert [node.text() for node in lists.css(".entry .p-author")] == BOTH
