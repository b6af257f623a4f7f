"""The search index."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication import search
from publication.plain import plain
from tests.build.publication.desk import Desk


@pytest.fixture
def index(desk: Desk) -> Path:
    desk.article("silence", body="A **pause** is not [empty](id:suler-2004).\n", title='"On silence"')
    desk.article("hidden", body="Nobody may find this.\n", status="draft")
    desk.article("secret", body="Le café est fermé.\n", language="fr", title='"Le secret"', tags="[droit]")
    desk.resource(csl="{type: article, author: [{family: Viganò, given: Noemi}]}")
    path = desk.content.parent / "search.db"
    search.build(desk.load(), path)
    return path


def urls(index: Path, words: str) -> list[str]:
    return [hit.url for hit in search.query(index, words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("silence", ["/2026/silence/"]),
        ("PAUSE", ["/2026/silence/"]),
        ("pau", ["/2026/silence/"]),
        ("pause empty", ["/2026/silence/"]),
        ("empt pause", ["/2026/silence/"]),
        ("cafe ferme", ["/2026/secret/"]),
        ("café", ["/2026/secret/"]),
        ("droit", ["/2026/secret/"]),
        ("vigano", ["/resources/suler-2004/"]),
        ("mara writes", ["/authors/mara-example/"]),
        ("pause disinhibition", []),
        ("nobody", []),
        ("id", []),
        ("", []),
        ("   ", []),
    ],
)
def test_words_are_found_in_all_that_is_public(index: Path, words: str, found: list[str]) -> None:
    assert urls(index, words) == found


def test_what_was_found_is_marked(index: Path) -> None:
    (hit,) = search.query(index, "pause")

    assert hit.kind == "article"
    assert hit.language == "en"
    assert [piece.text for piece in hit.extract if piece.match] == ["pause"]
    assert "".join(piece.text for piece in hit.extract) == "A pause is not empty."
    assert [piece.match for piece in search.query(index, "silence")[0].title] == [False, True]


HOSTILE = [
    *('"', "'", "*", "^", "-", "+", ")", "\0", "%", "_", "\\", "\ud800", "\u0301", "\u0600", "𒀀 𒀀", "AND", "NOT"),
    *("a OR", "NEAR(a b)", "title:", "title : silence", "{title}", '" OR 1=1 --', "silence*", "\x02silence\x03"),
    *("a" * 100_000, "a " * 5_000),
]


@pytest.mark.parametrize("words", HOSTILE)
def test_any_text_is_a_fair_query(index: Path, words: str) -> None:
    search.query(index, words)


@given(words=st.text())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_text_is_a_fair_query_too(index: Path, words: str) -> None:
    for hit in search.query(index, words):
        assert "\x02" not in "".join(piece.text for piece in hit.extract)


def test_the_same_content_gives_the_same_bytes(desk: Desk, index: Path) -> None:
    again = index.with_name("again.db")

    search.build(desk.load(), again)

    assert again.read_bytes() == index.read_bytes()
    assert [path.name for path in index.parent.iterdir() if path.name.startswith(".")] == []


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        search.query(tmp_path / "none.db", "words")


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("## Heading\n\nA *word* and __two__ in `code`.", "Heading A word and two in code."),
        ('![Alt](media/x.svg "Caption") [a](https://x.y) <https://z.org>', "Alt Caption a https://z.org"),
        ("Text.[^1]\n\n[^1]: A *note*.", "Text. A note."),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "A B 1 2"),
        ("- one\n- two\n1. three\n> four", "one two three four"),
        ("a <b>bold</b> <!-- gone --> word\\* snake_case", "a bold word* snake_case"),
        ("Table: Caption\n\n[r]: https://x.y\n[a][r]", "Caption a"),
        ("```py\nx = 1\n```", "x = 1"),
    ],
)
def test_markdown_becomes_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words
