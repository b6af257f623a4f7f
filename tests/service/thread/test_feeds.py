"""Feeds that any reader can read."""

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest

from comments import markup
from comments.thread.render import Renderer
from tests.contracts.tiny_site import SITE
from tests.service.markup.hostile import COMMENTS, NAMES
from tests.service.thread.threads import ENTRY, FRENCH, comment


def parsed(feed: bytes | None) -> feedparser.FeedParserDict:
    assert feed is not None
    ElementTree.fromstring(feed)
    read = feedparser.parse(feed)
    assert not read.bozo, read.get("bozo_exception")
    return read


def test_a_threads_feed_has_its_comments_newest_first(renderer: Renderer) -> None:
    read = parsed(renderer.feed(SITE, ENTRY, [comment(1, website="https://ada.example/"), comment(2, 1)]))

    assert read.feed.title == "Replies to: The <first> & “article”"
    assert read.feed.id == "tag:notes.example.org,2026:replies:first"
    newest, oldest = read.entries
    assert newest.id == "tag:notes.example.org,2026:comment:2"
    assert newest.link == "https://notes.example.org/2026/first/#comment-2"
    assert newest["thr_in-reply-to"]["ref"] == oldest.id
    assert newest.published == newest.updated == "2026-03-14T13:32:00Z"
    assert oldest.author_detail == {"name": "Person 1", "href": "https://ada.example/"}
    assert oldest.content[0].value.strip() == "<p>Text 1.</p>"


def test_ids_stay_when_the_article_moves_and_the_text_changes(renderer: Renderer) -> None:
    here = replace(SITE, authority="tiny.example,2020")
    there, moved = replace(here, url="https://moved.example"), replace(ENTRY, path="/elsewhere/")
    edited = comment(1, edited=comment(1).created + timedelta(days=400))

    before = parsed(renderer.feed(here, ENTRY, [comment(1)]))
    after = parsed(renderer.feed(there, moved, [edited]))

    assert before.feed.id == after.feed.id == "tag:tiny.example,2020:replies:first"
    assert before.entries[0].id == after.entries[0].id == "tag:tiny.example,2020:comment:1"
    assert after.entries[0].updated == "2027-04-18T13:31:00Z"
    assert after.entries[0].link == "https://moved.example/elsewhere/#comment-1"


def test_a_first_comment_answers_the_entry_that_the_articles_feed_has(renderer: Renderer) -> None:
    (entry,) = parsed(renderer.feed(replace(SITE, authority="tiny.example,2020"), ENTRY, [comment(1)])).entries

    assert entry["thr_in-reply-to"] == {
        "ref": "tag:tiny.example,2020:first",
        "href": "https://notes.example.org/2026/first/",
        "type": "text/html",
    }


def test_removed_comments_are_not_in_it_and_alone_make_no_feed(renderer: Renderer) -> None:
    gone = comment(1, gone=True)

    assert len(parsed(renderer.feed(SITE, ENTRY, [gone, comment(2, 1)])).entries) == 1
    assert renderer.feed(SITE, ENTRY, [gone]) is None
    assert renderer.feed(SITE, ENTRY, []) is None


def test_the_sites_feed_names_the_articles(renderer: Renderer) -> None:
    read = parsed(renderer.site_feed(SITE, [(ENTRY, comment(1)), (FRENCH, comment(2))]))

    assert [entry.title for entry in read.entries] == [
        "Person 2 on: The <second> & “article”",
        "Person 1 on: The <first> & “article”",
    ]
    assert read.feed.updated == "2026-03-14T13:32:00Z"


def test_the_sites_feed_is_valid_before_anybody_wrote(renderer: Renderer) -> None:
    assert parsed(renderer.site_feed(SITE, [])).entries == []


def test_a_feed_holds_the_newest_fifty(renderer: Renderer) -> None:
    read = parsed(renderer.feed(SITE, ENTRY, [comment(number) for number in range(1, 80)]))

    assert [entry.title for entry in read.entries] == [f"By Person {number}" for number in range(79, 29, -1)]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_text_in_a_feed(renderer: Renderer, name: str) -> None:
    root = ElementTree.fromstring(renderer.feed(SITE, ENTRY, [comment(1, name=name)]) or b"")

    assert root.findtext(".//{*}author/{*}name") == markup.line(name)


def test_hostile_comments_leave_a_feed_whole(renderer: Renderer) -> None:
    hostile = [comment(number, html=markup.render(text)) for number, text in enumerate(COMMENTS, 1)]

    for start in range(0, len(hostile), 50):
        assert len(parsed(renderer.feed(SITE, ENTRY, hostile[start : start + 50])).entries) > 30
