"""What every store promises about its upkeep."""

from dataclasses import replace
from pathlib import Path

from comments.store.base import Store
from comments.store.base_upkeep import Sealed
from comments.store.sqlite import open_store
from tests.service.store.contract.cast import APPROVED, MINUTE, NOW, PENDING


class UpkeepContract:
    def test_a_copy_is_the_store_at_one_moment_and_is_told_of_while_it_is_made(
        self, store: Store, tmp_path: Path
    ) -> None:
        comment = store.add_comment(APPROVED)
        told: list[tuple[int, int]] = []

        def meanwhile(done: int, of: int) -> None:
            told.append((done, of))
            store.add_comment(PENDING)  # whoever writes meanwhile does not wait, and is not in the copy

        store.copy_to(tmp_path / "copy.db", meanwhile)

        assert told[-1][0] == told[-1][1] > 0
        assert store.count_comments() == 1 + len(told)
        copy = open_store(tmp_path / "copy.db")
        assert [each.id for each in copy.iterate_comments()] == [comment]
        assert copy.check_integrity() == copy.check_search() == []
        copy.close()
        assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600

    def test_every_comment_and_person_has_a_random_mark(self, store: Store) -> None:
        comments = [store.add_comment(PENDING), store.add_comment(APPROVED)]
        people = [store.add_person(NOW, None), store.add_person(NOW, None)]

        marks = store.list_marks("comment", comments) + store.list_marks("person", people)

        assert len(set(marks)) == 4
        assert all(len(mark) == 32 for mark in marks)
        assert [(each.kind, each.id, *each.marks) for each in store.iterate_marks()] == [
            ("comment", comments[0], marks[0]),
            ("comment", comments[1], marks[1]),
            ("person", people[0], marks[2]),
            ("person", people[1], marks[3]),
        ]
        assert store.list_marks("comment", [99]) == []

    def test_a_person_joined_with_others_has_their_marks_too(self, store: Store) -> None:
        people = [store.add_person(NOW, None) for _ in range(3)]
        marks = store.list_marks("person", people)
        for person in people:
            store.set_address(person, b"sealed", b"lookup")

        kept = store.prove_person(people[1], None, NOW)

        assert sorted(store.list_marks("person", [kept])) == sorted(marks)

    def test_ids_that_are_skipped_are_never_given(self, store: Store) -> None:
        first = store.add_comment(PENDING)
        assert store.get_last_ids()["comments"] == first

        store.skip_ids({"comments": 40, "people": 7, "something else": 9})
        store.skip_ids({"comments": 20})

        assert store.add_comment(PENDING) == 41
        assert store.add_person(NOW, None) == 8
        assert "something else" not in store.get_last_ids()

    def test_sealed_values_are_listed_replaced_and_dropped_and_their_owners_stay(self, store: Store) -> None:
        person, account = store.add_person(NOW, None), store.add_account("Mo", "moderator", NOW)
        store.add_account("Jo", "moderator", NOW)
        store.set_address(person, b"sealed", b"lookup")
        store.set_account_address(account, b"sealed too")
        comment = store.add_comment(replace(APPROVED, person=person))

        found = list(store.iterate_sealed())
        assert found == [
            Sealed("person", person, b"sealed", b"lookup"),
            Sealed("account", account, b"sealed too", None),
        ]
        assert [each.owner for each in found] == [f"person:{person}", f"account:{account}"]
        for each in found:
            store.set_sealed(each._replace(sealed=b"anew", lookup=each.lookup and b"new lookup"))
        assert store.find_address(person) == (b"anew", b"new lookup")
        assert store.find_account_address(account) == b"anew"
        assert store.drop_sealed() == 2
        assert list(store.iterate_sealed()) == []
        assert store.get_comment(comment).person == person
        assert store.get_account(account).has_address is False

    def test_check_values_are_replaced_as_a_whole(self, store: Store) -> None:
        store.set_key_check("old", b"1")

        store.set_key_checks({"new": b"2"})

        assert store.get_key_checks() == {"new": b"2"}

    def test_the_search_can_be_checked_and_built_anew(self, store: Store) -> None:
        store.add_comment(PENDING)
        assert store.check_search() == []

        store.rebuild_search()

        assert store.check_search() == []
        assert store.count_comments(query="slept") == 1
        assert store.list_discarded(NOW + MINUTE) == []
