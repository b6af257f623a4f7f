"""Nothing is public before its time or after it, and the site knows when it must be built again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.newsroom import CONF, ROOT, Newsroom, snapshot

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


def test_between_two_events_every_day_and_every_machine_gives_the_same_bytes(room: Newsroom, tmp_path: Path) -> None:
    review = "{on: 2026-01-10, by: luc-exemple, every: 12 months}"
    room.article("first", tags="[one, two]", body="Words[^1].\n\n[^1]: Note.\n", reviewed=review, featured="yes")
    room.article("second", date="2026-03-15 09:30", authors="[luc-exemple, mara-example]", references="[suler-2004]")
    room.article(
        "third", date="2026-04-15 09:30", language="fr", series="{name: Suite, part: 1}", expires="2026-07-01 09:00"
    )
    room.article("later", date="2026-07-01 09:00", series="{name: Suite, part: 2}")
    room.article("gone", expires="2026-05-01 09:00")
    room.resource(reviewed="{on: 2026-01-15, by: mara-example, every: 6 months}")
    room.resource("work-2", kind="book", isbn='"9780306406157"')
    room.page()
    assert room.build(PN_AS_OF="2026-05-01T13:00:00Z") == 0

    other = tmp_path / "other"
    command = [sys.executable, "-m", "pelican", str(room.content), "-s", str(CONF), "-o", str(other), "-q"]
    machine = {"PN_AS_OF": "2026-07-01T12:59:59Z", "PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    subprocess.run(command, cwd=ROOT, env=os.environ | room.environment | machine, check=True)

    one, two = snapshot(room.output), snapshot(other)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    kinds = {"search.db", "threads.json", "redirects.map", "sitemap.xml", "feeds/articles.atom", "shell.html"}
    assert kinds <= one.keys()
    told = json.loads(one["threads.json"])
    assert (told["since"], told["next_event"]) == ("2026-05-01T09:00:00-04:00", "2026-07-01T09:00:00-04:00")


def test_an_event_moves_the_time_for_which_a_build_holds(room: Newsroom) -> None:
    room.article("later", date="2026-07-01 09:00")
    room.build(PN_AS_OF="2026-07-01T13:00:00Z")

    told = json.loads(room.read("threads.json"))

    assert (told["since"], told["next_event"]) == ("2026-07-01T09:00:00-04:00", None)
