"""What every store promises to tell about one person: all of it, and nothing of anybody else."""

from dataclasses import replace

from comments.store.base import Store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW


class HoldingContract:
    def test_all_that_belongs_to_a_person_is_told_and_nothing_of_others(self, store: Store) -> None:
        ada, bo = store.add_person(NOW, b"browser"), store.add_person(NOW, b"other")
        for person in (ada, bo):
            store.set_address(person, b"sealed", b"lookup")
        asked = store.add_comment(replace(APPROVED, person=ada, token="a"))
        store.add_comment(replace(APPROVED, person=bo, parent=asked, token="b", name="Bo"))
        store.set_text(asked, "Mended.", "<p>Mended.</p>", 2, NOW + MINUTE)
        store.add_audit(NOW, "commenter", "submit", comment=asked)
        store.add_letter("prove", NOW, NOW, person=ada)
        store.add_letter("prove", NOW, NOW, person=bo)

        held = store.list_held(ada)

        assert {table: len(found) for table, found in held.items()} == {
            "people": 1, "addresses": 1, "browsers": 1, "comments": 1, "edits": 1, "audit": 1, "letters": 1,
        }  # fmt: skip
        assert held["comments"][0]["source"] == "Mended."
        assert held["letters"][0]["created"] == NOW
        assert not any(isinstance(value, bytes) for found in held.values() for row in found for value in row.values())
        assert store.list_held(99) == {}
