"""What every store promises about people, counters and the record of who did what."""

from dataclasses import replace

import pytest

from comments.errors import NotFound
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING


class PeopleContract:
    def test_a_person_is_known_by_their_browser(self, store: Store) -> None:
        person = store.add_person(NOW, b"browser")

        found = store.find_person_by_browser(b"browser")

        assert found == store.get_person(person)
        assert (found.created, found.proven, found.has_address) == (NOW, None, False)
        assert store.find_person_by_browser(b"other") is None
        with pytest.raises(NotFound):
            store.get_person(99)

    def test_an_address_is_kept_looked_up_replaced_and_forgotten(self, store: Store) -> None:
        person = store.add_person(NOW, None)
        store.set_address(person, b"sealed", b"lookup")
        assert store.find_address(person) == (b"sealed", b"lookup")
        assert store.get_person(person).has_address

        store.set_address(person, b"sealed again", b"other")
        assert store.list_people_by_lookup(b"lookup") == []
        assert [found.id for found in store.list_people_by_lookup(b"other")] == [person]

        assert store.forget_idle_addresses(NOW + MINUTE) == 1
        assert store.find_address(person) is None
        assert not store.get_person(person).has_address

    def test_proving_a_mailbox_joins_the_people_who_share_it(self, store: Store) -> None:
        people = [store.add_person(NOW, browser) for browser in (b"desk", b"phone", b"stranger")]
        for person in people:
            store.set_address(person, b"sealed for %d" % person, b"lookup")
            store.add_comment(replace(APPROVED, person=person))

        kept = store.prove_person(people[1], b"phone", NOW + MINUTE)

        assert kept == people[1]
        assert store.get_person(kept).proven == NOW + MINUTE
        assert store.find_address(kept) == (b"sealed for %d" % kept, b"lookup")
        assert store.count_approved(kept) == 3
        assert [person.id for person in store.list_people_by_lookup(b"lookup")] == [kept]

    def test_only_the_browser_that_proved_the_mailbox_becomes_its_person(self, store: Store) -> None:
        mine, stranger = store.add_person(NOW, b"mine"), store.add_person(NOW, b"stranger")
        for person in (mine, stranger):
            store.set_address(person, b"sealed", b"lookup")

        kept = store.prove_person(mine, b"phone", NOW)

        found = store.find_person_by_browser(b"phone")
        assert found is not None
        assert found.id == kept
        assert store.find_person_by_browser(b"stranger") is None
        assert store.find_person_by_browser(b"mine") is None

    def test_a_second_browser_joins_the_person_that_was_proven_before(self, store: Store) -> None:
        first = store.add_person(NOW, b"desk")
        store.set_address(first, b"sealed", b"lookup")
        store.prove_person(first, b"desk", NOW)
        second = store.add_person(NOW, b"phone")
        store.set_address(second, b"sealed too", b"lookup")
        store.add_letter("prove", NOW, NOW, person=second)

        kept = store.prove_person(second, b"phone", NOW + MINUTE)

        assert kept == first
        assert store.get_person(first).proven == NOW
        browsers = [store.find_person_by_browser(browser) for browser in (b"desk", b"phone")]
        assert [person.id for person in browsers if person] == [first, first]
        assert [letter.person for letter in store.list_letters()] == [first]

    def test_people_without_an_address_are_never_joined(self, store: Store) -> None:
        alone, other = store.add_person(NOW, b"a"), store.add_person(NOW, b"b")

        assert store.prove_person(alone, b"a", NOW) == alone
        assert store.get_person(other).proven is None

    def test_only_approved_comments_count(self, store: Store) -> None:
        person = store.add_person(NOW, None)
        store.add_comment(replace(APPROVED, person=person))
        store.add_comment(replace(PENDING, person=person))
        store.add_comment(APPROVED)

        assert store.count_approved(person) == 1


class CounterContract:
    def test_events_are_counted_per_bucket_since_a_moment(self, store: Store) -> None:
        for minutes in (0, 2, 1):
            store.add_event(b"bucket", NOW + minutes * MINUTE)
        store.add_event(b"other", NOW)

        assert store.list_events(b"bucket", NOW + MINUTE) == [NOW + MINUTE, NOW + 2 * MINUTE]
        assert store.list_events(b"none", NOW) == []

    def test_a_purge_forgets_what_is_older(self, store: Store) -> None:
        store.add_event(b"bucket", NOW)
        store.add_event(b"bucket", NOW + MINUTE)
        store.spend("old", NOW)
        store.spend("fresh", NOW + MINUTE)

        assert store.purge_events(NOW + MINUTE) == 1

        assert store.list_events(b"bucket", NOW) == [NOW + MINUTE]
        assert (store.is_spent("old"), store.is_spent("fresh")) == (False, True)

    def test_a_single_use_token_is_spent_once(self, store: Store) -> None:
        assert not store.is_spent("token")
        assert store.spend("token", NOW)
        assert not store.spend("token", NOW + MINUTE)
        assert store.is_spent("token")


class AuditContract:
    def test_the_record_is_newest_first_and_can_be_asked_for_one_comment(self, store: Store) -> None:
        comment = store.add_comment(PENDING)
        first = store.add_audit(
            NOW, "Mo", "approve", comment=comment, thread=PENDING.thread, detail={"from": "pending"}
        )
        second = store.add_audit(NOW + MINUTE, "service", "release")

        newest, oldest = store.list_audit()

        assert (newest.id, newest.action, newest.comment, newest.detail) == (second, "release", None, {})
        assert (oldest.at, oldest.actor, oldest.thread) == (NOW, "Mo", PENDING.thread)
        assert oldest.detail == {"from": "pending"}
        assert [row.id for row in store.list_audit(comment=comment)] == [first]
        assert [row.id for row in store.list_audit(limit=1, offset=1)] == [first]

    def test_the_record_of_a_deed_that_failed_is_not_kept(self, store: Store) -> None:
        def deed() -> None:
            with store.write():
                store.add_audit(NOW, "Mo", "approve")
                store.get_comment(99)

        with pytest.raises(NotFound):
            deed()

        assert store.list_audit() == []
