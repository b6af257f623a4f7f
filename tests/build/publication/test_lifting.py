"""One text as though it were published, and what the clock has done so far."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publication.lifting import CannotLift
from publication.load import Publication, load
from tests.build.publication.desk import Desk


def lifted(desk: Desk, name: str) -> Publication:
    return load(desk.content, desk.settings, desk.now, lift=name)


@pytest.mark.parametrize(
    "front",
    [
        {"status": "draft"},
        {"status": "review"},
        {"status": "withdrawn"},
        {"status": "published"},
        {"date": "2026-12-01 09:00"},
        {"expires": "2026-05-01 09:00"},
    ],
    ids=str,
)
def test_a_text_of_any_state_can_be_lifted_and_no_other_is(desk: Desk, front: dict[str, str]) -> None:
    desk.article("one", **front)
    desk.article("other", status="draft", date="2026-03-15 09:30")

    publication = lifted(desk, "one")

    assert [article.id for article in publication.articles] == ["one"]
    assert publication.lifted is publication.articles[0]
    assert [problem for problem in publication.problems if problem != publication.behind] == []


@pytest.mark.parametrize(
    "name", ["one", "one.md", "2026/one.md", "content/articles/2026/one.md", "../../content/articles/2026/one.md"]
)
def test_it_is_named_by_its_id_or_by_any_path_to_its_file(desk: Desk, name: str) -> None:
    path = desk.article("one", status="draft")
    desk.page("two", status="draft")

    for way in (name, str(path)):
        text = lifted(desk, way).lifted
        assert text
        assert text.id == "one"


def test_pages_and_resources_are_lifted_too(desk: Desk) -> None:
    desk.page("about", status="draft")
    desk.resource("work", status="review")

    assert [page.id for page in lifted(desk, "about").pages] == ["about"]
    assert [resource.id for resource in lifted(desk, "work").resources] == ["work"]


def test_what_is_not_there_is_named_with_the_nearest(desk: Desk) -> None:
    desk.article("first-note")

    with pytest.raises(CannotLift, match=r"“frist-note”. Did you mean “first-note”\?"):
        lifted(desk, "frist-note")
    for odd in ("/", "..", "\0", "content"):
        with pytest.raises(CannotLift):
            lifted(desk, odd)


def test_a_name_that_could_be_several_is_not_guessed(desk: Desk) -> None:
    desk.text("articles/2026/same.md", {"id": "one", "title": "One"})
    desk.text("articles/2027/same.md", {"id": "two", "title": "Two"})

    with pytest.raises(CannotLift, match=r"content/articles/2026/same.md, content/articles/2027/same.md"):
        lifted(desk, "same.md")


def test_what_a_draft_lacks_for_being_shown_is_said_with_its_line(desk: Desk) -> None:
    desk.article("one", body="", status="draft", summary=None, topics=None)
    assert desk.complaints() == []

    said = [str(problem) for problem in lifted(desk, "one").problems]

    assert "content/articles/2026/one.md:6: The key “summary” is missing, and a preview needs it" in "\n".join(said)
    assert any("“topics” is missing" in line for line in said)
    assert any("There is no text" in line for line in said)
    assert not any("set status: draft" in line for line in said)


def test_the_last_event_is_known_and_stays_the_same_until_the_next(desk: Desk) -> None:
    desk.article("later", date="2026-08-01 09:00")
    desk.article("gone", date="2026-01-01 09:00", expires="2026-05-01 00:00")
    desk.article("draft", status="draft", date="2026-05-20 09:30")

    first = desk.load()
    before_the_next = load(desk.content, desk.settings, datetime(2026, 8, 1, 12, 59, 59, tzinfo=UTC))
    after_it = load(desk.content, desk.settings, datetime(2026, 8, 1, 13, tzinfo=UTC))

    assert f"{first.since:%Y-%m-%d %H:%M}" == "2026-05-01 00:00"
    assert replace(before_the_next, as_of=first.as_of) == first
    assert after_it.since == first.next_event


def test_what_is_gone_has_no_more_events_behind_it_either(desk: Desk) -> None:
    review = "{on: 2026-01-01, by: mara-example, every: 3 months}"
    desk.article("gone", date="2026-01-01 09:00", expires="2026-02-01 00:00", reviewed=review)

    assert f"{desk.load().since:%Y-%m-%d}" == "2026-02-01"


def test_nothing_dated_means_no_last_event(desk: Desk, tmp_path: Path) -> None:
    desk.page("about")

    assert desk.load().since is None
