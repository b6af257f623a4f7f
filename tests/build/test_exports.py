"""References as files of the site."""

import json
import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from comments.web.site import CSL, TYPES
from publication.vocabulary import FACETS
from tests.build.newsroom import ROOT, Newsroom, snapshot
from tests.build.publication import strict

ENDINGS = ("bib", "ris", "json")


def ids(output: Path, name: str) -> list[list[str]]:
    """What the three files of a name hold: they must agree."""
    bib, ris, data = ((output / f"cite/{name}.{ending}").read_bytes() for ending in ENDINGS)
    return [
        [entry.key for entry in strict.bibtex(bib.decode())],
        [dict(record)["ID"] for record in strict.ris(ris)],
        [item["id"] for item in json.loads(data)],
    ]


def test_every_article_and_resource_can_be_taken_along(sample_site: Path) -> None:
    pages = [*sample_site.glob("20*/*/index.html"), *sample_site.glob("resources/*/index.html")]
    assert len(pages) > 70
    for page in pages:
        links = LexborHTMLParser(page.read_bytes()).css("section[aria-labelledby=cite] a[download]")
        assert [link.text() for link in links] == ["BibTeX", "RIS", "CSL-JSON"], page
        names = {Path(link.attributes["href"] or "").stem for link in links}
        (name,) = names
        assert ids(sample_site, name) == [[name]] * 3
        saved = [link.attributes["download"] for link in links]
        assert saved == [f"{name}.{ending}" for ending in ENDINGS]


def test_every_list_of_the_hub_can_be_taken_along(sample_site: Path) -> None:
    everything = ids(sample_site, "resources")[0]
    assert len(everything) == len(set(everything)) >= 60
    for facet in FACETS:
        names = [page.parent.relative_to(sample_site).as_posix() for page in sample_site.glob(f"resources/{facet}/*/*")]
        lists = [ids(sample_site, name) for name in names]
        assert all(bib == ris == data for bib, ris, data in lists)
        assert {key for bib, _, _ in lists for key in bib} == set(everything)


def test_a_list_holds_what_has_its_value_by_title(room: Newsroom) -> None:
    room.resource("two", kind="book", title="Beta", topics="[care]", language="fr")
    room.resource("one", kind="book", title="Alpha")
    room.resource("three", kind="video", title="Gamma", access="free")

    assert room.build() == 0

    for name, expected in {
        "resources": ["one", "two", "three"],
        "resources/kind/book": ["one", "two"],
        "resources/kind/video": ["three"],
        "resources/kind/tool": [],
        "resources/topic/ethics": ["one", "three"],  # consent belongs to it
        "resources/language/fr": ["two"],
        "resources/access/free": ["three"],
        "resources/audience/practitioners": ["one", "two", "three"],
    }.items():
        assert ids(room.output, name) == [expected] * 3, name


def test_nginx_sends_the_types_that_the_service_sends() -> None:
    conf = (ROOT / "deploy/nginx-static.conf").read_text()
    types = dict(re.findall(r"(application/[\w.+-]+) (\w+);", conf.partition("location /cite/")[2].partition("}")[0]))

    assert types == {TYPES[".bib"].partition(";")[0]: "bib", TYPES[".ris"]: "ris", CSL: "json"}
    assert "application/x-bibtex" in re.search("charset_types (.*);", conf)[1]


def test_what_is_not_public_is_in_no_file(room: Newsroom) -> None:
    room.resource("seen")
    room.resource("hidden", title="Mumm", status="draft")
    room.article("shown", references="[seen, hidden]")
    for key, changes in (
        ("draft", {"status": "draft"}),
        ("planned", {"date": "2026-12-01 09:00"}),
        ("gone", {"expires": "2026-04-01 09:00"}),
    ):
        room.article(key, title="Mumm", **changes)

    assert room.build() == 0

    files = snapshot(room.output / "cite")
    assert {name.partition(".")[0] for name in files if "/" not in name} == {"seen", "shown", "resources"}
    assert not [name for name, data in files.items() if b"Mumm" in data]
    assert ids(room.output, "resources/kind/article") == [["seen"]] * 3
    assert ids(room.output, "resources/kind/book") == [[]] * 3


def test_a_text_that_goes_takes_its_files_along_and_nothing_else_changes(room: Newsroom) -> None:
    room.resource("stays")
    room.resource("goes")
    assert room.build() == 0
    before = snapshot(room.output / "cite")
    assert room.build() == 0
    assert snapshot(room.output / "cite") == before

    room.resource("goes", status="withdrawn")
    assert room.build() == 0

    after = snapshot(room.output / "cite")
    assert before.keys() - after.keys() == {"goes.bib", "goes.ris", "goes.json"}
    assert ids(room.output, "resources") == [["stays"]] * 3


def test_what_editors_typed_stays_text_on_the_page(room: Newsroom) -> None:
    script = '"<script>alert(1)</script> & \\"so\\""'
    csl = f"{{type: book, author: [{{literal: {script}}}], publisher: {script}, edition: {script}}}"
    room.resource(title=script, csl=csl, link="https://example.org/?a=1&b=2", language="fr")
    assert room.build() == 0

    cite = LexborHTMLParser(room.read("resources/suler-2004/index.html")).css_first(".cite")

    assert not cite.css("script")
    assert cite.text().count("<script>alert(1)</script> & ") == 3  # the publisher is the author
    assert cite.css_first("em").attributes["lang"] == "fr"
    assert cite.css_first("a").attributes["href"] == "https://example.org/?a=1&b=2"


def test_quotation_marks_are_set_as_on_the_rest_of_the_page(room: Newsroom) -> None:
    room.article(title='"It\'s \\"care\\""')
    assert room.build() == 0

    cite = LexborHTMLParser(room.read("2026/first-note/index.html")).css_first(".cite")

    assert cite.text().startswith("Example, M. (2026, March 14). It’s “care.” Practice Notes. https://")
