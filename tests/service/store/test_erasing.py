"""Erased means erased: the bytes are in no file of the store any more."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from comments.errors import StoreProblem
from comments.model import Reason
from comments.store import engine
from comments.store.sqlite import SQLiteStore
from tests.service.store.contract.cast import APPROVED, NOW, PENDING

SECRETS = ["Zoëhasaname", "https://zoe.example", "unmistakableword", "formerwording", "proposedwording", "reasonword"]


def held(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def add_secret(store: SQLiteStore) -> int:
    person = store.add_person(NOW, b"browser-hash")
    store.set_address(person, b"sealed-address", b"lookup-of-address")
    draft = replace(APPROVED, name=SECRETS[0], website=SECRETS[1], source=SECRETS[3], html=SECRETS[3])
    comment = store.add_comment(replace(draft, person=person, prefix=b"prefix-hash"))
    store.set_text(comment, SECRETS[2], SECRETS[2], 1, NOW)
    store.set_proposed(comment, SECRETS[4], [Reason("word", SECRETS[5])], NOW)
    return comment


@pytest.mark.parametrize("checkpointed", [False, True])
def test_nothing_of_an_erased_comment_is_left_in_any_file(store: SQLiteStore, path: Path, checkpointed: bool) -> None:
    others = [store.add_comment(replace(PENDING, source=f"other text number {n} " * 30)) for n in range(50)]
    comment = add_secret(store)
    store.set_text(others[0], "another word", "another word", 1, NOW)
    if checkpointed:
        store.checkpoint()
    hidden = [secret.encode() for secret in SECRETS]
    hidden += [b"browser-hash", b"sealed-address", b"lookup-of-address", b"prefix-hash"]
    # The index keeps words folded: without accents, in small letters.
    hidden += [b"zoehasaname"]
    assert all(secret in held(path) for secret in hidden)

    store.erase_comment(comment, text=True, at=NOW)

    assert [secret for secret in hidden if secret in held(path)] == []
    assert store.count_comments(query="other text number") == 49
    assert store.check_integrity() == []


def test_a_forgotten_address_is_in_no_file(store: SQLiteStore, path: Path) -> None:
    person = store.add_person(NOW, None)
    store.set_address(person, b"sealed-address", b"lookup-of-address")

    store.forget_idle_addresses(NOW + timedelta(seconds=1))

    assert b"sealed-address" not in held(path)
    assert b"lookup-of-address" not in held(path)


def test_erasing_that_is_rolled_back_erases_nothing(store: SQLiteStore) -> None:
    comment = add_secret(store)

    def erase_and_fail() -> None:
        with store.write():
            store.erase_comment(comment, text=True, at=NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        erase_and_fail()

    assert store.get_comment(comment).source == SECRETS[2]
    assert store.count_comments(query=SECRETS[2]) == 1


def test_an_address_that_another_took_the_place_of_is_in_no_file(store: SQLiteStore, path: Path) -> None:
    person, account = store.add_person(NOW, None), store.add_account("Marta", "moderator", NOW)
    store.set_address(person, b"sealed-address", b"lookup-of-address")
    store.set_account_address(account, b"sealed-of-account")
    store.set_password(account, "argon2-of-before")
    former = [b"sealed-address", b"lookup-of-address", b"sealed-of-account", b"argon2-of-before"]
    assert all(value in held(path) for value in former)

    store.set_address(person, b"another", b"other")
    assert [value for value in former[:2] if value in held(path)] == []
    store.set_account_address(account, None)
    assert former[2] not in held(path)
    store.set_password(account, None)
    assert former[3] not in held(path)


def test_a_first_address_leaves_the_log_its_room(store: SQLiteStore, path: Path) -> None:
    store.set_address(store.add_person(NOW, None), b"sealed-address", b"lookup-of-address")

    assert path.with_name("store.db-wal").stat().st_size > 0


def test_a_log_that_could_not_be_emptied_is_with_the_next_change(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SQLITE_PATIENCE", 0.02)
    store.set_text(add_secret(store), "another word", "another word", 1, NOW)
    export = store.iterate_comments()
    next(export)
    store.add_event(b"bucket", NOW)
    with pytest.raises(StoreProblem):
        store.checkpoint()
    export.close()

    store.add_event(b"bucket", NOW)

    assert path.with_name("store.db-wal").stat().st_size == 0


def test_what_a_reader_keeps_in_the_log_is_swept_with_the_next_change(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SWEEP_PATIENCE", 0.02)
    comment = add_secret(store)
    export = store.iterate_comments()
    next(export)

    store.erase_comment(comment, text=True, at=NOW)
    assert SECRETS[2].encode() in held(path)
    export.close()
    store.add_event(b"bucket", NOW)

    assert SECRETS[2].encode() not in held(path)


def test_nothing_of_a_deleted_comment_is_left_in_any_file(store: SQLiteStore, path: Path) -> None:
    comment = add_secret(store)
    store.set_state(comment, "trash", NOW)
    store.add_audit(NOW, "Mo", "edit", comment=comment, detail={"reason": "reasonfreely"})

    assert store.delete_comment(comment, NOW)

    hidden = [*SECRETS, "zoehasaname", "reasonfreely", "sealed-address", "lookup-of-address"]
    assert [secret for secret in hidden if secret.encode() in held(path)] == []
    assert store.check_integrity() == []


def test_network_prefixes_go_with_the_purge(store: SQLiteStore, path: Path) -> None:
    store.add_comment(replace(PENDING, prefix=b"prefix-hash"))

    store.purge_events(NOW)
    assert store._value("SELECT count(*) FROM comments WHERE prefix IS NOT NULL") == 1

    store.purge_events(NOW.replace(day=NOW.day + 1))
    store.checkpoint()
    assert b"prefix-hash" not in held(path)
