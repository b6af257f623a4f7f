"""What can be wrong with a picture, said with file, line and cure; and which ones may be published at all."""

import io
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from PIL import Image

from publication.items import read_all
from publication.pictures import reading
from publication.pictures.cache import Cache
from publication.pictures.kinds import PNG
from publication.pictures.published import in_text
from publication.pictures.uses import uses
from publication.problems import Wrong
from publication.records import Image as Picture
from publication.settings import BadSettings, from_conf
from tests.build.publication.desk import SETTINGS, Desk


def saved(form: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(made, form, **options)
    return made.getvalue()


def claim(width: int, height: int) -> bytes:
    """A small PNG file that says it is large."""
    real = saved()
    head = real[12:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + real[24:29]
    return real[:12] + head + zlib.crc32(head).to_bytes(4, "big") + real[33:]


SMALLER = "Save it with at most 6000 pixels on its longer side."
TWO_FRAMES = {"save_all": True, "append_images": [Image.new("RGB", (60, 40), "red")]}


@pytest.mark.parametrize(
    ("name", "data", "what", "cure"),
    [
        ("a.png", claim(30_000, 30_000), "has more than 40 megapixels", SMALLER),
        ("a.png", claim(9_000, 9_000), "has more than 40 megapixels", SMALLER),
        ("a.png", claim(20_000, 10), "has more than 40 megapixels", SMALLER),
        ("a.jpg", saved("JPEG", (400, 400))[:-300], "is damaged or was cut short", "Copy or export it again."),
        ("a.png", saved()[:-30], "is damaged or was cut short", "Copy or export it again."),
        ("a.webp", saved("WEBP")[:-20], "is damaged or was cut short", "Copy or export it again."),
        ("a.avif", saved("AVIF")[:-20], "is damaged or was cut short", "Copy or export it again."),
        ("a.gif", saved("GIF")[:-20], "is damaged or was cut short", "Copy or export it again."),
        ("a.jpg", b"", "is empty", "Put the picture there again."),
        ("a.svg", b"", "is empty", "Put the picture there again."),
        ("a.jpg", b"<!DOCTYPE html><p>Not found", "is a web page (HTML)", "Put the picture itself there."),
        ("a.jpg", b"%PDF-1.7", "is a PDF", "Put the picture itself there."),
        ("a.jpg", b"Words.", "is no picture at all", "Put the picture itself there."),
        ("a.jpg", saved(), "is a PNG, whatever its name says", "Rename it to a.png, also where it is used."),
        ("a.png", b"<svg xmlns='x'/>", "is a SVG, whatever its name says", "Rename it to a.svg"),
        ("a.pdf", saved("JPEG"), "is a JPEG, whatever its name says", "Rename it to a.jpg"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "browsers do not show (HEIC)", "Save it as JPEG or PNG."),
        ("a.tif", saved("TIFF"), "browsers do not show (TIFF or raw)", "Save it as JPEG or PNG."),
        ("a.jpg", saved("BMP"), "browsers do not show (BMP)", "Save it as JPEG or PNG."),
        *(
            (name, b"<p>Hello", "is of a kind that is not offered for download", "put it into a ZIP file")
            for name in (
                "a.html",
                "a.js",
                "a.atom",
                "a.rss",
                "a.rdf",
                "a.xslt",
                "a.hta",
                "a.mht",
                "a.json",
                "a.bin",
                "a",
            )
        ),
    ],
)
def test_a_file_that_cannot_be_published_is_named_where_it_is_used_or_stands(
    desk: Desk, name: str, data: bytes, what: str, cure: str
) -> None:
    desk.write(f"media/{name}", data)
    complaint = desk.complaint()
    assert complaint.startswith(f"content/media/{name}:1: The file “media/{name}” ")
    assert what in complaint
    assert cure in complaint

    desk.article(body=f"Words.\n\n[see](media/{name})\n")
    assert desk.complaint().startswith(f"content/articles/2026/first-note.md:12: The file “media/{name}” ")


def test_a_picture_is_named_at_the_line_of_each_use(desk: Desk) -> None:
    desk.write("media/a.jpg", b"")
    desk.write("authors/luc-exemple.yml", "name: Luc\nphoto: media/a.jpg\n")
    desk.article(image="{src: media/a.jpg, alt: x}", body="Words.\n\n![x][a]\n\n[a]: media/a.jpg\n")

    assert sorted({one.partition(": ")[0] for one in desk.complaints()}) == [
        "content/articles/2026/first-note.md:13",
        "content/articles/2026/first-note.md:15",
        "content/articles/2026/first-note.md:9",
        "content/authors/luc-exemple.yml:2",
    ]


@pytest.mark.parametrize(
    ("front", "body", "what"),
    [
        ({}, "![The plan](media/plan.pdf)", "The file “media/plan.pdf” is no picture"),
        ({"image": "{src: media/plan.pdf, alt: x}"}, "Words.", "The file “media/plan.pdf” is no picture"),
        ({}, '<img src="/media/plan.pdf" alt="">', "The file “media/plan.pdf” is no picture"),
        ({}, "![](media/a.png)", "The picture “![]” has no alt text"),
        ({}, '![](media/a.png "A caption") {.decorative}', "The picture “![]” has no alt text"),
        ({}, "![Words](media/a.png){.decorative}", "is marked as decoration and has alt text"),
        ({}, "![IMG_2031.JPG](media/a.png)", "The alt text “IMG_2031.JPG” is the name of a file"),
        ({"image": "{src: media/a.png, alt: a.png}"}, "Words.", "The alt text “a.png” is the name of a file"),
    ],
)
def test_a_picture_says_what_is_to_be_seen(desk: Desk, front: dict[str, str], body: str, what: str) -> None:
    desk.write("media/a.png", saved())
    desk.write("media/plan.pdf", b"%PDF-1.7")
    desk.article(body=body, **front)

    assert what in desk.complaint()


@pytest.mark.parametrize(
    "body",
    [
        "![A plan](media/a.png)",
        "![](media/a.png){.decorative}",
        "![](media/a.png){ .decorative } and words",
        "![][line]{.decorative}\n\n[line]: media/a.png\n",
        '<img src="/media/a.png" alt="">',
        "[The plan](media/plan.pdf)",
        "`![](media/a.png)`",
    ],
)
def test_a_picture_with_words_or_marked_as_decoration_is_fine(desk: Desk, body: str) -> None:
    desk.write("media/a.png", saved())
    desk.write("media/plan.pdf", b"%PDF-1.7")
    desk.article(body=body)

    assert desk.complaints() == []


def test_every_picture_is_found_with_its_size_as_it_is_seen(desk: Desk) -> None:
    sideways = Image.Exif()
    sideways[0x0112] = 6
    desk.write("media/a.jpg", saved("JPEG", exif=sideways))
    for form in ("PNG", "WEBP", "AVIF", "GIF"):
        desk.write(f"media/a.{form.lower()}", saved(form))
    desk.write("media/moving.gif", saved("GIF", **TWO_FRAMES))
    desk.write("media/moving.webp", saved("WEBP", **TWO_FRAMES))

    found = desk.load().pictures.found

    assert (found["media/a.jpg"].width, found["media/a.jpg"].height) == (40, 60)
    assert {(found[f"media/a.{e}"].width, found[f"media/a.{e}"].height) for e in ("png", "webp", "avif", "gif")} == {
        (60, 40)
    }
    assert [name for name, one in found.items() if one.is_animated] == ["media/moving.gif", "media/moving.webp"]
    assert [name for name, one in found.items() if not one.is_raster] == [
        "media/a.gif",
        "media/drawing.svg",
        "media/moving.gif",
        "media/moving.webp",
    ]


def test_only_files_that_something_public_uses_are_published(desk: Desk) -> None:
    for name in ("secret", "shared", "loose"):
        desk.write(f"media/{name}.png", saved())
    desk.article("later", date="2027-01-01 10:00", body="![x](media/secret.png) ![y](media/shared.png)")
    desk.article("draft", status="draft", image="{src: media/secret.png, alt: x}")
    desk.article("now", body="[y](media/shared.png)")

    assert desk.load().pictures.public == {"media/shared.png", "media/drawing.svg"}

    later = replace(desk, now=desk.now.replace(year=2028))
    assert later.load().pictures.public == {"media/shared.png", "media/drawing.svg", "media/secret.png"}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("media/none.png", "there is no file “media/none.png”"),
        ("elsewhere.png", "there is no file “elsewhere.png”"),
        ("media/drawing.svg", "is an SVG"),
        ("media/small.png", "is smaller than 200 pixels"),
    ],
)
def test_the_picture_of_the_site_is_there_and_fit(desk: Desk, name: str, what: str) -> None:
    desk.write("media/small.png", saved())
    desk.settings = replace(SETTINGS, site_picture=Picture(name, "A site"))

    assert desk.complaint().startswith("pelicanconf.py:1: SITE_PICTURE: ")
    assert what in desk.complaint()


def test_what_was_found_out_is_not_found_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, path = Cache(tmp_path / "cache"), tmp_path / "a.png"
    path.write_bytes(saved())
    first = reading.read(path, cache)
    monkeypatch.setattr(reading, "examine", None)

    assert reading.read(path, cache) == first

    path.write_bytes(saved(size=(61, 40)))
    with pytest.raises(TypeError):
        reading.read(path, cache)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved())
    with path.open("r+b") as file:
        file.truncate(reading.LARGEST + 1)

    with pytest.raises(Wrong, match="larger than 50 MB"):
        reading.read(path, Cache(None))


@pytest.mark.parametrize(
    "sign", ["![", "![a", "![](", '![](a "', "![a][", "![a] ", "![[a]", "{.decorative", "<img src"]
)
def test_a_hostile_text_full_of_pictures_is_read_in_a_moment(desk: Desk, sign: str) -> None:
    desk.article(body="media/ " + sign * (300_000 // len(sign)))
    shelf = read_all(desk.content, SETTINGS)
    started = process_time()

    found = list(uses(shelf))

    assert isinstance(found, list)
    assert process_time() - started < 5


def test_any_damage_is_a_sentence_and_never_a_crash() -> None:
    whole = saved()
    for at in range(8, len(whole), 7):
        spoilt = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with suppress(Wrong):
            assert reading.examine(spoilt, PNG).kind == PNG


def test_texts_of_the_settings_use_files_too() -> None:
    text = "See [this](media/a.pdf), ![x](/media/b.png) and [that](id:c)."
    assert list(in_text(text, SETTINGS.url)) == ["media/a.pdf", "media/b.png"]


NAMED = [
    "![x](/media/a.png 't')",
    "[x](media/a.png#page=2)",
    "![x][a]\n\n[a]: media/a.png",
    '<img alt="x" src="/media/a.png">',
    "<a href=/media/a.png>x</a>",
    '<img alt="x" src="&#47;media/a.png">',
    '<img alt="x" src="https://notes.example.org/media/a.png">',
    '<img alt="x" srcset="/media/a.png 2x, /media/drawing.svg" src="/media/drawing.svg">',
    '<video poster="/media/a.png"></video>',
    "<audio><source src='media/a.png'></audio>",
    "[words](https://notes.example.org/media/a.png)",
    "<https://notes.example.org/media/a.png>",
]


@pytest.mark.parametrize("body", NAMED)
def test_however_a_text_names_a_file_it_is_published_with_that_text(desk: Desk, body: str) -> None:
    desk.write("media/a.png", saved())
    desk.article(body=f"Words. {body}")
    assert "media/a.png" in desk.load().pictures.public

    desk.article(body=f"Words. {body}", status="draft")
    assert "media/a.png" not in desk.load().pictures.public
    assert [one for one in desk.load().advice if one.rule == "unused-file"] == []


def test_files_of_authors_topics_resources_and_settings_are_published(desk: Desk) -> None:
    for name in "abcdefghij":
        desk.write(f"media/{name}.png", saved(size=(300, 300)))
    desk.write("authors/luc-exemple.yml", "name: Luc\nphoto: media/a.png\nbio: See [it](media/b.png).\n")
    desk.write("topics.yml", "consent:\n  name: Consent\n  introduction: See [it](media/c.png).\n")
    desk.resource(body="![x](media/d.png)", link="https://notes.example.org/media/e.png")
    conf = {
        "NOTICES": {"x": {"title": "X", "text": "[f](media/f.png)", "fr": {"text": "[g](media/g.png)"}}},
        "HUB_INTRODUCTION": "See [it](media/h.png).",
        "FOOTER": [{"title": "I", "url": "/media/i.png"}],
        "SITE_PICTURE": {"src": "media/j.png", "alt": "A site"},
    }
    read = from_conf(conf)
    desk.settings = replace(SETTINGS, texts=read.texts, site_picture=read.site_picture)

    assert desk.load().pictures.public == {*(f"media/{name}.png" for name in "abcdefghij"), "media/drawing.svg"}


def test_a_file_that_no_text_uses_is_named_and_not_published_unless_the_settings_say_so(desk: Desk) -> None:
    desk.write("media/plan.pdf", b"%PDF-1.7")
    desk.write("media/forms/a.pdf", b"%PDF-1.7")
    desk.write("media/forms-old.pdf", b"%PDF-1.7")
    desk.settings = replace(SETTINGS, public_files=("media/forms/", "media/drawing.svg"))

    found = desk.load()

    assert found.pictures.public == {"media/forms/a.pdf", "media/drawing.svg"}
    assert [str(one) for one in found.advice] == [
        f"content/media/{name}:1: Advice: No text uses media/{name}, so it is not published. "
        "Link to it, list it in PUBLIC_FILES, or delete it."
        for name in ("forms-old.pdf", "plan.pdf")
    ]


@pytest.mark.parametrize("given", ["media/a.pdf", ["a.pdf"], ["media/../a.pdf"], [3], ["media/"]])
def test_public_files_are_paths_below_media(given: object) -> None:
    with pytest.raises(BadSettings, match="PUBLIC_FILES"):
        from_conf({"PUBLIC_FILES": given})
