"""The record: narrowed down, as a file, and without an address. ASVS 1.2.10, 5.4.1, 16.2.5, 16.3.1; "audit gaps"."""

import csv
import io
import json

import pytest

from comments.actions import own_data, record_export
from comments.web.desk import words
from tests.service.desk.desk import Desk, signed_in, stranger
from tests.service.web.house import OPEN, House


@pytest.fixture
def acted(house: House, desk: Desk) -> Desk:
    house.waiting(email="ada@example.org")
    desk.get("/desk/").press("Publish", within="#c-1")
    house.clock.move(days=2)
    with house.ctx.store.write():
        house.ctx.store.add_audit(house.clock(), "=cmd|' /C calc'!A1", "edit", detail={"reason": "+1"})
    return desk


def rows_of(desk: Desk, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(desk.get(path).text)))


def test_it_is_narrowed_by_who_what_which_and_when(house: House, acted: Desk) -> None:
    reader = reentered(house)
    for query, count in (
        ("who=commenter", 1),
        ("who=Marta&what=approve", 1),
        ("comment=1", 2),
        (f"article={OPEN}", 2),
        ("since=2026-01-01&until=2026-01-02", 0),
        ("what=nothing+like+it", 0),
        ("since=nonsense&comment=x&who=commenter", 1),
    ):
        body = rows_of(reader, f"/desk/record/csv?{query}")[1:]
        assert len(body) == count, query


def reentered(house: House) -> Desk:
    """Somebody who signed in after the days that passed."""
    return signed_in(house, "Reader", "moderator")


def test_a_table_holds_no_formula_and_a_line_of_json_each_row(house: House, acted: Desk) -> None:
    desk = reentered(house)

    table = rows_of(desk, "/desk/record/csv")
    assert desk.answer is not None
    assert desk.answer.headers["Content-Disposition"] == 'attachment; filename="practice-notes-record.csv"'
    assert desk.answer.mimetype == "text/csv"
    assert table[0] == list(record_export.COLUMNS)
    assert any(row[2] == "'=cmd|' /C calc'!A1" for row in table)
    assert not [cell for row in table for cell in row if cell.startswith(record_export.FORMULA)]
    lines = [json.loads(line) for line in desk.get("/desk/record/jsonl").text.splitlines()]
    assert len(lines) == len(table) - 1
    assert {line["who"] for line in lines} >= {"Marta", "commenter", "=cmd|' /C calc'!A1"}
    assert "example.org" not in str(table) + str(lines)


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\tx", "\r=1", "\0=1", "  =1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(start: str) -> None:
    assert record_export.cell(start) == f"'{start}"
    assert record_export.cell("a-b") == "a-b"


def test_whoever_was_turned_away_is_in_the_record_without_what_they_typed(house: House, desk: Desk) -> None:
    for name in ("Marta", "my password in the wrong field"):
        stranger(house).get("/desk/sign-in").press("Sign in", name=name, password="wrong and wrong again")

    rows = house.ctx.store.list_audit(limit=2)
    assert [row.action for row in rows] == ["refuse sign-in"] * 2
    assert [row.detail for row in rows] == [{}, {"account": "Marta"}]
    assert "my password" not in desk.get("/desk/record/").text


def test_a_role_that_was_refused_is_in_the_record_and_looking_is_not(house: House) -> None:
    """Threat "audit gaps" (TOB-26-4), ASVS 16.3.2."""
    author = signed_in(house, "Ada Author", "author", author="ada")
    author.get("/desk/settings/")
    token = author.page.css_first('[name="csrf_token"]').attributes["value"]
    before = len(house.ctx.store.list_audit(limit=1000))

    assert author.get("/desk/people/").status == 403
    assert len(house.ctx.store.list_audit(limit=1000)) == before
    assert author.post("/desk/lists/", csrf_token=token).status == 403

    (row,) = house.ctx.store.list_audit(limit=1)
    assert (row.actor, row.action, row.detail["account"]) == ("service", "refuse act", "Ada Author")
    assert row.action in words.ACTS


def test_a_link_to_own_data_that_was_asked_for_is_in_the_record_without_whom(house: House) -> None:
    house.waiting(email="very.own@mailbox.example")
    before = len(house.ctx.store.list_audit(limit=1000))

    own_data.ask_link(house.ctx, "nobody@mailbox.example", "192.0.2.9")
    own_data.ask_link(house.ctx, "very.own@mailbox.example", "192.0.2.9")

    assert len(house.ctx.store.list_audit(limit=1000)) == before + 1
    (row,) = house.ctx.store.list_audit(limit=1)
    assert (row.actor, row.action, row.detail, row.comment) == ("service", "ask for own data", {}, None)


def test_every_act_in_the_record_has_words(house: House, acted: Desk) -> None:
    known = {row.action for row in house.ctx.store.list_audit(limit=1000)}

    assert known <= set(words.ACTS)
