"""What every store promises about threads: when a page must be written again, and when not."""

from dataclasses import replace

import pytest

from comments.errors import NotFound, TokenSpent
from comments.model import ThreadState
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, NOW, PENDING, THREAD


def revision(store: Store) -> int:
    return store.get_thread(THREAD).revision


class ThreadContract:
    def test_a_thread_nobody_wrote_in_has_the_default_state(self, store: Store) -> None:
        assert store.get_thread("quiet") == ThreadState("quiet")
        assert store.list_threads() == []

    def test_a_waiting_comment_makes_nothing_due(self, store: Store) -> None:
        store.add_comment(PENDING)

        assert store.list_threads() == [ThreadState(THREAD)]
        assert store.list_due() == []

    def test_every_visible_change_grows_the_revision(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)
        assert revision(store) == 1
        store.set_state(comment, "pending", NOW)
        assert revision(store) == 2
        store.set_state(comment, "approved", NOW)
        assert revision(store) == 3
        store.set_text(comment, "New.", "<p>New.</p>", 1, NOW)
        assert revision(store) == 4
        store.erase_comment(comment, text=False, at=NOW)
        assert revision(store) == 5
        store.erase_comment(comment, text=True, at=NOW)
        assert revision(store) == 6

    def test_removing_a_comment_that_stays_as_a_placeholder_grows_the_revision(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)
        store.add_comment(replace(APPROVED, parent=comment))

        store.set_state(comment, "trash", NOW)

        assert revision(store) == 3

    def test_what_readers_cannot_see_does_not_grow_the_revision(self, store: Store) -> None:
        comment = store.add_comment(APPROVED)
        hidden = store.add_comment(PENDING)
        placeholder = store.add_comment(PENDING)
        store.add_comment(replace(APPROVED, parent=placeholder))
        before = revision(store)

        store.set_state(comment, "approved", NOW)
        store.set_proposed(comment, "Better.", (), NOW)
        for waiting in (hidden, placeholder):
            store.set_text(waiting, "New.", "<p>New.</p>", 1, NOW)
            store.set_state(waiting, "spam", NOW)
            store.set_state(waiting, "trash", NOW)
            store.erase_comment(waiting, text=True, at=NOW)
        store.add_audit(NOW, "Mo", "looked", comment=comment)

        assert revision(store) == before

    def test_a_refused_comment_does_not_grow_the_revision(self, store: Store) -> None:
        store.add_comment(replace(APPROVED, token="form"))

        with pytest.raises(TokenSpent):
            store.add_comment(replace(APPROVED, token="form"))

        assert revision(store) == 1

    def test_a_change_that_is_rolled_back_takes_its_revision_along(self, store: Store) -> None:
        comment = store.add_comment(PENDING)

        def approve_and_fail() -> None:
            with store.write():
                store.set_state(comment, "approved", NOW)
                store.get_comment(99)

        with pytest.raises(NotFound):
            approve_and_fail()

        assert revision(store) == 0
        assert store.get_comment(comment).state == "pending"

    def test_a_thread_is_due_until_what_was_rendered_is_shown(self, store: Store) -> None:
        store.add_comment(APPROVED)
        store.add_comment(APPROVED)
        assert [thread.id for thread in store.list_due()] == [THREAD]

        store.set_shown(THREAD, 1)
        assert [thread.id for thread in store.list_due()] == [THREAD]

        store.set_shown(THREAD, 2)
        assert store.list_due() == []

    def test_shown_never_goes_back(self, store: Store) -> None:
        store.add_comment(APPROVED)
        store.add_comment(APPROVED)
        store.set_shown(THREAD, 2)

        store.set_shown(THREAD, 1)

        assert store.get_thread(THREAD).shown == 2

    def test_a_page_can_be_made_due_without_another_change(self, store: Store) -> None:
        store.mark_due("quiet")

        assert store.list_due() == [ThreadState("quiet", revision=1)]

    def test_the_desks_word_is_kept_makes_the_page_due_and_can_be_taken_back(self, store: Store) -> None:
        store.set_override(THREAD, "closed")
        assert store.get_thread(THREAD) == ThreadState(THREAD, revision=1, override="closed")

        store.set_override(THREAD, "closed")
        assert revision(store) == 1

        store.set_override(THREAD, None)
        assert store.get_thread(THREAD) == ThreadState(THREAD, revision=2)

    def test_taking_back_a_word_that_was_never_said_changes_nothing(self, store: Store) -> None:
        store.set_override(THREAD, None)

        assert store.list_threads() == []
