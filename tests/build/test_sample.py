"""The whole sample publication, as it is built for readers."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from comments import manifest
from comments.search.find import find
from comments.search.model import Question
from comments.thread.render import Renderer
from comments.thread.splice import region, splice
from publication.vocabulary import LANGUAGES
from tests.build.newsroom import ROOT


@cache
def pages(folder: Path) -> dict[str, LexborHTMLParser]:
    found = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): LexborHTMLParser(path.read_bytes()) for path in found}


def test_every_kind_of_page_is_there(sample_site: Path) -> None:
    names = pages(sample_site).keys()

    for name in ("", "archive/", "topics/", "authors/", "resources/", "search/", "about/", "privacy/"):
        assert f"{name}index.html" in names
    assert {"404.html", "shell.html", "shell.fr.html"} <= names
    own = manifest.SHELLS["en"]  # the site's language: that is shell.html
    assert [name for name in manifest.PRIVATE if not (sample_site / name).is_file()] == [own]


def test_the_pages_of_the_service_can_be_worn_in_each_language(sample_site: Path) -> None:
    english, french = (pages(sample_site)[name] for name in ("shell.html", "shell.fr.html"))

    assert manifest.SHELLS.keys() == LANGUAGES.keys()
    assert [page.css_first("html").attributes["lang"] for page in (english, french)] == ["en", "fr"]
    assert "Search" in english.css_first("header").text()
    assert "Rechercher" in french.css_first("header").text()
    regions = {"title": b"<title>ours</title>", "main": b"ours"}
    assert b"ours" in splice((sample_site / "shell.fr.html").read_bytes(), "shell", regions)


def test_every_link_inside_the_site_leads_somewhere(sample_site: Path) -> None:
    for name, page in pages(sample_site).items():
        for node in page.css("[href], [src]"):
            target = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if target.scheme or target.netloc or target.path.startswith("/comments/"):
                continue
            path = unquote(target.path).lstrip("/") if target.path else name
            path = f"{path}index.html" if path.endswith("/") or not path else path
            assert (sample_site / path).is_file(), (name, target.geturl())
            if target.fragment and path.endswith(".html") and not path.startswith("shell."):
                assert pages(sample_site)[path].css_first(f'[id="{target.fragment}"]'), (name, target.geturl())


def test_no_id_stands_twice_on_a_page(sample_site: Path) -> None:
    for name, page in pages(sample_site).items():
        ids = Counter(node.attributes["id"] for node in page.css("[id]"))
        assert [one for one, count in ids.items() if count > 1] == [], name


def test_structured_data_is_json_on_every_page(sample_site: Path) -> None:
    for page in pages(sample_site).values():
        for node in page.css('script[type="application/ld+json"]'):
            assert json.loads(node.text())["@graph"]


def test_nothing_comes_from_elsewhere_and_nothing_stands_inline(sample_site: Path) -> None:
    for name, page in pages(sample_site).items():
        for node in page.css("script[src], link[rel=stylesheet], link[rel=preload], link[rel=icon], img"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            assert address.startswith(("/theme/", "/pictures/")), (name, address)
        assert not page.css("style, [style]"), name


def test_an_article_without_comments_is_what_the_service_would_write(sample_site: Path) -> None:
    told = manifest.read(sample_site / manifest.FILE)
    renderer = Renderer(ROOT / "theme")

    assert told.renderer == renderer.version
    assert len(told.threads) >= 12
    for entry in told.threads.values():
        page = (sample_site / entry.path.strip("/") / "index.html").read_bytes()
        for name, expected in renderer.regions(told.site, entry, []).items():
            assert region(page, name, entry.id) == expected


def test_a_french_article_speaks_french_around_its_text(sample_site: Path) -> None:
    page = pages(sample_site)["2026/secret-professionnel-en-ligne/index.html"]

    assert page.css_first("html").attributes["lang"] == "fr"
    assert re.search(r"\d+ \w+ 2026 à \d+.h.\d\d", page.css_first(".byline time").text())


def test_search_finds_articles_resources_and_authors(sample_site: Path) -> None:
    found = [find(sample_site / "search.db", Question(word)) for word in ("disinhibition", "mara")]

    assert {hit.kind for each in found for hit in each.hits} == {"article", "resource", "author"}


@pytest.mark.parametrize("name", ["index.html", "2026/text-chat-video/index.html"])
def test_pictures_have_their_size(sample_site: Path, name: str) -> None:
    for node in pages(sample_site)[name].css("img"):
        assert node.attributes.get("width"), node.html
        assert node.attributes.get("height"), node.html
