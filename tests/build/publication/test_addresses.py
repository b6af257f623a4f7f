"""No two things in one place, and nothing in the site's own places."""

import pytest

from comments.manifest import PRIVATE, Thread
from publication.addresses import is_fixed
from publication.claims import FILES, feed_of
from tests.build.publication.desk import NOW, Desk


def test_an_article_and_a_page_with_one_address_name_both(desk: Desk) -> None:
    desk.article("note", url="/about/")
    desk.page("about")

    assert desk.complaint() == (
        "content/pages/about.md:2: The address /about/ is also the address of content/articles/2026/note.md:2. "
        "Give one of the two another slug."
    )


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        ("page", "archive"),
        ("page", "topics"),
        ("page", "desk"),
        ("page", "comments"),
        ("page", "search"),
        ("page", "feeds"),
        ("page", "tags"),
        ("page", "authors"),
        ("page", "resources"),
        ("page", "media"),
        ("page", "cite"),
        ("resource", "kind"),
        ("resource", "page"),
    ],
)
def test_the_site_keeps_its_own_addresses(desk: Desk, kind: str, slug: str) -> None:
    getattr(desk, kind)("mine", slug=slug)

    assert f"/{slug}/ belongs to the site itself. Give the text another slug." in desk.complaint()


@pytest.mark.parametrize(
    "url", ["/", "/index.html", "/comments/x/", "/Desk/x/", "/%64esk/", "/feeds/x.html", "/Cite/x.html"]
)
def test_an_address_of_ones_own_is_held_to_the_same(desk: Desk, url: str) -> None:
    desk.article(url=url)

    assert desk.complaints()


@pytest.mark.parametrize("url", ["/tags/e-mail/", "/topics/new/", "/authors/somebody/"])
def test_no_text_moves_in_among_tags_topics_and_authors(desk: Desk, url: str) -> None:
    desk.article(url=url, tags="[e-mail]")

    assert f"The address {url} belongs to the site itself" in desk.complaint()


@pytest.mark.parametrize(
    ("url", "other"),
    [("/topics/consent/", "topics.yml:3"), ("/authors/luc-exemple/", "luc-exemple.yml:1")],
)
def test_topics_and_authors_have_addresses_too(desk: Desk, url: str, other: str) -> None:
    desk.article("one", tags="[e-mail]")
    desk.article("two", url=url)

    assert f"The address {url} is also the address of" in desk.complaint()
    assert other in desk.complaint()


def test_addresses_that_differ_in_capitals_only_are_one(desk: Desk) -> None:
    desk.article("one", url="/Old/Place/")
    desk.article("two", url="/old/place/")

    assert "is also the address of" in desk.complaint()


def test_two_texts_with_one_id_are_named_once(desk: Desk) -> None:
    desk.article("note")
    desk.page("note")

    assert desk.complaint() == (
        "content/pages/note.md:2: The id “note” is also the id of content/articles/2026/note.md:2. "
        "Give the newer of the two another id."
    )


@pytest.mark.parametrize("tags", [("e-mail", "E-Mail"), ("e-mail", "e mail"), ("café", "cafe")])
def test_tags_that_share_a_page_must_be_written_alike(desk: Desk, tags: tuple[str, str]) -> None:
    desk.article("one", tags=f'["{tags[0]}"]')
    desk.article("two", tags=f'["{tags[1]}"]')

    assert desk.complaint() == (
        f"content/articles/2026/two.md:9: The tag “{tags[1]}” is written “{tags[0]}” elsewhere, "
        f"and both have one address. Write “{tags[0]}” here too."
    )


def test_of_two_spellings_of_a_tag_the_rarer_one_is_to_be_mended(desk: Desk) -> None:
    desk.article("a-new", tags="[Law]", date="2026-05-01 09:30")
    desk.article("old", tags="[law]")

    assert desk.complaint().startswith("content/articles/2026/a-new.md:9: The tag “Law” is written “law” elsewhere")

    desk.article("b-new", tags="[Law]", date="2026-05-02 09:30")

    assert desk.complaint().startswith(
        "content/articles/2026/old.md:9: The tag “law” is written “Law” 2 times elsewhere"
    )


@pytest.mark.parametrize("kind", ["article", "resource"])
def test_no_text_takes_the_name_of_the_references_of_all(desk: Desk, kind: str) -> None:
    getattr(desk, kind)("resources", slug="our-resources")

    assert "The id “resources” belongs to the references of all resources together" in desk.complaint()


def test_drafts_wait_for_an_address_of_their_own_too(desk: Desk) -> None:
    desk.article("one", slug="same")
    desk.article("two", slug="same", status="draft")

    assert "/2026/same/ is also the address of" in desk.complaint()


def test_paths_are_compared_as_a_file_system_might() -> None:
    assert is_fixed("/My-Own/index.html", ["/my-own/"])
    assert not is_fixed("/archived/")
    assert is_fixed("/my-own/", ["/my-own/"])


@pytest.mark.parametrize(
    "url",
    [
        "/shell.html",
        "/Shell.html",
        "/index.html/",
        "/resources/index.html/",
        *(f"/{name}/" for name in FILES),
    ],
)
@pytest.mark.parametrize("kind", ["article", "page"])
def test_no_text_stands_in_the_way_of_a_file_of_the_site(desk: Desk, kind: str, url: str) -> None:
    getattr(desk, kind)("own", url=url)

    assert f"The address {url} belongs to the site itself" in desk.complaint()


@pytest.mark.parametrize(
    "url",
    ["/2026/first/index.html/", "/2026/first/comments.atom/", "/2026/First/Comments.atom/x/", "/old.comments.atom/"],
)
def test_no_text_stands_in_the_way_of_another_ones_page_or_feed(desk: Desk, url: str) -> None:
    desk.article("first")
    desk.article("moved", url="/old.html")
    desk.page("mine", url=url)

    assert f"The address {url} is in the way of the address of content/articles/2026/" in desk.complaint()


@pytest.mark.parametrize(
    "url",
    [
        "/%2e%2e/x/",
        "/../x/",
        "/.hidden/x/",
        "//example.org/",
        "/a//b/",
        "/a%20b/",
        "/%2561/",
        "/%ff/",
        "/a%00b/",
        '"/a b;/ evil/"',
        "/.html",
        "/a",
    ],
)
def test_an_address_is_a_plain_path(desk: Desk, url: str) -> None:
    desk.article(url=url)

    assert "is not an address on this site" in desk.complaint()


@pytest.mark.parametrize("url", ["/caf%C3%A9/", "/cafe%CC%81/", "/café/"])
def test_signs_of_other_systems_are_decoded_once(desk: Desk, url: str) -> None:
    desk.article(url=url)

    assert desk.load().articles[0].path == "/café/"


def test_the_files_that_releases_keep_to_themselves_are_nobodys_address() -> None:
    assert set(PRIVATE) <= set(FILES)


@pytest.mark.parametrize("path", ["/2026/a/", "/old/place.html", "/old/index.html"])
def test_the_feed_of_replies_stands_where_the_service_puts_it(path: str) -> None:
    entry = Thread("a", path, "A", "en", "open", NOW)

    assert f"/{feed_of(path)}" == entry.feed
