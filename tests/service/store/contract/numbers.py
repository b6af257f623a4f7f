"""What every store promises about the numbers that imported comments bring along."""

from dataclasses import replace

from comments.store.base import Store
from comments.store.base_moving import Moved
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, THREAD


class NumberContract:
    def test_a_free_number_is_kept_and_a_taken_one_is_told_besides_the_new_one(self, store: Store) -> None:
        here = store.add_comment(APPROVED)

        kept = store.import_comment(replace(APPROVED, number=here + 40, created=NOW + MINUTE), "wordpress:a", "41")
        moved = store.import_comment(replace(APPROVED, number=here, created=NOW + 2 * MINUTE), "wordpress:a", "1")

        assert kept == here + 40
        assert moved not in (here, kept)
        shown = [(comment.id, comment.number) for comment in store.list_public(THREAD)]
        assert shown == [(here, None), (kept, None), (moved, here)]

    def test_the_former_number_goes_with_its_comment(self, store: Store) -> None:
        here = store.add_comment(APPROVED)
        moved = store.import_comment(replace(APPROVED, number=here), "wordpress:a", "1")

        store.delete_comment(moved, NOW)

        assert [(comment.id, comment.number) for comment in store.list_public(THREAD)] == [(here, None)]

    def test_a_comment_with_two_former_numbers_stands_on_its_page_once(self, store: Store) -> None:
        here = store.add_comment(APPROVED)
        with store.moving_in():
            for number in (90, 80):
                origin = {"source": "old", "key": str(number), "comment": here, "number": number}
                store.put_moved(Moved("origin", origin))

        assert [(comment.id, comment.number) for comment in store.list_public(THREAD)] == [(here, 80)]

    def test_a_number_no_page_can_hold_is_forgotten(self, store: Store) -> None:
        store.import_comment(replace(APPROVED, number=1 << 60), "wordpress:a", "x")

        assert [comment.number for comment in store.list_public(THREAD)] == [None]
