"""Every published text keeps an address for good; old ones lead to the present one."""

from datetime import timedelta

import pytest

from publication.load import load
from tests.build.publication.desk import Desk


def book(desk: Desk) -> list[str]:
    lines = (desk.content / "addresses.yml").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if not line.startswith("#")]


def test_a_book_that_is_behind_is_a_problem_that_prints_the_lines(desk: Desk) -> None:
    desk.article("note")
    desk.page("about")

    publication = desk.load(record=False)

    assert [str(problem) for problem in publication.problems] == [
        "content/addresses.yml:1: 2 addresses are not written down yet. Run python3 tasks.py check --write, which puts "
        "these lines in:\n  articles:\n    note: [/2026/note/]\n  pages:\n    about: [/about/]"
    ]
    assert not (desk.content / "addresses.yml").exists()


def test_check_write_brings_it_up_to_date_and_a_second_run_changes_nothing(desk: Desk) -> None:
    desk.article("note")
    desk.resource()

    assert desk.load().problems == ()
    first = (desk.content / "addresses.yml").read_bytes()
    assert desk.load().problems == ()

    assert (desk.content / "addresses.yml").read_bytes() == first
    assert book(desk) == ["articles:", "note: [/2026/note/]", "resources:", "suler-2004: [/resources/suler-2004/]"]


def test_a_new_slug_keeps_the_old_address_and_sends_its_readers_on(desk: Desk) -> None:
    for slug in ("one", "two", "three"):
        desk.article("note", slug=slug)
        publication = desk.load()

    assert book(desk) == ["articles:", "note: [/2026/three/, /2026/two/, /2026/one/]"]
    assert publication.redirects == {"/2026/one/": "/2026/three/", "/2026/two/": "/2026/three/"}


def test_going_back_to_a_former_address_makes_no_circle(desk: Desk) -> None:
    for slug in ("one", "two", "one"):
        desk.article("note", slug=slug)
        publication = desk.load()

    assert publication.redirects == {"/2026/two/": "/2026/one/"}


def test_the_year_of_an_address_stays_when_the_date_changes(desk: Desk) -> None:
    desk.article("note", date="2025-12-31 23:00")
    desk.load()
    desk.article("note", date="2026-02-01 10:00")

    publication = desk.load(record=False)

    assert publication.problems == ()
    assert publication.articles[0].path == "/2025/note/"


def test_an_old_address_claimed_by_another_text_names_both(desk: Desk) -> None:
    desk.article("note", slug="one")
    desk.load()
    desk.article("note", slug="two")
    desk.load()
    desk.article("other", slug="one")

    assert desk.complaint() == (
        "content/articles/2026/other.md:9: The address /2026/one/ was the address of “note” (content/addresses.yml:4). "
        "Give this text another slug; or delete the old address there."
    )


def test_a_published_text_that_vanished_is_a_problem(desk: Desk) -> None:
    path = desk.article("note")
    desk.load()
    path.unlink()

    assert desk.complaint() == (
        "content/addresses.yml:4: The article “note” was published at /2026/note/, and its file is gone. "
        "Bring the file back with status: withdrawn in it (its replies are kept, and shown nowhere until it is "
        "published again); or, to delete it for good (its replies stay in the store, shown nowhere; whoever wants "
        "them erased does so at the desk), move its line to the end of this file, below gone: like this:\n"
        "  gone:\n    note: [/2026/note/]\n"
        "  To send its readers to another text, add its addresses to that text's line too: […, /2026/note/]"
    )


def test_what_that_says_to_type_helps(desk: Desk) -> None:
    desk.article("heir")
    path = desk.article("note")
    desk.load()
    path.unlink()
    desk.write("addresses.yml", "articles:\n  heir: [/2026/heir/, /2026/note/]\ngone:\n  note: [/2026/note/]\n")

    publication = desk.load()

    assert publication.problems == ()
    assert publication.redirects == {"/2026/note/": "/2026/heir/"}
    assert publication.addresses["note"].kind == "gone"

    desk.page()
    desk.load()
    assert book(desk)[-2:] == ["gone:", "note: [/2026/note/]"]


def test_the_id_of_a_deleted_text_is_never_used_again(desk: Desk) -> None:
    desk.write("addresses.yml", "gone:\n  note: [/2026/note/]\n  other: []\n")
    desk.article("note", slug="fresh")
    desk.page("other")

    assert desk.complaints() == [
        "content/articles/2026/note.md:2: The id “note” belonged to the text that was deleted "
        "(content/addresses.yml:2). Give this article another id; an id is never used again.",
        "content/pages/other.md:2: The id “other” belonged to the text that was deleted (content/addresses.yml:3). "
        "Give this page another id; an id is never used again.",
    ]


def test_the_address_of_a_deleted_text_is_not_taken_unawares(desk: Desk) -> None:
    desk.write("addresses.yml", "gone:\n  note: [/2026/fresh/]\n")
    desk.article("fresh")

    assert desk.complaint() == (
        "content/articles/2026/fresh.md:2: The address /2026/fresh/ was that of the deleted “note” "
        "(content/addresses.yml:2). Give this text another slug; or delete the old address there, which may leave [] "
        "and no more."
    )

    desk.write("addresses.yml", "gone:\n  note: []\n")
    assert desk.complaints() == []


def test_two_texts_that_stand_at_each_others_former_address_are_both_named(desk: Desk) -> None:
    desk.article("a", url="/x/")
    desk.article("b", url="/y/")
    desk.write("addresses.yml", "articles:\n  a: [/x/, /y/]\n  b: [/y/, /x/]\n")

    assert [one.partition(" Give")[0] for one in desk.complaints()] == [
        "content/articles/2026/a.md:9: The address /x/ was the address of “b” (content/addresses.yml:3).",
        "content/articles/2026/b.md:9: The address /y/ was the address of “a” (content/addresses.yml:2).",
    ]


def test_a_former_address_in_the_place_of_a_page_names_both(desk: Desk) -> None:
    desk.article("a", url="/x/")
    desk.page("about")
    desk.write("addresses.yml", "articles:\n  a: [/x/, /about/]\npages:\n  about: [/about/]\n")

    assert desk.complaint() == (
        "content/pages/about.md:2: The address /about/ was the address of “a” (content/addresses.yml:2). "
        "Give this text another slug; or delete the old address there."
    )


def test_an_address_that_only_changes_its_capitals_does_not_lead_to_itself(desk: Desk) -> None:
    desk.article("note", url="/Old/Place/")
    desk.load()
    desk.article("note", url="/old/place/")

    publication = desk.load()

    assert publication.problems == ()
    assert publication.redirects == {}
    assert book(desk) == ["articles:", "note: [/old/place/]"]


def test_a_chain_of_renamings_is_one_step_from_each_address(desk: Desk) -> None:
    desk.article("note", slug="s0")
    for number in range(1, 30):
        desk.load()
        desk.article("note", slug=f"s{number}")
    publication = desk.load()

    assert publication.redirects == {f"/2026/s{number}/": "/2026/s29/" for number in range(29)}


def test_an_id_used_again_for_something_else_is_a_problem(desk: Desk) -> None:
    path = desk.article("note")
    desk.load()
    path.unlink()
    desk.page("note")

    assert desk.complaint().startswith(
        "content/pages/note.md:2: The id “note” belonged to the article at /2026/note/ (content/addresses.yml:4). "
        "Give this page another id"
    )


def test_a_withdrawn_text_keeps_its_line_and_sends_nobody_on(desk: Desk) -> None:
    desk.article("note", slug="one")
    desk.load()
    desk.article("note", slug="two")
    desk.load()
    desk.article("note", slug="two", status="withdrawn")

    publication = desk.load()

    assert publication.problems == ()
    assert publication.redirects == {}
    assert publication.articles == ()


def test_a_scheduled_text_is_in_the_book_before_its_hour(desk: Desk) -> None:
    desk.article("note", date="2026-07-01 10:00")
    desk.load()

    later = load(desk.content, desk.settings, desk.now + timedelta(days=60))

    assert later.problems == ()
    assert [article.id for article in later.articles] == ["note"]


def test_drafts_are_not_in_the_book(desk: Desk) -> None:
    desk.article("note", status="draft")

    assert desk.load(record=False).problems == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("artcles:\n  a: [/x/]\n", "There is no section “artcles”"),
        ("articles:\n  a: /x/\n", "The addresses of “a” cannot be read"),
        ("articles:\n  a: [x]\n", "The addresses of “a” cannot be read"),
        ("articles:\n  a: [[/x/]]\n", "The addresses of “a” cannot be read"),
        ("articles:\n  a: [/x/]\npages:\n  a: [/x/]\n", "“a” is here twice"),
        ("articles: [\n", "A bracket that opens here is not closed"),
        ("articles:\n  a: [/x/, /old/]\n  b: [/y/, /old/]\n", "is a former one of “b” and of “a”"),
        ("articles:\n  a: [/x/, /desk/]\n", "The former address /desk/ belongs to the site itself"),
        ("articles:\n  a: [/x/, /threads.json/]\n", "The former address /threads.json/ belongs to the site itself"),
        ("articles:\n  a: [/x/, /x/comments.atom/]\n", "is in the way of the present one, /x/"),
        ("articles:\n  a: [/x/, /old/, /OLD/]\n", "/OLD/ is in the way of another one in this line"),
        ('articles:\n  a: [/x/, "/../../../rv/pwn/"]\n', "The addresses of “a” cannot be read"),
        ('articles:\n  a: [/x/, "/a b;/ evil/"]\n', "The addresses of “a” cannot be read"),
        ("articles:\n  a: [/x/, /%2e%2e/x/]\n", "The addresses of “a” cannot be read"),
    ],
)
def test_a_book_written_by_hand_is_checked_too(desk: Desk, text: str, what: str) -> None:
    desk.article("a", url="/x/")
    desk.article("b", url="/y/", status="draft")
    desk.write("addresses.yml", text)

    found = desk.complaints()
    assert any(what in one and one.startswith("content/addresses.yml:") for one in found), found


def test_an_empty_book_is_as_good_as_none(desk: Desk) -> None:
    desk.write("addresses.yml", "# nothing yet\n\n")

    assert desk.complaints() == []
