"""The closed list: every block of WordPress that has words of its own, and the Markdown of it."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from migrate.text.convert import Converted, Library, convert


class Around:
    """Every link leads where it says; every picture is there."""

    def link(self, address: str, words: str = "") -> str | None:
        return address

    def picture(self, address: str) -> str | None:
        return f"media/{address.rpartition('/')[2]}"

    def is_picture(self, address: str) -> bool:
        return address.endswith(".png")


def converted(content: str, **reusable: str) -> Converted:
    return convert(content, Around(), Library(lambda number: reusable.get(f"n{number}", "")))


def block(name: str, inner: str, attributes: str = "") -> str:
    return f"<!-- wp:{name} {attributes + ' ' if attributes else ''}-->\n{inner}\n<!-- /wp:{name} -->\n\n"


P = block("paragraph", "<p>Words</p>")
PICTURE = '<figure class="wp-block-image size-large"><img src="/u/a.png" alt="A door" class="wp-image-5"/>{}</figure>'
CAPTION = '<figcaption class="wp-element-caption">{}</figcaption>'
BLOCKS = {
    "paragraph": (block("paragraph", '<p class="x">One <strong>two</strong>.</p>', '{"align":"left"}'), "One **two**."),
    "heading": (
        block("heading", '<h4 class="wp-block-heading">A</h4>', '{"level":4}') + block("heading", "<h2>B</h2>"),
        "## A\n\n## B",
    ),
    "list": (
        block("list", "<ul><li>a<ol><li>b</li></ol></li><li></li><li>c</li></ul>"),
        "- a\n    1. b\n- c",
    ),
    "quote": (block("quote", f"<blockquote>{P}<cite>Who</cite></blockquote>"), "> Words\n>\n> — Who"),
    "pullquote": (
        block("pullquote", "<figure><blockquote><p>Words</p><cite>Who</cite></blockquote></figure>"),
        "> Words\n>\n> — Who",
    ),
    "image": (
        block("image", PICTURE.format(CAPTION.format("The <em>door</em>")), '{"id":5}'),
        '![A door](media/a.png "The door")',
    ),
    "gallery": (
        block(
            "gallery",
            '<figure class="wp-block-gallery">'
            + block("image", PICTURE.format(CAPTION.format("One")))
            + block("image", PICTURE.format(""))
            + CAPTION.format("Both")
            + "</figure>",
        ),
        '![A door](media/a.png "One")\n![A door](media/a.png)\n\nBoth',
    ),
    "columns": (block("columns", f"<div>{block('column', f'<div>{P}</div>') * 2}</div>"), "Words\n\nWords"),
    "table": (
        block(
            "table",
            "<figure><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><th>1</th><td>x<br>y</td></tr>"
            f"<tr><td>2</td></tr></tbody></table>{CAPTION.format('What it tells')}</figure>",
        ),
        "Table: What it tells\n\n| A | B |\n| --- | --- |\n| **1** | x<br>y |\n| 2 |  |",
    ),
    "code": (
        block("code", '<pre class="wp-block-code"><code class="language-python">if a &lt; b:\n    pass</code></pre>'),
        "```python\nif a < b:\n    pass\n```",
    ),
    "syntaxhighlighter/code": (
        block("syntaxhighlighter/code", "<pre>&lt;?php echo 1;</pre>", '{"language":"php"}'),
        "```php\n<?php echo 1;\n```",
    ),
    "preformatted": (block("preformatted", "<pre>a  b<br>  c</pre>"), "```\na  b\n  c\n```"),
    "verse": (block("verse", '<pre class="wp-block-verse">one\n  two\n\nthree</pre>'), "one  \ntwo\n\nthree"),
    "separator": (P + block("separator", "<hr/>") + P, "Words\n\n* * *\n\nWords"),
    "buttons": (
        block("buttons", f"<div>{block('button', '<div><a href=https://x.example/>Go</a></div>')}</div>"),
        "[Go](https://x.example/)",
    ),
    "embed": (
        block("embed", '<figure><div class="wp-block-embed__wrapper">\nhttps://v.example/1\n</div></figure>'),
        "<https://v.example/1>",
    ),
    "embed with a caption": (
        block("core-embed/x", f"<figure><div>\nhttps://v.example/1\n</div>{CAPTION.format('A talk')}</figure>"),
        "[A talk](https://v.example/1)",
    ),
    "audio": (
        block("audio", f'<figure><audio src="https://v.example/a.mp3"></audio>{CAPTION.format("A song")}</figure>'),
        "[A song](https://v.example/a.mp3)",
    ),
    "video": (
        block("video", '<figure><video src="https://v.example/a.mp4"></video></figure>'),
        "[a.mp4](https://v.example/a.mp4)",
    ),
    "file": (
        block(
            "file",
            '<div class="wp-block-file"><object class="wp-block-file__embed" data="/u/f.pdf"></object>'
            '<a href="/u/f.pdf">The form</a><a href="/u/f.pdf" class="wp-block-file__button">Download</a></div>',
        ),
        "[The form](/u/f.pdf)",
    ),
    "more": (P + block("more", "<!--more-->") + block("nextpage", "<!--nextpage-->") + P, "Words\n\nWords"),
    "spacer": (P + block("spacer", '<div style="height:9px"></div>') + P, "Words\n\nWords"),
    "cover": (
        block("cover", f'<div><span></span><img alt="Sea" src="/u/c.png"/><div>{P}</div></div>'),
        "![Sea](media/c.png)\n\nWords",
    ),
    "cover of old": (
        block("cover", '<div style="background-image:url(/u/c.png)"><p>Words</p></div>'),
        "![](media/c.png){.decorative}\n\nWords",
    ),
    "media-text": (
        block("media-text", f'<div><figure><img src="/u/m.png" alt="M"/></figure><div>{P}</div></div>'),
        "![M](media/m.png)\n\nWords",
    ),
    "details": (
        block("details", f'<details><summary>More</summary><h4>In it</h4>{P}<p><a href="/x">Go</a></p></details>'),
        "<details>\n<summary>More</summary>\n<p><strong>In it</strong></p>\n<p>Words</p>\n"
        '<p><a href="/x">Go</a></p>\n</details>',
    ),
    "accordion": (
        block(
            "accordion",
            '<div><h3><button><span>Q</span><span aria-hidden="true">+</span></button></h3><div><p>A</p></div></div>',
        ),
        "## Q\n\nA",
    ),
    "group": (block("group", f"<div><div>{P}</div></div>"), "Words"),
    "html": (block("html", "<div><b>Words</b></div>"), "**Words**"),
    "freeform": ("<p>Words</p>\n" + P, "Words\n\nWords"),
    "math": (block("math", "<div><math><mi>x</mi><annotation>x^2</annotation></math></div>"), "`x^2`"),
    "social-links": (
        block("social-links", '<ul><!-- wp:social-link {"url":"https://x.example/","service":"x"} /--></ul>'),
        "[x](https://x.example/)",
    ),
}


@pytest.mark.parametrize(("old", "new"), BLOCKS.values(), ids=BLOCKS.keys())
def test_each_block_becomes_what_somebody_would_have_typed(old: str, new: str) -> None:
    assert converted(old).markdown.removesuffix("\n") == new


@pytest.mark.parametrize("name", sorted(BLOCKS.keys() - {"social-links"}))
def test_no_known_block_is_called_unknown(name: str) -> None:
    assert not {"block", "shortcode", "script"} & {one.kind for one in converted(BLOCKS[name][0]).findings}


def test_a_reusable_block_is_part_of_the_text_with_all_that_is_in_it() -> None:
    inner = P + "<!-- wp:acme/box --><p>Boxed</p><!-- /wp:acme/box -->" + '<!-- wp:block {"ref":7} /-->'
    found = converted('<!-- wp:block {"ref":7} /-->', n7=inner)
    assert found.markdown == "Words\n\nBoxed\n"
    told = [one.what for one in found.findings]
    assert told == ["the unknown block acme/box; its text is kept", "a reusable block that is not in the export"]


def test_findings_name_the_line_of_the_old_text() -> None:
    found = converted(P + P + "<!-- wp:acme/box --><p>x</p><!-- /wp:acme/box -->")
    assert [(one.kind, one.line) for one in found.findings] == [("block", 9)]


def test_a_footnote_in_what_is_kept_as_html_stands_there_in_brackets() -> None:
    mark = '<sup data-fn="n1" class="fn">1</sup>'
    notes = json.dumps([{"id": "n1", "content": f"See <em>there</em>{mark}"}])
    found = convert(f"<details><summary>More</summary><p>Words{mark}</p></details>", Around(), Library(), notes)

    assert (
        found.markdown
        == "<details>\n<summary>More</summary>\n<p>Words (See <em>there</em><sup>1</sup>)</p>\n</details>\n"
    )
    assert [one.what for one in found.findings] == ["a footnote inside what was kept as HTML stands in brackets there"]


def test_code_in_what_is_kept_as_html_keeps_its_empty_lines() -> None:
    found = converted("<details><summary>More</summary><pre><code>a\n\n \n  b</code></pre></details>").markdown

    assert "\n\n" not in found
    assert LexborHTMLParser(found).css_first("pre").text() == "a\n\n\n  b"
