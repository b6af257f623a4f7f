"""Markdown in, safe HTML out."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins.language import Voice
from plugins.reader import Reader, Text
from plugins.sanitise import sanitise

HIDDEN = "id:hidden"


def resolve(href: str) -> str | None:
    if href == HIDDEN:
        return None
    return f"/2026/{href[3:]}/" if href.startswith("id:") else f"/{href}" if href.startswith("media/") else href


def show(address: str, alt: str, first: bool) -> str | None:
    return f'<img src="/pictures{address}" alt="{alt}" {"now" if first else "later"}>' if address else None


@pytest.fixture(scope="module")
def reader(root: Path) -> Reader:
    return Reader(Voice(root / "theme", "America/Toronto", "en"), resolve, show)


def tree(text: Text) -> LexborHTMLParser:
    return LexborHTMLParser(text.html)


def test_notes_are_kept_apart_numbered_as_met_with_a_way_back_to_each_place(reader: Reader) -> None:
    text = reader.read("One[^b], two[^a], one again[^b].\n\n[^a]: *First* written.\n[^b]: Second.\n\n    More.", "en")

    assert [node.text() for node in tree(text).css("sup a")] == ["1", "2", "1"]
    assert [node.attributes["href"] for node in tree(text).css("sup a")] == ["#fn-1", "#fn-2", "#fn-1"]
    assert [node.attributes["id"] for node in tree(text).css("sup a")] == ["r-1", "r-2", "r-1-2"]
    first, second = map(LexborHTMLParser, text.notes)
    assert [node.attributes["href"] for node in first.css("a")] == ["#r-1", "#r-1-2"]
    assert first.css("p")[-1].text() == "More. back back"
    assert second.css_first("em").text() == "First"
    assert "Second" not in text.html


def test_a_note_that_nothing_refers_to_is_shown_all_the_same(reader: Reader) -> None:
    text = reader.read("Words.\n\n[^1]: Forgotten.", "en")

    assert text.notes == ("<p>Forgotten.</p>",)


def test_a_text_without_notes_has_none(reader: Reader) -> None:
    assert reader.read("Words.", "en").notes == ()


def test_notes_do_not_wander_into_the_next_text(reader: Reader) -> None:
    reader.read("One[^1].\n\n[^1]: Note.", "en")

    assert reader.read("Two[^1].", "en").html == "<p>Two[^1].</p>"


def test_pictures_alone_in_one_paragraph_are_a_gallery_in_which_captions_stay_with_theirs(reader: Reader) -> None:
    pictures = '![a](media/a.png "One")\n![](media/b.png){.decorative}\n[![c](media/c.png "Two")](id:first)'
    text = reader.read(f'{pictures}\n\n![d](media/d.png "Three")', "en")

    figures = tree(text).css(".gallery > figure.plate")
    assert [node.text().strip() for node in figures] == ["Figure 1. One", "", "Figure 2. Two"]
    assert [node.css_first("img").attributes["src"] for node in figures] == [
        f"/pictures/media/{name}.png" for name in "abc"
    ]
    assert figures[2].css_first("a > img") is not None
    assert tree(text).css("figcaption")[-1].text() == "Figure 3. Three"


def test_a_gallery_stays_one_when_what_a_picture_of_it_leads_to_is_hidden(reader: Reader) -> None:
    text = reader.read(f"![a](media/a.png)\n[![b](media/b.png)]({HIDDEN})", "en")

    assert [node.css_first("img").attributes["alt"] for node in tree(text).css(".gallery > figure")] == ["a", "b"]


@pytest.mark.parametrize("text", ["![a](media/a.png) and\n![b](media/b.png)", "[![a](media/a.png) words](id:x)"])
def test_pictures_among_words_are_no_gallery(reader: Reader, text: str) -> None:
    assert tree(reader.read(text, "en")).css(".gallery, figure") == []


def test_a_picture_alone_with_a_title_is_a_figure_with_a_caption(reader: Reader) -> None:
    text = reader.read('![A "drawing"](media/a.svg "Drawn by hand.")\n\n![x](media/b.png) in a line', "en", opens=True)

    first, second = tree(text).css("img")
    assert tree(text).css_first("figure.plate > figcaption").text() == "Figure 1. Drawn by hand."
    assert first.attributes == {"src": "/pictures/media/a.svg", "alt": "A “drawing”", "now": None}
    assert "later" in second.attributes
    assert second.parent is not None
    assert second.parent.tag == "p"


def test_only_a_text_that_opens_a_page_has_a_picture_that_hurries(reader: Reader) -> None:
    text = reader.read("![x](media/a.png)[^1]\n\n[^1]: ![y](media/b.png)", "en")

    assert "later" in text.html
    assert "later" in text.notes[0]


def test_a_picture_in_html_is_shown_as_any_other(reader: Reader) -> None:
    text = reader.read('<figure><img width="9" src="/media/a.png" alt="1 > 0 & so on" onload="x"></figure>', "en")

    assert text.html == '<figure><img src="/pictures/media/a.png" alt="1 > 0 & so on" later></figure>'


@pytest.mark.parametrize("mark", ["{.decorative}", "{ .decorative }"])
def test_the_mark_of_decoration_is_not_shown(reader: Reader, mark: str) -> None:
    text = reader.read(f"![](media/a.png){mark} and words {{.decorative}}", "en")

    assert tree(text).css_first("img").attributes["alt"] == ""
    assert tree(text).text() == " and words {.decorative}"


TABLE = "| | Chat | Cost |\n|---|---|--:|\n| Pace | Quick | 3 |"


def test_a_table_stands_in_a_region_named_by_its_caption(reader: Reader) -> None:
    text = reader.read(f"Table: What *each* carries\n\n{TABLE}", "en")

    region = tree(text).css_first("div.scroll")
    assert (region.attributes["role"], region.attributes["tabindex"]) == ("region", "0")
    caption = region.css_first("table > caption")
    assert caption.text() == "Table 1. What each carries"
    assert caption.attributes["id"] == region.attributes["aria-labelledby"]
    assert not tree(text).css("p")


def test_a_table_marks_heads_of_columns_and_of_rows_under_an_empty_corner(reader: Reader) -> None:
    found = tree(reader.read(TABLE, "en"))

    assert [(node.text(), node.attributes["scope"]) for node in found.css("th")] == [
        ("Chat", "col"),
        ("Cost", "col"),
        ("Pace", "row"),
    ]
    assert [node.text() for node in found.css(".n")] == ["Cost", "3"]
    assert found.css_first("div.scroll").attributes["aria-label"] == "Table 1"


JOINED = (
    '<table>\n<caption>How *it* grew</caption>\n<tr><th rowspan="2">Year</th><td><table><tr><td>In</td></tr></table>'
    "</td></tr>\n<tr><td>44</td></tr>\n</table>"
)


def test_a_table_in_html_stands_in_a_region_as_others_do_and_is_counted_with_them(reader: Reader) -> None:
    found = tree(reader.read(f"{TABLE}\n\n{JOINED}\n\nTable: Last\n\n{TABLE}", "en"))

    first, second, third = found.css("div.scroll")
    assert (second.attributes["role"], second.attributes["tabindex"]) == ("region", "0")
    assert second.css_first("caption").text() == "Table 2. How *it* grew"
    assert second.css_first("caption").attributes["id"] == second.attributes["aria-labelledby"] == "table-2"
    assert second.css_first("th").attributes["rowspan"] == "2"
    assert len(second.css("table")) == 2
    assert first.attributes["aria-label"] == "Table 1"
    assert third.css_first("caption").text() == "Table 3. Last"


def test_a_table_in_html_that_stands_in_a_region_already_or_never_ends_stays_as_it_is(reader: Reader) -> None:
    framed = '<div class="scroll"><table><tbody><tr><td>1</td></tr></tbody></table></div>'

    assert reader.read(framed, "en").html == framed
    assert not tree(reader.read("<table><tr><td>1", "en")).css("div")


def test_a_caption_in_html_keeps_its_own_id(reader: Reader) -> None:
    found = tree(reader.read("<table><caption id='mine'>Words</caption><tr><td>1</td></tr></table>", "en"))

    assert found.css_first("div.scroll").attributes["aria-labelledby"] == "mine"
    assert found.css_first("#mine").text() == "Table 1. Words"


def test_links_and_pictures_in_html_lead_where_those_of_markdown_do(reader: Reader) -> None:
    text = reader.read(
        f'<details>\n<summary>More</summary>\n<a href="id:a">a</a> <a href="{HIDDEN}">b</a>'
        '<img src="media/a.png" alt="A">\n</details>\n\n*Here* <b><a href="id:b">c</a></b>.',
        "en",
    )

    assert [node.attributes.get("href") for node in tree(text).css("a")] == ["/2026/a/", None, "/2026/b/"]
    assert tree(text).css_first("img").attributes["src"] == "/pictures/media/a.png"


def test_links_lead_to_texts_and_outside_ones_are_marked(reader: Reader) -> None:
    text = reader.read(f"[a](id:a) [b]({HIDDEN}) <https://example.org/> [c](#part)", "en")

    assert text.html == (
        '<p><a href="/2026/a/">a</a> <span>b</span> '
        '<a href="https://example.org/" rel="noopener">https://example.org/</a> <a href="#part">c</a></p>'
    )


def test_headings_have_ascii_ids_of_their_own(reader: Reader) -> None:
    text = reader.read("## Été & *hiver*\n\n## Notes\n\n## 3 rooms\n\n## Notes\n\n### 你好\n\n## Comment 12", "fr")

    ids = [heading.id for heading in text.toc]
    assert ids[0] == "ete-hiver"
    assert len(set(ids)) == len(ids)
    assert all(name.isascii() for name in ids)
    assert not {"notes", "comment-12"} & set(ids)
    assert text.toc[0].text == "Été & hiver"
    assert [node.attributes["id"] for node in tree(text).css("h2, h3")] == ids


def test_reading_time_counts_the_words_of_text_and_notes(reader: Reader) -> None:
    text = reader.read("word " * 430 + "[^1]\n\n[^1]: " + "word " * 120, "en")

    assert text.words == 430 + 1 + 120 + 1  # the number of the note, and the way back
    assert text.minutes == 3
    assert reader.read("", "en").minutes == 1


def test_quotation_marks_follow_the_language_and_spare_code(reader: Reader) -> None:
    assert reader.read('"It\'s" `"it\'s"`', "en").html == '<p>“It’s” <code>"it\'s"</code></p>'
    assert reader.read('"Bonjour"', "fr").html == "<p>«\u202fBonjour\u202f»</p>"


def test_code_is_shown_as_it_is(reader: Reader) -> None:
    text = reader.read("```html\n<script>a && b</script>\n```", "en")

    assert text.html == "<pre><code>&lt;script&gt;a &amp;&amp; b&lt;/script&gt;\n</code></pre>"


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:alert(1)'>",
        "<a href='java\tscript:alert(1)'>",
        "<a href=' JAVASCRIPT:alert(1)'>",
        "<a href='data:text/html,x'>",
        "<a href='//evil.example/'>",
        "<a href='/\\evil.example/'>",
        "<img src='https://evil.example/x.png'>",
        "<img src='//evil.example/x.png'>",
        "<img src='/comments/x'>",
        "<img src='/media/x.png' srcset='https://evil.example/x.png 2x'>",
        "<b style='background:url(https://evil.example/)'>",
        "<video src='https://evil.example/'>",
        "<link rel=stylesheet href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0; url=https://evil.example/'>",
        "<a id='a b' href='&#106;avascript:alert(1)'>",
        "<div role=alert tabindex=5 class='comment'>",
        "<!--thread:x-->",
    ],
)
def test_what_could_harm_is_taken_out(html: str) -> None:
    clean = sanitise(f"<p>{html}x</p>")

    for word in ("script", "evil", "data:", "style", "comment", "alert", "thread", "a b"):
        assert word not in clean
