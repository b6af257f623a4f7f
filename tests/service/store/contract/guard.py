"""What every store promises about the guard: lists, brake, what the filter learned, the same words, urgent ones."""

from dataclasses import replace

import pytest

from comments.errors import NotFound
from comments.model import GuardState
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING

A, B, C = b"aaaaaaaa", b"bbbbbbbb", b"cccccccc"


class GuardContract:
    def test_a_new_store_knows_nothing(self, store: Store) -> None:
        assert store.get_guard() == GuardState()

    def test_an_entry_is_kept_once_with_who_when_and_until_when(self, store: Store) -> None:
        first = store.add_listing("moderation", "word", "kettle", "Marta", NOW)
        again = store.add_listing("moderation", "word", "kettle", "Jonas", NOW + MINUTE, NOW + 2 * MINUTE)

        (entry,) = store.list_listings(NOW + MINUTE)

        assert (first, entry.id) == (again, again)
        assert (entry.by, entry.created, entry.expires) == ("Jonas", NOW + MINUTE, NOW + 2 * MINUTE)
        assert store.list_listings(NOW + 2 * MINUTE) == []

    def test_every_change_of_the_lists_grows_their_number(self, store: Store) -> None:
        entry = store.add_listing("disallowed", "domain", "shop.example", "Marta", NOW, NOW + MINUTE)
        assert store.get_guard().lists == 1
        assert store.purge_listings(NOW) == 0
        assert store.get_guard().lists == 1
        assert store.remove_listing(entry).value == "shop.example"
        assert store.get_guard().lists == 2
        store.add_listing("disallowed", "domain", "shop.example", "Marta", NOW, NOW + MINUTE)
        assert store.purge_listings(NOW + MINUTE) == 1
        assert store.get_guard().lists == 4
        with pytest.raises(NotFound):
            store.remove_listing(entry)

    def test_the_brake_is_put_on_and_off_once(self, store: Store) -> None:
        assert store.set_brake(NOW, "Many came.")
        assert not store.set_brake(NOW + MINUTE, "Again.")
        assert (store.get_guard().braked, store.get_guard().why) == (NOW, "Many came.")
        assert store.set_brake(None)
        assert not store.set_brake(None)
        assert store.get_guard() == GuardState()

    def test_what_is_learned_is_counted_and_can_be_taken_back(self, store: Store) -> None:
        one, two = store.add_comment(APPROVED), store.add_comment(APPROVED)
        store.learn(one, spam=False, tokens=[A, B])
        store.learn(two, spam=True, tokens=[B, C], caught=True)

        assert store.count_tokens([A, B, C]) == {A: (1, 0), B: (1, 1), C: (0, 1)}
        expected = GuardState(ham=1, spam=1, ham_tokens=2, spam_tokens=2, caught=1)
        assert store.get_guard() == expected
        assert (store.is_learned(one), store.is_learned(two)) == (False, True)
        store.learn(two, spam=False, tokens=[C], caught=True)
        assert store.get_guard() == GuardState(ham=2, ham_tokens=3, alarms=1)
        store.unlearn(two)
        store.unlearn(two)
        store.unlearn(one)
        assert store.get_guard() == GuardState()
        assert store.count_tokens([A, B, C]) == {}

    def test_erasing_the_text_or_the_comment_unlearns_it(self, store: Store) -> None:
        erased, deleted, kept = (store.add_comment(APPROVED) for _ in range(3))
        for comment in (erased, deleted, kept):
            store.learn(comment, spam=True, tokens=[A])
        store.keep_learned(kept)

        store.erase_comment(erased, text=False, at=NOW)
        assert store.get_guard().spam == 3
        store.erase_comment(erased, text=True, at=NOW)
        store.delete_comment(deleted, NOW)
        store.delete_comment(kept, NOW)

        assert store.count_tokens([A]) == {A: (0, 1)}
        assert store.get_guard().spam == 1
        store.unlearn_all()
        assert store.get_guard() == GuardState()

    def test_the_same_words_are_found_on_the_whole_site_but_not_in_the_trash(self, store: Store) -> None:
        said = replace(PENDING, said="words")
        one = store.add_comment(said)
        two = store.add_comment(replace(said, thread="another", created=NOW + MINUTE))
        store.add_comment(replace(said, state="trash"))
        store.add_comment(PENDING)

        assert [each.id for each in store.list_said("words")] == [two, one]
        assert store.list_said("") == []
        store.set_said(one, "others")
        store.erase_comment(two, text=False, at=NOW)
        assert store.list_said("words") == []
