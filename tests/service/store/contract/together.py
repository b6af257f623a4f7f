"""What every store promises about works that share a transaction, and about the facts of a submission."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta

import pytest

from comments.errors import Closed, TokenSpent
from comments.model import Asked, Facts
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING, THREAD

NOTHING = Facts(None, None, None, None, None, None, approved=False, others=False, proven_others=False)
ASKED = Asked(THREAD, "form", "said", b"browser", b"mailbox", b"network", b"address", NOW - MINUTE)


class TogetherContract:
    def test_what_is_done_together_is_stored_when_it_is_told(self, store: Store) -> None:
        def send(number: int) -> bool:
            comment = store.write_together(lambda: store.add_comment(replace(PENDING, token=str(number))))
            found = store.find_comment_by_token(str(number))
            return found is not None and found.id == comment

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(send, range(40)))
        assert store.count_comments() == 40

    def test_works_that_fail_take_nothing_of_the_others_with_them(self, store: Store) -> None:
        gathered = threading.Barrier(8)

        def send(number: int) -> str:
            def work() -> None:
                store.add_comment(replace(PENDING, name=f"Reader {number}"))
                if number % 2:
                    raise Closed(f"not {number}")

            gathered.wait(10)
            try:
                store.write_together(work)
            except Closed as closed:
                return str(closed)
            return "stored"

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(send, range(8)))

        assert told == ["stored", "not 1", "stored", "not 3", "stored", "not 5", "stored", "not 7"]
        assert {comment.name for comment in store.list_comments()} == {f"Reader {number}" for number in (0, 2, 4, 6)}

    def test_a_verb_whose_error_is_caught_together_leaves_nothing_of_itself(self, store: Store) -> None:
        store.add_comment(replace(PENDING, token="form"))

        def work() -> int:
            with pytest.raises(TokenSpent):
                store.add_comment(replace(PENDING, token="form", thread="elsewhere"))
            return store.add_audit(NOW, "commenter", "repeated")

        assert store.write_together(work)
        assert [thread.id for thread in store.list_threads()] == [PENDING.thread]
        assert len(store.list_audit()) == 1

    def test_work_runs_in_the_context_of_who_asked_for_it(self, store: Store) -> None:
        language: ContextVar[str] = ContextVar("language")

        def ask(number: int) -> str:
            language.set(str(number))
            return store.write_together(language.get)

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(ask, range(40))) == [str(number) for number in range(40)]

    def test_together_in_a_block_is_part_of_that_block(self, store: Store) -> None:
        def block() -> None:
            with store.write():
                store.write_together(lambda: store.add_comment(PENDING))
                raise Closed

        with pytest.raises(Closed):
            block()
        assert store.count_comments() == 0


class FactContract:
    def test_of_a_stranger_in_a_new_store_nothing_is_known(self, store: Store) -> None:
        assert store.read_facts(ASKED) == NOTHING
        assert store.read_facts(replace(ASKED, browser=None, lookup=None, lookup_bucket=None)) == NOTHING

    def test_the_facts_are_those_that_single_questions_give(self, store: Store) -> None:
        person = store.add_person(NOW, b"browser")
        store.set_address(person, b"sealed", b"mailbox")
        comment = store.add_comment(replace(APPROVED, person=person, token="form", digest="said"))
        store.set_override(THREAD, "held")
        store.add_events([b"address", b"elsewhere"], NOW)
        store.add_event(b"network", NOW - timedelta(seconds=1))

        facts = store.read_facts(ASKED)

        assert facts == Facts("held", comment, comment, NOW, store.get_person(person), b"mailbox", True, False, False)

    def test_words_in_the_trash_and_events_of_long_ago_do_not_count(self, store: Store) -> None:
        store.set_state(store.add_comment(replace(PENDING, digest="said")), "trash", NOW)
        store.add_comment(replace(PENDING, digest=""))
        store.add_event(b"network", NOW - 2 * MINUTE)

        assert store.read_facts(ASKED) == NOTHING
        assert store.read_facts(replace(ASKED, digest="")) == NOTHING

    def test_others_with_the_same_address_are_told_and_whether_one_has_proved_it(self, store: Store) -> None:
        other = store.add_person(NOW, b"another browser")
        store.set_address(other, b"sealed", b"mailbox")
        assert store.read_facts(ASKED) == replace(NOTHING, others=True)

        store.add_person(NOW, b"browser")
        assert (store.read_facts(ASKED).others, store.read_facts(ASKED).proven_others) == (True, False)
        store.prove_person(other, None, NOW)
        assert store.read_facts(ASKED).proven_others
