"""Feeds: ids that never change, every author, and dates that are the content's own."""

from typing import Any

import feedparser

from tests.build.newsroom import URL, Newsroom

AUTHORITY = "tag:practice-notes.example.org,2026"


def feed(room: Newsroom, name: str = "articles") -> Any:
    found = feedparser.parse((room.output / f"feeds/{name}.atom").read_bytes())
    assert not found.bozo
    return found


def test_an_entry_keeps_its_id_when_address_title_and_host_change(room: Newsroom) -> None:
    room.article("one")
    room.build()
    before = feed(room).entries[0]

    room.article("one", slug="another", title='"Another"')
    room.build(PN_SITE_URL="https://moved.example.org")

    after = feed(room).entries[0]
    assert before.id == after.id == f"{AUTHORITY}:one"
    assert (before.link, after.link) == (f"{URL}/2026/one/", "https://moved.example.org/2026/another/")


def test_all_authors_are_named_in_order(room: Newsroom) -> None:
    room.article(authors="[luc-exemple, mara-example]")
    room.build()

    for name in ("articles", "topics/consent", "topics/ethics", "authors/mara-example", "authors/luc-exemple"):
        (entry,) = feed(room, name).entries
        assert [author.name for author in entry.authors] == ["Luc Exemple", "Mara Example"]
        assert entry.authors[0].href == f"{URL}/authors/luc-exemple/"


def test_a_feed_is_dated_by_its_newest_change_and_never_by_the_build(room: Newsroom) -> None:
    room.article("old", updated="2026-05-01 10:00")
    room.article("new", date="2026-04-01 09:30", language="fr")
    room.build()

    found = feed(room)

    assert found.feed.updated == "2026-05-01T10:00:00-04:00"
    assert [entry.published for entry in found.entries] == ["2026-04-01T09:30:00-04:00", "2026-03-14T09:30:00-04:00"]
    assert [entry.content[0].language for entry in found.entries] == ["fr", "en"]


def test_a_site_without_articles_has_a_feed_that_stays_the_same(room: Newsroom) -> None:
    room.page()
    room.build()

    assert feed(room).feed.updated == "1970-01-01T00:00:00+00:00"
    assert not (room.output / "feeds/authors").exists()


def test_addresses_in_a_feed_work_elsewhere(room: Newsroom) -> None:
    room.write("media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>")
    room.article("two")
    room.article(body='[Two](id:two), note[^1], ![a](media/a.svg), `<a href="/x">`\n\n[^1]: *Noted.*')
    room.build()

    html = next(entry.content[0].value for entry in feed(room).entries if entry.id.endswith(":first-note"))

    assert f'href="{URL}/2026/two/"' in html
    assert f'src="{URL}/pictures/a-4.' in html
    assert f'href="{URL}/2026/first-note/#fn-1"' in html
    assert '<li id="fn-1"><p><em>Noted.</em>' in html
    assert '&lt;a href="/x"&gt;' in html


def test_the_hub_has_a_feed_by_review(room: Newsroom) -> None:
    room.resource("one")
    room.resource("two", reviewed="{on: 2026-05-05, by: mara-example}")
    room.resource("never", reviewed=None)
    room.build()

    entries = feed(room, "resources").entries

    assert [entry.id for entry in entries] == [f"{AUTHORITY}:two", f"{AUTHORITY}:one"]
    assert entries[0].updated == "2026-05-05T00:00:00-04:00"
    assert entries[0].summary == "Why it matters."


def test_pages_tell_of_their_feeds(room: Newsroom) -> None:
    room.article()
    room.build()

    assert 'href="/feeds/authors/mara-example.atom"' in room.read("authors/mara-example/index.html")
    assert 'href="/feeds/topics/consent.atom"' in room.read("topics/consent/index.html")
    assert 'href="/feeds/articles.atom"' in room.read("2026/first-note/index.html")
