"""Drawings are read strictly and written anew: nothing that runs, fetches or tells of its maker is left."""

import base64
import io
from time import process_time

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from publication.pictures import svg
from publication.problems import Wrong

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 6">'


def drawing(inside: str) -> bytes:
    return f"{OPEN}{inside}</svg>".encode()


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SECRET"
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, "JPEG", exif=exif)
    return made.getvalue()


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("\n<script>alert(1)</script>", "holds a script, in its line 2"),
        ("<g><script/></g>", "holds a script"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg"/>', "holds a script"),
        ('<script xmlns="http://www.w3.org/1999/xhtml"/>', "holds a script"),
        ("<metadata><script/></metadata>", "holds a script"),
        ('<g onload="alert(1)"/>', "holds a script (onload)"),
        ('<g ONLOAD="alert(1)"/>', "holds a script (ONLOAD)"),
        ("<foreignObject/>", "holds a part of a web page (foreignObject)"),
        ('<iframe xmlns="http://www.w3.org/1999/xhtml" src="/x"/>', "holds a part of a web page"),
        ('<a href="javascript:alert(1)"/>', "holds a link that leads out of it"),
        ('<a xlink:href="https://example.org/"/>', "holds a link that leads out of it"),
        ('<image href="https://example.org/a.png"/>', "holds a link that leads out of it"),
        ('<image href="/media/a.png"/>', "holds a link that leads out of it"),
        ('<use href="other.svg#a"/>', "holds a link that leads out of it"),
        ('<image href="data:image/svg+xml;base64,PHN2Zz4="/>', "holds a link that leads out of it"),
        ('<image href="data:image/png;base64,PHN2Zz4="/>', "holds a picture inside that is damaged"),
        ('<use><set attributeName="href" to="x"/></use>', "holds an animation that changes where something leads"),
        ('<g><set attributeName="onclick" to="x"/></g>', "holds an animation"),
        ("<style>@import 'x.css';</style>", "holds a style that fetches something"),
        ("<style>g { fill: url(https://example.org/a) }</style>", "holds a style that fetches something"),
        ('<style>g { fill: url( "//example.org/a") }</style>', "holds a style that fetches something"),
        ("<style><![CDATA[g { fill: u\\72l(x) }]]></style>", "holds a style that fetches something"),
        ('<g fill="url(https://example.org/a#b)"/>', "holds something that fetches a file (fill)"),
        ("<g style=\"background: image-set('a.png' 1x)\"/>", "holds something that fetches a file (style)"),
        ("<style><g>@import url(//example.org/x.css);</g></style>", "holds an element inside a style"),
        ("<style>@im<!-- -->port '//example.org/x'</style>", "holds a style that fetches something"),
        (
            "<style>g{background:-webkit-cross-fade('//e/1','//e/2',50%)}</style>",
            "holds a style that fetches something",
        ),
        ("<style>g{background:cross-fade('//e/1','//e/2')}</style>", "holds a style that fetches something"),
        ("<style>g{background:-moz-element(#a)}</style>", "holds a style that fetches something"),
        ("<style>@font-face{src:url(data:font/x,)}</style>", "holds a style that fetches something"),
        ("<g style=\"background: image('//e')\"/>", "holds something that fetches a file (style)"),
        ('<g fill="url(data:image/png;base64,AA)"/>', "holds something that fetches a file (fill)"),
        ("<g>" * 300 + "</g>" * 300, "holds groups in groups without end"),
        ("<g>", "is no SVG that can be read (mismatched tag"),
        ("&nothing;", "is no SVG that can be read (undefined entity"),
    ],
)
def test_what_runs_or_fetches_is_refused(inside: str, what: str) -> None:
    with pytest.raises(Wrong) as caught:
        svg.read(drawing(inside))

    assert what in caught.value.what
    assert caught.value.cure


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + drawing("<text>&a;</text>"), "holds declarations of its own"),
        (b'<?xml-stylesheet href="x.css"?>' + drawing(""), "holds a style sheet that stands elsewhere"),
        ("é".encode("latin-1"), "is not UTF-8 text"),
        (b"<html><svg/></html>", "is no SVG"),
        (b'<svg viewBox="0 0 8 6"/>', "is no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "does not say how large it is"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="50"/>', "does not say how large it is"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', "does not say how large it is"),
        (b"<svg " + b" " * svg.LARGEST, "is larger than 5 MB"),
    ],
)
def test_what_is_no_plain_drawing_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(Wrong) as caught:
        svg.read(data)

    assert what in caught.value.what


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ('width="840" height="668px" viewBox="0 0 1 1"', (840, 668)),
        ('viewBox="0,0 10.6 5.2"', (11, 5)),
        ('width="100%" viewBox="0 0 30 20"', (30, 20)),
        ('width="210mm" height="1in"', (794, 96)),
        ('width="999999999999999999999" height="1" viewBox="-5 -5 30 20"', (30, 20)),
    ],
)
def test_a_drawing_says_how_large_it_is(sides: str, expected: tuple[int, int]) -> None:
    found = svg.read(f'<svg xmlns="http://www.w3.org/2000/svg" {sides}/>'.encode())

    assert (found.width, found.height) == expected


def test_what_is_to_be_seen_stays() -> None:
    inside = (
        '<title id="t">A &amp; B</title>'
        "<style>@media (prefers-color-scheme: dark) { g > path { fill: url(#a) } }</style>"
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
        '<g fill="url(#a)" style="stroke: url(\'#a\')"><path d="M0 0h8"/><use href="#t"/></g>'
        '<text xml:lang="fr" aria-label="src(1)">«é»</text><animate attributeName="x" values="0;1"/>'
    )

    found = svg.read(drawing(inside))

    assert found.adapts
    again = svg.read(found.data)
    assert again == found
    page = LexborHTMLParser(found.data.decode())
    assert page.css_first("title").text() == "A & B"
    assert page.css_first("g").attributes["fill"] == "url(#a)"
    assert page.css_first("use").attributes["href"] == "#t"
    assert page.css_first("text").text() == "«é»"
    assert "prefers-color-scheme" in found.data.decode()


def test_notes_of_programs_and_links_are_left_out() -> None:
    inside = (
        "<!-- SECRET --><metadata><rdf:RDF xmlns:rdf='r'>SECRET</rdf:RDF></metadata>"
        '<i:view xmlns:i="i" path="SECRET"><path d="SECRET"/></i:view>'
        '<path xmlns:i="i" i:file="SECRET" data-x="SECRET" d="M0 0"/>'
        '<?note SECRET?><a href="#x"><path d="M1 1"/></a><unknown>SECRET</unknown>'
    )

    text = svg.read(b"\xef\xbb\xbf" + drawing(inside)).data.decode()

    assert "SECRET" not in text
    assert 'd="M0 0"' in text
    assert '<g href="#x"><path d="M1 1"></path></g>' in text


def test_only_attributes_that_drawings_have_are_kept() -> None:
    text = svg.read(drawing('<image src="//e/x" ping="//e" formaction="//e" d="M0 0" id="a"/>')).data.decode()

    assert '<image d="M0 0" id="a">' in text


def test_a_picture_inside_loses_what_the_camera_wrote() -> None:
    inside = f'<image href="data:image/jpeg;base64,{base64.b64encode(photograph()).decode()}"/>'

    text = svg.read(drawing(inside)).data.decode()

    data = base64.b64decode(text.partition("base64,")[2].partition('"')[0])
    assert b"SECRET" not in data
    assert Image.open(io.BytesIO(data)).size == (8, 8)


@pytest.mark.parametrize(
    "inside", ["<style>" + "url(#a) " * 100_000 + "</style>", '<g d="' + "9" * 4_000_000 + '"/>', "<g/>" * 200_000]
)
def test_a_hostile_drawing_is_read_in_a_moment(inside: str) -> None:
    started = process_time()

    svg.read(drawing(inside))

    assert process_time() - started < 10
