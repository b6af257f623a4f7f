"""What visitors may say with signs, and how it looks."""

import time

import pytest

from comments import markup

LINK = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>\n"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n"),
        (
            "> a\n\n- b\n\n3. c",
            '<blockquote>\n<p>a</p>\n</blockquote>\n<ul>\n<li>b</li>\n</ul>\n<ol start="3">\n<li>c</li>\n</ol>\n',
        ),
        ("```js\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("# not a heading", "<p># not a heading</p>\n"),
        ("a\n---", "<p>a<br>\n---</p>\n"),
        ("1 < 2 & <b>bold?</b>", "<p>1 &lt; 2 &amp; &lt;b&gt;bold?&lt;/b&gt;</p>\n"),
        ("[a](https://b.example/?c=1&d=2)", f'<p><a href="https://b.example/?c=1&amp;d=2" {LINK}>a</a></p>\n'),
        ("<a@b.example>", f'<p><a href="mailto:a@b.example" {LINK}>a@b.example</a></p>\n'),
        ("![a](https://b.example/c.png)", f'<p>!<a href="https://b.example/c.png" {LINK}>a</a></p>\n'),
        ("e\u0301", "<p>é</p>\n"),
        ("", ""),
    ],
)
def test_a_comment_is_plain_text_with_a_few_signs(source: str, html: str) -> None:
    assert markup.render(source) == html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://a.example/b.", "https://a.example/b"),
        ("(https://a.example/b)", "https://a.example/b"),
        ("https://a.example/b_(c), and more", "https://a.example/b_(c)"),
        ("https://a.example/b_c_d!", "https://a.example/b_c_d"),
        ("« https://a.example/b »", "https://a.example/b"),
        ("**https://a.example/b**", "https://a.example/b"),
        ("HTTPS://a.example/?b=[c]", "HTTPS://a.example/?b=%5Bc%5D"),
    ],
)
def test_an_address_typed_bare_becomes_a_link_without_the_sentences_punctuation(text: str, address: str) -> None:
    html = markup.render(text)

    assert f'href="{address}"' in html
    assert markup.count_links(html) == 1


@pytest.mark.parametrize("text", ["https://", "http://user@a.example/", "see https:// there", "`https://a.example`"])
def test_what_is_no_address_of_the_open_web_stays_as_typed(text: str) -> None:
    html = markup.render(text)

    assert markup.count_links(html) == 0
    assert text.strip("`") in markup.plain(html)


def test_a_link_inside_a_link_counts_once() -> None:
    assert markup.count_links(markup.render("[https://a.example](https://b.example)")) == 1


@pytest.mark.parametrize("sign", [">", "> ", "- ", "1. ", "> - "])
def test_nothing_is_lost_however_deep_it_stands(sign: str) -> None:
    assert "at the bottom" in markup.plain(markup.render(sign * 90 + "at the bottom"))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("> quoted\nmine", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>mine</p>\n"),
        (
            ">> a\n> b\nc",
            "<blockquote>\n<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>\n</blockquote>\n<p>c</p>\n",
        ),
        ("> - a\nb", "<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n<p>b</p>\n"),
        ("- > a\nb", "<ul>\n<li>\n<blockquote>\n<p>a</p>\n</blockquote>\n</li>\n</ul>\n<p>b</p>\n"),
        ("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>\n"),
        ("```\n> a\nb\n```", "<pre><code>&gt; a\nb\n</code></pre>\n"),
    ],
)
def test_a_quotation_ends_where_the_signs_end_as_in_e_mail(source: str, html: str) -> None:
    assert markup.render(source) == html


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u302e\u0316", "\U0001d165\u0301", "\u0f73\u0f71", "\u0344\u0323"])
def test_marks_in_any_order_and_number_are_tidied_at_once(marks: str) -> None:
    start = time.perf_counter()

    tidy = markup.normalise("a" + marks * 64_000)

    assert time.perf_counter() - start < 1
    assert len(tidy) <= 2 + 2 * markup.MARKS
    assert markup.normalise(tidy) == tidy


def test_plain_text_keeps_the_words_and_the_line_ends() -> None:
    html = markup.render("one\ntwo\n\n- **three** & <four>\n- `five`\n\n> six")

    assert markup.plain(html) == "one\ntwo\nthree & <four>\nfive\nsix"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\n\n    code\n\n", "    code"),
        ("e\u200b\u0301", "é"),
        ("a\x00\x1b\u202eb\ud800", "ab"),
        ("\u0301a" + "\u0301" * 20, "á" + "\u0301" * 8),
        ("می\u200cخواهم \U0001f468\u200d\U0001f469", "می\u200cخواهم \U0001f468\u200d\U0001f469"),
    ],
)
def test_text_is_tidied_but_no_language_suffers(typed: str, kept: str) -> None:
    assert markup.normalise(typed) == kept


def test_a_single_line_has_single_spaces() -> None:
    assert markup.line("  Ada\t \nSpecimen\u00a0\u3164 ") == "Ada Specimen"


def test_imported_html_keeps_what_we_have_words_for() -> None:
    html = '<b>a</b> <I>b</I><br/><del>c</del> <q>d</q> <a href="https://e.example" target="_blank" title="x">e</a>'

    clean = f'<strong>a</strong> <em>b</em><br><s>c</s> d <a href="https://e.example" {LINK}>e</a>'
    assert markup.sanitise(html) == clean


def test_imported_links_that_lead_nowhere_good_become_text() -> None:
    assert markup.sanitise('<a href="/x">a</a> <a href="javascript:1">b</a>') == "<a>a</a> <a>b</a>"
