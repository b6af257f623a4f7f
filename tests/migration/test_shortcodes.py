"""WordPress's shortcodes, those of common plugins, and what classic texts hold besides."""

import pytest

from migrate.text.convert import Converted, Library, convert
from migrate.text.letters import one_line, tidy


class Around:
    """Every link leads where it says; every picture is there."""

    def link(self, address: str, words: str = "") -> str | None:
        return address

    def picture(self, address: str) -> str | None:
        return f"media/{address.rpartition('/')[2]}"

    def is_picture(self, address: str) -> bool:
        return address.endswith(".png")


def converted(content: str) -> Converted:
    pictures = [("/u/a.png", "A", "One"), ("/u/b.png", "B", "")]
    return convert(content, Around(), Library(lambda _: "", lambda numbers: pictures if numbers else [], lambda: []))


SHORTCODES = {
    "caption": (
        '[caption id="x" width="300"]<a href="/u/p.png"><img src="/u/p.png" alt="A" /></a> A door[/caption]',
        '![A](media/p.png "A door")',
    ),
    "caption of old": (
        '[caption caption="A door"]<img src="/u/p.png" alt="A" />[/caption]',
        '![A](media/p.png "A door")',
    ),
    "caption as HTML": (
        '<div class="wp-caption"><img src="/u/p.png" alt="A"><p class="wp-caption-text">A door</p></div>',
        '![A](media/p.png "A door")',
    ),
    "gallery": ('[gallery ids="1,2" columns="2"]', '![A](media/a.png "One")\n![B](media/b.png)'),
    "embed": ('[embed width="1"]https://v.example/1[/embed]', "<https://v.example/1>"),
    "an address alone": ("a\n\nhttps://v.example/1\n\nb", "a\n\n<https://v.example/1>\n\nb"),
    "audio": ('[audio mp3="https://v.example/a.mp3"][/audio]', "<https://v.example/a.mp3>"),
    "audio of old": ("[audio https://v.example/a.mp3|loop=yes]", "<https://v.example/a.mp3>"),
    "video": ('[video width="6" mp4="https://v.example/a.mp4"][/video]', "<https://v.example/a.mp4>"),
    "youtube": ("[youtube=http://youtube.com/watch?v=a&w=320&h=240]", "<http://youtube.com/watch?v=a>"),
    "youtube by id": ('[youtube id="a-b_c"]', "<https://www.youtube.com/watch?v=a-b_c>"),
    "vimeo": ("[vimeo 44]", "<https://vimeo.com/44>"),
    "gist": ("[gist]123[/gist]", "<https://gist.github.com/123>"),
    "soundcloud": ('[soundcloud url="https://s.example/1" params="x=1"]', "<https://s.example/1>"),
    "sourcecode": (
        '[sourcecode language="python"]\nif a &lt; b:\n\n    pass # [x](y)\n[/sourcecode]',
        "```python\nif a < b:\n\n    pass # [x](y)\n```",
    ),
    "code by language": ("[php]\n<?php echo '<b>'; ?>\n[/php]", "```php\n<?php echo '<b>'; ?>\n```"),
    "CodeColorer": ("[ccnLe_bash]\nls -l\n[/ccnLe_bash]", "```bash\nls -l\n```"),
    "a brush": ('<pre class="brush: sql; light: true">select *</pre>', "```sql\nselect *\n```"),
    "WP-Syntax": (
        '<pre lang="php"><?php if ($a < 1) echo "<b>"; ?></pre>',
        '```php\n<?php if ($a < 1) echo "<b>"; ?>\n```',
    ),
    "code in several lines": ("<code>a\n  b</code>", "```\na\n  b\n```"),
    "code pasted from a page": ("<pre><div>a</div><div><span>b</span></div></pre>", "```\na\nb\n```"),
    "footnotes": (
        "A[ref]Note <b>1</b>[/ref] and B [footnote]2[/footnote].",
        "A[^1] and B[^2].\n\n[^1]: Note **1**\n\n[^2]: 2",
    ),
    "more": ("a <!--more--> b\n\n<!--nextpage-->\n\nc", "a\n\nb\n\nc"),
    "Divi": (
        '[et_pb_section][et_pb_text admin_label="x"]Words[/et_pb_text][et_pb_button button_url="/go" button_text="Go"]'
        "[/et_pb_section]",
        "Words\n\n[Go](/go)",
    ),
    "WPBakery": (
        '[vc_row][vc_column width="1/2"][vc_custom_heading text="Hello"][vc_column_text]\nWords\n[/vc_column_text]'
        "[/vc_column][/vc_row]",
        "## Hello\n\nWords",
    ),
    "columns": ("[one_half]Left[/one_half][one_half_last]Right[/one_half_last]", "Left\n\nRight"),
    "an unknown one": ('[contact-form-7 id="3" title="x"]', '[contact-form-7 id="3" title="x"]'),
    "one that is shown": ("Write [[gallery]].", "Write [[gallery]]."),
    "no shortcode": ("As he said [sic], see [1].", "As he said [sic], see [1]."),
}


@pytest.mark.parametrize(("old", "new"), SHORTCODES.values(), ids=SHORTCODES.keys())
def test_each_shortcode_becomes_what_somebody_would_have_typed(old: str, new: str) -> None:
    assert converted(old).markdown.removesuffix("\n") == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Look!<a href='https://x.example/'>here</a>", "Look\\![here](https://x.example/)"),
        ("[a](b) and [c][d]", r"[a\](b) and [c\][d]"),
        ("[x]: y", r"\[x]: y"),
        (r"C:\Windows and \*", r"C:\Windows and \\\*"),
        ("2 * 3 and a_b and _c_", r"2 * 3 and a_b and \_c\_"),
        ("a<br /><br />b", "a\n\nb"),
        ("<b>a</b><span><b>b</b></span> <b> </b>", "**ab**"),
        ("<h2><b>Title</b></h2><h2> </h2>", "## Title"),
        ("<ul><li><h4><b>In</b> a list</h4></li></ul>", "- **In a list**"),
        ("<ol><p>a</p><p>b</p></ol>", "a\n\nb"),
        ("<ul><li>a</li>\n<p>b</p><ul><li>c</li></ul></ul>", "- a\n\n    b\n\n    - c"),
        (
            "<a href='https://shop.example/x'><img src='/u/p.png'></a>",
            "[![shop.example](media/p.png)](https://shop.example/x)",
        ),
        ("<img src='/u/p.png' alt='IMG_0815.JPG'>", "![](media/p.png){.decorative}"),
        ("<img src='/u/p.png' alt='dsc20190813_11-52'>", "![](media/p.png){.decorative}"),
        ("<q>a</q> <cite>b</cite> <small>c</small> <acronym>D</acronym>", "“a” *b* c D"),
        ("<table><tr><td>Alone</td></tr></table>", "<table>\n<tbody>\n<tr>\n<td>Alone</td>\n</tr>\n</tbody>\n</table>"),
        ("Use <?php the_title(); ?> there", "Use `<?php the_title(); ?>` there"),
        ("<script src='https://gist.github.com/ada/12.js?file=x'></script>", "<https://gist.github.com/ada/12>"),
        (
            "<dl class='gallery-item'><dt><img src='/u/a.png' alt='A'></dt><dd class='gallery-caption'>C</dd></dl>",
            '![A](media/a.png "C")',
        ),
        (
            "<div class='tiled-gallery'><div><a href='https://shop.example/'><img src='/u/p.png' alt='A'></a></div>"
            "<figure><img src='/u/q.png' alt='B'><figcaption>C (d)</figcaption></figure><p>All</p></div>",
            '[![A](media/p.png)](https://shop.example/)\n![B](media/q.png "C (d)")\n\nAll',
        ),
        (
            "<img src='/u/p.png' alt='A'>Words <img src='/u/p.png' alt='B'>.",
            "![A](media/p.png) Words ![B](media/p.png).",
        ),
        ("<a href='/x'><img src='/u/p.png' alt='A'></a>Words", "[![A](media/p.png)](/x) Words"),
        ("\ufffcWords\n\n\ufffc", "Words"),
        (
            "<table><tr><td rowspan=2><div>Long Street 7</div><div>Old Town</div></td></tr></table>",
            "<table>\n<tbody>\n<tr>\n<td><p>Long Street 7</p>\n<p>Old Town</p></td>\n</tr>\n</tbody>\n</table>",
        ),
        (
            "<iframe src='//www.youtube.com/embed/aB3_-aB3_-x?rel=0'></iframe>",
            "[youtube.com](https://www.youtube.com/watch?v=aB3_-aB3_-x)",
        ),
        ("<iframe src='https://maps.example/view?x=1'></iframe>", "[maps.example](https://maps.example/view?x=1)"),
        ("<img src='/u/p.png' alt='A'> <img src='/u/q.png'>", "![A](media/p.png)\n![](media/q.png){.decorative}"),
    ],
)
def test_classic_html_becomes_tidy_markdown(old: str, new: str) -> None:
    assert converted(old).markdown.removesuffix("\n") == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\u00a0b&nbsp;c", "a b c"),
        ("« a\u00a0» 5\u00a0km\u00a0!", "« a\u00a0» 5\u00a0km\u00a0!"),
        ("a\u200b\ufeff\u00ad\x7fb", "ab"),
        ("a\u2028b", "a\nb"),
        ("it\u0092s itâ€™s cafÃ©", "it’s it’s café"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
        ("NÃO É", "NÃO É"),
    ],
)
def test_letters_are_those_that_were_meant(old: str, new: str) -> None:
    assert tidy(old.replace("&nbsp;", "\u00a0")) == new


def test_a_title_is_one_line() -> None:
    assert one_line(" A\u2028title\u00a0of\tyears ") == "A title of years"


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ("[gallery]", "the gallery of which the export names no picture, left out"),
        ("[playlist ids='1']", "the shortcode [playlist], which names no file, left out"),
        ("[vc_row]x[/vc_row]", "the layout of [vc_row] and the like; the words in it are kept"),
        ("[crayon-x lang='php']", "the shortcode [crayon-x], kept as it was typed"),
    ],
)
def test_what_could_not_be_kept_is_told(old: str, told: str) -> None:
    assert told in [one.what for one in converted(old).findings]
