"""Nothing of the schema is forgotten when a conversation moves: each column moves, or it is said why it stays."""

from comments.store.moving import PARTS
from comments.store.sqlite import SQLiteStore

MOVES = {
    "accounts", "audit", "comments", "edits", "guard", "import_floor", "letter_choices", "listings", "muted",
    "origins",
    "people", "subscriptions", "threads",
}  # fmt: skip
# Tables that stay, as docs/export.md says; addresses move on their own, when they are asked for.
STAYS = {
    "addresses": "sealed with keys of this place",
    "browsers": "cookies of this place",
    "sessions": "cookies of this place",
    "second_steps": "secrets",
    "recovery_codes": "secrets",
    "invitations": "their links lead here",
    "void_links": "links of this place",
    "events": "counters of the brake",
    "spent": "tokens of this place",
    "key_checks": "keys of this place",
    "letters": "the outbox",
    "letter_comments": "the outbox",
    "tokens": "words the filter learned, hashed with keys of this place",
    "learned": "words the filter learned, hashed with keys of this place",
    "comment_reasons": "made from the comments by triggers",
}
COLUMNS = {
    "accounts": {"folded", "password", "address"},
    "people": {"mark"},
    "threads": {"revision", "shown"},
    "comments": {"token", "digest", "prefix", "said", "mark", "waiting"},
    "edits": {"id", "comment"},
    "guard": {"one", "lists", "ham", "spam", "ham_tokens", "spam_tokens", "caught", "alarms"},
    "letter_choices": {"account"},
    "muted": {"account"},
}


def test_every_table_moves_or_it_is_said_why_not(store: SQLiteStore) -> None:
    found = store._rows(
        """SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
        AND name NOT LIKE 'comments_search%' AND name NOT LIKE '_sqlite%'"""
    )
    assert {row["name"] for row in found} == MOVES | STAYS.keys()


def test_every_column_of_what_moves_is_read(store: SQLiteStore) -> None:
    read = " ".join(part.read for part in PARTS)
    for table in MOVES:
        columns = {row["name"] for row in store._rows(f"PRAGMA table_xinfo({table})")}
        missing = {name for name in columns - COLUMNS.get(table, set()) if name not in read.replace('"', "")}
        assert missing <= {"floor"}, table
