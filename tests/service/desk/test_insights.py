"""The page of figures: each plot with its table, counted from what happened."""

from dataclasses import replace
from datetime import timedelta

from comments.actions import moderate
from comments.model import Decision, NewComment, Reason
from comments.web.desk.figures import share_of, span, waits
from tests.service.desk.desk import Desk, signed_in
from tests.service.web.house import FRENCH, OPEN, START, House

FIRST = Reason("first", "First comment from this person.")


def cells(desk: Desk, key: str) -> list[list[str]]:
    found = desk.page.css(f"section[aria-labelledby={key}] tbody tr")
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in found]


def fill(house: House) -> None:
    """Ten wait one to ten hours and are published, one goes to spam, two come through without waiting."""
    new = NewComment(OPEN, "Ann", "A kettle.", "<p>A kettle.</p>", 1, "pending", START, reasons=(FIRST,))
    for hours in range(1, 11):
        number = house.ctx.store.add_comment(replace(new, created=house.clock()))
        house.clock.move(hours=hours)
        moderate.approve(house.ctx, "command line", number)
    moderate.spam(house.ctx, "command line", house.ctx.store.add_comment(replace(new, created=house.clock())))
    for _ in range(2):
        house.ctx.store.add_comment(replace(new, thread=FRENCH, state="approved", reasons=(), created=house.clock()))


def test_what_came_how_long_it_waited_why_and_where(house: House) -> None:
    fill(house)

    desk = signed_in(house).get("/desk/insights/")

    assert desk.words("#comments") == "13 comments in 26 weeks, 12 published"
    assert desk.words("#waits") == "Half were published within 6 hours, nine of ten within 10 hours"
    assert cells(desk, "waits")[-2:] == [["9 March 2026", "8", "5"], ["16 March 2026", "10", "10"]]
    assert desk.words("#causes") == "85 % of all comments were held or filed by a check"
    assert cells(desk, "causes") == [["First comment", "11"]]
    assert desk.words("#busiest") == "Most was said under “The ten minutes”"
    assert cells(desk, "busiest") == [["The ten minutes", "11"], ["Dix minutes", "2"]]
    for plot in desk.page.css("svg"):
        assert plot.attributes["role"] == "img"
        assert plot.css_first("title") is not None
    assert len(desk.page.css("svg")) == len(desk.page.css("table")) == 4


def test_an_empty_desk_has_an_empty_page(desk: Desk) -> None:
    desk.get("/desk/insights/")

    assert desk.status == 200
    assert not desk.has("svg")
    assert "Nothing was published after waiting" in desk.text
    assert "Nothing was said" in desk.text


def test_waits_are_told_as_people_would() -> None:
    told = [span(timedelta(minutes=minutes)) for minutes in (0, 1, 40, 119, 180, 71 * 60, 72 * 60, 10_000)]

    assert told == [
        "1 minute", "1 minute", "40 minutes", "119 minutes", "3 hours", "71 hours", "3 days", "7 days",
    ]  # fmt: skip


def test_half_and_nine_of_ten_are_taken_from_those_that_were_published() -> None:
    edges = [START, START + timedelta(days=7)]
    decisions = [Decision(START, timedelta(days=days), published=days < 20) for days in range(1, 30)]

    plot = waits(edges, decisions)

    assert plot.columns == ("Week from", "Nine of ten, days", "Half, days")
    assert (plot.bars[0].count, plot.bars[0].filled) == (18, 10)
    assert share_of([], 0.5) == timedelta()


def test_one_wait_is_told_once_when_half_and_nine_of_ten_are_the_same() -> None:
    plot = waits([START, START + timedelta(days=7)], [Decision(START, timedelta(minutes=1), True)] * 3)

    assert plot.heading == "Nine of ten were published within 1 minute"
