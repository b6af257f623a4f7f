"""What every store promises about moving to another installation."""

from dataclasses import replace
from pathlib import Path

import pytest

from comments.errors import NotFound, StoreProblem
from comments.model import Reason
from comments.store.base import Store
from comments.store.base_moving import Moved
from comments.store.sqlite import open_store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING, THREAD


def put_all(store: Store, rows: list[Moved]) -> None:
    with store.moving_in():
        for row in rows:
            store.put_moved(row)


class MovingContract:
    def test_what_moves_arrives_as_it_was_with_its_numbers(self, store: Store, tmp_path: Path) -> None:
        person = store.add_person(NOW, None)
        first = store.add_comment(replace(APPROVED, person=person, reasons=(Reason("a", "A.", True),)))
        store.add_comment(replace(PENDING, parent=first, created=NOW - MINUTE))  # an answer may look older
        gone = store.add_comment(PENDING)
        store.set_text(first, "Other.", "<p>Other.</p>", 2, NOW, moderated="Names.")
        store.delete_comment(gone, NOW)
        store.add_subscription(person, first, "thread", NOW)
        store.set_override("another", "closed")
        store.add_audit(NOW, "Mo", "approve", comment=first, thread=THREAD, detail={"a": [1]})
        store.import_comment(replace(APPROVED, number=70), "old", "70")
        store.import_comment(replace(APPROVED, number=70, created=NOW + MINUTE), "another", "70")
        store.set_muted(store.add_account("Mo", "moderator", NOW), THREAD, True)
        store.add_listing("moderation", "word", "casino", "Mo", NOW)
        store.set_brake(NOW, "Many.")
        rows = list(store.iterate_moved())
        assert not open_new(tmp_path / "empty").has_conversation()

        there = open_new(tmp_path / "there")
        put_all(there, rows)

        assert list(there.iterate_moved()) == rows
        assert store.count_moved() == there.count_moved() > 0
        assert there.has_conversation()
        assert there.get_comment(first) == replace(store.get_comment(first), token=None)
        assert there.list_edits(first) == store.list_edits(first)
        assert there.find_former_text(first) == ("I slept *well*.", "")
        assert there.find_by_origin("old", "70") == 70
        assert [one.number for one in there.list_public(THREAD)] == [None, None, 70]
        assert there.list_muted(1) == [THREAD]
        assert there.add_comment(PENDING) == store.add_comment(PENDING)
        assert there.get_guard().why == "Many."
        assert there.check_search() == there.check_integrity() == []
        there.close()

    def test_numbers_of_a_sites_own_are_those_given_before_anything_was_brought_over(self, store: Store) -> None:
        assert store.get_own_numbers() == 0
        own = store.add_comment(APPROVED)
        assert store.get_own_numbers() == own
        store.import_comment(replace(APPROVED, number=70), "old", "70")
        assert store.get_own_numbers() == own

    def test_sealed_addresses_move_only_when_asked_for(self, store: Store) -> None:
        person, account = store.add_person(NOW, None), store.add_account("Mo", "moderator", NOW)
        store.set_address(person, b"sealed", b"lookup")
        store.set_account_address(account, b"sealed too")
        store.set_password(account, "argon2")

        assert "sealed" not in repr(list(store.iterate_moved()))
        told = {row.kind: row.values.get("sealed") for row in store.iterate_moved(sealed=True)}
        assert (told["person"], told["account"]) == (b"sealed", b"sealed too")
        assert "argon2" not in repr(list(store.iterate_moved(sealed=True)))
        assert "lookup" not in repr(list(store.iterate_moved(sealed=True)))

    def test_rows_that_belong_to_nothing_or_to_one_another_change_nothing(self, store: Store, tmp_path: Path) -> None:
        first = store.add_comment(APPROVED)
        second = store.add_comment(replace(APPROVED, parent=first))
        rows = list(store.iterate_moved())
        circle = [
            row._replace(values=row.values | {"parent": second}) if row.values.get("id") == first else row
            for row in rows
        ]
        there = open_new(tmp_path / "there")
        for bad in (circle, [row for row in rows if row.values.get("id") != first]):
            with pytest.raises(NotFound):
                put_all(there, bad)
        with pytest.raises(StoreProblem):
            put_all(there, [*rows[:2], *rows])
        assert not there.has_conversation()
        there.close()


def open_new(path: Path) -> Store:
    return open_store(path / "store.db", create=True)
