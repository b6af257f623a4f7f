"""What every store promises about who wants letters."""

from dataclasses import replace

import pytest

from comments.errors import NotFound, Refused
from comments.model import LetterChoice
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING, THREAD


class SubscriptionContract:
    def writer(self, store: Store, lookup: bytes = b"lookup") -> tuple[int, int]:
        """Somebody with an address, and their published comment."""
        person = store.add_person(NOW, None)
        store.set_address(person, b"sealed %d" % person, lookup)
        return person, store.add_comment(replace(APPROVED, person=person))

    def test_a_thread_is_muted_by_one_account_and_heard_again(self, store: Store) -> None:
        account, other = (store.add_account(name, "moderator", NOW) for name in ("Mo", "Ina"))
        comment = store.add_comment(APPROVED)
        for _twice in range(2):
            store.set_muted(account, THREAD, True)
        store.set_muted(other, "a-thread-without-comments", True)

        assert store.list_muted(account) == [THREAD]
        assert store.list_muted(other) == ["a-thread-without-comments"]
        assert store.list_muting(comment) == [account]
        store.set_muted(account, THREAD, False)
        assert store.list_muting(comment) == []

    def test_a_subscription_is_kept_with_the_moment_of_consent(self, store: Store) -> None:
        person, comment = self.writer(store)
        number = store.add_subscription(person, comment, "replies", NOW)

        asked = store.get_subscription(number)
        assert (asked.person, asked.comment, asked.thread, asked.scope) == (person, comment, THREAD, "replies")
        assert (asked.asked, asked.confirmed) == (NOW, None)
        store.confirm_subscription(number, NOW + MINUTE)
        store.confirm_subscription(number, NOW + 2 * MINUTE)
        assert store.get_subscription(number).confirmed == NOW + MINUTE
        assert store.find_subscription(comment) == store.get_subscription(number)
        assert [found.id for found in store.list_subscriptions(b"lookup")] == [number]
        assert store.list_subscriptions(b"another") == []

    def test_an_ended_subscription_is_gone_with_its_letters(self, store: Store) -> None:
        person, comment = self.writer(store)
        number = store.add_subscription(person, comment, "replies", NOW, confirmed=NOW)
        store.add_letter("reply", NOW, NOW, person=person, subscription=number, comments=[comment])
        assert store.find_waiting_letter("reply", person=person) is None
        waiting = store.find_waiting_letter("reply", person=person, subscription=number)
        assert waiting is not None
        assert waiting.subscription == number

        store.end_subscription(number)

        assert store.list_letters() == []
        with pytest.raises(NotFound):
            store.get_subscription(number)

    def test_a_letter_that_was_sent_stays_known_as_its_readers(self, store: Store) -> None:
        """It may lie in the folder for letters: erasing the reader must find it there."""
        person, comment = self.writer(store)
        other, _last = (store.add_comment(replace(APPROVED, person=person)) for _again in range(2))
        for number in (comment, other):
            wanted = store.add_subscription(person, number, "replies", NOW, confirmed=NOW)
            store.mark_sent(store.add_letter("reply", NOW, NOW, person=person, subscription=wanted), NOW)

        store.end_subscription(wanted)
        store.erase_comment(comment, text=True, at=NOW)

        assert [(letter.kind, letter.subscription) for letter in store.list_letters()] == [("reply", None)] * 2

    def test_followers_are_whom_a_comment_is_news_to(self, store: Store) -> None:
        asker, question = self.writer(store)
        reader, other = self.writer(store, b"other")
        wanting = store.add_subscription(asker, question, "replies", NOW, confirmed=NOW)
        following = store.add_subscription(reader, other, "thread", NOW, confirmed=NOW)
        answer = store.add_comment(replace(APPROVED, parent=question))
        elsewhere = store.add_comment(replace(APPROVED, thread="elsewhere"))

        assert [found.id for found in store.list_followers(answer)] == [wanting, following]
        assert [found.id for found in store.list_followers(question)] == [following]
        assert store.list_followers(other) == []
        assert store.list_followers(elsewhere) == []

    def test_who_did_not_confirm_follows_nothing_and_is_purged(self, store: Store) -> None:
        person, comment = self.writer(store)
        store.add_subscription(person, comment, "thread", NOW)
        answer = store.add_comment(replace(APPROVED, parent=comment))

        assert store.list_followers(answer) == []
        assert store.purge_subscriptions(NOW) == 0
        assert store.purge_subscriptions(NOW + MINUTE) == 1
        assert store.find_subscription(comment) is None

    def test_erasing_the_comment_or_the_person_ends_it(self, store: Store) -> None:
        person, first = self.writer(store)
        second = store.add_comment(replace(APPROVED, person=person))
        store.add_subscription(person, first, "replies", NOW, confirmed=NOW)
        kept = store.add_subscription(person, second, "replies", NOW, confirmed=NOW)

        store.erase_comment(first, text=False, at=NOW)
        assert [found.id for found in store.list_subscriptions(b"lookup")] == [kept]
        store.erase_comment(second, text=False, at=NOW)
        with pytest.raises(NotFound):
            store.get_subscription(kept)

    def test_joined_people_keep_their_subscriptions(self, store: Store) -> None:
        (first, comment), (second, other) = self.writer(store), self.writer(store)
        one = store.add_subscription(first, comment, "replies", NOW, confirmed=NOW)
        two = store.add_subscription(second, other, "thread", NOW)

        kept = store.prove_person(first, None, NOW)

        assert [(found.id, found.person) for found in store.list_subscriptions(b"lookup")] == [(one, kept), (two, kept)]

    def test_an_address_is_kept_while_it_is_subscribed(self, store: Store) -> None:
        person, comment = self.writer(store)
        number = store.add_subscription(person, comment, "replies", NOW)
        store.confirm_subscription(number, NOW)
        assert store.forget_idle_addresses(NOW + MINUTE) == 0

        store.end_subscription(number)

        assert store.forget_idle_addresses(NOW + MINUTE) == 1

    def test_news_is_what_is_approved_and_shown_and_not_yet_told(self, store: Store) -> None:
        comment, waiting = store.add_comment(APPROVED), store.add_comment(PENDING)
        assert store.list_news(NOW) == []  # the page does not show it yet
        store.set_shown(THREAD, store.get_thread(THREAD).revision)

        assert [found.id for found in store.list_news(NOW)] == [comment]
        assert store.list_news(NOW - MINUTE) == []
        store.mark_announced([comment], NOW)
        assert store.list_news(NOW) == []
        store.set_state(comment, "trash", NOW)
        store.set_state(comment, "approved", NOW)
        store.set_state(waiting, "approved", NOW + MINUTE)
        store.set_shown(THREAD, store.get_thread(THREAD).revision)
        assert [found.id for found in store.list_news(NOW + MINUTE)] == [waiting]

    def test_the_wish_to_be_told_lasts_until_it_is_announced_or_erased(self, store: Store) -> None:
        first, second = store.add_comment(PENDING), store.add_comment(PENDING)
        assert not store.get_comment(first).tell
        for comment in (first, second):
            store.set_tell(comment)
        assert store.get_comment(first).tell

        store.mark_announced([first], NOW)
        store.erase_comment(second, text=False, at=NOW)

        assert not store.get_comment(first).tell
        assert not store.get_comment(second).tell

    def test_when_letters_come_is_chosen_by_each_account(self, store: Store) -> None:
        mo, ina = store.add_account("Mo", "moderator", NOW), store.add_account("Ina", "moderator", NOW)
        assert store.get_letter_choice(mo) == LetterChoice("at once")

        store.set_letter_choice(mo, LetterChoice("daily", 7))
        store.set_letter_choice(mo, LetterChoice("urgent", 9))

        assert store.get_letter_choice(mo) == LetterChoice("urgent", 9)
        assert store.get_letter_choice(ina) == LetterChoice("at once")

    def test_a_letter_that_was_given_up_can_be_tried_again(self, store: Store) -> None:
        letter = store.add_letter("prove", NOW, NOW)
        store.claim_letters(NOW, NOW + MINUTE)
        with pytest.raises(Refused):
            store.retry_letter(letter, NOW)  # it is being sent
        store.mark_failed(letter, "The address is refused.", retry=None, at=NOW)

        again = store.retry_letter(letter, NOW + MINUTE)

        assert (again.failed, again.attempts, again.due) == (None, 0, NOW + MINUTE)
        assert [found.id for found in store.claim_letters(NOW + MINUTE, NOW + 2 * MINUTE)] == [letter]
        store.mark_sent(letter, NOW + MINUTE)
        with pytest.raises(Refused):
            store.retry_letter(letter, NOW + 2 * MINUTE)
        with pytest.raises(NotFound):
            store.retry_letter(99, NOW)
