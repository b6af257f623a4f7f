"""The hub without a script: every value a page with a count, long lists in pages, other orders, nothing without a way
on; and the data that the script asks for."""

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins.hub import SIZE
from plugins.lists import leaves
from publication.addresses import is_fixed
from tests.build.newsroom import Newsroom


def parse(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address.strip("/") / "index.html").read_bytes())


def all_of_hub(site: Path) -> list[LexborHTMLParser]:
    return [LexborHTMLParser(path.read_bytes()) for path in sorted((site / "resources").rglob("index.html"))]


def titles(site: Path, address: str) -> list[str]:
    return [node.text().removeprefix("The work ") for node in parse(site, address).css(".entry h3")]


def follow(site: Path, address: str) -> list[str]:
    """The addresses of a list's pages, by the links from each to the next."""
    found = [address]
    while link := parse(site, found[-1]).css_first('a[rel="next"]'):
        found.append(link.attributes["href"])
    return found


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A hub that fills more than two pages."""
    room = Newsroom(tmp_path_factory.mktemp("long"))
    for number in range(2 * SIZE + 5):
        room.resource(f"w{number:03}", kind="tool" if number else "guideline")
    assert room.build() == 0
    return room


def test_every_value_is_a_page_that_shows_as_many_as_the_link_to_it_says(sample_site: Path) -> None:
    links = parse(sample_site, "/resources/").css("a.tick")

    assert len(links) > 25
    for link in links:
        address = link.attributes["href"]
        page = parse(sample_site, address)
        count = int(link.css_first(".count").text())
        assert count > 0
        assert page.css_first("#found").text().strip() == f"{count} of 64 resources"
        assert sum(len(titles(sample_site, each)) for each in follow(sample_site, address)) == count
        assert page.css_first('.tick[aria-current="true"] .count').text() == str(count)


def test_no_page_of_the_hub_leads_to_a_value_that_nothing_has(room: Newsroom) -> None:
    room.resource("one", kind="article")
    room.build()

    for page in all_of_hub(room.output):
        links = {node.attributes.get("href") for node in page.css("a")}
        assert "/resources/kind/podcast/" not in links
        assert "/resources/language/fr/" not in links
    assert "/resources/kind/podcast/" not in room.read("sitemap.xml")


def test_the_page_of_a_value_that_nothing_has_says_so_and_leads_on(room: Newsroom) -> None:
    room.resource("one", kind="article")
    room.build()

    page = parse(room.output, "/resources/kind/podcast/")

    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page.css_first("#found").text().strip() == "0 of 1 resource"
    assert page.css_first("ol.entries").inner_html == ""
    assert page.css_first("ol.entries + .nothing a").attributes["href"] == "/resources/"


def test_a_hub_without_resources_is_built_all_the_same(room: Newsroom) -> None:
    assert room.build() == 0

    assert "0 resources" in room.read("resources/index.html")
    assert json.loads(room.read("resources/hub.json")) == []


def test_beside_a_value_the_boxes_count_what_choosing_them_too_would_give(room: Newsroom) -> None:
    room.resource("one", kind="book", isbn='"9780306406157"', topics="[consent]", access="free")
    room.resource("two", kind="article", topics="[care]", access="paid")
    room.resource("three", kind="article", topics="[consent, care]", access="paid")
    room.build()

    page = parse(room.output, "/resources/kind/article/")
    boxes = {(box.attributes["name"], box.attributes["value"]): box for box in page.css("input[type=checkbox]")}
    counts = {key: int(box.parent.css_first(".count").text()) for key, box in boxes.items()}

    assert counts["kind", "book"] == 1  # values of one facet add to each other
    assert counts["topic", "care"] == 2
    assert counts["topic", "consent"] == counts["topic", "ethics"] == 1  # a topic's parent has it too
    assert counts["access", "free"] == 0
    assert [key for key, box in boxes.items() if "disabled" in box.attributes] == [("access", "free")]


def test_a_long_list_has_numbered_pages_that_hold_each_resource_once(long: Newsroom) -> None:
    pages = follow(long.output, "/resources/")

    assert pages == ["/resources/", "/resources/page/2/", "/resources/page/3/"]
    assert [len(titles(long.output, page)) for page in pages] == [SIZE, SIZE, 5]
    assert [title for page in pages for title in titles(long.output, page)] == [f"w{number:03}" for number in range(85)]
    assert follow(long.output, "/resources/kind/tool/")[-1] == "/resources/kind/tool/page/3/"
    assert follow(long.output, "/resources/sort/year/")[-1] == "/resources/sort/year/page/3/"


def test_every_page_of_a_list_has_a_title_of_its_own(long: Newsroom) -> None:
    found = [page.css_first("title").text() for page in all_of_hub(long.output)]

    assert len(set(found)) == len(found)
    assert "Resources: Tool, page 2 | Practice Notes" in found


def test_numbered_pages_lead_to_their_neighbours_the_ends_and_every_tenth() -> None:
    found = leaves(range(500), "/x/", 10)

    assert list(found[24].others) == [1, 10, 20, 24, 25, 26, 30, 40, 50]
    assert (found[0].previous, found[0].next) == (None, "/x/page/2/")
    assert (found[1].previous, found[49].next) == ("/x/", None)
    assert [one for leaf in found for one in leaf.items] == list(range(500))


def test_the_whole_hub_stands_by_year_and_by_newest_review_too(room: Newsroom) -> None:
    cited = '{{type: book, author: [{{family: Suler, given: John}}], issued: "{}"}}'
    room.resource("a-old", csl=cited.format("1999-05"), reviewed="{on: 2026-03-01, by: mara-example}")
    room.resource("b-undated", reviewed=None)
    room.resource("c-new", csl=cited.format("2020"), reviewed="{on: 2026-01-01, by: mara-example}")
    room.resource("d-new", csl=cited.format("2020"), reviewed="{on: 2026-03-01, by: mara-example}")
    room.build()

    assert titles(room.output, "/resources/") == ["a-old", "b-undated", "c-new", "d-new"]
    assert titles(room.output, "/resources/sort/year/") == ["c-new", "d-new", "a-old", "b-undated"]
    assert titles(room.output, "/resources/sort/newest/") == ["a-old", "d-new", "c-new", "b-undated"]


def test_the_orders_are_linked_and_left_out_of_search_engines(sample_site: Path) -> None:
    links = [node.attributes["href"] for node in parse(sample_site, "/resources/").css(".toolbar p a")]

    assert links == ["/resources/", "/resources/sort/year/", "/resources/sort/newest/"]
    page = parse(sample_site, "/resources/sort/year/")
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert "/resources/sort/" not in (sample_site / "sitemap.xml").read_text()


def test_the_data_holds_every_resource_as_the_pages_show_it(sample_site: Path) -> None:
    rows = json.loads((sample_site / "resources/hub.json").read_bytes())
    shown = {"".join(entry.html.split()) for page in all_of_hub(sample_site) for entry in page.css("[data-hub] .entry")}

    assert len(rows) == 64
    assert {"".join(LexborHTMLParser(row["html"]).css_first(".entry").html.split()) for row in rows} == shown
    assert sorted(row["year"] for row in rows) == list(range(64))


@pytest.mark.parametrize(
    "path", ["/resources/sort/", "/resources/sort/x/", "/resources/page/9/", "/resources/hub.json"]
)
def test_the_hubs_addresses_are_its_own(path: str) -> None:
    assert is_fixed(path)


def test_a_resource_says_why_who_looked_when_and_what_refers_to_it(room: Newsroom) -> None:
    room.resource("suler-2004", reviewed="{on: 2026-02-01, by: mara-example, every: 12 months}")
    room.article("note", references="[suler-2004]")
    room.build()

    page = parse(room.output, "/resources/suler-2004/")
    facts = {name.text(): " ".join(name.next.text().split()) for name in page.css("dl dt")}

    assert page.css_first(".prose h2").text() == "Why it matters"
    assert facts["Last reviewed"] == "1 February 2026 by Mara Example"
    assert facts["Next review"] == "1 February 2027"
    assert page.css_matches('dl a[href="/authors/mara-example/"]')
    assert page.css_matches('section[aria-labelledby="used"] a[href="/2026/note/"]')


def test_a_review_that_is_overdue_is_named_so(room: Newsroom) -> None:
    room.resource("suler-2004", reviewed="{on: 2025-02-01, by: mara-example, every: 12 months}")
    room.build()

    assert "Review due since" in room.read("resources/suler-2004/index.html")
    assert "Review due since" in room.read("resources/index.html")
    assert "Next review" not in room.read("resources/suler-2004/index.html")


def test_the_page_of_a_topic_shows_some_resources_and_leads_to_all(long: Newsroom) -> None:
    page = parse(long.output, "/topics/consent/")

    assert len(page.css(".entry")) == 12
    assert page.css_first('a[href="/resources/topic/consent/"]').text() == "All 85 resources on this topic"
