"""Lists are numbered from the oldest, so what has a number stays as it is."""

import pytest

from plugins.lists import parts
from tests.build.newsroom import Newsroom, snapshot


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (10, [10]), (19, [19]), (20, [10, 10]), (29, [19, 10]), (45, [15, 10, 10, 10])],
)
def test_the_newest_page_takes_what_fills_no_page_of_the_past(count: int, sizes: list[int]) -> None:
    found = parts(range(count), "/x/", 10)

    assert [len(part.items) for part in found] == sizes
    assert [item for part in found for item in part.items] == list(range(count))


def test_pages_know_their_neighbours() -> None:
    newest, middle, oldest = parts(range(30), "/x/", 10)

    assert (newest.url, middle.url, oldest.url) == ("/x/", "/x/page/2/", "/x/page/1/")
    assert (newest.pager.newer, newest.pager.older) == (None, "/x/page/2/")
    assert (middle.pager.newer, middle.pager.older) == ("/x/", "/x/page/1/")
    assert (oldest.pager.newer, oldest.pager.older) == ("/x/page/2/", None)
    assert [part.pager.number for part in (newest, middle, oldest)] == [3, 2, 1]


def test_a_numbered_page_never_changes() -> None:
    before = {part.url: part.items for part in parts([f"a{n}" for n in range(40, 0, -1)], "/x/", 10)}
    after = {part.url: part.items for part in parts([f"a{n}" for n in range(53, 0, -1)], "/x/", 10)}

    assert all(after[url] == items for url, items in before.items() if url != "/x/")


def test_a_new_article_rewrites_one_page_of_a_long_list(room: Newsroom) -> None:
    for number in range(1, 22):
        room.article(f"note-{number:02}", date=f"2026-03-{number:02} 09:30")
    room.build()
    before = snapshot(room.output)

    room.article("note-99", date="2026-04-01 09:30")
    room.build()

    after = snapshot(room.output)
    lists = {name for name in after if name.startswith("topics/consent/") and before.get(name) != after[name]}
    assert lists == {"topics/consent/index.html"}
    assert "topics/consent/page/1/index.html" in after
    assert 'href="/topics/consent/page/1/"' in room.read("topics/consent/index.html")
