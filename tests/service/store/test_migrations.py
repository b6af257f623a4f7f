"""Every step of the schema, from its predecessor with rows in it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from comments.errors import Misconfigured
from comments.store import migrations
from comments.store.rows import EPOCH
from comments.store.sqlite import SQLiteStore, open_store
from tests.service.store.contract.cast import NOW

ROWS = """
INSERT INTO threads (id) VALUES ('a-good-night');
INSERT INTO comments (thread, name, website, source, html, markup, state, reasons, created, digest, language)
    VALUES ('a-good-night', 'Ann', '', 'Sleeping well.', '<p>Sleeping well.</p>', 1, 'pending', '[]', 0, '', '');
"""


@pytest.fixture
def old(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file without any schema, for building an old store."""
    path.parent.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def schema(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def test_a_store_without_the_search_gets_one_that_knows_the_comments(old: sqlite3.Connection, path: Path) -> None:
    migrations.apply(old, stop_before="m002_search")
    old.executescript(ROWS)

    store = open_store(path)

    assert [comment.name for comment in store.list_comments(query="sleeping")] == ["Ann"]
    assert store.check_integrity() == []
    store.close()


def test_a_store_without_the_list_of_reasons_gets_one_from_its_comments(old: sqlite3.Connection, path: Path) -> None:
    migrations.apply(old, stop_before="queue_lists")
    old.executescript(ROWS.replace("'[]'", """'[["first","First.",false],["danger","In danger.",true]]'"""))

    store = open_store(path)

    assert store.count_by_reason() == {"danger": 1, "first": 1}
    assert [comment.moderated for comment in store.list_comments(urgent=True)] == [""]
    assert store.check_integrity() == []
    store.close()


def test_a_store_without_second_steps_keeps_its_people_sessions_and_letters(
    old: sqlite3.Connection, path: Path
) -> None:
    migrations.apply(old, stop_before="accounts_doors")
    old.executescript("""
        INSERT INTO accounts (name, folded, role, created) VALUES ('Mo', 'mo', 'moderator', 0);
        INSERT INTO sessions (account, digest, created, seen, expires) VALUES (1, x'01', 0, 0, 1000000);
        INSERT INTO letters (kind, account, created, due) VALUES ('moderate', 1, 0, 0);
    """)

    store = open_store(path)

    session = store.find_session(b"\x01", EPOCH)
    assert session is not None
    assert session.confirmed == EPOCH  # dangerous steps ask again
    assert [letter.invitation for letter in store.list_letters()] == [None]
    assert store.find_second_step(1) is None
    assert store.list_invitations() == []
    assert store.check_integrity() == []
    store.close()


def test_a_store_without_former_numbers_learns_those_of_wordpress(old: sqlite3.Connection, path: Path) -> None:
    migrations.apply(old, stop_before="former_numbers")
    rows = ROWS.replace("'pending'", "'approved'").replace("INSERT INTO threads", "INSERT OR IGNORE INTO threads")
    old.executescript(rows * 3)
    old.executescript("""
        INSERT INTO origins (source, key, comment) VALUES ('wordpress:a', '70', 1);
        INSERT INTO origins (source, key, comment) VALUES ('wordpress:a', '2', 2);
        INSERT INTO origins (source, key, comment) VALUES ('elsewhere:a', '71', 3);
    """)

    store = open_store(path)

    assert {one.id: one.number for one in store.list_public("a-good-night")} == {1: 70, 2: None, 3: None}
    assert store.check_integrity() == []
    store.close()


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("70", 70),
        ("7-0123456789ab", 7),
        ("abc", None),
        ("3rd", None),
        ("-4", None),
        ("", None),
        ("0", None),
        ("9" * 20, None),
    ],
)
def test_a_key_that_is_no_number_is_not_taken_for_one(
    old: sqlite3.Connection, path: Path, key: str, number: int | None
) -> None:
    migrations.apply(old, stop_before="former_numbers")
    old.executescript(ROWS)
    old.execute("INSERT INTO origins (source, key, comment) VALUES ('wordpress:a', ?, 1)", (key,))

    store = open_store(path)

    assert store._value("SELECT number FROM origins") == number
    store.close()


@pytest.mark.parametrize("step", [step.__name__ for step in migrations.STEPS[1:]])
def test_a_store_stopped_before_any_step_ends_up_like_a_new_one(store: SQLiteStore, tmp_path: Path, step: str) -> None:
    path = tmp_path / "old.db"
    old = sqlite3.connect(path, isolation_level=None)
    migrations.apply(old, stop_before=step)
    old.close()

    open_store(path).close()

    upgraded, new = sqlite3.connect(path), sqlite3.connect(store._path)
    assert schema(upgraded) == schema(new)
    upgraded.close()
    new.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(
    old: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.apply(old, stop_before="m002_search")
    old.executescript(ROWS)
    before = schema(old)
    broken = migrations.Migrations("comments")
    for step in migrations.STEPS:
        broken()(step)

    @broken()
    def m003_broken(db: migrations.Database) -> None:
        db.execute("CREATE TABLE half (a TEXT) STRICT")
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    with pytest.raises(KeyboardInterrupt):
        open_store(path)

    assert schema(old) == before


def test_a_store_of_a_newer_version_is_left_alone(store: SQLiteStore, path: Path) -> None:
    with store.write():
        store._run(
            """INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
            VALUES ('comments', 'm999_future', '2099')"""
        )
    store.close()

    with pytest.raises(Misconfigured, match="m999_future"):
        open_store(path)


def test_a_store_from_a_backup_in_another_mode_gets_a_log_again(store: SQLiteStore, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    store._rows(f"VACUUM INTO '{copy}'")

    restored = open_store(copy)

    assert restored._value("PRAGMA journal_mode") == "wal"
    restored.close()


def test_what_was_published_before_letters_were_offered_is_news_to_nobody(old: sqlite3.Connection, path: Path) -> None:
    migrations.apply(old, stop_before="people_letters")
    old.executescript(ROWS + ROWS.split(";")[1].replace("'pending'", "'approved'") + ";")

    store = open_store(path)

    assert store._rows("SELECT state, announced IS NULL AS news FROM comments ORDER BY id")[0]["news"]
    assert store.list_news(NOW) == []
    assert store.check_integrity() == []
    store.close()
