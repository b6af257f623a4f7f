"""Whatever somebody wrote survives every format, and the next round does not change it any more."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments import markup
from comments.model import NewComment
from migrate.out.comment import as_typed
from migrate.text.paragraphs import with_paragraphs
from tests.export.conftest import ARTICLE, NOW, House

NASTY = (
    "]]> and <![CDATA[ x ]]>",
    '=HYPERLINK("http://x.example")',
    "'=1+1",
    "+1 and -1",
    "-- @SUM(A1)",
    "one\r\ntwo\rthree",
    "a lone \" quote and a lone ' one",
    "🪴 𝒳 \U0010ffff",
    "\u202eright to left\u202c \u200fmark شلون",
    "control \x00\x08\x0b\x1b\x7f\x85 signs",
    "&amp;lt; &#0; &nbsp; &unknown;",
    "[gallery ids=1] [caption]x[/caption]",
    "<!-- wp:paragraph --><p>x</p><!--thread:x--><!--/thread:x-->",
    "```\ncode\n\n  more ]]>\n```",
    "- a\n- b\n\n  c\n\n> q\n>\n> r",
    "line  \nbreak\n\n\n\nfar away",
    "\ue0000\ue001",
    '{"row": "end"}\n{"row": "end"}',
    "\u2028\u2029",
    ';,\t""\n"',
)
LONG = "x" * 64_000
TEXT = st.one_of(
    st.text(min_size=1, max_size=60), st.sampled_from(NASTY), st.text("<>]![CDATA&;='\"\n- >*`", max_size=40)
)


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], House]:
    """New installations without texts, cheap to make: nothing but a store."""

    def build() -> House:
        folder = tmp_path_factory.mktemp("house")
        (folder / "content").mkdir()
        return House(folder)

    return build


def wrote(house: House, texts: list[tuple[str, str]]) -> None:
    with house.store() as ctx:
        for name, text in texts:
            source = markup.normalise(text)
            first = NewComment(
                ARTICLE, markup.line(name)[:245], source, markup.render(source), markup.VERSION, "approved", NOW
            )
            ctx.store.add_comment(first)


def read(house: House) -> list[tuple[int, str, str, str]]:
    with house.store() as ctx:
        return sorted((one.id, one.name, one.source, one.html) for one in ctx.store.iterate_comments())


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_texts_survive_lines_and_tables(at_work: Callable[[], House], texts: list[tuple[str, str]]) -> None:
    survive(at_work, texts)


def test_hostile_texts_survive_lines_and_tables(at_work: Callable[[], House]) -> None:
    survive(at_work, [(text, text) for text in (*NASTY, LONG)])


def survive(at_work: Callable[[], House], texts: list[tuple[str, str]]) -> None:
    here = at_work()
    wrote(here, texts)
    before = read(here)
    for kind in ("jsonl", "csv"):
        there = at_work()
        path = here.write(kind, f"first.{kind}")
        there.bring(path)
        after = read(there)
        if kind == "jsonl":
            assert after == before
            assert there.write(kind, "second.jsonl").read_bytes() == path.read_bytes()
        else:
            assert after == [(number, name or "Anonymous", *rest) for number, name, *rest in before if rest[0]]


@given(TEXT)
def test_a_comment_is_the_same_after_each_round_through_wordpress(text: str) -> None:
    first = as_typed(markup.render(text))
    second = as_typed(markup.sanitise(with_paragraphs(first)))
    assert as_typed(markup.sanitise(with_paragraphs(second))) == second
    if "\ue000" not in text and "\ue001" not in text:
        assert markup.plain(markup.render(text)).split() == markup.plain(with_paragraphs(first)).split()


@pytest.mark.parametrize("kind", ["wordpress", "disqus"])
def test_hostile_texts_survive_files_for_others(kind: str, houses: Callable[..., House]) -> None:
    here, there, further = houses(small=True), houses(small=True), houses(small=True)
    wrote(here, [(f"n{text[:100]}", text) for text in (*NASTY, LONG)])
    first = here.write(kind, "first.xml")
    for house in (there, further):
        take_out_texts(house, kind)
    there.bring(first, media=here.content / "media")
    second = there.write(kind, "second.xml")
    further.bring(second, media=there.content / "media")
    assert further.write(kind, "third.xml").read_bytes() == second.read_bytes()

    kept = [one for one in read(here) if one[2]]
    assert [one[1] for one in read(there)] == [one[1] for one in kept]
    for before, after in zip(kept, read(there), strict=True):
        if "\ue000" not in before[2]:
            assert markup.plain(after[3]).split() == markup.plain(before[3]).split()


def take_out_texts(house: House, kind: str) -> None:
    if kind == "wordpress":
        for path in sorted(house.content.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def test_a_broken_writer_leaves_no_file_and_what_was_there_stays(tmp_path: Path) -> None:
    from migrate.out.file import write

    def pieces() -> object:
        yield "half"
        raise OSError("disk")

    path = tmp_path / "out.jsonl"
    path.write_text("before")
    with pytest.raises(OSError, match="disk"):
        write(path, pieces(), replace=True)  # type: ignore[arg-type]  # it never gets so far
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_text() == "before"


def test_what_was_erased_has_no_words_in_any_format(full: House) -> None:
    with full.store() as ctx:
        first = NewComment(ARTICLE, "Zelda", "Zebra words.", "<p>Zebra words.</p>", 2, "approved", NOW)
        number = ctx.store.add_comment(first)
        ctx.store.add_comment(replace(first, name="Answer", source="Quiet.", html="<p>Quiet.</p>", parent=number))
        ctx.store.set_text(number, "More zebra.", "<p>More zebra.</p>", 2, NOW)
        ctx.store.erase_comment(number, text=True, at=NOW)
    for kind in ("jsonl", "wordpress", "disqus", "csv"):
        told = full.write(kind, f"out.{kind}").read_text(encoding="utf-8").casefold()
        assert "zebra" not in told
        assert "zelda" not in told
