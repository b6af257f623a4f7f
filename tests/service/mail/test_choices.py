"""When the people of the desk get their letters: at once, once a day, or only what is urgent."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comments.actions import news, tell
from comments.errors import Invalid, NotAllowed
from comments.model import Account, Reason
from tests.service.actions.stage import Stage
from tests.service.mail.post import sending, text

URGENT = (Reason("crisis", "Somebody may be in danger.", urgent=True),)


@pytest.fixture
def marta(stage: Stage) -> Account:
    return stage.account("Marta", address="marta@example.org")


def urgent(stage: Stage) -> None:
    comment = stage.sent("Please help.", email="h@example.org").comment
    with stage.store.write():
        tell.tell_moderators(stage.ctx, comment.id, URGENT)


def test_the_daily_letter_comes_at_its_hour_by_the_sites_clocks(stage: Stage, marta: Account) -> None:
    tell.choose(stage.ctx, marta, marta, "daily", 7)
    stage.sent("One.")
    stage.sent("Two.", email="olu@example.org")
    (letter,) = stage.letters("moderate")
    # Seven in the morning in Paris, which is an hour ahead of UTC in March.
    assert letter.due == datetime(2026, 3, 15, 6, 0, tzinfo=UTC)
    with sending(stage) as (outbox, mailbox):
        outbox.send_due()
        assert mailbox.letters == []
        stage.clock.now = letter.due
        outbox.send_due()

    (raw,) = mailbox.letters
    assert "One." in text(raw)
    assert "Two." in text(raw)


def test_who_chose_urgent_alone_gets_that_at_once_and_nothing_else(stage: Stage, marta: Account) -> None:
    tell.choose(stage.ctx, marta, marta, "urgent", 7)
    stage.sent("Calm.")
    urgent(stage)
    with sending(stage) as (outbox, mailbox):
        outbox.send_due()

    (raw,) = mailbox.letters
    assert "Please help." in text(raw)


def test_urgent_comments_do_not_wait_for_the_daily_letter(stage: Stage, marta: Account) -> None:
    tell.choose(stage.ctx, marta, marta, "daily", 7)
    urgent(stage)

    assert [letter.due for letter in stage.letters("urgent")] == [stage.clock()]


def test_a_letter_queued_before_the_choice_is_not_sent_after_it(stage: Stage, marta: Account) -> None:
    stage.sent("Calm.")
    tell.choose(stage.ctx, marta, marta, "urgent", 7)
    with sending(stage) as (outbox, mailbox):
        outbox.send_due()

    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("when", "hour", "due"), [("at once", 7, None), ("daily", 18, (14, 17)), ("daily", 5, (15, 4))]
)
def test_the_letter_that_waits_follows_another_choice(
    stage: Stage, marta: Account, when: str, hour: int, due: tuple[int, int] | None
) -> None:
    tell.choose(stage.ctx, marta, marta, "daily", 7)
    stage.sent("One.")

    tell.choose(stage.ctx, marta, marta, when, hour)
    chosen = stage.clock()
    stage.sent("Two.", email="olu@example.org")

    (letter,) = stage.letters("moderate")
    assert len(letter.comments) == 2
    assert letter.due == (datetime(2026, 3, *due, tzinfo=UTC) if due else chosen)


def test_an_authors_letters_follow_the_choice_too(stage: Stage) -> None:
    mara = stage.account("Mara", "author", author="mara", address="mara@example.org")
    tell.choose(stage.ctx, mara, mara, "daily", 18)
    stage.known_browser()
    stage.publisher.publish_due()
    stage.clock.pass_(minutes=5)

    assert news.announce(stage.ctx) == 1
    assert [letter.due for letter in stage.letters("article")] == [datetime(2026, 3, 14, 17, 0, tzinfo=UTC)]


def test_people_choose_for_themselves(stage: Stage, marta: Account) -> None:
    other = stage.account("Jonas")
    with pytest.raises(NotAllowed):
        tell.choose(stage.ctx, other, marta, "daily", 7)
    for when, hour in (("hourly", 7), ("daily", 24), ("daily", -1)):
        with pytest.raises(Invalid):
            tell.choose(stage.ctx, marta, marta, when, hour)


@pytest.mark.parametrize("day", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)])
def test_the_hour_is_kept_when_the_clocks_change(day: datetime) -> None:
    paris = ZoneInfo("Europe/Paris")

    due = tell.next_hour(day, 8, paris)

    assert due.astimezone(paris).hour == 8
    assert timedelta(0) < due - day <= timedelta(hours=25)
    assert tell.next_hour(due, 8, paris) > due
