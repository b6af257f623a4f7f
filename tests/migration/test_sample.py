"""A whole article as WordPress exports it, and the file an editor finds afterwards."""

from pathlib import Path

from tests.migration.conftest import Desk, Export, comment, post

SAMPLE = Path(__file__).parent / "sample"

NOTES = '[{"id": "n1", "content": "With <em>forty<\\/em> volunteers."}]'


def test_an_article_reads_as_though_somebody_had_typed_it(desk: Desk, export: Export, tmp_path: Path) -> None:
    uploads = tmp_path / "uploads" / "2019" / "05"
    uploads.mkdir(parents=True)
    for name in ("desk", "door"):
        (uploads / f"{name}.png").write_bytes((desk.content / "media/silence.png").read_bytes())
    pair = f"<wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[{NOTES}]]></wp:meta_value>"
    article, meta = (SAMPLE / "article.html").read_text(encoding="utf-8"), f"<wp:postmeta>{pair}</wp:postmeta>"
    replies = comment(7) + comment(8, "An answer.", parent="7") + comment(9, "To that.", parent="8")
    run = desk.migrate(export(post(1, article, more=meta + replies), post(2)), media=tmp_path / "uploads")
    assert desk.text("articles/2019/text-1.md") == (SAMPLE / "article.md").read_text(encoding="utf-8")
    assert desk.load().problems == ()
    assert run.ledger.entries[0].findings == []
