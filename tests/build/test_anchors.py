"""The ids that the checker expects in a text are those that the build makes."""

import re
from pathlib import Path

import pytest

from plugins.language import Voice
from plugins.reader import Reader
from publication import anchors
from publication.files import split
from publication.problems import Problems
from tests.build.newsroom import Newsroom

TEXTS = (
    "## Two words\n\n## Two words\n\n### *Three* `code` [a](https://example.org/)\n",
    "## It’s “quoted”\n\n## It's \"quoted\"\n\n## Rock'n'roll – and more…\n\n## …\n\n## 7 things\n",
    "## Main\n\n## Respond\n\n## fn-1\n\n## Comment 12\n\n## Table 1\n\n## 見出し\n\n## Ré-écoute, «là»\n\n## a_b  c\n",
    "## Note[^x]\n\n## Note[^y][^x]\n\nAgain[^x].\n\n[^x]: One.\n[^y]: Two.\n\n    More of it.\n",
    '## A\n\n<h3 id="own">B</h3>\n\n<p id="Bad">c</p> <b id="b_1">d</b>\n\n> ## Quoted\n\n- ## Listed\n',
    "Under\n-----\n\nTable: Words\n\n| | A |\n|---|---|\n| B | C |\n\n| D | E |\n|---|---|\n| F | G |\n",
    "```\n## Code\n```\n\n<pre>\n## Raw\n</pre>\n\n<!-- ## Hidden -->\n\n## &amp; more &lt;b&gt;\n\n## # #\n",
)


@pytest.fixture(scope="module")
def reader(root: Path) -> Reader:
    return Reader(Voice(root / "theme", "America/Toronto", "en"), lambda href: href, lambda *_: None)


def ids(reader: Reader, source: str, language: str) -> set[str]:
    text = reader.read(source, language)
    found = re.findall(r'\sid="([^"]+)"', " ".join([text.html, *text.notes]))
    return {*found, *(f"fn-{number}" for number in range(1, len(text.notes) + 1))}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("source", TEXTS)
def test_awkward_headings_have_the_ids_that_the_checker_expects(reader: Reader, source: str, language: str) -> None:
    expected = anchors.of_text(source)

    assert expected is not None
    assert expected - {"table-1", "table-2"} == ids(reader, source, language) - {"table-1", "table-2"}


def test_so_have_those_of_the_sample_texts(reader: Reader, root: Path) -> None:
    for path in sorted((root / "content").rglob("*.md")):
        source = split(path.read_text(encoding="utf-8"), Problems(path.name))
        assert source
        found = anchors.of_text(source.body) or frozenset()
        assert {name for name in found if "table" not in name} == {
            name for name in ids(reader, source.body, "en") if "table" not in name
        }, path.name


def test_what_pages_have_besides_their_texts_is_there(room: Newsroom) -> None:
    room.article("one", body="Words[^1].\n\n[^1]: Note.", references="[suler-2004]", topics="[care]")
    room.article("two", body="Words.", topics="[care]")
    room.resource()
    room.page()
    assert room.build() == 0

    for kind, page in (("article", "2026/one"), ("resource", "resources/suler-2004"), ("page", "about")):
        there = set(re.findall(r'\sid="([^"]+)"', room.read(f"{page}/index.html")))
        assert anchors.OF_PAGES[kind] - there <= {"notes", "replies"}, kind
    assert "ref-suler-2004" in room.read("2026/one/index.html")
