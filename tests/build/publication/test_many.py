"""A large publication is checked in a time that grows with it, not with its square."""

from time import process_time

import pytest

from tests.build.publication.desk import Desk

BODY = """## One

See [the next](id:{next}#two), [another](/2026/{next}/) and [outside](https://example.org/{key}).[^1]

### Two

More words, and [nothing](id:no-such-{key}).

[^1]: A note.
"""


@pytest.mark.long
def test_ten_thousand_articles_that_are_all_wrong(desk: Desk) -> None:
    for number in range(10_000):
        body = BODY.format(key=f"n{number}", next=f"n{(number + 1) % 10_000}")
        desk.article(f"n{number}", title=f'"Notes on the week {number}"', body=body, references=f"[none-{number}]")

    started = process_time()
    publication = desk.load(record=False)

    assert len(publication.problems) == 20_000
    assert process_time() - started < 120
