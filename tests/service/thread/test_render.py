"""What a reader sees of a thread."""

import json
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from comments import markup
from comments.thread.render import REGIONS, Renderer
from tests.contracts.tiny_site import SITE, THEME, THREADS
from tests.service.markup.hostile import NAMES, WEBSITES
from tests.service.thread.threads import ENTRY, FRENCH, comment, one, tree


def depth(parser: LexborHTMLParser, number: int) -> int:
    """In how many lists a comment stands."""
    node = one(parser, f"#comment-{number}")
    lists = 0
    while node.parent is not None:
        node = node.parent
        lists += node.tag == "ol"
    return lists


def test_replies_stand_under_what_they_answer_oldest_first(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1), comment(2), comment(3, 1), comment(4, 2), comment(5, 1)])

    assert [node.id for node in parser.css(".comment")] == [f"comment-{number}" for number in (1, 3, 5, 2, 4)]
    assert one(parser, "#replies").text() == "5 replies"


def test_the_third_level_is_the_last_and_deeper_replies_say_whom_they_answer(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1), comment(2, 1), comment(3, 2), comment(4, 3), comment(5, 4), comment(6, 3)])

    assert [depth(parser, number) for number in range(1, 7)] == [1, 2, 3, 3, 3, 3]
    said = [(node.text(), node.css_first("a").attributes["href"]) for node in parser.css(".again")]
    assert said == [
        ("In reply to Person 3", "#comment-3"),
        ("In reply to Person 4", "#comment-4"),
        ("In reply to Person 3", "#comment-3"),
    ]


def test_the_form_names_the_pages_on_policy_and_privacy_only_where_there_are_such(renderer: Renderer) -> None:
    for entry in (ENTRY, FRENCH):
        there = LexborHTMLParser(renderer.regions(SITE, entry, [])["thread"].decode())
        site = replace(SITE, policy_path="", privacy_path="")
        none = LexborHTMLParser(renderer.regions(site, entry, [])["thread"].decode())

        links = [link.attributes["href"] for link in there.css(".hint a")]
        assert links == ["/comment-policy/", "/privacy/"]
        assert none.css(".hint a") == []
        assert [hint.text()[-1] for hint in none.css("#comment-hint, #email-hint")] == ["."] * 2


def test_a_former_number_is_an_anchor_beside_the_comment_and_nobody_tabs_to_it(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1), comment(70, number=5), comment(71, 70, gone=True, number=6), comment(72, 71)])

    for former, number in ((5, 70), (6, 71)):
        anchor = one(parser, f"#comment-{former}")
        assert (anchor.tag, dict(anchor.attributes), anchor.text()) == ("a", {"id": f"comment-{former}"}, "")
        assert anchor.parent is not None
        assert anchor.parent.css_first(f"#comment-{number}") is not None
    assert 'id="comment-5"' not in renderer.regions(SITE, ENTRY, [comment(70)])["thread"].decode()


def test_a_former_number_never_stands_for_two_comments(renderer: Renderer) -> None:
    found = [comment(1), comment(2), comment(70, number=1), comment(71, number=9), comment(72, number=9)]
    parser = tree(renderer, found)

    ids = [node.id for node in parser.css("[id^=comment-]")]
    assert sorted(ids) == sorted(set(ids))
    assert one(parser, "#comment-9 + #comment-71").tag == "article"


def test_a_removed_comment_keeps_its_place_and_tells_nothing(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1, gone=True, name="Secret", website="https://secret.example"), comment(2, 1)])

    assert one(parser, "#comment-1").text() == "This comment was removed."
    assert "ecret" not in (parser.html or "")
    assert one(parser, "#replies").text() == "1 reply"


def test_a_deep_reply_to_a_removed_comment_says_so(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1), comment(2, 1), comment(3, 2, gone=True), comment(4, 3)])

    assert one(parser, ".again").text() == "In reply to a removed comment"


def test_a_reply_whose_parent_is_not_shown_is_a_comment_of_its_own(renderer: Renderer) -> None:
    assert depth(tree(renderer, [comment(2, 1)]), 2) == 1


def test_a_comment_says_who_wrote_it_and_when_in_the_sites_zone(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1, website="https://ada.example/")])

    name = one(parser, "h3 a")
    assert name.attributes == {"href": "https://ada.example/", "rel": "nofollow ugc noopener"}
    assert one(name, "bdi").text() == "Person 1"
    when = one(parser, "time")
    assert (when.text(), when.attributes["datetime"]) == ("14 March 2026 9:31 am", "2026-03-14T09:31-04:00")
    assert one(parser, "article").attributes["aria-labelledby"] == one(parser, "h3").id


def test_authors_and_staff_wear_a_badge_and_an_erased_name_is_anonymous(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1, badge="author"), comment(2, badge="staff"), comment(3, name="")])

    assert [badge.text() for badge in parser.css(".badge")] == ["Author", "Staff"]
    assert one(parser, "#by-3").text() == "Anonymous"


def test_text_in_a_known_language_says_so_and_an_edited_one_too(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1, language="fr", edited=comment(2).created)])

    assert one(parser, "article [lang]").attributes["lang"] == "fr"
    assert one(parser, "small").text() == "edited"


@pytest.mark.parametrize("policy", ["open", "held"])
def test_an_open_thread_ends_with_the_form_and_every_comment_can_be_answered(renderer: Renderer, policy: str) -> None:
    parser = tree(renderer, [comment(1)], replace(ENTRY, policy=policy))

    link = one(parser, "a.reply")
    assert (link.attributes["href"], link.attributes["data-parent"]) == ("/comments/first/reply/1", "1")
    assert link.text() == "Reply to Person 1"
    form = one(parser, "form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/comments/first", "post")
    assert one(parser, "#respond").text() == "Leave a Reply"
    names = [node.attributes["name"] for node in form.css("[name]")]
    fields = ["comment", "name", "email", "website", "notify", "tell"]
    assert names == [*fields, "leave_empty", "parent", "token", "preview"]


def test_a_closed_thread_keeps_what_was_said(renderer: Renderer) -> None:
    closed = replace(ENTRY, policy="closed")
    parser = tree(renderer, [comment(1)], closed)

    assert "Text 1." in parser.text()
    assert "Comments are closed." in parser.text()
    assert not parser.css("form, a.reply, #respond")
    assert renderer.regions(SITE, closed, [])["count"] == b""


def test_a_thread_that_is_off_shows_nothing_at_all(renderer: Renderer) -> None:
    regions = renderer.regions(SITE, THREADS["silent"], [comment(1)])

    assert {name: html.strip() for name, html in regions.items()} == dict.fromkeys(REGIONS, b"")
    assert renderer.feed(SITE, THREADS["silent"], [comment(1)]) is None


def test_the_figure_leads_to_the_replies_or_to_the_form(renderer: Renderer) -> None:
    assert renderer.regions(SITE, ENTRY, [])["count"] == b'<a href="#respond">Leave a reply</a>'
    assert renderer.regions(SITE, ENTRY, [comment(1)])["count"] == b'<a href="#replies">1 reply</a>'


def test_required_fields_are_told_to_everybody_in_the_way_each_needs(renderer: Renderer) -> None:
    parser = tree(renderer, [])

    assert "Your email address will not be published. Required fields are marked *" in parser.text()
    required = [node.id for node in parser.css("[required]")]
    starred = [node.parent.attributes["for"] for node in parser.css("label [aria-hidden]") if node.parent]
    assert required == starred == ["comment", "name", "email"]


def test_where_no_address_is_asked_for_only_the_comment_is_required(renderer: Renderer) -> None:
    html = renderer.regions(replace(SITE, require_name_email=False), ENTRY, [])["thread"].decode()

    assert [node.id for node in LexborHTMLParser(html).css("[required]")] == ["comment"]
    assert "Your email address will not be published." in html


def test_a_french_article_has_a_french_thread(renderer: Renderer) -> None:
    parser = tree(renderer, [comment(1), comment(2, 1)], FRENCH)

    assert one(parser, "#replies").text() == "2 réponses"
    assert one(parser, "#comment-1 time").text() == "14 mars 2026 à 9\u00a0h\u00a031"
    assert "Votre adresse e-mail ne sera pas publiée." in parser.text()


def test_an_unknown_language_is_spoken_to_in_english(renderer: Renderer) -> None:
    assert "Leave a Reply" in tree(renderer, [], replace(ENTRY, language="tlh")).text()


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_text(renderer: Renderer, name: str) -> None:
    regions = renderer.regions(SITE, ENTRY, [comment(1, name=name)])

    parser = LexborHTMLParser(regions["thread"].decode())
    assert not parser.css("script, img, h1, [onmouseover]")
    assert one(parser, "h3 bdi").text() == markup.line(name)
    assert all(b"<!--" not in html for html in regions.values())


@pytest.mark.parametrize("website", WEBSITES)
def test_a_hostile_website_is_no_link(renderer: Renderer, website: str) -> None:
    for link in tree(renderer, [comment(1, website=website)]).css("h3 a"):
        assert (link.attributes["href"] or "").startswith(("http://", "https://"))
        assert set(link.attributes) == {"href", "rel"}


def test_linked_data_names_people_and_hangs_on_the_article(renderer: Renderer) -> None:
    hostile = comment(2, 1, name="</script><script>", html=markup.render("</script> & <!-- *x*"))
    region = renderer.regions(SITE, ENTRY, [comment(1), hostile, comment(3, gone=True)])["comments-ld"].decode()

    assert region.count("<") == 2  # its own tags
    data = json.loads(region.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))
    assert data["@id"] == "https://notes.example.org/2026/first/#article"
    assert data["commentCount"] == 2
    (first,) = data["comment"]
    (second,) = first["comment"]
    assert second["author"] == {"@type": "Person", "name": "</script><script>"}
    assert second["text"] == "</script> & <!-- x"
    assert second["parentItem"]["@id"] == first["@id"]


def test_linked_data_is_no_deeper_than_the_page_and_keeps_the_true_parents(renderer: Renderer) -> None:
    deep = [comment(number, number - 1 or None) for number in range(1, 2001)]

    region = renderer.regions(SITE, ENTRY, deep)["comments-ld"].decode()

    data = json.loads(region.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))
    (first,) = data["comment"]
    (second,) = first["comment"]
    assert len(second["comment"]) == 1998
    assert second["comment"][-1]["parentItem"]["@id"].endswith("#comment-1999")
    assert data["commentCount"] == 2000


def test_without_comments_there_is_no_linked_data(renderer: Renderer) -> None:
    assert renderer.regions(SITE, ENTRY, [])["comments-ld"] == b""


@pytest.mark.parametrize("parent", [lambda number: None, lambda number: number - 1 or None], ids=["wide", "deep"])
def test_thousands_of_comments_render_at_once(renderer: Renderer, parent: Callable[[int], int | None]) -> None:
    comments = [comment(number, parent(number)) for number in range(1, 2001)]
    renderer.regions(SITE, ENTRY, comments[:1])

    start = time.thread_time()
    parser = LexborHTMLParser(renderer.regions(SITE, ENTRY, comments[:1000])["thread"].decode())
    assert time.thread_time() - start < 1
    assert len(parser.css("article.comment")) == 1000
    assert len(tree(renderer, comments).css("article.comment")) == 2000


def test_the_version_is_that_of_the_theme(renderer: Renderer) -> None:
    assert renderer.version == Renderer(THEME).version
