"""A summary stands over a text only where it says something of its own."""

import pytest

from plugins.openings import repeats


@pytest.mark.parametrize(
    ("summary", "body", "same"),
    [
        ("It's a door, and it is open. Go in.", "<p>It’s a <b>door</b>, and it is open. Go in.</p><p>More.</p>", True),
        ("A door that is open…", "<figure><img alt='x'></figure><p>A door that is open to everybody.</p>", True),
        ("What an open door says.", "<p>A door stands open.</p>", False),
        ("", "<p>Words</p>", False),
    ],
)
def test_a_summary_that_is_the_beginning_of_its_text_is_known(summary: str, body: str, same: bool) -> None:
    assert repeats(summary, body) is same
