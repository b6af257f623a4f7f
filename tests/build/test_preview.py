"""A preview is the page as it will be, and nothing else."""

import json
import re
from pathlib import Path

import pytest
from pelican.plugins import signals
from selectolax.lexbor import LexborHTMLParser

from plugins import generators, preview
from tests.build.newsroom import Newsroom, snapshot

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>'
BODY = (
    'Words with a [link](id:open), and[^1] more.\n\n![A drawing](media/drawing.svg "What it shows")\n\n[^1]: A note.\n'
)


class Previews:
    """Previews of one newsroom's texts."""

    def __init__(self, room: Newsroom) -> None:
        self.room, self.folder = room, room.folder / "preview"

    def make(self, name: str = "hidden", **environment: str) -> int:
        until = {"PN_PREVIEW": name, "PN_PREVIEW_UNTIL": "2026-06-15T09:30:00-04:00"}
        plugins = {"PLUGINS": ["plugins.writer", "plugins.preview"]}
        # In a process of their own, neither would hear of the other.
        signals.get_generators.disconnect(generators.choose)
        try:
            return self.room.build_only(output=self.folder, settings=plugins, **until | environment)
        finally:
            signals.get_generators.disconnect(preview.choose)

    @property
    def html(self) -> str:
        return (self.folder / "public/index.html").read_text(encoding="utf-8")


@pytest.fixture
def previews(room: Newsroom) -> Previews:
    room.write("media/drawing.svg", SVG)
    room.write("media/other.svg", SVG)
    room.article("open", tags="[shared]")
    room.resource()
    return Previews(room)


def hide(room: Newsroom, **changes: str) -> None:
    given = {"status": "draft", "references": "[suler-2004]", "tags": "[shared]", "date": "2026-03-20 09:30"}
    room.article("hidden", body=BODY, **given | changes)


def article(html: str) -> str:
    """What readers look at: the article and the ways on from it; addresses as they will be."""
    main = LexborHTMLParser(html).css_first("main")
    assert main
    whole = re.sub(r'(?<==")(?=(?:pictures|cite|theme)/)', "/", main.html or "")
    return whole[: whole.index('id="more"')]


def test_it_shows_what_will_be_published(room: Newsroom, previews: Previews) -> None:
    hide(room)
    assert previews.make() == 0

    room.article("hidden", body=BODY, references="[suler-2004]", tags="[shared]", date="2026-03-20 09:30")
    assert room.build() == 0
    published = re.sub(r"<!--count:.*<!--/count:hidden-->", "", room.read("2026/hidden/index.html"))

    assert article(previews.html) == article(published)
    assert "Preview. Not published. Until 15 June 2026" in LexborHTMLParser(previews.html).text().replace("\n", " ")


def test_it_tells_machines_to_keep_away_and_names_no_address(room: Newsroom, previews: Previews) -> None:
    hide(room)
    previews.make()

    head = previews.html.partition("</head>")[0]
    assert '<meta name="robots" content="noindex, nofollow">' in head
    for word in ("canonical", "og:", "citation_", "ld+json", "alternate", 'rel="prev"', 'rel="next"'):
        assert word not in head, word
    assert "<form" not in previews.html
    assert re.findall(r'<script [^>]*src="([^"]*)"', previews.html) == re.findall(
        r"theme/js/cite\.\w+\.js", previews.html
    )
    assert "Replies can be left here once this is published." in previews.html


def test_it_brings_what_it_needs_and_nothing_of_any_other_text(room: Newsroom, previews: Previews) -> None:
    hide(room)
    room.article("secret", body="Other embargoed words.", status="draft")
    previews.make()

    names = set(snapshot(previews.folder))
    public = {name.removeprefix("public/") for name in names if name.startswith("public/")}
    assert {name for name in names if not name.startswith("public/")} == {"preview.json", "files.txt"}
    picture = next(name for name in public if name.startswith("pictures/drawing-"))
    references = {f"cite/hidden.{ending}" for ending in ("bib", "ris", "json")}
    assert {name for name in public if not name.startswith("theme/")} == {"index.html", picture} | references
    assert all(f'href="{name}"' in previews.html for name in references)
    style = next(name for name in public if name.endswith(".css"))
    assert f'href="{style}"' in previews.html
    text = (previews.folder / "public" / style).read_text()
    fonts = re.findall(r'url\("([^"]+)"\)', text)
    assert fonts
    assert all((previews.folder / "public" / style).parent.joinpath(font).resolve().is_file() for font in fonts)
    assert f'src="{picture}"' in previews.html
    assert 'href="/2026/open/"' in previews.html
    record = json.loads((previews.folder / "preview.json").read_text())
    assert record["id"] == "hidden"
    assert record["file"] == "content/articles/2026/hidden.md"
    assert record["until"] == "2026-06-15T09:30:00-04:00"
    assert not [name for name, data in snapshot(previews.folder).items() if b"Other embargoed" in data]


@pytest.mark.parametrize(
    "front", [{"status": "withdrawn"}, {"status": "published", "date": "2026-12-01 09:00"}], ids=str
)
def test_nothing_of_it_is_in_the_site_and_nothing_is_written_down(
    room: Newsroom, previews: Previews, front: dict[str, str]
) -> None:
    hide(room, **front)
    before = snapshot(room.content)

    assert previews.make("content/articles/2026/hidden.md") == 0

    assert snapshot(room.content) == before
    assert not room.output.exists()


def test_pages_and_resources_are_shown_as_well(room: Newsroom, previews: Previews) -> None:
    room.page("plan", body="What we plan.", status="draft")
    room.resource("work", body="What we found.", status="review")

    assert previews.make("plan") == 0
    assert "What we plan." in previews.html
    assert previews.make("work") == 0
    assert "What we found." in previews.html
    assert "Replies can be left" not in previews.html


def test_a_french_text_has_a_french_bar(room: Newsroom, previews: Previews) -> None:
    hide(room, language="fr")

    assert previews.make() == 0

    assert '<html lang="fr">' in previews.html
    assert "15 juin 2026" in previews.html


def test_problems_are_said_as_the_checker_says_them(
    room: Newsroom, previews: Previews, capsys: pytest.CaptureFixture[str]
) -> None:
    hide(room, autors="[mara-example]", summary="", references="[sulr-2004]")

    assert previews.make() == 1

    said = capsys.readouterr().err
    assert "content/articles/2026/hidden.md:" in said
    for words in ("“autors”", "“summary” is missing, and a preview needs it", "“suler-2004”"):
        assert words in said
    assert not previews.folder.exists()


def test_markup_in_a_title_stays_text(room: Newsroom, previews: Previews) -> None:
    hide(room, title='"<script>alert(1)</script> {{ 7*7 }}"')

    assert previews.make() == 0

    assert "<script>" not in previews.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in previews.html


@pytest.mark.parametrize("name", ["", "nothing"])
def test_without_a_text_it_is_a_sentence(previews: Previews, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert previews.make(name) == 1

    assert "Traceback" not in capsys.readouterr().err


def test_an_address_in_the_words_is_left_alone(room: Newsroom, previews: Previews, tmp_path: Path) -> None:
    room.article("hidden", body='Type `src="/media/drawing.svg"` there.\n', status="draft")

    assert previews.make() == 0

    assert 'src="/media/drawing.svg"' in LexborHTMLParser(previews.html).text()
