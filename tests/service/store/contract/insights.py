"""What every store promises to learn from many rows."""

from comments.model import Decision
from comments.store.base import Store
from tests.service.store.contract.cast import MINUTE, NOW, PENDING


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
        first = Decision(NOW + MINUTE, MINUTE, published=True)
        second = Decision(NOW + 5 * MINUTE, 5 * MINUTE, published=False)

        assert store.list_decisions(NOW) == [second, first]
        assert store.list_decisions(NOW, limit=1) == [second]
        assert store.list_decisions(NOW + 2 * MINUTE) == [second]
