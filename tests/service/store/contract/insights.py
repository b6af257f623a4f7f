"""What every store promises to learn from many rows."""

from dataclasses import replace

from comments.model import Decision, Narrowing, Reason
from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING


class InsightContract:
    def test_the_first_decision_on_each_comment_that_waited_is_told_newest_first(self, store: Store) -> None:
        one, two, third = (store.add_comment(PENDING) for _ in range(3))
        store.add_audit(NOW + MINUTE, "Marta", "approve", comment=one, detail={"from": "pending", "to": "approved"})
        store.add_audit(NOW + 2 * MINUTE, "Marta", "undo", comment=one, detail={"from": "approved", "to": "pending"})
        store.add_audit(NOW + 3 * MINUTE, "Marta", "spam", comment=one, detail={"from": "pending", "to": "spam"})
        store.add_audit(NOW + 4 * MINUTE, "Marta", "edit", comment=two, detail={"from": "pending", "to": "pending"})
        store.add_audit(NOW + 5 * MINUTE, "Marta", "trash", comment=two, detail={"from": "pending", "to": "trash"})
        store.add_audit(NOW + 6 * MINUTE, "commenter", "delete", comment=third)
        store.add_audit(NOW + 7 * MINUTE, "Marta", "spam", comment=third, detail={"from": "approved", "to": "spam"})
        first = Decision(NOW + 3 * MINUTE, 3 * MINUTE, published=False)
        second = Decision(NOW + 5 * MINUTE, 5 * MINUTE, published=False)

        assert store.list_decisions(NOW) == [second, first]
        assert store.list_decisions(NOW, limit=1) == [second]
        assert store.list_decisions(NOW + 4 * MINUTE) == [second]

    def test_a_decision_that_was_undone_is_none_until_there_is_another(self, store: Store) -> None:
        one, two = (store.add_comment(PENDING) for _ in range(2))
        for comment, back in ((one, "undo"), (two, "restore")):
            away = {"from": "pending", "to": "spam"}
            store.add_audit(NOW + MINUTE, "Marta", "spam", comment=comment, detail=away)
            again = {"from": "spam", "to": "pending"}
            store.add_audit(NOW + 2 * MINUTE, "Marta", back, comment=comment, detail=again)
        assert store.list_decisions(NOW) == []

        later = {"from": "pending", "to": "approved"}
        store.add_audit(NOW + 9 * MINUTE, "Marta", "approve", comment=two, detail=later)
        store.add_audit(NOW + 10 * MINUTE, "Marta", "trash", comment=two, detail={"from": "approved", "to": "trash"})

        assert store.list_decisions(NOW) == [Decision(NOW + 9 * MINUTE, 9 * MINUTE, published=True)]

    def test_lists_are_narrowed_by_reason_urgency_person_and_time_and_counted_alike(self, store: Store) -> None:
        person = store.add_person(NOW, None)
        first, danger = Reason("first", "First."), Reason("danger", "In danger.", urgent=True)
        one = store.add_comment(replace(PENDING, reasons=(first,), person=person))
        two = store.add_comment(replace(PENDING, reasons=(first, danger), created=NOW + MINUTE))
        three = store.add_comment(replace(PENDING, state="approved", created=NOW + 2 * MINUTE, person=person))
        narrowed: list[tuple[Narrowing, list[int]]] = [
            ({"reason": "first"}, [one, two]),
            ({"reason": "nothing"}, []),
            ({"urgent": True}, [two]),
            ({"urgent": False}, [one, three]),
            ({"person": person}, [one, three]),
            ({"since": NOW + MINUTE}, [two, three]),
            ({"until": NOW + MINUTE}, [one]),
            ({"person": person, "state": "pending", "reason": "first", "query": "slept"}, [one]),
        ]

        for narrowing, expected in narrowed:
            assert [comment.id for comment in store.list_comments(**narrowing)] == expected, narrowing
            assert store.count_comments(**narrowing) == len(expected)
        assert store.count_by_state(person=person)["approved"] == 1
        assert store.count_by_reason() == {"first": 2, "danger": 1}
        assert store.count_by_reason(NOW + MINUTE) == {"danger": 1, "first": 1}
        assert store.count_held(NOW) == (3, 2)
        assert store.count_by_thread(NOW, limit=1) == {PENDING.thread: 3}
        store.set_proposed(two, None, (), NOW)
        assert store.count_by_reason() == {"first": 1}

    def test_a_list_goes_on_beyond_a_comment_in_either_order(self, store: Store) -> None:
        numbers = [store.add_comment(replace(PENDING, created=NOW + place * MINUTE)) for place in (2, 0, 1, 1)]
        order = [numbers[1], numbers[2], numbers[3], numbers[0]]

        assert [c.id for c in store.list_comments(beyond=order[1])] == order[2:]
        assert [c.id for c in store.list_comments(beyond=order[2], newest_first=True)] == order[:2][::-1]
        assert [c.id for c in store.list_comments(beyond=999)] == order

    def test_what_readers_are_told_of_a_moderators_edit_goes_with_the_text(self, store: Store) -> None:
        number = store.add_comment(APPROVED)

        told = store.set_text(number, "Other.", "<p>Other.</p>", 1, NOW, moderated="Shorter")
        assert told.moderated == store.list_public(PENDING.thread)[0].moderated == "Shorter"
        assert store.find_former_text(number) == (APPROVED.source, "")
        assert store.set_text(number, "Own.", "<p>Own.</p>", 1, NOW).moderated == ""
        assert store.find_former_text(number) == ("Other.", "Shorter")
        store.erase_comment(number, text=False, at=NOW)
        assert store.find_former_text(number) is None
