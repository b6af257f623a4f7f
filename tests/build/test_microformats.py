"""Articles, lists and comments as readers of the open web parse them (h-entry, h-feed, h-cite)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from comments import manifest, markup
from comments.model import PublicComment
from comments.thread.render import Renderer
from comments.thread.splice import splice
from tests.build.mf2 import Item, read
from tests.build.newsroom import ROOT, URL, Newsroom

ARTICLE = "2026/first-note/index.html"


def items(room: Newsroom, path: str) -> list[Item]:
    return read(room.read(path), f"{URL}/{path.removesuffix('index.html')}")


def test_an_article_is_an_entry_with_everything_a_reader_of_entries_wants(room: Newsroom) -> None:
    room.resource()
    room.article("before", date="2026-03-01 09:30")
    room.article(
        authors="[mara-example, luc-exemple]",
        topics="[consent, care]",
        tags="[brief]",
        updated="2026-04-01 08:00",
        references="[suler-2004]",
        body="Words with a [link](id:before).[^1]\n\n[^1]: Noted.",
    )
    room.build()

    (entry,) = items(room, ARTICLE)

    assert entry.types == ["h-entry"]
    assert entry.one("name") == "The note first-note"
    assert entry.one("summary") == "What it says."
    assert entry.one("published") == "2026-03-14T09:30-04:00"
    assert entry.one("updated") == "2026-04-01T08:00-04:00"
    assert entry.one("url") == entry.one("uid") == f"{URL}/2026/first-note/"
    assert entry.properties["category"] == ["Consent", "Care", "brief"]
    assert entry.one("content").startswith("<p>Words with a <a ")
    assert entry.texts("author") == ["Mara Example", "Luc Exemple"]
    assert [author.types for author in entry.properties["author"]] == [["h-card"], ["h-card"]]
    assert [author.one("url") for author in entry.properties["author"]] == [
        f"{URL}/authors/mara-example/",
        f"{URL}/authors/luc-exemple/",
    ]
    assert "comment" not in entry.properties
    assert entry.children == []


def test_an_article_that_appeared_elsewhere_first_has_the_address_of_that(room: Newsroom) -> None:
    room.article(canonical="https://elsewhere.example/first/")
    room.build()

    (entry,) = items(room, ARTICLE)

    assert entry.one("url") == entry.one("uid") == "https://elsewhere.example/first/"


LISTS = ["index.html", "archive/index.html", "topics/consent/index.html", "tags/brief/index.html"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_feed_of_entries(room: Newsroom, path: str) -> None:
    room.article("one", authors="[mara-example, luc-exemple]", tags="[brief]")
    room.article("two", date="2026-04-01 09:30", tags="[brief]")
    room.resource()
    room.build()

    (feed,) = items(room, path)

    assert feed.types == ["h-feed"]
    assert feed.one("name")
    assert [entry.types for entry in feed.children] == [["h-entry"], ["h-entry"]]
    two, one = feed.children
    assert (one.one("name"), one.one("url")) == ("The note one", f"{URL}/2026/one/")
    assert one.one("published").startswith("2026-03-14T09:30")
    assert one.texts("author") == ["Mara Example", "Luc Exemple"]
    assert all(author.types == ["h-card"] for author in one.properties["author"])
    assert two.texts("author") == ["Mara Example"]
    if "archive" not in path:
        assert one.one("summary") == "What it says."
        assert one.properties["category"] == ["Consent"]


def test_an_author_has_a_card_and_a_feed(room: Newsroom) -> None:
    room.article(authors="[mara-example]")
    room.article("both", authors="[mara-example, luc-exemple]", date="2026-03-01 09:30")
    room.build()

    card, feed = items(room, "authors/mara-example/index.html")

    assert (card.types, card.one("name"), card.one("honorific-suffix")) == (["h-card"], "Mara Example", "MA")
    assert card.properties["url"] == [f"{URL}/authors/mara-example/", "https://example.org/"]
    assert card.one("note") == "Writes about the hour itself."
    assert (feed.types, feed.one("name"), feed.one("author")) == (["h-feed"], "Articles", "Mara Example")
    assert [entry.one("name") for entry in feed.children] == ["The note first-note", "The note both"]
    assert feed.children[1].texts("author") == ["Mara Example", "Luc Exemple"]


def comment(number: int, parent: int | None = None, **more: Any) -> PublicComment:
    at = datetime(2026, 3, 14, 13, 30, tzinfo=UTC) + timedelta(minutes=number)
    given: dict[str, Any] = {"name": f"Person {number}", "website": "", "html": markup.render(f"*Text* {number}.")}
    return PublicComment(id=number, parent=parent, created=at, **(given | more))


def test_comments_are_citations_within_what_they_answer(sample_site: Path) -> None:
    told = manifest.read(sample_site / manifest.FILE)
    thread = told.threads["text-chat-video"]
    comments = [comment(1, website="https://ada.example/"), comment(2, 1), comment(3), comment(4, gone=True)]
    comments.append(comment(5, 4))
    regions = Renderer(ROOT / "theme").regions(told.site, thread, comments)
    page = splice((sample_site / "2026/text-chat-video/index.html").read_bytes(), thread.id, regions)

    (entry,) = read(page, told.site.url + thread.path)

    first, third, fifth = entry.properties["comment"]
    (second,) = first.properties["comment"]
    assert [one.types for one in (first, second, third, fifth)] == [["h-cite"]] * 4
    assert [one.one("url").partition("#")[2] for one in (first, second, third, fifth)] == [
        "comment-1",
        "comment-2",
        "comment-3",
        "comment-5",
    ]
    assert first.one("url") == f"{told.site.url}{thread.path}#comment-1"
    assert first.one("published") == "2026-03-14T09:31-04:00"
    assert first.one("content") == "<p><em>Text</em> 1.</p>"
    author = first.one("author")
    assert (author.types, author.one("name"), author.one("url")) == (["h-card"], "Person 1", "https://ada.example/")
    assert "url" not in second.one("author").properties
    assert entry.texts("author") == ["Mara Example", "Jonas Beispiel"]
    assert len(entry.properties["content"]) == 1
