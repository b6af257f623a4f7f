"""Whatever table is added: what it holds of a person is told to them, and goes when they are forgotten."""

from comments.store.sqlite import SQLiteStore

# Rows whose writer is taken off them one by one: see ``erase_comment``.
KEPT = {("comments", "person"), ("comments", "parent")}


def test_a_table_of_another_day_is_told_without_a_word_of_code(store: SQLiteStore) -> None:
    with store.write():
        store._run("CREATE TABLE wishes (person INTEGER REFERENCES people (id) ON DELETE CASCADE, wish TEXT) STRICT")
        person = store._run("INSERT INTO people (created) VALUES (1) RETURNING id")[0]["id"]
        store._run("INSERT INTO wishes VALUES (:person, 'quiet')", person=person)

    assert store.list_held(person)["wishes"] == [{"person": person, "wish": "quiet"}]


def test_every_row_about_a_person_or_a_comment_goes_with_them(store: SQLiteStore) -> None:
    found = store._rows(
        """SELECT m.name AS name, f."from" AS point, f.on_delete AS fate
        FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND f."table" IN ('people', 'comments')"""
    )

    stays = {(row["name"], row["point"]) for row in found if row["fate"] not in ("CASCADE", "SET NULL")}
    assert stays == KEPT
