"""The sitemap: what is public and nothing else, dated by its content."""

import re
import xml.etree.ElementTree as etree
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins import sitemap
from tests.build.newsroom import URL, Newsroom
from tests.build.shapes import is_address, is_day

SPACE = f"{{{sitemap.NAMESPACE}}}"


def listed(data: bytes, kind: str = "urlset", member: str = "url") -> dict[str, str | None]:
    """Addresses with their dates; the file is as https://www.sitemaps.org/protocol.html has it."""
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    assert len(data) <= 50 * 1024 * 1024
    root = etree.fromstring(data)
    assert root.tag == SPACE + kind
    found: dict[str, str | None] = {}
    for node in root:
        assert node.tag == SPACE + member
        assert [part.tag.removeprefix(SPACE) for part in node] in (["loc"], ["loc", "lastmod"])
        address, changed = node.findtext(f"{SPACE}loc") or "", node.findtext(f"{SPACE}lastmod")
        assert is_address(address)
        assert address.isascii()
        assert len(address) < 2048
        assert changed is None or is_day(changed)
        assert address not in found
        found[address] = changed
    assert 0 < len(found) <= 50_000
    return found


def test_it_lists_each_page_that_search_engines_may_show_and_no_other(sample_site: Path) -> None:
    pages = {
        f"http://localhost:8000/{path.relative_to(sample_site).as_posix()}".removesuffix("index.html")
        for path in sample_site.rglob("*.html")
        if "noindex" not in path.read_text()
    }

    found = listed((sample_site / "sitemap.xml").read_bytes())

    assert set(found) == pages
    assert list(found) == sorted(found)


def test_it_is_valid_and_says_the_same_on_another_day(room: Newsroom) -> None:
    room.article(tags="[brief]", updated="2026-04-02 23:30")
    room.article("later", date="2026-07-01 09:00")
    room.article("draft", status="draft")
    room.resource(reviewed="{on: 2026-05-05, by: mara-example}", topics="[care]")
    room.page()
    room.build()
    first = (room.output / "sitemap.xml").read_bytes()

    room.build(PN_AS_OF="2026-06-02T12:00:00Z")

    assert (room.output / "sitemap.xml").read_bytes() == first
    found = {address.removeprefix(URL): changed for address, changed in listed(first).items()}
    assert found["/2026/first-note/"] == found["/"] == found["/tags/brief/"] == "2026-04-02"
    assert found["/resources/suler-2004/"] == found["/resources/kind/article/"] == "2026-05-05"
    assert found["/topics/care/"] == "2026-05-05"  # it shows the resource
    assert found["/about/"] is None
    assert not [path for path in found if "later" in path or "draft" in path]
    # There are no translations, so no page has an alternate; one that had would have to name its address.
    for path in room.output.rglob("*.html"):
        for node in LexborHTMLParser(path.read_bytes()).css("link[rel=alternate]"):
            assert node.attributes["href"]


def test_a_long_one_is_split_and_its_index_is_as_new_as_the_newest_page() -> None:
    pages = [(f"/{number:03}/", date(2026, 1, number) if number % 2 else None) for number in range(1, 8)]

    files = dict(sitemap.files(URL, reversed(pages), most=3))

    assert listed(files["sitemap.xml"], "sitemapindex", "sitemap") == {
        f"{URL}/sitemap-1.xml": "2026-01-03",
        f"{URL}/sitemap-2.xml": "2026-01-05",
        f"{URL}/sitemap-3.xml": "2026-01-07",
    }
    parts = [listed(files[f"sitemap-{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert [address for part in parts for address in part] == [URL + path for path, _ in pages]


def test_it_is_split_only_when_the_protocol_demands_it() -> None:
    pages: list[sitemap.Listed] = [(f"/{number}/", None) for number in range(4)]

    assert sitemap.MOST == 50_000
    assert [name for name, _ in sitemap.files(URL, pages[:3], most=3)] == ["sitemap.xml"]
    assert [name for name, _ in sitemap.files(URL, pages, most=3)] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]


def test_an_address_in_another_script_is_written_in_signs_that_all_machines_know(room: Newsroom) -> None:
    room.article(url="/2019/été/")
    assert room.build() == 0

    assert f"{URL}/2019/%C3%A9t%C3%A9/" in listed((room.output / "sitemap.xml").read_bytes())


def test_robots_are_told_where_it_is(sample_site: Path) -> None:
    lines = (sample_site / "robots.txt").read_text()

    assert re.fullmatch(r"User-agent: \*\nAllow: /\n\nSitemap: http://localhost:8000/sitemap\.xml\n", lines)


@pytest.mark.parametrize("front", [{"status": "withdrawn"}, {"expires": "2026-05-01 09:00"}])
def test_what_was_taken_away_is_not_in_it(room: Newsroom, front: dict[str, str]) -> None:
    room.article("stays")
    room.article("gone", **front)
    room.build()

    assert f"{URL}/2026/gone/" not in listed((room.output / "sitemap.xml").read_bytes())
