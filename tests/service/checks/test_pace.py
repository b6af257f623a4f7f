from datetime import UTC, datetime, timedelta

import pytest

from comments.checks import pace
from comments.errors import TooFast

NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("ago", "wait"), [(0, 15), (0.4, 15), (1, 14), (14, 1), (14.9, 1)])
def test_the_wait_is_what_is_left_in_whole_seconds(ago: float, wait: int) -> None:
    with pytest.raises(TooFast) as refused:
        pace.check_flood([NOW - timedelta(seconds=60), NOW - timedelta(seconds=ago)], NOW, 15)

    assert refused.value.wait == wait
    assert str(refused.value) == (
        "A comment from you or from your network came a moment ago. "
        f"Please send this one in {wait} seconds; your text is kept."
    )


def test_after_the_time_and_for_the_first_there_is_no_wait() -> None:
    pace.check_flood([NOW - timedelta(seconds=15)], NOW, 15)
    pace.check_flood([], NOW, 15)


def test_a_site_may_switch_it_off() -> None:
    pace.check_flood([NOW], NOW, 0)


def test_nothing_earlier_is_no_repetition() -> None:
    pace.check_repeated(None)
