"""No two things in one place, and nothing in the site's own places."""

import pytest

from publication.addresses import comparable, is_fixed
from tests.build.publication.desk import Desk


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
        ("resource", "kind"),
        ("resource", "page"),
    ],
)
def test_the_site_keeps_its_own_addresses(desk: Desk, kind: str, slug: str) -> None:
    getattr(desk, kind)("mine", slug=slug)

    assert f"/{slug}/ belongs to the site itself. Give the text another slug." in desk.complaint()


@pytest.mark.parametrize("url", ["/", "/index.html", "/comments/x/", "/Desk/x/", "/%64esk/", "/feeds/x.html"])
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

    assert desk.complaint().startswith(
        f"content/articles/2026/two.md:9: The tags “{tags[1]}” and “{tags[0]}” (content/articles/2026/one.md)"
    )


def test_drafts_wait_for_an_address_of_their_own_too(desk: Desk) -> None:
    desk.article("one", slug="same")
    desk.article("two", slug="same", status="draft")

    assert "/2026/same/ is also the address of" in desk.complaint()


def test_paths_are_compared_as_a_file_system_might() -> None:
    assert comparable("/A/%62/index.html") == comparable("/a/b/") == comparable("/a/b")
    assert not is_fixed("/archived/")
    assert is_fixed("/my-own/", ["/my-own/"])
