"""Files that are damaged, in another encoding, packed, or no export at all."""

from pathlib import Path

import pytest

from migrate.problems import Unusable
from tests.migration.conftest import HEAD, NOW, Desk, Export, comment, post
from tests.migration.test_export import snapshot


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text[: len(text) // 2], "breaks off"),
        (lambda text: text.replace("<channel>", "<chan>"), "not well-formed"),
        (lambda text: text.replace("?>", '?><!DOCTYPE rss [<!ENTITY a "b">]>', 1), "document type"),
        (lambda text: text.replace("Words.", "]]>&nbsp;<![CDATA["), "entity"),
        (lambda text: "<html></html>", "begins with <html>"),
        (lambda text: '<disqus xmlns="http://disqus.com"><thread/></disqus>', "begins with <disqus>"),
        (lambda text: text.replace("Words.", "Words.\n" * 3_000_000), "20 million characters"),
        (lambda text: "", "breaks off"),
        (lambda text: text.replace("Words.", "<a>" * 3).replace("<![CDATA[<a><a><a>]]>", "<a>" * 60), "deep"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence_and_leaves_no_trace(
    desk: Desk, export: Export, damage: object, words: str
) -> None:
    path = export(post(1))
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]  # one of the above
    before = snapshot(desk.folder)
    with pytest.raises(Unusable, match=words) as told:
        desk.migrate(path)
    assert "export.xml" in str(told.value)
    assert snapshot(desk.folder) == before


def test_other_encodings_are_read_and_wrong_ones_are_named(desk: Desk, export: Export) -> None:
    path = export(post(1, "Café"))
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("UTF-8", "windows-1252", 1).encode("windows-1252"))
    desk.migrate(path)
    assert "Café" in desk.text("articles/2019/text-1.md")
    path.write_bytes(text.encode("windows-1252"))
    with pytest.raises(Unusable, match="do not fit the encoding"):
        desk.migrate(path)


def test_control_characters_are_left_out_and_counted(desk: Desk, export: Export) -> None:
    run = desk.migrate(export(post(1, "a\x08b\x0bc")))
    assert run.dropped == 2
    assert desk.text("articles/2019/text-1.md").endswith("abc\n")


def test_a_packed_file_is_named_as_such(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "export.xml.gz"
    path.write_bytes(b"\x1f\x8b\x08rest")
    with pytest.raises(Unusable, match="packed"):
        desk.migrate(path)


def test_without_a_version_and_without_dates_it_comes_over_all_the_same(desk: Desk, export: Export) -> None:
    head = HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", "")
    none = "0000-00-00 00:00:00"
    desk.migrate(export(post(1, wp__post_date=none, wp__post_date_gmt=none, more=comment(1, date_gmt=none)), head=head))
    assert desk.load().problems == ()
    with desk.store() as ctx:
        assert ctx.store.get_comment(1).created <= NOW


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + "</channel></rss>", "holds no item"),
        ("<rss><channel><title>x</title><item><title>y</title></item></channel></rss>", "this is a feed"),
    ],
)
def test_what_is_no_export_is_said(desk: Desk, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable, match=words):
        desk.migrate(path)
