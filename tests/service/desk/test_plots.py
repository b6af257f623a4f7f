"""The bars of the editors' page: weeks and months of the site's zone, lines at round figures, nothing outside."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comments.web.desk import plots
from comments.web.desk.plots import Bar, Plot

TORONTO = ZoneInfo("America/Toronto")


def plot(*counts: int) -> Plot:
    return Plot("x", "", "", "", "", ("", ""), tuple(Bar(str(count), "", count, count // 2) for count in counts))


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (1, [0, 1]), (4, [0, 1, 2, 3, 4]), (5, [0, 2, 4, 6]), (20, [0, 5, 10, 15, 20]), (21, [0, 10, 20, 30]),
        (999, [0, 500, 1000]), (100_000, [0, 50_000, 100_000]),
    ],
)  # fmt: skip
def test_lines_stand_at_round_figures(most: int, lines: list[int]) -> None:
    assert [line.figure for line in plot(0, most).lines] == lines


@pytest.mark.parametrize("counts", [(1,), (3, 0, 7), (0, 0, 1), tuple(range(26)), (10**9, 1)])
def test_every_bar_stays_inside_and_is_as_high_as_its_figure(counts: tuple[int, ...]) -> None:
    drawn = plot(*counts)

    for box in (*drawn.solid, *drawn.outlined):
        assert box.x >= plots.LEFT
        assert box.x + box.width <= plots.WIDTH
        assert box.y >= plots.TOP - 0.1
        assert box.y + box.height <= plots.BASE + 0.1
        assert box.height >= 0
    heights = [plots.BASE - min(box.y for box in drawn.outlined)] if drawn.outlined else []
    assert heights == [pytest.approx((plots.BASE - plots.TOP) * max(counts) / drawn.top, abs=0.1)] * len(heights)


def test_nothing_is_empty() -> None:
    assert plot(0, 0).empty
    assert not plot(0, 1).empty


def test_weeks_begin_on_monday_at_midnight_of_the_site_also_when_clocks_change() -> None:
    edges = plots.week_edges(datetime(2026, 3, 9, 3, 59, tzinfo=UTC), TORONTO)  # there, still Sunday

    assert len(edges) == plots.WEEKS + 1
    assert edges[-1] == datetime(2026, 3, 9, 4, tzinfo=UTC)  # after the hour was lost on Sunday
    assert edges[-2] == datetime(2026, 3, 2, 5, tzinfo=UTC)
    assert {(edge.weekday(), edge.hour) for edge in edges} == {(0, 0)}
    assert edges[-1].astimezone(UTC) - edges[-2].astimezone(UTC) == timedelta(days=7, hours=-1)


def test_months_reach_two_years_back_and_end_with_this_one() -> None:
    months = {"2024-01": 9, "2024-02": 1, "2026-01": 5, "2026-02": 7}

    drawn = plots.articles(months, datetime(2026, 2, 1, 4, 59, tzinfo=UTC), TORONTO)  # there, still January

    assert [bar.count for bar in drawn.bars] == [1, *[0] * 22, 5]
    assert (drawn.bars[0].iso, drawn.bars[-1].label) == ("2024-02", "January 2026")
    assert drawn.heading == "6 articles in 24 months"
    assert [words for _x, words in drawn.ticks] == ["Jul 2024", "Jan 2025", "Jul 2025", "Jan 2026"]
    assert drawn.description == ("Between 0 and 5, the most: January 2026. The table below has every figure.")


def test_published_comments_are_told_from_all() -> None:
    edges = plots.week_edges(datetime(2026, 3, 14, tzinfo=UTC), TORONTO)

    drawn = plots.comments(edges, [{}] * 25 + [{"approved": 2, "pending": 1, "spam": 3, "trash": 1}], 30)

    assert (drawn.bars[-1].count, drawn.bars[-1].filled) == (7, 2)
    assert drawn.heading == "7 comments in 26 weeks, 2 published"
    assert (len(drawn.solid), len(drawn.outlined)) == (1, 1)
