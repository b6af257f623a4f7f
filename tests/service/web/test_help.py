"""Somebody who may be in danger is shown the help lines: on the waiting page, in place, and in the preview."""

import pytest

from tests.service.web.house import OPEN, House, Visitor, page

CRY = "I want to kill myself."


@pytest.mark.parametrize(("text", "shown"), [(CRY, True), ("Our suicide prevention training helped.", False)])
def test_the_waiting_page_shows_them_to_whoever_needs_them(
    house: House, visitor: Visitor, text: str, shown: bool
) -> None:
    address = house.waiting(visitor, comment=text)

    found = page(visitor.get(address)).css_first("main [role=note]")

    assert (found is not None) == shown
    if shown:
        assert "You need not carry this alone." in found.text()
        assert found.css_first("b").text() == "9-8-8"


def test_the_answer_to_the_script_carries_them_in_place(house: House, visitor: Visitor) -> None:
    answer = visitor.post(f"/comments/{OPEN}", data=house.form(comment=CRY), headers=house_headers())

    assert answer.status_code == 201
    assert "9-8-8" in answer.get_json()["html"]


def test_the_preview_shows_them_before_anything_is_sent(house: House, visitor: Visitor) -> None:
    fields = house.form(comment=CRY, token="")

    shown = visitor.post(f"/comments/{OPEN}", data=fields)
    told = visitor.post(f"/comments/{OPEN}", data=fields, headers=house_headers())

    assert page(shown).css_first("[role=note] b").text() == "9-8-8"
    assert told.get_json()["preview"]["help"] == {"title": "Help lines", "html": "<p>Call <b>9-8-8</b>.</p>"}
    assert house.ctx.store.count_comments() == 0


def house_headers() -> dict[str, str]:
    return {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Origin": "https://notes.example.org"}
