"""Comments in HTML that comments here cannot hold: no word is lost, and what is lost of the form is told."""

import re
from html import unescape

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import markup
from migrate.text.fitting import fit, lost, says_something
from tests.migration.conftest import Desk, Export, comment, post

AT = "https://old.example/2019/05/text-1/"


def letters(html: str) -> str:
    """What a reader sees, letter by letter: a line may break where a paragraph ended."""
    return "".join(re.findall(r"\w+", unescape(re.sub(r"<[^<>]*>", "", html))))


@pytest.mark.parametrize(
    ("written", "markdown", "told"),
    [
        ("<h2>On <em>forms</em></h2>Words", "**On *forms***\n\nWords", "its heading became a bold line"),
        (
            "<table><caption>Fees</caption><tr><th>Who</th><th>Fee</th></tr><tr><td>Ada</td><td><p>5</p></td></tr></table>",
            "**Fees**\n\n**Who** | **Fee**  \nAda | 5",
            "its table became lines of text",
        ),
        (
            "<dl><dt>Term</dt><dd>What it means</dd><dt>Other</dt><dd><p>One</p><p>Two</p></dd></dl>",
            "**Term**  \nWhat it means\n\n**Other**\n\nOne\n\nTwo",
            "its list of terms became bold lines with what they mean below",
        ),
        (
            '<img src="https://x.example/a.png" alt="A tree">',
            "[A tree](https://x.example/a.png)",
            "its picture became a link",
        ),
        (
            '<img src="a%20b.png">',
            "[a b.png](https://old.example/2019/05/text-1/a%20b.png)",
            "its picture became a link",
        ),
        (
            '<img src="data:image/png;base64,AAAA" alt="A tree">',
            "A tree",
            "its picture had no address on the web, so only its words are left",
        ),
        (
            '<a href="https://x.example/page"><img src="/p/tree.png" alt="A tree"></a>',
            "[A tree](https://x.example/page) ([tree.png](https://old.example/p/tree.png))",
            "its picture became a link",
        ),
        (
            '<a href="/p/tree.png"><img src="/p/tree-300x200.png" alt="A tree"></a>',
            "[A tree](https://old.example/p/tree.png)",
            "its picture became a link",
        ),
        (
            '<iframe src="//video.example/7" title="A film">none</iframe>',
            "[A film](https://video.example/7)",
            "what it embedded became a link",
        ),
        (
            '<object><param value="http://www.youtube.com/v/aB3_-aB3_-x&amp;hl=fr"><embed src="x"></object>',
            "<https://www.youtube.com/watch?v=aB3_-aB3_-x>",
            "what it embedded became a link",
        ),
        (
            '<a href="https://x.example/p/" title="A tree"><img src="https://x.example/p/1.png" alt="A tree"></a>',
            "[A tree](https://x.example/p/) ([1.png](https://x.example/p/1.png))",
            "its picture became a link",
        ),
        (
            '<video><source src="https://x.example/f.mp4">No player here.</video>',
            "<https://x.example/f.mp4> No player here.",
            "what it embedded became a link",
        ),
        ("<iframe></iframe>Words", "Words", "something it embedded had no address on the web and was left out"),
        ("x<sup>2</sup>", "x2", "a raised or lowered letter stands like the others"),
        (
            '<abbr title="World Health Organization">WHO</abbr>',
            "WHO (World Health Organization)",
            "what stood behind an abbreviation stands in brackets now",
        ),
        ('<a href="javascript:x">Words</a>', "Words", "a link that led nowhere became words"),
        (
            '<a href="https://x.example" title="A hint">Words</a>',
            "[Words](https://x.example)",
            "the words that showed when one pointed at a link were left out",
        ),
        (
            "<details><summary>More</summary>Words</details>",
            "**More**\n\nWords",
            "what could be folded away stands open",
        ),
        ("Words<script>x()</script>", "Words", "a script in it was left out"),
        ("Words<style>p{}</style>", "Words", "a style sheet in it was left out"),
        (
            "<form><label>Name <input></label><select><option>One</option></select></form>",
            "Name One",
            "a form in it was left out; its words are kept",
        ),
        ("<svg><text>Words</text></svg>", "Words", "a drawing in it was left out; its words are kept"),
        ("A List<String> of them", "A List of them", "words in it that no browser showed were left out"),
        ("Mail Jean <jean-luc@x.example> then", "Mail Jean then", "words in it that no browser showed were left out"),
        ("Words<noscript>Others</noscript>", "Words", "words in it that no browser showed were left out"),
        ('<pre>see <a href="https://x.example">this</a></pre>', "```\nsee this\n```", "a link in code became words"),
    ],
)
def test_what_a_comment_cannot_hold_becomes_words_and_is_told(written: str, markdown: str, told: str) -> None:
    fitted = fit(written, AT)
    assert fitted.markdown == markdown
    assert fitted.lost == (told,) == lost(written, AT)
    assert letters(markup.sanitise(fitted.html)) == letters(markup.render(fitted.markdown))


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("One\ntwo\n\nthree", "One  \ntwo\n\nthree"),
        ("<b>bold</b> <del>gone</del> ~~typed~~ <u>line</u>", r"**bold** ~~gone~~ \~\~typed\~\~ line"),
        ("<kbd>Ctrl</kbd> <q>said</q> <cite>Who</cite>", "`Ctrl` “said” *Who*"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ("<blockquote>one\ntwo</blockquote>three", "> one  \n> two\n\nthree"),
        ("a<hr>b", "a\n\n\\* * \\*\n\nb"),
        (
            "See https://x.example/a_(b), or not",
            r"See [https://x.example/a\_(b)](https://x.example/a_%28b%29), or not",
        ),
        ('<img class="wp-smiley" src="/smile.gif" alt=":-)"> <img src="/hand.png" alt="👍">', ":-) 👍"),
        ("if a < b and b > c, <?php echo 1; ?>", "if a < b and b > c, &lt;?php echo 1; ?>"),
        ("<a name='x'>Words</a>", "Words"),
        ("See <https://x.example/y> there", "See <<https://x.example/y>> there"),
    ],
)
def test_what_a_comment_can_hold_is_kept_and_nothing_is_told(written: str, markdown: str) -> None:
    assert fit(written, AT).markdown == markdown
    assert lost(written, AT) == ()


def test_several_losses_are_told_in_the_plural_each_kind_once() -> None:
    fitted = fit("<h1>A</h1><h2>B</h2><img src='https://x.example/1.png'><img src='https://x.example/2.png'>")
    assert fitted.lost == ("its headings became bold lines", "its pictures became links")


TAGS = """
a abbr b blockquote br code dd del details div dl dt em figure figcaption form h2 hr i img iframe kbd li mark math mi ol
option p pre q s script section select small span strong style sub summary sup svg table tbody td th tr u ul video
"""
attributes = st.sampled_from(
    ["", ' href="https://x.example/y"', ' href="javascript:x"', ' src="https://x.example/p.png"', ' src="x" alt="Fern"']
)
pieces = st.one_of(
    st.sampled_from(
        ["Wort ", "été\n\n", "a_b*c ", "~~ ", "# ", "- ", "1. ", "&lt;i&gt;", "a < b ", "x\n", "> ", "[l](m) "]
    ),
    st.builds("<{}{}>".format, st.sampled_from(TAGS.split()), attributes),
    st.builds("</{}>".format, st.sampled_from(TAGS.split())),
)


@given(st.lists(pieces, max_size=25))
@settings(max_examples=150, deadline=None)
def test_every_word_that_was_seen_is_there_in_order_and_what_is_missing_is_told(parts: list[str]) -> None:
    written = "".join(parts)
    fitted = fit(written)
    seen = iter(letters(markup.sanitise(fitted.html)))
    # A browser's reading, without what it never shows.
    plain = re.sub(r"<iframe[^<>]*>(?:[^<]*</iframe>)?|</?(?:svg|math|mi|iframe)[^<>]*>", "", written)
    shown = nh3.clean(plain, tags=set())
    assert fitted.lost == lost(written) or not fitted.lost
    if not says_something(written):
        assert not letters(shown) or fitted.lost
    missing = [letter for letter in letters(shown) if letter not in seen]
    assert not missing or "words in it that no browser showed were left out" in fitted.lost
    assert letters(markup.sanitise(fitted.html)) == letters(markup.render(fitted.markdown))


@pytest.mark.parametrize("approved", ["1", "0", "spam", "trash"])
@pytest.mark.parametrize("dry", [True, False])
def test_a_comment_that_lost_something_is_told_as_changed_whatever_its_state(
    desk: Desk, export: Export, approved: str, dry: bool
) -> None:
    written = '<h2>Head</h2><img src="/wp-content/uploads/a.png" alt="A tree">'
    run = desk.migrate(export(post(1, more=comment(1, written, approved=approved))), dry=dry)
    entry = next(run.ledger.of_kind("comment"))
    assert (entry.outcome, entry.why) == ("changed", ["its heading became a bold line", "its picture became a link"])
    if not dry:
        with desk.store() as ctx:
            kept = ctx.store.get_comment(1)
        assert '<a href="https://old.example/wp-content/uploads/a.png"' in kept.html
        assert kept.source == "**Head**\n\n[A tree](https://old.example/wp-content/uploads/a.png)"


def test_a_comment_of_which_nothing_can_be_shown_is_left_out_and_told(desk: Desk, export: Export) -> None:
    run = desk.migrate(export(post(1, more=comment(1, "<script>x()</script>"))))
    entry = next(run.ledger.of_kind("comment"))
    assert (entry.outcome, entry.why) == ("skipped", ["nothing of it can be shown"])
