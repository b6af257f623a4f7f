"""Former addresses of every kind: with a query, of files, of lists. None leads away, none takes what is another's."""

import re
from pathlib import Path

import pytest

from comments.web import former as served
from publication import former
from publication.former import former_address
from publication.links import resolve
from tests.build.publication.desk import Desk

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/?p=17", "/?p=17"),
        ("/?page_id=17", "/?p=17"),
        ("/?attachment_id=17", "/?p=17"),
        ("/?post_type=talk&P=17&preview=true", "/?p=17"),
        ("/blog/?p=17", "/blog/?p=17"),
        ("/?cat=3&paged=2", "/?cat=3"),
        ("/?tag=Caf%C3%A9", "/?tag=caf%c3%a9"),
        ("/shop.php?b=2&a=1", "/shop.php?b=2&a=1"),
        ("/2019/05/caf%C3%A9/", "/2019/05/café/"),
        ("/wp-content/uploads/2019/A_b.PDF", "/wp-content/uploads/2019/A_b.PDF"),
    ],
)
def test_an_address_is_kept_as_servers_compare_it(typed: str, kept: str) -> None:
    assert former_address(typed) == kept
    assert former_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "?p=17",
        "/?",
        "//evil.example/",
        "//evil.example/?p=1",
        "https://evil.example/?p=1",
        "/\\evil.example/?p=1",
        "/../secret/?p=1",
        "/.hidden/?p=1",
        "/?p=1\nX: y",
        "/?p=1%0d%0aX: y",
        "/a\r\nb/",
        "/%0d%0aX/",
        '/?p=1";return 200 x;',
        "/?p=1;}",
        "/?a={b}",
        "/?a=$uri",
        "/$uri/",
        "/?p=1#part",
        "/?a=<b>",
        "/?a=é",
        f"/?a={'x' * 400}",
    ],
)
def test_what_a_server_could_misread_is_no_address(typed: str) -> None:
    assert former_address(typed) is None


def test_build_service_and_nginx_read_a_query_alike() -> None:
    told = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    found = re.findall(r'"~\*\(\?:\^\|&\)\(\?:(.+?)\)=\(\?<\w+>(.+?)\)\(\?:&\|\$\)" (\w+)=\$', told)

    assert served.NAMES == former.NAMES
    assert [(names, name, value) for names, value, name in found] == list(former.NAMES)


def test_an_address_with_a_query_leads_to_its_text_also_from_a_body(desk: Desk) -> None:
    desk.article("note")
    desk.write("addresses.yml", "articles:\n  note: [/2026/note/, /?p=17, /?page_id=18]\n")

    publication = desk.load()

    assert publication.problems == ()
    assert publication.redirects == {"/?p=17": "/2026/note/", "/?p=18": "/2026/note/"}
    assert resolve(publication, "/?utm_source=x&p=17#part") == "/2026/note/#part"
    assert resolve(publication, "/?p=19") == "/?p=19"


def test_lines_of_what_is_no_text_are_kept_and_lead_on(desk: Desk) -> None:
    desk.article("note")
    lines = "articles:\n  note: [/2026/note/]\nmoved:\n  /topics/consent/: [/category/consent/, /?cat=3]\n"
    desk.write("addresses.yml", lines)
    desk.page()

    publication = desk.load()

    assert publication.problems == ()
    assert publication.redirects == {"/category/consent/": "/topics/consent/", "/?cat=3": "/topics/consent/"}
    assert "  /topics/consent/: [/category/consent/, /?cat=3]" in (desk.content / "addresses.yml").read_text()


NOTE = "articles:\n  note: [/2026/note/{}]\n"


@pytest.mark.parametrize(
    ("book", "words"),
    [
        (NOTE.format(", /?p=1, /?page_id=1"), "/?p=1 is in the way of another one in this line"),
        (NOTE.format(", /?p=1") + "moved:\n  /topics/: [/?p=1]\n", "/?p=1 is a former one of “/topics/” and of “note”"),
        (NOTE.format(", /desk/?p=1"), "/desk/?p=1 belongs to the site itself"),
        (NOTE.format(", /comments/feed/"), "/comments/feed/ belongs to the site itself"),
        (NOTE.format(", /search/?q=1"), "/search/?q=1 belongs to the site itself"),
        (NOTE.format(", /robots.txt"), "/robots.txt belongs to the site itself"),
        (NOTE.format(", /2026/note/?p=1"), "/2026/note/?p=1 is in the way of content/articles"),
        (NOTE.format(", 'https://evil.example/'"), "The addresses of “note” cannot be read"),
        (NOTE.format(", //evil.example/"), "The addresses of “note” cannot be read"),
        ("articles:\n  note: [/?p=1]\n", "The addresses of “note” cannot be read"),
        (NOTE.format("") + "moved:\n  //evil.example/: [/old/]\n", "“//evil.example/” cannot be read"),
        (NOTE.format("") + "moved:\n  'https://evil.example/': [/old/]\n", "“https://evil.example/” cannot be read"),
        (NOTE.format("") + "moved:\n  /topics/?a=b: [/old/]\n", "“/topics/?a=b” cannot be read"),
        (NOTE.format("") + "moved:\n  /nowhere/: [/old/]\n", "lead to /nowhere/, where nothing is"),
        (NOTE.format("") + "moved:\n  /media/none.png: [/old.png]\n", "lead to /media/none.png, where nothing is"),
        (NOTE.format("") + "moved:\n  /2026/note/: [/old/]\n", "The address /2026/note/ is that of a text"),
        (
            NOTE.format("") + "moved:\n  /topics/: [/2026/note/]\n",
            "The address /2026/note/ was the address of “/topics/”",
        ),
        (NOTE.format("") + "moved:\n  /topics/: []\n", "“/topics/” cannot be read"),
    ],
)
def test_what_an_editor_mistypes_is_said_and_nothing_is_built(desk: Desk, book: str, words: str) -> None:
    desk.article("note")
    desk.write("addresses.yml", book)

    problems = [str(problem) for problem in desk.load(record=False).problems]

    assert any(words in problem for problem in problems), problems
    assert all(re.search(r"\.(?:yml|md):\d+: ", problem) for problem in problems)


LISTS = (
    "articles:\n  note: [/2026/note/]\nmoved:\n"
    "  /tags/old-notes/: [/tag/old/]\n  /feeds/tags/old-notes.atom: [/tag/old/feed/]\n"
    "  /topics/trust/: [/category/trust/]\n  /resources/topic/trust/: [/library/trust/]\n"
    "  /authors/ada/: [/author/ada/]\n  /feeds/topics/consent.atom: [/category/consent/feed/]\n"
)


def test_a_list_that_went_with_its_last_article_stops_nothing_and_its_readers_get_another(desk: Desk) -> None:
    desk.article("note", tags="[Old notes]")
    desk.write("addresses.yml", LISTS)
    before = desk.load()
    assert (before.problems, before.redirects["/tag/old/"]) == ((), "/tags/old-notes/")
    assert before.redirects["/tag/old/feed/"] == "/feeds/tags/old-notes.atom"

    desk.article("note")
    found = desk.load()

    assert found.problems == ()
    assert found.redirects == {
        "/tag/old/": "/archive/",
        "/tag/old/feed/": "/feeds/articles.atom",
        "/category/trust/": "/archive/",
        "/library/trust/": "/resources/",
        "/author/ada/": "/archive/",
        "/category/consent/feed/": "/feeds/topics/consent.atom",
    }
    assert str(found.advice[0]) == (
        "content/addresses.yml:4: Advice: Former addresses lead to /tags/old-notes/, where nothing is now; their "
        "readers are sent to /archive/. If they shall get somewhere else, write that page in place of the first "
        "address of this line."
    )
    assert [one.line for one in found.advice] == [4, 6, 7, 8]


def test_readers_of_a_list_get_another_while_only_a_draft_is_in_it(desk: Desk) -> None:
    desk.article("note", tags="[Old notes]", status="draft")
    desk.article("other", topics="[children]")
    desk.write("topics.yml", "consent:\n  name: Consent\nchildren:\n  name: Children\n  parent: consent\n")
    desk.write("addresses.yml", LISTS.partition("moved:")[1] + LISTS.partition("moved:")[2])

    found = desk.load().redirects

    assert (found["/tag/old/"], found["/tag/old/feed/"]) == ("/archive/", "/feeds/articles.atom")
    assert found["/category/consent/feed/"] == "/feeds/topics/consent.atom"  # that of the topic above its only one


def test_a_link_to_the_former_address_of_a_list_that_went_is_told_what_is_there(desk: Desk) -> None:
    desk.article("note", "[old](/tag/old/)\n")
    desk.write("addresses.yml", LISTS)
    found = desk.load()
    assert found.problems == ()
    assert any("“/tag/old/” leads to a former address. Write /archive/." in str(one) for one in found.advice)


def test_what_only_a_hidden_text_shows_leads_nowhere_until_that_is_public(desk: Desk) -> None:
    desk.write("media/desk.txt", "It.")
    desk.article("note")
    desk.article("draft", body="[It](media/desk.txt)", status="draft")
    desk.write("addresses.yml", NOTE.format("") + "moved:\n  /media/desk.txt: [/wp-content/uploads/Desk.txt]\n")

    assert desk.load().redirects == {}
    desk.article("draft", body="[It](media/desk.txt)")
    assert desk.load().redirects == {"/wp-content/uploads/Desk.txt": "/media/desk.txt"}


def test_the_archive_gives_way_to_whatever_else_has_an_address(desk: Desk) -> None:
    """It stood in for a draft, which was published elsewhere or deleted for good since then."""
    desk.article("note")
    lost = "/old/, /older/, /2026/first/"
    lines = (
        f"moved:\n  /archive/: [{lost}]\n  /topics/: [/2026/second/]\n"
        "gone:\n  first: [/2026/first/]\n  second: [/2026/second/]\n"
    )
    desk.write("addresses.yml", NOTE.format(", /old/") + lines)
    found = desk.load()
    assert found.problems == ()
    assert found.redirects == {"/old/": "/2026/note/", "/older/": "/archive/", "/2026/second/": "/topics/"}


def test_the_archive_gives_way_to_what_servers_take_for_the_same_address(desk: Desk) -> None:
    """nginx starts with no map that has an address twice, and it makes no difference between Old and old."""
    desk.article("note", url="/2026/Note/")
    lines = "articles:\n  note: [/2026/Note/, /Old/]\nmoved:\n  /archive/: [/2026/note/, /old/, /older/]\n"
    desk.write("addresses.yml", lines)
    found = desk.load()
    assert found.problems == ()
    assert found.redirects == {"/Old/": "/2026/Note/", "/older/": "/archive/"}
