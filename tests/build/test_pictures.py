"""Pictures on pages: several sizes and formats, always with their measures, made once, and private where need be."""

import json
import os
import re
import time
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from comments.actions.fill import FINGERPRINTED
from comments.web import site
from plugins import renditions
from publication.pictures.cache import KEPT, Cache
from publication.settings import from_file
from tests.build.newsroom import CONF, ROOT, URL, Newsroom, picture, snapshot, stamps
from tests.build.test_renditions import notes, opened

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 6'><path d='M0 0'/></svg>"
LEAD = '{src: media/lead.jpg, alt: "A lead", caption: "Seen", credit: "Drawing: us"}'
PAGE = "2026/first-note/index.html"


def illustrate(room: Newsroom) -> Newsroom:
    room.write("media/lead.jpg", picture(700, 400, "JPEG", exif=notes(), comment=b"SECRET"))
    room.write("media/unused.jpg", picture(60, 40, "JPEG", exif=notes(), comment=b"SECRET"))
    room.write("media/plan.png", picture(600, 300))
    room.write("media/line.svg", SVG)
    body = 'Words.\n\n![A "plan"](media/plan.png "The plan")\n\n![](media/line.svg){.decorative}'
    room.article(image=LEAD, body=body)
    return room


@pytest.fixture
def illustrated(room: Newsroom) -> Newsroom:
    """An article with three pictures, not built yet."""
    return illustrate(room)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The same, built. Read it only."""
    room = illustrate(Newsroom(tmp_path_factory.mktemp("illustrated")))
    assert room.build() == 0
    return room


def images(room: Newsroom, page: str = PAGE) -> list[LexborNode]:
    return LexborHTMLParser(room.read(page)).css("main img")


def test_every_picture_has_its_measures_and_only_the_first_is_in_a_hurry(built: Newsroom) -> None:
    lead, plan, line = images(built)

    assert [(one.attributes["width"], one.attributes["height"]) for one in (lead, plan, line)] == [
        ("700", "400"),
        ("600", "300"),
        ("8", "6"),
    ]
    assert [one.attributes["alt"] for one in (lead, plan, line)] == ["A lead", "A “plan”", ""]
    assert lead.attributes["fetchpriority"] == "high"
    assert "loading" not in lead.attributes
    for later in (plan, line):
        assert (later.attributes["loading"], later.attributes["decoding"]) == ("lazy", "async")
        assert "fetchpriority" not in later.attributes


def test_without_a_lead_the_first_picture_of_the_text_comes_first(illustrated: Newsroom) -> None:
    illustrated.article(body="![a](media/plan.png) ![b](media/line.svg)")
    illustrated.build()

    assert [one.attributes.get("loading") for one in images(illustrated)] == [None, "lazy"]
    assert "fetchpriority" not in illustrated.read(PAGE)


def test_browsers_may_choose_between_formats_and_sizes_that_are_all_there(built: Newsroom) -> None:
    page = LexborHTMLParser(built.read(PAGE))

    sources = page.css("figure picture source")
    assert {source.attributes["type"] for source in sources} == {"image/avif", "image/webp"}
    offered = [one for source in sources for one in (source.attributes["srcset"] or "").split(", ")]
    offered += [f"{one.attributes['src']} 0w" for one in images(built)]
    for url, width in (one.split(" ") for one in offered):
        data = (built.output / url[1:]).read_bytes()
        if url.endswith(".svg"):
            continue
        shown = opened(data)
        assert width in ("0w", f"{shown.width}w")
        assert not shown.getexif()
    assert all(source.attributes["sizes"] for source in sources)


def test_names_carry_a_fingerprint_that_caches_and_releases_know(built: Newsroom) -> None:
    made = [path.relative_to(built.output).as_posix() for path in (built.output / "pictures").iterdir()]
    assert len(made) > 8
    for name in made:
        assert FINGERPRINTED.fullmatch(name), name
        assert site.FINGERPRINTED.fullmatch(f"/{name}"), name


def test_no_file_of_the_site_tells_where_a_picture_was_taken(built: Newsroom) -> None:
    published = snapshot(built.output)
    assert "media/lead.jpg" in published
    assert "media/unused.jpg" not in published
    assert [name for name, data in published.items() if b"SECRET" in data] == []


def test_a_picture_of_a_draft_is_published_with_its_text(room: Newsroom) -> None:
    room.write("media/later.png", picture(30, 20))
    room.article(date="2026-07-01 09:00", body="![x](media/later.png)")
    room.build()
    assert not [name for name in snapshot(room.output) if "later" in name]

    room.build(PN_AS_OF="2026-07-02T00:00:00Z")
    assert [name for name in snapshot(room.output) if name.startswith("pictures/later")]


def test_a_portrait_is_named_after_its_author(room: Newsroom) -> None:
    room.write("media/mara.jpg", picture(300, 300, "JPEG"))
    room.write("authors/mara-example.yml", "name: Mara Example\nbio: Words.\nphoto: media/mara.jpg\n")
    room.article()
    room.build()

    (portrait,) = images(room, "authors/mara-example/index.html")

    assert portrait.attributes["alt"] == "Mara Example"
    assert portrait.attributes["class"] == "portrait u-photo"
    graph = json.loads(LexborHTMLParser(room.read(PAGE)).css_first('script[type="application/ld+json"]').text())
    assert graph["@graph"][0]["author"][0]["image"]["url"].startswith(f"{URL}/pictures/mara-shared-300.")


def meta(room: Newsroom, page: str) -> dict[str, str]:
    nodes = LexborHTMLParser(room.read(page)).css('meta[property^="og:image"]')
    return {node.attributes["property"] or "": node.attributes["content"] or "" for node in nodes}


@pytest.mark.parametrize(
    ("image", "name", "alt"),
    [
        (LEAD, "lead-shared-700", "A lead"),
        ("{src: media/line.svg, alt: A line}", "practice-notes-shared-420", "A ruled page"),
        ("{src: media/tiny.png, alt: A dot}", "practice-notes-shared-420", "A ruled page"),
        (None, "practice-notes-shared-420", "A ruled page"),
    ],
)
def test_links_are_shown_with_the_picture_of_the_article_or_of_the_site(
    illustrated: Newsroom, image: str | None, name: str, alt: str
) -> None:
    illustrated.write("media/tiny.png", picture(60, 40))
    illustrated.article(image=image)
    illustrated.build()

    tags = meta(illustrated, PAGE)

    assert re.fullmatch(rf"{URL}/pictures/{name}\.[0-9a-f]{{10}}\.(jpg|png)", tags["og:image"])
    shown = opened((illustrated.output / tags["og:image"].removeprefix(f"{URL}/")).read_bytes())
    assert tags["og:image:type"] == Image.MIME[shown.format or ""]
    assert (tags["og:image:width"], tags["og:image:height"]) == (str(shown.width), str(shown.height))
    assert tags["og:image:alt"].startswith(alt)
    graph = json.loads(LexborHTMLParser(illustrated.read(PAGE)).css_first('script[type="application/ld+json"]').text())
    assert graph["@graph"][0]["image"]["url"] == tags["og:image"]
    assert "practice-notes-shared" in meta(illustrated, "archive/index.html")["og:image"]


def test_a_site_can_do_without_a_picture(illustrated: Newsroom) -> None:
    illustrated.article(image="{src: media/line.svg, alt: x}")
    illustrated.build()

    illustrated.build_only(settings={"SITE_PICTURE": {}})

    assert meta(illustrated, PAGE) == {}


def test_feeds_show_one_plain_file_with_its_whole_address(built: Newsroom) -> None:
    feed = built.read("feeds/articles.atom")

    assert "srcset" not in feed
    assert "&lt;picture" not in feed
    assert re.search(rf'src="{URL}/pictures/plan-600\.[0-9a-f]+\.(jpg|png)"', feed)


def test_a_second_build_makes_and_writes_nothing(illustrated: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    illustrated.build()
    before = stamps(illustrated.folder)
    monkeypatch.setattr(renditions, "shown", None)
    monkeypatch.setattr(renditions, "shared", None)

    assert illustrated.build() == 0

    assert stamps(illustrated.folder) == before


def test_damaged_and_lost_copies_are_made_again_with_the_same_bytes(illustrated: Newsroom) -> None:
    illustrated.build()
    before = snapshot(illustrated.output)
    kept = sorted((illustrated.folder / "kept").iterdir())
    for number, path in enumerate(kept):
        if number % 3 == 0:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[: -1 if number % 3 == 1 else 5])

    assert illustrated.build() == 0

    assert snapshot(illustrated.output) == before


def test_a_build_that_may_keep_nothing_works_all_the_same(illustrated: Newsroom) -> None:
    illustrated.build()
    before = snapshot(illustrated.output)
    blocked = illustrated.write("../no-folder", "a file where the folder should be")

    assert illustrated.build(PN_PICTURE_CACHE=str(blocked)) == 0

    assert snapshot(illustrated.output) == before


def test_a_changed_picture_gets_new_names_and_the_old_files_go(illustrated: Newsroom) -> None:
    illustrated.build()
    before = {name for name in snapshot(illustrated.output) if name.startswith("pictures/lead")}
    illustrated.write("media/lead.jpg", picture(710, 400, "JPEG"))

    illustrated.build()

    after = {name for name in snapshot(illustrated.output) if name.startswith("pictures/lead")}
    assert after
    assert not before & after


def test_two_names_for_one_picture_are_one_set_of_files(room: Newsroom) -> None:
    for folder in ("a", "b"):
        room.write(f"media/{folder}/same.png", picture(60, 40))
    room.article(body="![x](media/a/same.png) ![y](media/b/same.png)")

    assert room.build() == 0

    first, second = images(room)
    assert first.attributes["src"] == second.attributes["src"]


def test_a_hostile_drawing_stops_the_build_at_the_line_that_shows_it(
    room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.write("media/evil.svg", SVG.replace("<path", "<script>alert(1)</script><path"))
    room.article(body="Words.\n\n![x](media/evil.svg)")

    assert room.build() == 1

    told = capsys.readouterr().err
    assert "first-note.md:12: The file “media/evil.svg” holds a script, in its line 1. Export it again" in told
    assert not room.output.exists()


def test_a_drawing_is_published_without_what_its_program_noted(room: Newsroom) -> None:
    room.write("media/line.svg", SVG.replace("<path", "<!-- SECRET --><metadata>SECRET</metadata><path"))
    room.article(body="![x](media/line.svg)")
    room.build()

    drawings = [data for name, data in snapshot(room.output).items() if name.endswith(".svg") and "line" in name]
    assert len(drawings) == 2
    assert not [data for data in drawings if b"SECRET" in data]


def test_no_page_can_stand_where_pictures_are(room: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    room.page("pictures")

    assert room.build() == 1
    assert "pictures.md" in capsys.readouterr().err


def test_copies_are_kept_with_the_state_of_the_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PN_PICTURE_CACHE", raising=False)
    assert from_file(CONF).picture_cache == ROOT / "var" / "cache" / "pictures"

    monkeypatch.setenv("PN_VAR", str(tmp_path))
    assert from_file(CONF).picture_cache == tmp_path / "cache" / "pictures"


# -- the cache ---------------------------------------------------------------------------------------------------------
def test_what_nobody_asked_for_in_a_month_is_forgotten(tmp_path: Path) -> None:
    cache, long_ago = Cache(tmp_path / "cache"), time.time() - KEPT - 60
    for name in ("used", "unused", ".part-killed"):
        cache.put(name, b"data")
        os.utime(tmp_path / "cache" / name, (long_ago, long_ago))

    assert cache.get("used") == b"data"
    cache.sweep()

    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["used"]


def test_what_is_kept_is_for_us_alone_and_whole(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "var" / "cache")
    assert cache.put("name", b"data")
    path = tmp_path / "var" / "cache" / "name"

    assert [oct((tmp_path / place).stat().st_mode & 0o777) for place in ("var", "var/cache")] == ["0o700", "0o700"]
    path.write_bytes(path.read_bytes() + b"more")
    assert cache.get("name") is None
    assert cache.get("other") is None
    Cache(None).sweep()
    assert not Cache(None).put("name", b"data")
