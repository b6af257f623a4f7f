"""The search index as a part of the output: changed where it must, and never by more."""

import os
from pathlib import Path

from comments.search.find import find
from comments.search.model import Question
from tests.build.newsroom import Newsroom, stamps


def urls(room: Newsroom, words: str) -> list[str]:
    return [hit.url for hit in find(room.output / "search.db", Question(words)).hits]


def test_the_index_follows_the_texts(room: Newsroom) -> None:
    room.article("one", body="About pears.")
    room.article("two", body="About plums.")
    room.build()

    room.article("two", body="About quinces.")
    room.article("three", body="About pears too.")
    room.build()

    assert sorted(urls(room, "pears")) == ["/2026/one/", "/2026/three/"]
    assert urls(room, "plums") == []
    assert urls(room, "quinces") == ["/2026/two/"]


def test_no_byte_of_a_hidden_text_is_left(room: Newsroom) -> None:
    room.article("one")
    for status in ("draft", "review", "withdrawn"):
        room.article(f"as-{status}", body=f"Xylo{status}phone.", title=f'"Qwex{status}"')
    room.article("scheduled", body="Xyloscheduledphone.")
    room.article("expired", body="Xyloexpiredphone.")
    room.build()
    assert urls(room, "xylodraftphone") == ["/2026/as-draft/"]

    for status in ("draft", "review", "withdrawn"):
        room.article(f"as-{status}", body=f"Xylo{status}phone.", title=f'"Qwex{status}"', status=status)
    room.article("scheduled", body="Xyloscheduledphone.", date="2026-12-01 09:00")
    room.article("expired", body="Xyloexpiredphone.", expires="2026-05-01 09:00")
    room.build()

    left = (room.output / "search.db").read_bytes().lower()
    hidden = ("draft", "review", "withdrawn", "scheduled", "expired")
    assert [word for word in hidden if f"{word}phone".encode() in left or f"qwex{word}".encode() in left] == []


def test_who_links_to_the_old_index_keeps_it(room: Newsroom, tmp_path: Path) -> None:
    room.article(body="About pears.")
    room.build()
    os.link(room.output / "search.db", tmp_path / "held.db")
    held = (tmp_path / "held.db").read_bytes()

    room.article(body="About plums.")
    room.build()

    assert (tmp_path / "held.db").read_bytes() == held
    assert urls(room, "plums") == ["/2026/first-note/"]


def test_an_index_that_was_cut_is_whole_after_the_next_build(room: Newsroom) -> None:
    room.article(body="About pears.")
    room.build()
    index = room.output / "search.db"
    index.write_bytes(index.read_bytes()[:5000])

    room.build()
    before = stamps(room.output)
    room.build()

    assert urls(room, "pears") == ["/2026/first-note/"]
    assert stamps(room.output) == before


def test_a_french_page_leads_to_the_search_in_french(room: Newsroom) -> None:
    room.article("en")
    room.article("fr", language="fr")
    room.build()

    assert 'href="/search/?lang=fr"' in room.read("2026/fr/index.html")
    assert 'class="site-search" href="/search/"' in room.read("2026/en/index.html")
