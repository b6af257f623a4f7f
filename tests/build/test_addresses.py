"""Old addresses lead on, and machines are told what there is."""

import xml.etree.ElementTree as etree
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from comments.actions.publish import Publisher
from comments.actions.release import publish_release
from comments.actions.web_root import current_release
from comments.model import NewComment
from comments.store.sqlite import open_store
from comments.thread.render import Renderer
from tests.build.newsroom import ROOT, URL, Newsroom

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """One of everything, read only."""
    room = Newsroom(tmp_path_factory.mktemp("published"))
    room.article("one", updated="2026-05-01 10:00")
    room.article("elsewhere", canonical="https://example.org/first/")
    room.resource()
    room.build()
    return room


def test_a_renamed_article_is_found_under_its_old_address(room: Newsroom) -> None:
    room.article("one", title='"Tom & Ann"')
    room.build()

    room.article("one", title='"Tom & Ann"', slug="better-name")
    room.build()

    page = LexborHTMLParser(room.read("2026/one/index.html"))
    assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == "0; url=/2026/better-name/"
    assert page.css_first("link[rel=canonical]").attributes["href"] == f"{URL}/2026/better-name/"
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page.css_first("a").text() == "Tom & Ann"
    assert room.read("redirects.map") == "/2026/one/ /2026/better-name/;\n"
    assert "/2026/one/" not in room.read("sitemap.xml")


def test_an_article_can_stand_at_an_address_of_its_own(room: Newsroom) -> None:
    room.article(url="/2019/05/old-place.html")
    room.build()

    assert "The note first-note" in room.read("2019/05/old-place.html")
    assert f"{URL}/2019/05/old-place.html" in room.read("sitemap.xml")


def test_an_article_at_a_page_of_an_older_system_takes_comments(room: Newsroom, tmp_path: Path) -> None:
    room.article(url="/2019/05/old-place.html")
    room.build()
    (tmp_path / "var").mkdir()
    store = open_store(tmp_path / "var" / "store.db", create=True)
    publisher = Publisher(
        tmp_path / "var", store, Renderer(ROOT / "theme"), lambda: datetime(2026, 6, 1, 12, tzinfo=UTC)
    )

    publish_release(room.output, publisher)
    new = NewComment("first-note", "Ada", "Hello.", "<p>Hello.</p>", 1, "approved", datetime(2026, 6, 1, tzinfo=UTC))
    comment = store.add_comment(new)
    publisher.publish("first-note")
    store.close()

    folder = current_release(tmp_path / "var").public / "2019" / "05"
    page = (folder / "old-place.html").read_text(encoding="utf-8")
    assert f'id="comment-{comment}"' in page
    assert 'href="/2019/05/old-place.comments.atom"' in page
    assert f'href="{URL}/2019/05/old-place.comments.atom"' in (folder / "old-place.comments.atom").read_text()


def test_the_map_for_web_servers_holds_nothing_but_paths(room: Newsroom) -> None:
    room.article("one", url="/caf%C3%A9/")
    room.build()
    room.article("one", url="/th%C3%A9/")

    assert room.build() == 0
    assert room.read("redirects.map") == "/café/ /th%C3%A9/;\n"
    assert "thé" in room.read("café/index.html")


def test_the_sitemap_lists_public_pages_with_the_dates_of_their_content(published: Newsroom) -> None:
    urls = {
        node.findtext(f"{LOC}loc", "").removeprefix(URL): node.findtext(f"{LOC}lastmod")
        for node in etree.fromstring(published.read("sitemap.xml"))
    }

    assert urls["/2026/one/"] == "2026-05-01"
    assert urls["/resources/suler-2004/"] == "2026-02-01"
    assert urls["/"] == "2026-05-01"
    assert "/2026/elsewhere/" not in urls
    assert not [path for path in urls if path.startswith(("/search", "/404", "/shell", "/resources/kind/book"))]
    assert f"Sitemap: {URL}/sitemap.xml" in published.read("robots.txt")


@pytest.mark.parametrize(
    ("path", "robots", "canonical"),
    [
        ("index.html", None, f"{URL}/"),
        ("404.html", "noindex", None),
        ("shell.html", "noindex", None),
        ("search/index.html", "noindex", f"{URL}/search/"),
        ("resources/kind/book/index.html", "noindex", f"{URL}/resources/kind/book/"),
        ("resources/kind/article/index.html", None, f"{URL}/resources/kind/article/"),
        ("2026/elsewhere/index.html", None, "https://example.org/first/"),
    ],
)
def test_pages_say_what_they_are_to_search_engines(
    published: Newsroom, path: str, robots: str | None, canonical: str | None
) -> None:
    page = LexborHTMLParser(published.read(path))

    named = page.css_first("meta[name=robots]")
    linked = page.css_first("link[rel=canonical]")
    assert (named.attributes["content"] if named else None) == robots
    assert (linked.attributes["href"] if linked else None) == canonical


def test_facets_count_what_they_hold_and_parents_hold_their_children(room: Newsroom) -> None:
    room.resource("one", kind="book", isbn='"9780306406157"')
    room.resource("two", topics="[care]", access="free")
    room.build()

    def titles(path: str) -> list[str]:
        return [node.text() for node in LexborHTMLParser(room.read(path)).css(".entry h3")]

    assert titles("resources/index.html") == ["The work one", "The work two"]
    assert titles("resources/kind/book/index.html") == ["The work one"]
    assert titles("resources/topic/ethics/index.html") == ["The work one"]
    assert titles("resources/access/free/index.html") == ["The work two"]
    assert titles("resources/language/fr/index.html") == []
