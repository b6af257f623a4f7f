"""A text that cannot come is named before everything else, on the terminal too, and the command says so by its end."""

from pathlib import Path

from migrate.outcomes import Entry, Ledger, lose
from migrate.text.findings import Finding
from tests.migration.command import Place
from tests.migration.conftest import Export, post

MISSING = '<img src="https://old.example/wp-content/uploads/none.png" alt="One" />'


def test_it_is_the_first_thing_to_look_at_and_the_command_does_not_end_as_if_all_were_well(
    tmp_path: Path, export: Export
) -> None:
    place = Place.make(tmp_path / "site")
    path = export(post(1, "<p>Words.</p>"), post(2, f"{MISSING}<p>{'long ' * 210_000}</p>"))

    done = place.run(path)

    first, second = place.report()["items"]
    assert (first["outcome"], second["outcome"], second["file"]) == ("imported", "skipped", "")
    assert [one["kind"] for one in second["findings"]] == ["lost"]
    assert done.returncode == 3
    assert "“Title of 2” (post 2): this text was left out: it is longer than a million bytes" in done.stderr
    assert "Split it" in done.stderr
    page = (place.var / "migration/report.html").read_text(encoding="utf-8")
    look = page.partition("What to look at")[2]
    assert look.index("This text was left out") < look.index("</li>")
    assert "none.png" not in page


def test_every_reason_of_an_item_is_counted() -> None:
    ledger = Ledger()
    for number in (1, 2):
        entry = ledger.add(Entry("post", str(number), "A", "imported"))
        entry.change("a script in it was left out")
        if number == 2:
            entry.change("its picture became a link")
    entry = ledger.add(Entry("post", "3", "B", "imported", findings=[Finding("block", "a block")]))
    lose(entry, "it is too long", "Split it.")

    assert ledger.reasons("changed") == [("a script in it was left out", 2), ("its picture became a link", 1)]
    assert ledger.reasons("skipped") == [("it is too long", 1)]
    assert [one.kind for one in ledger.remarks(9)] == ["lost"]
