"""Tables that Markdown cannot say stay tables, with all that they say."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.migration.test_blocks import block, converted

YEARS = (
    '<table class="has-fixed-layout" style="width:100%"><thead><tr><th rowspan="2" style="color:red">Year</th>'
    '<th colspan="2">Use</th></tr><tr><th>Chats</th><th>Calls</th></tr></thead>'
    "<tbody><tr><td>2017</td><td>120</td><td>44</td></tr></tbody></table>"
)
ROWS = "<tr><td>1</td><td>2</td></tr>"
ODD = {
    "joined cells": f"<table><tr><td colspan=2>Both</td></tr>{ROWS}</table>",
    "another table in it": f"<table><tr><td><table>{ROWS}</table></td><td>3</td></tr></table>",
    "lists or paragraphs in its cells": f"<table><tr><td><ul><li>a</li></ul></td><td>3</td></tr>{ROWS}</table>",
    "several rows of heads": f"<table><thead><tr><th>A</th><th>B</th></tr>{ROWS}</thead>{ROWS}</table>",
    "a foot": f"<table><tfoot><tr><td>Sum</td><td>9</td></tr></tfoot><tbody>{ROWS}</tbody></table>",
    "heads of rows": f'<table><tr><td>A</td><td>B</td></tr><tr><th scope="row">1</th><td>2</td></tr>{ROWS}</table>',
}
TANGLED = (
    f"<table><tr><td rowspan=9>a</td><td colspan=99>b</td></tr>{ROWS}</table>",
    f"<table><tr><td colspan=0 rowspan=x>a</td><td rowspan=0>b</td></tr><tr></tr>{ROWS}</table>",
    "<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>over it</td></tr></table>",
    "<table>astray<tr>in a row<td rowspan=2>a</td></tr><form><tr><td>b</td></tr></form></table>",
)


def table(html: str) -> LexborNode:
    found = LexborHTMLParser(converted(html).markdown).css_first("table")
    assert found is not None
    return found


def test_a_table_with_joined_cells_is_kept_with_its_caption_and_without_its_looks() -> None:
    figure = f'<figure class="wp-block-table">{YEARS}<figcaption>How <em>it</em> grew</figcaption></figure>'
    found = converted(block("table", figure))

    kept = found.markdown
    assert kept.startswith(
        '<table>\n<caption>How <em>it</em> grew</caption>\n<thead>\n<tr>\n<th rowspan="2" scope="col">'
    )
    assert not [sign for sign in ("Table:", "style", "class", "\n\n") if sign in kept]
    assert [(one.kind, one.what) for one in found.findings] == [("table", "a table with joined cells, kept as HTML")]


@pytest.mark.parametrize("why", ODD)
def test_what_markdown_cannot_say_of_a_table_is_kept_and_told(why: str) -> None:
    found = converted(ODD[why])

    assert found.markdown.startswith("<table>\n")
    assert [one.what for one in found.findings] == [f"a table with {why}, kept as HTML"]


def test_heads_say_of_what_they_are() -> None:
    assert [node.attributes["scope"] for node in table(YEARS).css("th")] == ["col"] * 4
    assert table(ODD["heads of rows"]).css_first("th").attributes["scope"] == "row"
    assert [node.tag for node in table(ODD["a foot"]).iter()] == ["tbody", "tfoot"]


@pytest.mark.parametrize("html", TANGLED)
def test_no_word_of_a_tangled_table_is_lost(html: str) -> None:
    said = LexborHTMLParser(converted(html).markdown.replace("|", " ")).text()
    assert sorted("".join(said.split())) == sorted("".join(LexborHTMLParser(html).text().split()))


def test_a_table_with_heads_of_rows_under_an_empty_corner_is_one_of_markdown() -> None:
    html = '<table><tr><td></td><th scope="col">B</th></tr><tr><th scope="row">1</th><td>2</td></tr></table>'
    assert converted(html).markdown == "|  | B |\n| --- | --- |\n| **1** | 2 |\n"


@pytest.mark.validator
def test_the_validator_has_nothing_to_say_of_tables_that_are_kept(tmp_path: Path) -> None:
    jar, java = os.environ.get("PN_TEST_VALIDATOR"), shutil.which("java")
    if not jar or not java:
        pytest.skip("no validator: `python3 tasks.py test` installs one")
    page = tmp_path / "page.html"
    kept = "\n".join(converted(html).markdown for html in (YEARS, *ODD.values(), *TANGLED))
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tables</title></head>'
    page.write_text(f"{head}<body>{kept}</body></html>", encoding="utf-8")
    command = [java, "-jar", jar, "--errors-only", "--stdout", str(page)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == ""
