"""What the service asks all day is answered from an index, however many comments there are."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from comments.model import Asked
from comments.store.sqlite import SQLiteStore
from tests.service.store.contract.cast import NOW, THREAD

QUESTIONS: dict[str, Callable[[SQLiteStore], object]] = {
    "the queue": lambda store: store.list_comments(state="pending"),
    "the queue's length": lambda store: store.count_comments(state="pending"),
    "a state": lambda store: store.list_comments(state="spam", newest_first=True),
    "everything": lambda store: store.list_comments(thread=THREAD),
    "a thread": lambda store: store.list_public(THREAD),
    "the newest": lambda store: store.list_recent_public(20),
    "what came in a week": lambda store: store.count_by_span([NOW, NOW + timedelta(days=7)]),
    "a form token": lambda store: store.find_comment_by_token("token"),
    "a repetition": lambda store: store.find_repeated("digest", NOW),
    "what is due": lambda store: store.list_due(),
    "a browser": lambda store: store.find_person_by_browser(b"browser"),
    "an address": lambda store: store.list_people_by_lookup(b"lookup"),
    "who was approved": lambda store: store.count_approved(1),
    "the facts of a submission": lambda store: store.read_facts(
        Asked(THREAD, "token", "digest", b"browser", b"lookup", b"network", b"address", NOW)
    ),
    "a bucket": lambda store: store.list_events(b"bucket", NOW),
    "a spent token": lambda store: store.is_spent("token"),
    "a session": lambda store: store.find_session(b"digest", NOW),
    "a comment's record": lambda store: store.list_audit(comment=1),
    "what was decided lately": lambda store: store.list_decisions(NOW),
    "a comment's edits": lambda store: store.list_edits(1),
    "due letters": lambda store: store.claim_letters(NOW, NOW + timedelta(minutes=1)),
    "a waiting letter": lambda store: store.find_waiting_letter("moderate", account=1),
    "what a person wrote": lambda store: store.list_written_by(1),
    "what is long in spam or bin": lambda store: store.list_discarded(NOW),
    "what nobody was told of": lambda store: store.list_news(NOW),
    "who follows": lambda store: store.list_followers(1),
    "an address's subscriptions": lambda store: store.list_subscriptions(b"lookup"),
    "a comment's subscription": lambda store: store.find_subscription(1),
    "what nobody confirmed": lambda store: store.purge_subscriptions(NOW),
    "the purge": lambda store: store.purge_events(NOW),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_question_is_answered_from_an_index(store: SQLiteStore, question: str) -> None:
    asked: list[str] = []
    store._link().connection.set_trace_callback(asked.append)

    QUESTIONS[question](store)

    store._link().connection.set_trace_callback(None)
    plans = [row["detail"] for sql in asked for row in plan(store, sql)]
    few = ("INDEX", "shown", "CONSTANT ROW", "subquery")  # an index, what was found before, or one row of no table
    scans = [step for step in plans if step.startswith("SCAN") and not any(word in step for word in few)]
    assert plans
    assert scans == []
    assert [step for step in plans if "TEMP B-TREE" in step] == ([] if question != "a thread" else SORTED)


# One thread is sorted after it was put together.
SORTED = ["USE TEMP B-TREE FOR ORDER BY"]


def plan(store: SQLiteStore, sql: str) -> list[dict[str, str]]:
    if sql.split()[0] in ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"):
        return []
    return [dict(row) for row in store._rows(f"EXPLAIN QUERY PLAN {sql}")]
