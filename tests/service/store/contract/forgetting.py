"""What every store promises about deleting for good."""

from dataclasses import replace

from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING, THREAD

SPAM = replace(PENDING, state="spam")


class ForgettingContract:
    def test_spam_and_bin_are_listed_once_nobody_touched_them_for_long(self, store: Store) -> None:
        spam, late = store.add_comment(SPAM), store.add_comment(replace(SPAM, created=NOW + MINUTE))
        acted_on, published = store.add_comment(SPAM), store.add_comment(APPROVED)
        store.add_audit(NOW + MINUTE, "Mo", "spam", comment=acted_on)
        binned = store.add_comment(replace(PENDING, state="trash"))

        assert [found.id for found in store.list_discarded(NOW + MINUTE)] == [spam, binned]
        assert [found.id for found in store.list_discarded(NOW + 2 * MINUTE)] == [spam, acted_on, binned, late]
        assert len(store.list_discarded(NOW + 2 * MINUTE, 3)) == 3
        assert published not in [found.id for found in store.list_discarded(NOW + 2 * MINUTE)]

    def test_what_was_brought_over_is_kept_from_its_arrival_on(self, store: Store) -> None:
        old = store.import_comment(SPAM, "wordpress:https://old.example", "7")
        store.mark_announced([old], NOW + MINUTE)

        assert store.list_discarded(NOW + MINUTE) == []
        assert [found.id for found in store.list_discarded(NOW + 2 * MINUTE)] == [old]

    def test_a_deleted_comment_takes_record_letters_and_person_along(self, store: Store) -> None:
        person = store.add_person(NOW, b"browser")
        comment = store.add_comment(replace(SPAM, person=person))
        account = store.add_account("Mo", "moderator", NOW)
        store.add_audit(NOW, "Mo", "spam", comment=comment, thread=THREAD)
        store.add_audit(NOW, "Mo", "sign in")
        store.add_letter("moderate", NOW, NOW, account=account, comments=[comment])

        assert store.delete_comment(comment, NOW)

        assert list(store.iterate_comments()) == []
        assert [row.action for row in store.list_audit()] == ["sign in"]
        assert store.list_letters() == []
        assert store.find_person_by_browser(b"browser") is None
        assert store.count_comments(query="slept") == 0
        assert store.add_comment(PENDING) > comment

    def test_a_deleted_comment_that_is_answered_keeps_its_place_until_the_answer_goes(self, store: Store) -> None:
        parent = store.add_comment(APPROVED)
        answer = store.add_comment(replace(APPROVED, parent=parent))
        store.set_state(parent, "trash", NOW)

        assert not store.delete_comment(parent, NOW)
        shown = [(found.id, found.gone, found.name, found.html) for found in store.list_public(THREAD)]
        assert shown[0] == (parent, True, "", "")
        assert shown[1][:2] == (answer, False)
        assert store.get_comment(parent).source == ""
        assert store.list_discarded(NOW + MINUTE) == []

        store.set_state(answer, "trash", NOW)
        assert [found.id for found in store.list_discarded(NOW + MINUTE)] == [answer]
        assert store.delete_comment(answer, NOW)
        assert [found.id for found in store.list_discarded(NOW + MINUTE)] == [parent]

    def test_what_a_person_wrote_is_listed_whatever_became_of_it(self, store: Store) -> None:
        person = store.add_person(NOW, None)
        late = store.add_comment(replace(SPAM, person=person, created=NOW + MINUTE))
        early = store.add_comment(replace(APPROVED, person=person))
        store.add_comment(APPROVED)

        assert [found.id for found in store.list_written_by(person)] == [early, late]

    def test_an_address_is_idle_when_its_person_neither_came_wrote_nor_proved_it(self, store: Store) -> None:
        idle, wrote, proved = (store.add_person(NOW, None) for _ in range(3))
        new = store.add_person(NOW + MINUTE, None)
        for person in (idle, wrote, proved, new):
            store.set_address(person, b"sealed", b"lookup %d" % person)
        store.add_comment(replace(APPROVED, person=idle))
        store.add_comment(replace(APPROVED, person=wrote, created=NOW + MINUTE))
        store.prove_person(proved, None, NOW + MINUTE)

        assert store.forget_idle_addresses(NOW + MINUTE) == 1
        assert [store.get_person(person).has_address for person in (idle, wrote, proved, new)] == [False, *[True] * 3]

    def test_a_person_is_forgotten_only_when_no_comment_needs_them(self, store: Store) -> None:
        used, unused = store.add_person(NOW, b"used"), store.add_person(NOW, b"unused")
        store.add_comment(replace(PENDING, person=used))
        store.add_letter("prove", NOW, NOW, person=unused)

        store.forget_unused(used)
        store.forget_unused(unused)

        assert store.find_person_by_browser(b"used") is not None
        assert store.find_person_by_browser(b"unused") is None
        assert store.list_letters() == []

    def test_free_words_of_the_record_can_be_taken_out(self, store: Store) -> None:
        row = store.add_audit(NOW, "Mo", "edit", detail={"from": "pending", "reason": "He said so."})

        store.set_audit_detail(row, {"from": "pending"})

        assert [found.detail for found in store.list_audit()] == [{"from": "pending"}]

    def test_one_bucket_can_be_forgotten(self, store: Store) -> None:
        store.add_event(b"bucket", NOW)
        store.add_event(b"other", NOW)

        store.forget_events(b"bucket")

        assert store.list_events(b"bucket", NOW) == []
        assert store.list_events(b"other", NOW) == [NOW]

    def test_sessions_that_are_over_are_purged(self, store: Store) -> None:
        account = store.add_account("Mo", "moderator", NOW)
        store.add_session(account, b"over", NOW, NOW + MINUTE)
        store.add_session(account, b"open", NOW, NOW + 3 * MINUTE)

        assert store.purge_sessions(NOW + 2 * MINUTE) == 1
        assert store.find_session(b"open", NOW) is not None
        assert store.find_session(b"over", NOW) is None

    def test_letters_that_are_done_are_purged_and_waiting_ones_stay(self, store: Store) -> None:
        comment = store.add_comment(PENDING)
        sent, failed, fresh, waiting = (store.add_letter("prove", NOW, NOW, comments=[comment]) for _ in range(4))
        store.mark_sent(sent, NOW)
        store.mark_failed(failed, "The address is refused.", retry=None, at=NOW)
        store.mark_sent(fresh, NOW + MINUTE)

        assert store.purge_letters(NOW + MINUTE) == 2
        assert [letter.id for letter in store.list_letters()] == [waiting, fresh]
