"""Old texts as Markdown: what an editor will read afterwards."""

import pytest

from migrate.text.convert import Converted, Library, convert


class Around:
    """Every link leads where it says; every picture is there."""

    def link(self, address: str, words: str = "") -> str | None:
        return address

    def picture(self, address: str) -> str | None:
        return f"media/{address.rpartition('/')[2]}"

    def is_picture(self, address: str) -> bool:
        return address.endswith(".png")


def converted(content: str, notes: str = "") -> Converted:
    return convert(
        content, Around(), Library(lambda number: f"<p>Block {number}</p>", lambda numbers: [], lambda: []), notes
    )


def markdown(content: str) -> str:
    return converted(content).markdown.removesuffix("\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One\ntwo\n\nthree", "One  \ntwo\n\nthree"),
        ("<strong>a </strong>b <i>c</i>", "**a** b *c*"),
        ("2 * 3 * 4 and snake_case and _x_", r"2 * 3 * 4 and snake_case and \_x\_"),
        ("# no heading\n\n- no list\n\n1. no list", "\\# no heading\n\n\\- no list\n\n1\\. no list"),
        ("<h1>A</h1><h3>B</h3><h3>C</h3><h2>D</h2>", "## A\n\n### B\n\n### C\n\n### D"),
        ("<h2>A</h2><h4>B</h4><h2>C</h2>", "## A\n\n### B\n\n## C"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<blockquote><p>Q</p><cite>Who</cite></blockquote>", "> Q\n>\n> — Who"),
        ("<blockquote>One\ntwo</blockquote>three", "> One  \n> two\n\nthree"),
        ("<ul>\n<li>One\ntwo</li>\n</ul>", "- One  \n    two"),
        ("<pre>a  b\n  *c*</pre>", "```\na  b\n  *c*\n```"),
        ("x <code>a`b</code>", "x ``a`b``"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td>3</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 | 3 |",
        ),
        (
            '<table><tr><td colspan="2">A</td></tr></table>',
            "<table>\n<tbody>\n<tr>\n<td>A</td>\n</tr>\n</tbody>\n</table>",
        ),
        ('<a href="https://x.example/a b">w</a>', "[w](https://x.example/a%20b)"),
        ('<a href="https://x.example/">https://x.example/</a>', "<https://x.example/>"),
        ('<a href="https://old.example/p.png"><img src="/p.png" alt="A [b]"></a>', "![A (b)](media/p.png)"),
        (
            '<figure><img src="/p.png" alt="a"><figcaption>Say "hi"</figcaption></figure>',
            '![a](media/p.png "Say “hi”")',
        ),
        ('<img src="/p.png">', "![](media/p.png){.decorative}"),
        ("H<sub>2</sub>O &amp; &lt;b&gt; 5 < 6", "H<sub>2</sub>O & &lt;b> 5 < 6"),
        ("[[gallery]] stays", "[[gallery]] stays"),
    ],
)
def test_classic_text_becomes_markdown_as_a_person_would_write_it(old: str, new: str) -> None:
    assert markdown(old) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->\n\n<!-- wp:separator --><hr/><!-- /wp:separator -->",
            "One\n\n* * *",
        ),
        ('<!-- wp:block {"ref":7} /-->', "Block 7"),
        ('<!-- wp:social-link {"url":"https://x.example/","service":"x"} /-->', "[x](https://x.example/)"),
        ('<!-- wp:verse --><pre class="wp-block-verse">a\nb</pre><!-- /wp:verse -->', "a  \nb"),
        ("<!-- wp:more --><!--more--><!-- /wp:more --><p>x</p>", "x"),
        (
            '<!-- wp:button --><div><a href="https://x.example/">Go</a></div><!-- /wp:button -->',
            "[Go](https://x.example/)",
        ),
    ],
)
def test_blocks_leave_only_what_readers_saw(old: str, new: str) -> None:
    assert markdown(old) == new


def test_footnotes_are_footnotes() -> None:
    content = (
        '<!-- wp:paragraph --><p>A<sup data-fn="u1" class="fn"><a href="#u1">1</a></sup>.</p><!-- /wp:paragraph -->'
    )
    found = converted(content, '[{"id": "u1", "content": "The <em>note</em>."}]')
    assert found.markdown == "A[^1].\n\n[^1]: The *note*.\n"


@pytest.mark.parametrize(
    ("old", "kind"),
    [
        ("<script src='https://t.example/x.js'></script>", "script"),
        ("<img src='https://t.example/p.gif' width=1 height=1>", "tracker"),
        ("<form action=x><input></form>", "form"),
        ("[contact_form id=3]", "shortcode"),
        ("<!-- wp:acme/slider --><p>x</p><!-- /wp:acme/slider -->", "block"),
        ("<!-- wp:latest-posts /-->", "made"),
        ("<iframe src='https://video.example/1'></iframe>", "frame"),
    ],
)
def test_what_is_left_out_or_unknown_is_told(old: str, kind: str) -> None:
    assert kind in [finding.kind for finding in converted(old).findings]


def test_unknown_things_keep_their_words() -> None:
    assert markdown("<!-- wp:acme/slider --><p>kept</p><!-- /wp:acme/slider -->") == "kept"
    assert markdown('[contact_form id="3"]') == '[contact_form id="3"]'
