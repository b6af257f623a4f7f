"""What real exports hold and a publication cannot: nothing of it may stop the rest, or make a needless draft."""

from pathlib import Path

import pytest

from migrate.summaries import cut, summary
from publication.left_behind import instead_of
from tests.migration.conftest import Desk, Export, post


def status_of(desk: Desk, name: str) -> str:
    return next(line for line in desk.text(name).splitlines() if line.startswith("status: ")).removeprefix("status: ")


@pytest.mark.parametrize("slug", ["archive", "static", "media", "tags"])
def test_a_page_whose_address_belongs_to_the_site_stands_beside_it(desk: Desk, export: Export, slug: str) -> None:
    run = desk.migrate(export(post(1, kind="page", slug=slug, link=f"https://old.example/{slug}/")))
    assert desk.load().problems == ()
    assert f"slug: {slug}-2\n" in desk.text(f"pages/{slug}.md")
    assert run.ledger.entries[0].link == f"/{slug}-2/"


def test_a_draft_without_an_address_leaves_that_of_a_text_to_it(desk: Desk, export: Export) -> None:
    draft = post(1, kind="page", slug="team", link="https://old.example/?page_id=1", wp__status="draft")
    desk.migrate(export(draft, post(2, kind="page", slug="team", link="https://old.example/team/")))
    assert desk.load().problems == ()
    assert "slug: team-2\n" in desk.text("pages/team.md")
    assert "url: /team/\n" in desk.text("pages/team-2.md")


def test_signs_that_nobody_sees_stop_nothing(desk: Desk, export: Export) -> None:
    run = desk.migrate(
        export(post(1, "One\u2028two\x7f it\u0092s", title="A\u00a0title\u200b", excerpt__encoded="S\u00ad."))
    )
    assert desk.load().problems == ()
    text = desk.text("articles/2019/text-1.md")
    assert 'title: "A title"\nsummary: "S."\n' in text
    assert text.endswith("One  \ntwo it’s\n")
    assert run.ledger.entries[0].outcome == "imported"


def test_an_account_written_in_two_ways_is_one_author(desk: Desk, export: Export) -> None:
    items = (post(1, dc__creator="Bob"), post(2, dc__creator="bob"), post(3, dc__creator="BOB"))
    desk.migrate(export(*items))
    assert sorted(path.stem for path in (desk.content / "authors").glob("bob*.yml")) == ["bob"]
    assert desk.load().problems == ()


def test_a_picture_that_is_none_leaves_its_text_public(desk: Desk, export: Export, tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    media.mkdir()
    (media / "fake.png").write_bytes(b"no picture at all")
    run = desk.migrate(export(post(1, 'Words. <img src="/wp-content/uploads/fake.png">')), media=media)
    assert status_of(desk, "articles/2019/text-1.md") == "published"
    assert "Words. *Picture not brought over: fake.png.*" in desk.text("articles/2019/text-1.md")
    assert not [one for one in run.ledger.entries[0].findings if one.kind == "draft"]


@pytest.mark.parametrize(
    ("name", "caption", "told"),
    [
        ("A desk", "A desk", "*Picture not brought over: A desk.*"),
        ("A desk", "A desk by the window.", "*Picture not brought over: A desk by the window.*"),
        ("A desk by the window", "a desk", "*Picture not brought over: A desk by the window.*"),
        ("A desk", "By Ada", "*Picture not brought over: A desk.* By Ada"),
        ("A desk", "", "*Picture not brought over: A desk.*"),
    ],
)
def test_what_stands_for_a_picture_says_nothing_twice(name: str, caption: str, told: str) -> None:
    assert instead_of(name, caption) == told


def test_what_stands_for_a_picture_is_advice_where_it_stands(desk: Desk, export: Export, tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    media.mkdir()
    (media / "fake.png").write_bytes(b"no picture at all")
    shown = [
        f'[caption id="a"]<img src="/wp-content/uploads/{name}.png" alt="A desk"> My {name} desk[/caption]'
        for name in ("gone", "fake")
    ]
    desk.migrate(export(post(1, "\n\n".join(shown))), media=media)
    lines = desk.text("articles/2019/text-1.md").splitlines()
    told = ["*Picture not brought over: A desk.* My gone desk", "*Picture not brought over: A desk.* My fake desk"]
    assert [line for line in lines if line.startswith("*")] == told
    advice = [one for one in desk.load().advice if one.file.endswith("text-1.md")]
    assert [(one.rule, lines[one.line - 1]) for one in advice] == [("left-behind", line) for line in told]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ('See <a href="http://localhost:8080/x">my try</a>.', "See my try.\n"),
        ('See <a href="https://old.example/empty/">that</a>.', "See that.\n"),
        ("<table><tr><td colspan=2><h3>Head</h3></td></tr></table>", "<p><strong>Head</strong></p>"),
        ('Words <a href="https://x.example/"><img src="/wp-content/uploads/good.png"></a>', "![x.example]"),
        ("[field name='a'][field name='b'] and list[0][1]", "[field name='b'] and"),
        ("Words [^1] and regex [^a-z]*", "Words &#91;^1]"),
        ("<h3>First</h3><h2>Second</h2><h2></h2><h5>Third</h5>", "## First\n\n## Second\n\n### Third\n"),
    ],
)
def test_what_the_checker_dislikes_is_mended_and_the_text_is_public(
    desk: Desk, export: Export, tmp_path: Path, text: str, body: str
) -> None:
    media = tmp_path / "uploads"
    media.mkdir()
    (media / "good.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    empty = post(9, "", kind="page", slug="empty", link="https://old.example/empty/")
    desk.migrate(export(post(1, text), empty), media=media)
    assert desk.load().problems == ()
    assert status_of(desk, "articles/2019/text-1.md") == "published"
    assert body in desk.text("articles/2019/text-1.md")


def test_a_summary_is_made_of_sentences() -> None:
    body = "## Heading\n\n![A](media/a.png)\n\n```\ncode\n```\n\nFirst **words**[^1].\n\n| a |\n\nMore.\n\n[^1]: Note\n"
    assert summary("", body, "Title") == "First words. More."
    assert summary("<p>The <b>excerpt</b></p>", body, "Title") == "The excerpt"
    assert summary("", "![](media/a.png){.decorative}\n", "Title") == "Title"


@pytest.mark.parametrize(
    ("excerpt", "body", "told"),
    [
        ("<h2>Heading</h2><p>Text<br />and<br>more</p>", "", "Text and more"),
        ("Heading<br />Text", "", "Heading Text"),
        ("", "## Heading\n\nText\n\nMore of it.", "Text. More of it."),
        ("", "**Heading**\n\nText, and **more**", "Text, and more."),
        ("", "## Heading\n\n- one\n- two", "Heading. one two."),
        ("", '[archives type="monthly"]\n\nWords of it.', "Words of it."),
        ("", "Street: Long  \nTown: *Old*  \nand so  \n**Far**", "Street: Long, Town: Old and so, Far."),
        ("", "*Picture not brought over: A desk.* Words.", "Words."),
        ("", "*Picture not brought over: A desk.*", "Title"),
        ("", "See [the [old] list](id:list) first.", "See the [old] list first."),
    ],
)
def test_a_summary_leaves_headings_out_and_glues_no_words_together(excerpt: str, body: str, told: str) -> None:
    assert summary(excerpt, body, "Title") == told


def test_a_long_summary_ends_where_a_sentence_or_word_does() -> None:
    assert cut(f"{'word ' * 30}end. {'word ' * 60}") == f"{'word ' * 30}end."
    assert cut("word " * 90).endswith(" word…")
    assert len(cut("字" * 400)) == 300
