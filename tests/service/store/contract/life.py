"""What every store promises about transactions, threads and its own health."""

import threading
from dataclasses import replace

import pytest

from comments.errors import NotFound, StoreProblem, TokenSpent
from comments.store.base import Store
from tests.service.store.contract.cast import NOW, PENDING


class LifeContract:
    def test_a_block_is_written_whole_or_not_at_all(self, store: Store) -> None:
        def two_and_a_failure() -> None:
            with store.write():
                store.add_comment(PENDING)
                store.add_person(NOW, b"browser")
                store.get_comment(99)

        with pytest.raises(NotFound):
            two_and_a_failure()

        assert store.count_comments() == 0
        assert store.find_person_by_browser(b"browser") is None

    def test_what_a_block_wrote_is_seen_inside_it_and_elsewhere_only_afterwards(self, store: Store) -> None:
        seen: list[int] = []

        def count() -> None:
            seen.append(store.count_comments())

        count()
        reader = threading.Thread(target=count)
        with store.write():
            store.add_comment(PENDING)
            count()
        reader.start()
        reader.join()

        assert seen == [0, 1, 1]

    def test_a_verb_whose_error_is_caught_leaves_nothing_of_itself(self, store: Store) -> None:
        store.add_comment(replace(PENDING, token="form"))

        with store.write():
            with pytest.raises(TokenSpent):
                store.add_comment(replace(PENDING, token="form", thread="elsewhere"))
            store.add_audit(NOW, "commenter", "repeated")

        assert [thread.id for thread in store.list_threads()] == [PENDING.thread]
        assert len(store.list_audit()) == 1

    def test_ids_are_never_used_twice_even_when_the_row_is_gone(self, store: Store) -> None:
        person = store.add_person(NOW, None)
        comment = store.add_comment(replace(PENDING, person=person))
        store.erase_comment(comment, text=True, at=NOW)

        assert store.add_person(NOW, None) > person
        assert store.add_comment(PENDING) > comment

    def test_many_threads_write_and_read_at_once(self, store: Store) -> None:
        problems: list[BaseException] = []

        def work() -> None:
            try:
                for _number in range(10):
                    store.add_comment(PENDING)
                    store.list_comments(limit=5)
            except BaseException as problem:
                problems.append(problem)

        threads = [threading.Thread(target=work) for _number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert problems == []
        assert store.count_comments() == 60

    def test_a_whole_store_has_nothing_to_complain_about(self, store: Store) -> None:
        store.add_comment(PENDING)
        store.checkpoint()

        assert store.check_integrity() == []
        assert store.version()

    def test_a_closed_store_says_so(self, store: Store) -> None:
        store.close()

        with pytest.raises(StoreProblem):
            store.count_comments()
        store.close()
