"""Names that collide on other systems: here they stand side by side, or both are named before anything is rendered."""

import pytest

from tests.build.newsroom import Newsroom


def test_a_tag_with_five_pages_stands_beside_the_tag_that_is_called_like_its_fifth_page(room: Newsroom) -> None:
    for number in range(41):
        room.article(f"n{number}", tags="[DSM]")
    room.article("other", tags="[DSM5]")

    assert room.build() == 0

    assert 'href="/2026/other/"' in room.read("tags/dsm5/index.html")
    assert [path.name for path in sorted((room.output / "tags/dsm/page").iterdir())] == ["1", "2", "3"]


def test_an_author_and_a_topic_with_one_name_have_a_page_and_a_feed_each(room: Newsroom) -> None:
    room.write("authors/care.yml", "name: Care\n")
    room.article("one", authors="[care]", topics="[care]", tags="[care]")

    assert room.build() == 0

    for name in ("authors/care", "topics/care", "tags/care"):
        assert 'href="/2026/one/"' in room.read(f"{name}/index.html")
    assert room.read("feeds/authors/care.atom") != room.read("feeds/topics/care.atom")


def test_a_text_called_tags_is_fine_where_it_takes_no_list_s_place(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.article("tags", title="Tags")
    assert room.build() == 0
    assert "Tags" in room.read("2026/tags/index.html")

    room.page("tags-page", title='"All our tags"', slug="tags")
    assert room.build() == 1
    assert "content/pages/tags-page.md:6: The address /tags/ belongs to the site itself" in capsys.readouterr().err


def test_two_texts_with_one_title_or_one_address_are_both_named_and_nothing_is_rendered(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.article("one", title="Same", slug="same")
    room.article("two", title="Same", slug="same")

    assert room.build() == 1

    said = capsys.readouterr().err
    assert "two.md:9: The address /2026/same/ is also the address of content/articles/2026/one.md:9." in said
    assert "two.md:4: The title “Same” is also the title of content/articles/2026/one.md:4." in said
    assert not room.output.exists()


def test_a_bad_date_no_title_a_misspelt_status_and_unknown_names_are_all_named_in_one_run(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.article("a", date="2026-13-01 10:00")
    room.article("b", title=None)
    room.article("c", status="publishd")
    room.article("d", topics="[cosent]")
    room.article("e", authors="[mara]")

    assert room.build() == 1

    said = capsys.readouterr().err
    for words in (
        "a.md:8: “2026-13-01 10:00” is a day that does not exist",
        "b.md:2: The key “title” is missing",
        "c.md:3: “publishd” is not a status we know. Did you mean “published”?",
        "d.md:7: There is no topic “cosent”. Did you mean “consent”?",
        "e.md:6: There is no author “mara”. Did you mean “mara-example”?",
    ):
        assert words in said
    assert "5 problems. Nothing was built." in said
    assert not room.output.exists()
