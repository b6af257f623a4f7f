"""Comments as a table: no cell is a formula, and what comes back is what went out."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.own.cells import COLUMNS, guarded, unguarded
from migrate.problems import Unusable
from tests.export.conftest import ADDRESSES, ARTICLE, House

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_table_has_a_row_for_each_comment_and_begins_so_that_spreadsheets_know_it(full: House) -> None:
    path = full.write("csv", "out.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    found = rows(path)
    assert found[0] == list(COLUMNS)
    assert sorted(int(row[0]) for row in found[1:]) == [1, 2, 3, 4, 6, 8, 900]
    assert full.export.left == {"erased comments, of which nothing is left but their place": 1}
    assert path.stat().st_mode & 0o777 == 0o600


@given(st.text())
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(text: str) -> None:
    cell = guarded(text)
    assert not cell.lstrip(" ").startswith(FORMULAS)
    assert unguarded(cell) == text


def test_the_second_round_is_the_same_to_the_byte(full: House, houses: Callable[..., House]) -> None:
    first = full.write("csv", "first.csv")
    there, further = houses(texts=False), houses(texts=False)
    there.bring(first)
    second = there.write("csv", "second.csv")
    further.bring(second)
    assert further.write("csv", "third.csv").read_bytes() == second.read_bytes()
    assert sorted(row[:7] for row in rows(first) if row[0] != "8") == sorted(
        row[:7]
        for row in rows(second)
        if row[0] != "8"  # its parent was erased
    )


def test_a_second_import_and_one_into_the_store_it_came_from_add_nothing(
    full: House, houses: Callable[..., House]
) -> None:
    first = full.write("csv", "first.csv")
    there = houses(texts=False)
    there.bring(first)
    for house in (full, there):
        told = house.bring(first)
        assert {entry.outcome for entry in told.ledger.entries} == {"kept"}
        with house.store() as ctx:
            assert ctx.store.count_comments(thread=ARTICLE) == 7 - (house is there)


def test_a_table_that_a_spreadsheet_sorted_and_saved_with_semicolons_is_read_all_the_same(
    full: House, houses: Callable[..., House]
) -> None:
    found = rows(full.write("csv", "first.csv"))
    there = houses(texts=False)
    path = there.folder / "sorted.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([found[0], *sorted(found[1:], key=lambda row: row[4])])
    told = there.bring(path)
    assert len(told.ledger.entries) == 7
    with there.store() as ctx:
        assert ctx.store.count_comments() == 7


def test_addresses_are_a_column_when_asked_for_and_go_into_the_vault(full: House, houses: Callable[..., House]) -> None:
    path = full.write("csv", "first.csv", addresses=True)
    assert [row[-1] for row in rows(path)[1:3]] == list(ADDRESSES[:2])
    there = houses(texts=False)
    there.bring(path)
    with there.store() as ctx:
        assert ctx.store.list_people_by_lookup(ctx.vault.lookup(ADDRESSES[1]))
    assert there.write("csv", "second.csv", addresses=True).read_bytes().count(b"secret.example") == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace('"published"', '"loud"', 1), "line 2: the state is not one of"),
        (lambda text: text.replace('"https://ada.example/"', '"javascript:x"'), "the website is not"),
        (lambda text: text.replace('"","published"', '"x","published"', 1), "no number"),
        (lambda text: text + '"1","2"\r\n', "has 2 cells"),
        (lambda text: text.replace("+00:00", "", 1), "the written is not a moment"),
        (lambda text: text + '"1', "no table"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_nothing_is_brought_in(
    full: House, houses: Callable[..., House], change: Callable[[str], str], words: str
) -> None:
    path = full.write("csv", "first.csv")
    bad = full.folder / "bad.csv"
    bad.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    there = houses(texts=False)
    with pytest.raises(Unusable, match=words) as told:
        there.bring(bad)
    assert "bad.csv" in str(told.value)
    with there.store() as ctx:
        assert ctx.store.count_comments() == 0
