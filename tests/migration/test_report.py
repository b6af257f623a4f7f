"""The report for people: each sentence once, with its places, the most important first, in plain words."""

from pathlib import Path

from playwright.sync_api import Browser

from migrate import report
from migrate.model import Site
from migrate.outcomes import Entry, Ledger
from migrate.text.findings import Finding
from tests.migration.conftest import NOW


def ledger() -> Ledger:
    """Sixty texts with the same block, one of which is a draft as well."""
    found = Ledger()
    for number in range(60):
        entry = found.add(Entry("post", str(number), f"Title {number}", "changed"))
        entry.findings.append(Finding("block", "the block old/form was left out", number))
        if number == 40:
            entry.findings.append(Finding("draft", "this was public, and is a draft now: it has no text"))
        found.seal()
    found.add(Entry("nav_menu_item", "99", "Home", "skipped", ["a menu"]))
    found.add(Entry("wp_odd_thing", "100", "Odd", "skipped", ["odd"]))
    return found


def write(folder: Path, of: Ledger, *, dry: bool = False) -> str:
    return report.write(folder, of, Site("Old Notes"), NOW, dry=dry, dropped=0).read_text(encoding="utf-8")


def test_what_is_said_of_many_is_one_line_with_its_places_behind_the_more_important(tmp_path: Path) -> None:
    page = write(tmp_path, ledger())
    assert page.count("the block old/form was left out") == 1
    look = page.partition("What to look at")[2].partition("<h2>")[0]
    assert "<summary>60 times: the block old/form was left out</summary>" in look
    assert look.count("of the old text") == 59  # the first one has no line
    assert look.index("This was public") < look.index("60 times")
    assert "Title 40 <small>(post 40)</small>" in look


def test_an_entry_that_is_changed_again_is_not_told_of_twice(tmp_path: Path) -> None:
    found = ledger()
    found.seal(at_once=True)
    for entry in found.revising("post"):
        entry.findings = entry.findings[:1]
    assert [(one.number, one.what) for one in found.remarks(9)] == [(60, "the block old/form was left out")]


def test_kinds_have_names_that_people_know(tmp_path: Path) -> None:
    page = write(tmp_path, ledger())
    assert "Menu items" in page
    assert "Items of the kind wp odd thing" in page
    assert "nav_menu_item" not in page


def test_many_sentences_are_cut_and_it_is_said_where_the_rest_is(tmp_path: Path) -> None:
    found = Ledger()
    for number in range(report._LOOK + 3):
        entry = found.add(Entry("post", str(number), f"Title {number}", "imported"))
        entry.findings = [Finding("missing-file", f"the picture {number}.png is missing"), Finding("block", "a block")]
    page = write(tmp_path, found)
    assert "4 more are in report.json" in page


def test_a_rehearsal_leaves_the_report_of_the_run_before_it(tmp_path: Path) -> None:
    told = write(tmp_path, ledger())
    assert "This was a rehearsal" in write(tmp_path, Ledger(), dry=True)
    folder = tmp_path / report.FOLDER
    assert (folder / "report.html").read_text(encoding="utf-8") == told
    assert {path.name for path in folder.iterdir()} == {
        "report.html",
        "report.json",
        "rehearsal.html",
        "rehearsal.json",
    }


def test_the_numbers_fit_a_phone(tmp_path: Path, chromium: Browser) -> None:
    write(tmp_path, ledger())
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto((tmp_path / "migration" / "report.html").as_uri())
    box = page.locator("[aria-labelledby=counts]")

    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
