"""Equal titles stop the build; titles much alike are named, and nothing is compared with everything."""

from dataclasses import replace
from time import process_time

import pytest

from publication import titles
from publication.items import read_all
from tests.build.publication.desk import Desk


def advice(desk: Desk) -> list[str]:
    return [str(one) for one in desk.load(record=False).advice]


@pytest.mark.parametrize("title", ["Two  rooms", "two rooms!", "Two Rôoms", '"Two rooms"'])
def test_two_public_articles_with_one_title_are_both_named(desk: Desk, title: str) -> None:
    desk.article("first", title='"Two rooms"')
    desk.article("second", title=f"'{title}'", date="2026-04-01 10:00")

    (told,) = advice(desk)  # no problem: an old publication may well have such pairs
    assert told.startswith("content/articles/2026/second.md:3: Advice: The title “")
    assert "is also the title of content/articles/2026/first.md:3. Give one of the two another" in told


@pytest.mark.parametrize(
    "changes",
    [{"language": "fr"}, {"status": "withdrawn"}, {"expires": "2026-04-01 09:30"}, {"title": '"Two rooms, 2"'}],
)
def test_titles_that_nobody_can_mix_up_may_be_equal(desk: Desk, changes: dict[str, str]) -> None:
    desk.article("first", **({"title": '"Two rooms"'} | changes))
    desk.article("second", title='"Two rooms"', date="2026-04-01 10:00")

    assert desk.complaints() == []


def test_a_draft_with_the_title_of_another_text_is_advice(desk: Desk) -> None:
    desk.article("first", title='"Two rooms"')
    desk.article("second", title='"Two rooms"', status="draft")

    assert desk.complaints() == []
    assert "Advice: The title “Two rooms” is also the title of content/articles/2026/first.md:3" in advice(desk)[0]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("A letter before the session", "The letter before the session", False),
        ("Letters before the session", "Letter before the session", True),
        ("Letter before the session", "Letter before session", True),
        ("Consent and e-mail today", "Consent and e mail today", False),  # that is equal
        ("Notes on silence part 1", "Notes on silence part 2", False),
        ("News from the editors, March", "News from the editors, April", False),
        ("Informed consent online today", "Consent online today", False),
        ("Rooms online", "Room online", False),  # too short to tell
    ],
)
def test_titles_much_alike_are_advice(desk: Desk, first: str, second: str, alike: bool) -> None:
    desk.article("first", title=f'"{first}"')
    desk.article("second", title=f'"{second}"', date="2026-04-01 10:00")

    assert (
        bool([one for one in advice(desk) if "is much like that of content/articles/2026/first.md:3" in one]) is alike
    )


def test_parts_of_one_series_may_have_titles_alike(desk: Desk) -> None:
    desk.article("first", title='"Letters before the session"', series="{name: S, part: 1}")
    desk.article("second", title='"Letter before the session"', series="{name: S, part: 2}")
    desk.article("third", title='"Letter before the session"', series="{name: S, part: 3}")

    assert advice(desk) == []


def test_thousands_of_titles_of_one_pattern_are_compared_in_a_moment(desk: Desk) -> None:
    desk.article()
    shelf = read_all(desk.content, desk.settings)
    (item,) = shelf.texts
    one = item.fields
    titles_of_one_pattern = [
        {**one.values, "title": f"Notes of the week, {chr(97 + n // 26 % 26)}{n}"} for n in range(10_000)
    ]
    shelf.texts = [replace(item, fields=replace(one, values=values)) for values in titles_of_one_pattern]

    started = process_time()
    titles.check(shelf)  # each with each would be 50 million comparisons

    assert process_time() - started < 10
