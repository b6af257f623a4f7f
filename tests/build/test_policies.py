"""Who may reply, by degree, for the site and for one article: from the settings and the article's file to its page."""

import pytest

from comments import manifest
from comments.manifest import Thread
from tests.build.newsroom import CONF, Newsroom


def threads(room: Newsroom) -> dict[str, Thread]:
    return manifest.read(room.output / manifest.FILE).threads


@pytest.mark.parametrize(
    ("comments", "policy", "hold"),
    [("open", "open", ""), ("first", "open", "first"), ("held", "held", ""), ("closed", "closed", "")],
)
def test_an_article_says_who_may_reply(room: Newsroom, comments: str, policy: str, hold: str) -> None:
    room.article(comments=comments)
    room.build()

    entry = threads(room)["first-note"]

    assert (entry.policy, entry.hold) == (policy, hold)
    assert ("data-reply" in room.read("2026/first-note/index.html")) is (comments != "closed")


def test_a_closed_site_takes_no_replies_and_keeps_articles_without_comments_as_they_are(room: Newsroom) -> None:
    conf = room.folder / "closed.py"
    conf.write_text(CONF.read_text(encoding="utf-8") + '\nCOMMENTS = {**COMMENTS, "hold": "closed"}\n', "utf-8")
    room.article("one")
    room.article("two", comments="first")
    room.article("three", comments="off")
    room.build(conf=conf)

    assert {key: entry.policy for key, entry in threads(room).items()} == {"one": "closed", "two": "closed"}
    assert "data-reply" not in room.read("2026/one/index.html") + room.read("2026/two/index.html")
