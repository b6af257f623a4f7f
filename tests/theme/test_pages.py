"""What the built pages say to readers, screen readers and other machines."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

ARTICLE = "2026/text-chat-video/index.html"
FRENCH = "2026/secret-professionnel-en-ligne/index.html"
KINDS = [
    "index.html",
    ARTICLE,
    FRENCH,
    "archive/index.html",
    "topics/index.html",
    "topics/practice/index.html",
    "authors/index.html",
    "authors/mara-example/index.html",
    "resources/index.html",
    "resources/kind/book/index.html",
    "resources/suler-2004/index.html",
    "about/index.html",
    "search/index.html",
    "404.html",
]


def parse(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / name).read_text(encoding="utf-8"))


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def first_text(page: LexborHTMLParser, selector: str) -> str:
    return texts(page, selector)[0]


@pytest.mark.parametrize("name", KINDS)
def test_every_page_has_one_main_text_one_title_and_a_way_to_skip_to_it(sample_site: Path, name: str) -> None:
    page = parse(sample_site, name)

    assert len(page.css("main")) == 1
    assert len(page.css("h1")) == 1
    assert page.css_matches('body > a.skip[href="#main"]:first-child')
    assert page.css_matches("main#main")


@pytest.mark.parametrize("name", KINDS)
def test_headings_leave_no_level_out(sample_site: Path, name: str) -> None:
    levels = [int(node.tag[1]) for node in parse(sample_site, name).css("h1, h2, h3, h4")]

    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("name", KINDS)
def test_every_part_of_the_text_that_is_labelled_has_its_label(sample_site: Path, name: str) -> None:
    page = parse(sample_site, name)
    ids = [node.attributes["id"] for node in page.css("[id]")]
    labels = {node.attributes["aria-labelledby"] for node in page.css("[aria-labelledby]")}

    assert len(ids) == len(set(ids))
    assert labels <= set(ids)


def test_links_within_a_page_lead_somewhere(sample_site: Path) -> None:
    page = parse(sample_site, ARTICLE)
    ids = {node.attributes["id"] for node in page.css("[id]")}

    assert {node.attributes["href"][1:] for node in page.css('a[href^="#"]')} <= ids


def test_an_article_says_who_posted_it_and_when(sample_site: Path) -> None:
    page = parse(sample_site, ARTICLE)

    assert first_text(page, ".byline") == "Posted by: Mara Example and Jonas Beispiel on 27 October 2026 9:30 am"
    assert len(page.css('.byline a[rel="author"]')) == 2
    assert page.css_first("time.dt-published").attributes["datetime"] == "2026-10-27T09:30-04:00"


def test_an_invented_author_is_marked_on_article_and_profile(sample_site: Path) -> None:
    marked = "Example author: invented for this sample publication"

    assert texts(parse(sample_site, ARTICLE), ".bio .example") == [marked, marked]
    assert marked in first_text(parse(sample_site, "authors/mara-example/index.html"), ".byline")


def test_the_author_box_has_credentials_and_the_disclaimer(sample_site: Path) -> None:
    page = parse(sample_site, ARTICLE)

    assert "Canadian Certified Counsellor" in first_text(page, ".bio ul")
    assert first_text(page, ".disclaimer").startswith("The views expressed are personal")


def test_an_article_about_danger_shows_the_way_to_help_before_its_text(sample_site: Path) -> None:
    page = parse(sample_site, "2026/crisis-at-a-distance/index.html")

    assert page.css_matches('.guide a[href="#notice-help-lines"]')
    assert page.css_matches("section h2#notice-help-lines")


def test_notes_references_and_the_citation_follow_the_text(sample_site: Path) -> None:
    page = parse(sample_site, ARTICLE)

    assert texts(page, "article h2.margin-head") == ["Notes", "References", "Cite this", "The authors", "Tags"]
    assert len(page.css("ol.notes > li")) == len(page.css("sup a"))


def test_an_article_is_an_h_entry_that_holds_its_thread(sample_site: Path) -> None:
    page = parse(sample_site, ARTICLE)

    for property_name in ("p-name", "p-summary", "p-author", "dt-published", "e-content", "u-uid", "p-category"):
        assert page.css_matches(f"main.h-entry .{property_name}"), property_name
    assert page.css_matches("main.h-entry #respond")


def test_a_french_article_is_french_all_over(sample_site: Path) -> None:
    page = parse(sample_site, FRENCH)

    assert page.css_first("html").attributes["lang"] == "fr"
    assert first_text(page, ".byline").startswith("Publié par : Luc Exemple le 8 octobre 2026")
    assert first_text(page, ".site-nav a") == "Articles"
    assert not re.search(r"\b(?:Posted by|Leave a Reply|Cite this|Read on)\b", page.css_first("body").text())


def test_a_french_title_in_an_english_list_says_so(sample_site: Path) -> None:
    link = parse(sample_site, "archive/index.html").css_first('a[href="/2026/secret-professionnel-en-ligne/"]')

    assert link.attributes["lang"] == "fr"


@pytest.mark.parametrize("name", KINDS)
def test_no_page_asks_another_site_for_anything(sample_site: Path, name: str) -> None:
    page = parse(sample_site, name)
    loaded = page.css('script[src], img[src], link[rel="stylesheet"], link[rel="preload"], link[rel="icon"]')
    addresses = [node.attributes.get("src") or node.attributes.get("href") or "" for node in loaded]

    assert all(re.match(r"/[^/]", address) for address in addresses)
