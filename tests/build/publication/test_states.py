"""What the clock makes of a text, and what it will make of it next."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from publication.load import load
from publication.moments import read_duration
from tests.build.publication.desk import Desk


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"status": "draft"}, "draft"),
        ({"status": None}, "draft"),
        ({"status": "review"}, "review"),
        ({"status": "withdrawn"}, "withdrawn"),
        ({"date": "2026-06-01 08:01"}, "scheduled"),
        ({"date": "2026-06-01 08:00"}, "published"),
        ({"expires": "2026-06-01 08:00"}, "expired"),
        ({"expires": "2026-06-01 08:01"}, "published"),
    ],
)
def test_only_what_is_published_now_is_public(desk: Desk, changes: dict[str, str | None], state: str) -> None:
    desk.article(tags="[secret]", **changes)

    publication = desk.load()

    shown = publication.articles if state == "published" else publication.hidden
    assert [text.state for text in shown] == [state]
    assert bool(publication.articles) == bool(publication.tags) == (state == "published")
    assert bool(publication.find("first-note")) == (state == "published")


def test_a_draft_without_a_date_stands_at_the_moment(desk: Desk) -> None:
    desk.article(status="draft", date=None)

    (draft,) = desk.load().hidden

    assert getattr(draft, "date") == desk.now  # noqa: B009 - hidden texts are of every kind


def test_the_coming_events_are_known_in_order(desk: Desk) -> None:
    desk.settings = replace(desk.settings, close_comments_after=read_duration("90 days"))
    desk.article("later", date="2026-08-01 09:00", expires="2026-12-01 00:00")
    desk.article("now", reviewed="{on: 2026-03-01, by: luc-exemple, every: 12 months}")
    desk.article("draft", status="draft", date="2026-07-01 09:00")
    desk.article("past", expires="2026-05-01 00:00")
    desk.resource(reviewed="{on: 2026-01-01, by: luc-exemple, every: 6 months}")

    publication = desk.load()

    assert [(event.id, event.kind, f"{event.at:%Y-%m-%d %H:%M}") for event in publication.events] == [
        ("now", "close comments", "2026-06-12 09:30"),
        ("suler-2004", "review due", "2026-07-01 00:00"),
        ("later", "publish", "2026-08-01 09:00"),
        ("later", "close comments", "2026-10-30 09:00"),
        ("later", "expire", "2026-12-01 00:00"),
        ("now", "review due", "2027-03-01 00:00"),
    ]
    assert publication.next_event == publication.events[0].at


def test_nothing_changes_between_two_events(desk: Desk) -> None:
    desk.article("later", date="2026-08-01 09:00")
    desk.article("now")
    first = desk.load()

    second = load(desk.content, desk.settings, datetime(2026, 7, 31, tzinfo=UTC))

    assert first.next_event
    assert second.as_of < first.next_event
    assert replace(second, as_of=first.as_of) == first


def test_comments_close_by_the_calendar_of_the_site(desk: Desk) -> None:
    desk.settings = replace(desk.settings, close_comments_after=read_duration("30 days"))
    desk.article(date="2026-02-10 09:30")

    (article,) = desk.load().articles

    assert article.closes
    assert article.closes.isoformat() == "2026-03-12T09:30:00-04:00"


@pytest.mark.parametrize(
    ("closes", "moment"),
    [("14 days", "2026-02-24T09:30:00-05:00"), ("1 year", "2027-02-10T09:30:00-05:00"), ("never", None)],
)
def test_an_article_says_itself_when_its_comments_close(desk: Desk, closes: str, moment: str | None) -> None:
    desk.settings = replace(desk.settings, close_comments_after=read_duration("30 days"))
    desk.article(date="2026-02-10 09:30", closes=closes)

    publication = desk.load()

    (article,) = publication.articles
    assert publication.problems == ()
    assert (article.closes.isoformat() if article.closes else None) == moment
    assert ("close comments" in [event.kind for event in publication.events]) is (closes == "1 year")


def test_a_length_of_time_that_is_none_is_told(desk: Desk) -> None:
    desk.article(closes="soon")

    (problem,) = desk.load().problems

    assert "soon" in problem.what
    assert "never" in problem.cure


def test_the_newest_featured_article_leads(desk: Desk) -> None:
    desk.article("old", featured="yes", date="2026-01-01 09:00")
    desk.article("new", featured="yes", date="2026-02-01 09:00")
    desk.article("coming", featured="yes", date="2026-09-01 09:00")

    publication = desk.load()

    assert publication.lead
    assert publication.lead.id == "new"
    assert [article.id for article in publication.articles] == ["new", "old"]
