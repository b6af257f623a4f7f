"""Where the link check has failed for days, readers are told, in their language; nothing else changes."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins.gone import Marker, copies_of
from publication.health.state import Link, write
from tests.build.newsroom import Newsroom, snapshot

GONE = "https://gone.example/x?a=1&b=2"
FAILURES = tuple(f"2026-05-{day}T10:00:00+00:00" for day in (10, 12, 14))
NOTE = f'(This link may be gone. <a href="{copies_of(GONE).replace("&", "&amp;")}" rel="noopener">Look for a copy</a>)'


def remember(room: Newsroom, *urls: str, gone: bool = True) -> None:
    links = {url: Link(FAILURES[-1], 404, "not found", FAILURES, gone) for url in urls}
    write(room.links, links)


def test_a_text_a_resource_and_the_hub_say_that_a_link_may_be_gone(room: Newsroom) -> None:
    room.article(body=f"[a]({GONE}#part), [b](https://fine.example/) and a note[^1].\n\n[^1]: See [c]({GONE}).\n")
    room.resource("lost", link=GONE)
    room.resource("kept", link="https://fine.example/")
    remember(room, GONE)

    assert room.build() == 0

    article = room.read("2026/first-note/index.html")
    assert article.count(f"</a> <small>{NOTE}</small>") == 2
    assert "This link may be gone." in room.read("resources/lost/index.html")
    assert copies_of(GONE).replace("&", "&amp;") in room.read("resources/lost/index.html")
    assert "may be gone" not in room.read("resources/kept/index.html")
    entries = LexborHTMLParser(room.read("resources/index.html")).css(".entry")
    assert ["may be gone" in entry.text() for entry in entries] == [False, True]


def test_the_same_memory_gives_the_same_bytes_and_no_memory_says_nothing(room: Newsroom) -> None:
    room.article(body=f"[a]({GONE})")
    room.resource(link=GONE)
    assert room.build() == 0
    without = snapshot(room.output)
    assert b"may be gone" not in b"".join(without.values())

    remember(room, GONE, gone=False)  # failing, but not for long
    assert room.build() == 0
    assert snapshot(room.output) == without

    remember(room, GONE)
    assert room.build() == 0
    first = snapshot(room.output)
    assert first != without
    assert room.build(room.folder / "again") == 0
    assert snapshot(room.folder / "again") == first


def test_a_damaged_memory_stops_no_build(room: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    room.article(body=f"[a]({GONE})")
    remember(room, GONE)
    room.links.write_text("{")

    assert room.build() == 0
    assert "links.json cannot be read" in capsys.readouterr().err
    assert "may be gone" not in room.read("2026/first-note/index.html")


def test_french_readers_are_told_in_french(room: Newsroom, root: Path) -> None:
    if "peut-être rompu" not in (root / "theme/locale/fr/LC_MESSAGES/practice-notes.po").read_text(encoding="utf-8"):
        pytest.skip("the catalogue does not have the sentence yet")
    room.article(body=f"[a]({GONE})", language="fr")
    remember(room, GONE)

    assert room.build() == 0
    assert "Ce lien est peut-être rompu." in room.read("2026/first-note/index.html")


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ('<a href="https://g.example/">a</a> b <a href="https://f.example/">c</a>', 1),
        ('<a rel="noopener" href="https://g.example/#x"><em>a</em></a>', 1),
        ('<a href="/x/">https://g.example/</a>', 0),
        ('<a href="https://g.example/y">a</a>', 0),
        ('<code>href="https://g.example/"</code>', 0),
        ('<a href="https://g.example/"' * 20_000, 0),
        ('<a href="https://g.example/">' * 20_000, 0),
    ],
)
def test_only_links_that_are_gone_get_a_note(html: str, marked: int) -> None:
    assert Marker({"https://g.example/"}, lambda message: message).mark(html).count("<small>") == marked
