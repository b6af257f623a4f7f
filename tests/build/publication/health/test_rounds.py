"""Rounds over days: what is asked, how often, how fast, and when readers are told. Time and answers are ours."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from publication.health import report
from publication.health.answers import Answer
from publication.health.pace import Pace
from publication.health.rounds import Outcome, Round
from publication.health.state import Link, is_gone

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FINE = Answer("well", 200, "ok")
LOST = Answer("failed", 404, "not found")
ODD = Answer("untold", 403, "forbidden")
NO_HOST = Answer("failed", None, "there is no such host", may_change=True)
URL = "https://a.example/x"
OTHER = "https://b.example/"


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.at = 0.0
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> float:
        return self.at

    def wait(self, seconds: float) -> None:
        with self._lock:
            self.waits.append(seconds)
            self.at += seconds


def look(
    before: dict[str, Link],
    answers: dict[str, Answer] | Callable[[str], Answer],
    now: datetime = NOW,
    urls: tuple[str, ...] = (URL, OTHER),
    **more: object,
) -> Outcome:
    clock = Clock()
    ask = answers if callable(answers) else lambda url: answers.get(url, FINE)
    pace = Pace(1.0, clock=clock.now, wait=clock.wait)
    places = {url: (f"content/a.md:{number}",) for number, url in enumerate(urls, 1)}
    return Round(places, before, ask, pace, now, **more).run()  # type: ignore[arg-type]


def days(*answers: Answer, step: timedelta = DAY) -> Link:
    """A link after these answers on as many days."""
    links: dict[str, Link] = {}
    for number, answer in enumerate(answers):
        links = look(links, {URL: answer}, NOW + number * step, age=timedelta(0)).links
    return links[URL]


@pytest.mark.parametrize(
    ("answers", "gone"),
    [
        ((LOST,), False),
        ((LOST, LOST, LOST), False),  # three days, but two apart
        ((LOST, LOST, LOST, LOST), True),
        ((LOST, ODD, LOST, LOST), True),
        ((LOST, ODD, ODD, LOST), False),
        ((LOST, LOST, FINE, LOST, LOST, LOST), False),
        ((LOST, LOST, LOST, LOST, ODD), True),
        ((LOST, LOST, LOST, LOST, FINE), False),
        ((ODD,) * 9, False),
    ],
)
def test_only_failures_over_days_make_a_link_gone_and_one_success_brings_it_back(
    answers: tuple[Answer, ...], gone: bool
) -> None:
    assert days(*answers).gone is gone


def test_many_failures_within_a_day_are_not_enough() -> None:
    assert not days(*[LOST] * 20, step=timedelta(hours=1)).gone


def test_failures_just_over_three_days_are_enough() -> None:
    moments = [NOW, NOW + 2 * DAY, NOW + 3 * DAY]
    assert is_gone(tuple(moment.isoformat() for moment in moments))
    assert not is_gone(
        tuple(moment.isoformat() for moment in [NOW, NOW + 2 * DAY, NOW + 3 * DAY - timedelta(seconds=1)])
    )


def test_what_is_remembered_does_not_grow_for_ever() -> None:
    link = days(*[LOST] * 60)

    assert len(link.failures) == 30
    assert link.failures[0] == NOW.isoformat(timespec="seconds")
    assert link.gone


def test_what_was_asked_for_lately_is_left_alone_and_all_asks_for_everything() -> None:
    links = look({}, {}).links

    assert look(links, {}, NOW + 6 * DAY).asked == ()
    assert look(links, {}, NOW + 7 * DAY).asked == (URL, OTHER)
    assert look(links, {}, NOW, age=timedelta(0)).asked == (URL, OTHER)


@pytest.mark.parametrize("answer", [FINE, LOST])
def test_a_link_that_was_asked_for_when_the_clock_was_ahead_is_due_now(answer: Answer) -> None:
    ahead = look({}, {URL: answer}, NOW + 365 * DAY).links

    links = look(ahead, {}, NOW)

    assert links.asked == (URL, OTHER)
    assert look(links.links, {}, NOW + timedelta(hours=1)).asked == ()


@pytest.mark.parametrize("answer", [LOST, NO_HOST, Answer("untold", 429, "too many requests")])
def test_a_link_in_doubt_is_asked_for_again_the_next_day(answer: Answer) -> None:
    links = look({}, {URL: answer}).links

    assert look(links, {}, NOW + timedelta(hours=12)).asked == ()
    assert look(links, {}, NOW + DAY).asked == (URL,)


def test_a_link_that_is_gone_is_asked_for_no_more_often_than_others() -> None:
    gone = {URL: days(LOST, LOST, LOST, LOST)}
    since = NOW + 3 * DAY

    assert URL not in look(gone, {}, since + DAY).asked
    assert URL in look(gone, {}, since + 7 * DAY).asked


def test_an_answer_that_may_change_is_asked_for_three_times_with_longer_and_longer_pauses() -> None:
    clock, asked = Clock(), []
    pace = Pace(1.0, clock=clock.now, wait=clock.wait)

    def ask(url: str) -> Answer:
        pace.turn("a.example")
        asked.append(clock.at)
        return Answer("failed", 500, "internal server error", may_change=True)

    links = Round({URL: ("content/a.md:1",)}, {}, ask, pace, NOW).run().links

    assert asked == [0.0, 2.0, 8.0]
    assert len(links[URL].failures) == 1


def test_an_answer_that_will_not_change_is_asked_for_once() -> None:
    asked = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return LOST

    look({}, ask, urls=(URL,))

    assert asked == [URL]


def test_one_host_is_asked_at_its_pace_and_others_meanwhile() -> None:
    clock, asked = Clock(), []
    pace = Pace(1.5, clock=clock.now, wait=clock.wait)
    for host in ("a", "a", "b", "a", "b"):
        pace.turn(host)
        asked.append((host, clock.at))

    assert asked == [("a", 0.0), ("a", 1.5), ("b", 1.5), ("a", 3.0), ("b", 3.0)]


def test_a_host_that_asks_for_a_moment_gets_it_and_one_that_asks_for_an_hour_is_left_for_the_next_round() -> None:
    asked = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return Answer("untold", 429, "too many requests", may_change=True, later=3600)

    urls = (f"{URL}1", f"{URL}2", f"{URL}3")
    outcome = look({}, ask, urls=urls)

    assert len(asked) == 1
    assert [bool(outcome.links[url].checked) for url in urls].count(True) == 1
    assert outcome.links[asked[0]].status == 429


def test_when_nothing_answers_we_are_offline_and_nothing_counts() -> None:
    before = look({}, {}).links

    outcome = look(before, lambda url: NO_HOST, NOW + 8 * DAY)

    assert outcome.is_offline
    assert outcome.links == before
    assert report.as_lines(before, outcome).startswith("Nothing answered")


def test_as_long_as_nobody_answers_nobody_is_asked_again() -> None:
    asked: list[str] = []

    def look_and_count(url: str) -> Answer:
        asked.append(url)
        return NO_HOST

    outcome = look({}, look_and_count)

    assert outcome.is_offline
    assert sorted(asked) == sorted({*asked})


def test_one_dead_link_is_no_sign_of_being_offline_while_others_answer() -> None:
    before = look({}, {URL: NO_HOST}).links

    outcome = look(before, {URL: NO_HOST}, NOW + DAY)

    assert outcome.asked == (URL,)  # the other is not due, and is only asked whether it is there
    assert not outcome.is_offline
    assert len(outcome.links[URL].failures) == 2
    assert outcome.links[OTHER].checked == before[OTHER].checked


def test_hosts_that_answer_well_to_everything_are_not_asked() -> None:
    outcome = look(
        {}, lambda url: FINE, urls=("https://www.video.example/watch?v=1", URL), always_ok=("video.example",)
    )

    assert outcome.asked == (URL,)
    link = outcome.links["https://www.video.example/watch?v=1"]
    assert (link.status, link.reason) == (None, "its host answers well to everything")


def test_links_that_left_the_content_are_forgotten_and_places_follow_it() -> None:
    before = {URL: days(LOST), "https://old.example/": Link()}

    outcome = look(before, {}, urls=(OTHER, URL))

    assert set(outcome.links) == {OTHER, URL}
    assert outcome.links[URL].files == ("content/a.md:2",)


def test_ctrl_c_keeps_what_was_found() -> None:
    stop = threading.Event()

    def ask(url: str) -> Answer:
        stop.set()
        return LOST

    outcome = look({}, ask, urls=(f"{URL}1", f"{URL}2"), stop=stop)

    assert outcome.was_stopped
    assert len(outcome.asked) <= 1


def test_news_are_what_was_not_known_before() -> None:
    def news(before: dict[str, Link], outcome: Outcome) -> list[str]:
        return [f"{one.file}:{one.line}: {one.rule}" for one in report.news(before, outcome)]

    first = look({}, {URL: LOST})
    assert news({}, first) == ["content/a.md:1: link-failing"]
    second = look(first.links, {URL: LOST}, NOW + DAY)
    assert news(first.links, second) == []
    fourth = look(look(second.links, {URL: LOST}, NOW + 2 * DAY).links, {URL: LOST}, NOW + 3 * DAY)
    assert news(second.links, fourth) == ["content/a.md:1: link-gone"]
    back = look(fourth.links, {URL: Answer("well", 200, "ok", moved="https://a.example/y")}, NOW + 20 * DAY)
    assert news(fourth.links, back) == ["content/a.md:1: link-back"]
    moved = look({}, {URL: Answer("well", 200, "ok", moved="https://a.example/y")})
    assert news({}, moved) == ["content/a.md:1: link-moved"]
    assert "Write https://a.example/y" in report.as_lines({}, moved)
