"""A script in any field is text everywhere: pages, feeds, structured data, manifest, redirects."""

import json
import re
from pathlib import Path

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.build.newsroom import Newsroom

# What the check of the content lets through: it refuses hostile links and pictures by itself.
EVIL = "</title></script><script>alert(1)</script>'\"><b onclick=alert(3)>"
SHORT = "<script>alert(1)</script>"
BODY = f"""
Text {EVIL} and <a onclick="alert(6)">raw</a>.

## Heading {EVIL}

<iframe srcdoc="<script>alert(7)</script>"></iframe> <style>body {{ display: none }}</style> <!-- comment -->
<form action="https://evil.example/"><input name="q"></form> <svg onload="alert(7)"></svg> <base target="x">

![Alt {SHORT}](media/drawing.svg "Caption <script>alert(9)</script>")

Table: Caption <script>alert(10)</script>

| <script>alert(11)</script> | b |
|---|---|
| <b onmouseover=alert(12)> | <math><mi onclick=alert(13)> |

`<script>alert(14)</script>` and a note.[^1]

[^1]: Note {EVIL}
"""
HANDLER = re.compile(r"^on", re.IGNORECASE)
SCHEME = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    room = Newsroom(tmp_path_factory.mktemp("attacked"))
    evil, short = quoted(EVIL), quoted(SHORT)
    room.write("media/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 6'/>")
    person = f"{{name: {evil}, by: {evil}, number: {short}}}"
    room.write(
        "authors/mara-example.yml",
        f"name: {evil}\nsuffix: {evil}\nbio: {evil}\ncredentials:\n  - {person}\n"
        f'links:\n  - {{name: {evil}, url: "https://example.org/"}}\n',
    )
    room.write(
        "topics.yml",
        f"ethics:\n  name: {evil}\n  introduction: {evil}\n"
        f"consent:\n  name: {evil}\n  parent: ethics\ncare:\n  name: Care\n",
    )
    name = f"{{family: {evil}, given: {evil}}}"
    csl = f"{{type: book, author: [{name}], issued: '2004', publisher: {evil}, container-title: {evil}}}"
    room.resource(body=BODY.replace("[^1]", ""), title=evil, why=evil, csl=csl)
    room.page(body=BODY, title=evil, summary=evil)
    series = f"{{name: {evil}, part: 1}}"
    image = f"{{src: media/drawing.svg, alt: {evil}, caption: {evil}, credit: {evil}}}"
    fields = {"title": evil, "summary": evil, "tags": f"[{short}]", "series": series, "image": image}
    room.article(body=BODY, references="[suler-2004]", notices="[views-personal, help-lines]", **fields)
    other = {"title": quoted(f"Another {EVIL}"), "series": series.replace("1}", "2}")}
    room.article("second", **(fields | other))
    assert room.build() == 0
    return room


def test_no_page_holds_anything_that_runs(attacked: Newsroom) -> None:
    pages = sorted(attacked.output.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        for node in LexborHTMLParser(page.read_bytes()).css("*"):
            assert_inert(node.tag, dict(node.attributes), page)


def assert_inert(tag: str, attributes: dict[str, str | None], page: Path) -> None:
    assert tag not in ("iframe", "object", "embed", "style", "base", "svg"), page
    if tag == "script":
        ours = (attributes.get("src") or "").startswith("/theme/")
        assert ours or attributes.get("type") == "application/ld+json", page
    if tag == "form":
        assert (attributes.get("action") or "").startswith("/"), page
    for name, value in attributes.items():
        assert not HANDLER.match(name), (page, name)
        assert name not in ("href", "src", "action") or not SCHEME.match(value or ""), (page, value)
    if tag == "img":
        assert (attributes.get("src") or "/").startswith("/pictures/"), (page, attributes)


def test_structured_data_is_whole_json_with_the_text_in_it(attacked: Newsroom) -> None:
    page = LexborHTMLParser(attacked.read("2026/first-note/index.html"))

    (data,) = [json.loads(node.text()) for node in page.css('script[type="application/ld+json"]')]

    assert "<script>alert(1)</script>" in data["@graph"][0]["headline"]
    assert (
        "<script" not in attacked.read("2026/first-note/index.html").partition("ld+json")[2].partition("</script>")[0]
    )


def test_the_markers_of_a_region_stand_once_each(attacked: Newsroom) -> None:
    page = attacked.read("2026/first-note/index.html")

    for name in ("count", "thread", "comments-ld"):
        assert page.count(f"<!--{name}:first-note-->") == 1
        assert page.count(f"<!--/{name}:first-note-->") == 1
    assert attacked.read("shell.html").count("<!--main:shell-->") == 1


def test_feeds_are_well_formed_and_hold_safe_html(attacked: Newsroom) -> None:
    for path in sorted(attacked.output.rglob("*.atom")):
        feed = feedparser.parse(path.read_bytes(), sanitize_html=False)
        assert not feed.bozo, path
        for entry in feed.entries:
            for node in LexborHTMLParser(entry.content[0].value).css("*"):
                assert node.tag not in ("script", "iframe", "style"), path
                assert not [name for name in node.attributes if HANDLER.match(name)], path


def test_the_manifest_carries_the_title_as_it_is(attacked: Newsroom) -> None:
    told = json.loads(attacked.read("threads.json"))

    assert "<script>alert(1)</script>" in told["threads"]["first-note"]["title"]
