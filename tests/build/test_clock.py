"""Nothing is public before its time or after it, and the site knows when it must be built again."""

import json

import pytest

from tests.build.newsroom import Newsroom, snapshot

SECRET = "embargoed words"


@pytest.mark.parametrize(
    "front",
    [
        {"status": "draft"},
        {"status": "review"},
        {"status": "withdrawn"},
        {"date": "2026-12-01 09:00"},
        {"expires": "2026-05-01 09:00"},
    ],
    ids=["draft", "review", "withdrawn", "scheduled", "expired"],
)
def test_what_is_not_public_is_nowhere(room: Newsroom, front: dict[str, str]) -> None:
    room.article("open", body="See [the other](id:hidden-one) one.")
    room.article("hidden-one", body=SECRET, title=f'"Title with {SECRET}"', tags="[hidden tag]", **front)

    code = room.build()

    files = snapshot(room.output)
    if code:  # a link to a text that is never going to be public is a problem, and nothing is built
        assert not files
        room.article("open")
        assert room.build() == 0
        files = snapshot(room.output)
    assert not [name for name, data in files.items() if SECRET.encode() in data]
    assert not [name for name in files if "hidden" in name]
    assert b"hidden-one" not in b"".join(data for name, data in files.items() if name != "redirects.map")


def test_a_link_to_what_comes_later_is_words_until_then(room: Newsroom) -> None:
    room.article("open", body="See [the other](id:later) one.")
    room.article("later", date="2026-07-01 09:00")

    room.build()
    now = room.read("2026/open/index.html")
    room.build(PN_AS_OF="2026-07-01T13:00:00Z")
    then = room.read("2026/open/index.html")

    assert "See <span>the other</span> one." in now
    assert 'See <a href="/2026/later/">the other</a> one.' in then


def test_a_scheduled_article_appears_at_its_moment(room: Newsroom) -> None:
    room.article("now")
    room.article("later", date="2026-07-01 09:00")

    room.build(PN_AS_OF="2026-07-01T12:59:59Z")
    assert not (room.output / "2026/later").exists()
    assert json.loads(room.read("threads.json"))["next_event"] == "2026-07-01T09:00:00-04:00"

    room.build(PN_AS_OF="2026-07-01T13:00:00Z")
    assert (room.output / "2026/later/index.html").exists()
    assert list(json.loads(room.read("threads.json"))["threads"]) == ["later", "now"]


def test_an_expired_article_leaves_with_its_feeds_and_tags(room: Newsroom) -> None:
    room.article("stays")
    room.article("goes", expires="2026-06-10 09:00", tags="[brief]", authors="[luc-exemple]")
    room.build()
    assert (room.output / "feeds/authors/luc-exemple.atom").exists()

    room.build(PN_AS_OF="2026-06-10T13:00:00Z")

    assert not (room.output / "2026/goes").exists()
    assert not (room.output / "tags/brief").exists()
    assert not (room.output / "feeds/authors/luc-exemple.atom").exists()
    assert "/2026/goes/" not in room.read("sitemap.xml")


@pytest.mark.parametrize(("policy", "form"), [("open", True), ("held", True), ("closed", False), ("off", False)])
def test_the_policy_of_an_article_decides_about_its_form(room: Newsroom, policy: str, form: bool) -> None:
    room.article(comments=policy)

    room.build()

    assert ('action="/comments/first-note"' in room.read("2026/first-note/index.html")) is form
    told = json.loads(room.read("threads.json"))["threads"]
    assert [entry["policy"] for entry in told.values()] == ([] if policy == "off" else [policy])
