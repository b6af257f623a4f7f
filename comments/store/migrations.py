"""The schema, one step at a time. A step that was released is never edited; each is tested from its predecessor.

Moments are whole microseconds since 1970. Ids are AUTOINCREMENT, so that no id is ever used again.
"""

from sqlite3 import Connection

from sqlite_utils import Database, Migrations

from comments.store import tables

# Says in the file's header whose file it is ("PNot"), so that a foreign database is never taken for ours.
APPLICATION = 0x504E6F74

# What a row is called in the list of the erased: random, so that the list tells nothing, and never given again.
_MARKS = (
    "ALTER TABLE comments ADD COLUMN mark TEXT",
    "ALTER TABLE people ADD COLUMN mark TEXT",
    "UPDATE comments SET mark = lower(hex(randomblob(16)))",
    "UPDATE people SET mark = lower(hex(randomblob(16)))",
)

# What lets people in besides a password.
_DOORS = (
    "ALTER TABLE sessions ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE second_steps (
        account INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
        sealed BLOB NOT NULL,
        used INTEGER NOT NULL DEFAULT 0,
        since INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE recovery_codes (
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        code TEXT NOT NULL,
        PRIMARY KEY (account, code)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE invitations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('administrator', 'moderator', 'author')),
        author TEXT,
        sender TEXT NOT NULL,
        address BLOB,
        created INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) STRICT""",
    "ALTER TABLE letters ADD COLUMN invitation INTEGER REFERENCES invitations (id) ON DELETE CASCADE",
    "CREATE INDEX letters_by_invitation ON letters (invitation) WHERE invitation IS NOT NULL",
)


def m001_tables(db: Database) -> None:
    """Everything but the search."""
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    for statement in (
        tables.KEYS,
        *tables.ACCOUNTS,
        *tables.PEOPLE,
        *tables.COMMENTS,
        *tables.COUNTERS,
        *tables.AUDIT,
        *tables.OUTBOX,
        *tables.VIEWS,
    ):
        db.execute(statement)


def m002_search(db: Database) -> None:
    """The desk's full-text search, SQLite's own part of the schema."""
    for statement in tables.SEARCH:
        db.execute(statement)


_DECISIONS = """CREATE INDEX audit_decisions ON audit (at)
    WHERE action IN ('approve', 'spam', 'trash', 'reply', 'edit')"""


# Which reasons a comment has, by their keys, to be filtered and counted by; triggers keep them in step.
_REASONS = (
    """CREATE TABLE comment_reasons (
        key TEXT NOT NULL,
        comment INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
        urgent INTEGER NOT NULL,
        PRIMARY KEY (key, comment)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX comment_reasons_by_comment ON comment_reasons (comment, urgent)",
    """CREATE TRIGGER comment_reasons_insert AFTER INSERT ON comments WHEN new.reasons <> '[]' BEGIN
        INSERT OR IGNORE INTO comment_reasons (key, comment, urgent)
        SELECT json_extract(value, '$[0]'), new.id, json_extract(value, '$[2]') FROM json_each(new.reasons);
    END""",
    """CREATE TRIGGER comment_reasons_update AFTER UPDATE OF reasons ON comments WHEN new.reasons <> old.reasons BEGIN
        DELETE FROM comment_reasons WHERE comment = new.id;
        INSERT OR IGNORE INTO comment_reasons (key, comment, urgent)
        SELECT json_extract(value, '$[0]'), new.id, json_extract(value, '$[2]') FROM json_each(new.reasons);
    END""",
    """INSERT OR IGNORE INTO comment_reasons (key, comment, urgent)
        SELECT json_extract(r.value, '$[0]'), c.id, json_extract(r.value, '$[2]')
        FROM comments c, json_each(c.reasons) r""",
)

# What readers are told where a moderator changed somebody's words, and what they were told with each former text.
_MODERATED = (
    "ALTER TABLE comments ADD COLUMN moderated TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE edits ADD COLUMN moderated TEXT NOT NULL DEFAULT ''",
    "DROP VIEW public_rows",
    """CREATE VIEW public_rows AS
        SELECT c.id, c.thread, c.parent, c.state, c.created, c.edited, a.role,
            CASE c.state WHEN 'approved' THEN c.name ELSE '' END AS name,
            CASE c.state WHEN 'approved' THEN c.website ELSE '' END AS website,
            CASE c.state WHEN 'approved' THEN c.html ELSE '' END AS html,
            CASE c.state WHEN 'approved' THEN c.language ELSE '' END AS language,
            CASE c.state WHEN 'approved' THEN c.moderated ELSE '' END AS moderated
        FROM comments c LEFT JOIN accounts a ON a.id = c.account""",
)


# With the state in the index, a long thread is counted without its texts being read.
_THREADS = (
    "DROP INDEX comments_by_thread",
    "CREATE INDEX comments_by_thread ON comments (thread, created, id, state, waiting)",
)


def queue_lists(db: Database) -> None:
    """What the desk's lists and insights ask for, and the public word where a moderator edits."""
    for statement in (_DECISIONS, *_REASONS, *_MODERATED, *_THREADS):
        db.execute(statement)


def migrate_origins(db: Database) -> None:
    """Where imported comments came from. A number stays known when its comment is erased: it is never given again."""
    db.execute(
        "CREATE TABLE origins (source TEXT NOT NULL, key TEXT NOT NULL, comment INTEGER NOT NULL,"
        " PRIMARY KEY (source, key)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX origins_by_comment ON origins (comment)")
    db.execute("CREATE TABLE import_floor (floor INTEGER NOT NULL) STRICT")


def upkeep_marks(db: Database) -> None:
    """A random mark for every comment and person, by which a restored backup knows what was erased since."""
    for statement in _MARKS:
        db.execute(statement)


# Addresses and networks stand in the lists as keyed hashes only, and so do the words the filter learned.
_GUARD = (
    "ALTER TABLE comments ADD COLUMN said TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX comments_by_said ON comments (said, created) WHERE said <> ''",
    """CREATE TABLE listings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        list TEXT NOT NULL CHECK (list IN ('moderation', 'disallowed')),
        kind TEXT NOT NULL CHECK (kind IN ('word', 'address', 'prefix', 'domain')),
        value TEXT NOT NULL,
        by TEXT NOT NULL,
        created INTEGER NOT NULL,
        expires INTEGER,
        UNIQUE (list, kind, value)
    ) STRICT""",
    """CREATE TABLE guard (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        lists INTEGER NOT NULL DEFAULT 0,
        braked INTEGER,
        why TEXT NOT NULL DEFAULT '',
        ham INTEGER NOT NULL DEFAULT 0,
        spam INTEGER NOT NULL DEFAULT 0,
        ham_tokens INTEGER NOT NULL DEFAULT 0,
        spam_tokens INTEGER NOT NULL DEFAULT 0,
        caught INTEGER NOT NULL DEFAULT 0,
        alarms INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "INSERT INTO guard (one) VALUES (1)",
    """CREATE TABLE learned (
        comment INTEGER PRIMARY KEY REFERENCES comments (id) ON DELETE CASCADE,
        spam INTEGER NOT NULL,
        caught INTEGER NOT NULL,
        tokens TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE tokens (token TEXT PRIMARY KEY, ham INTEGER NOT NULL, spam INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)


def spam_guard(db: Database) -> None:
    """Lists, the brake, what the filter learned, and the same words anywhere."""
    for statement in _GUARD:
        db.execute(statement)


_SUBSCRIPTIONS = (
    """CREATE TABLE subscriptions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        comment INTEGER NOT NULL UNIQUE REFERENCES comments (id) ON DELETE CASCADE,
        thread TEXT NOT NULL REFERENCES threads (id),
        scope TEXT NOT NULL CHECK (scope IN ('replies', 'thread')),
        asked INTEGER NOT NULL,
        confirmed INTEGER
    ) STRICT""",
    "CREATE INDEX subscriptions_by_person ON subscriptions (person)",
    "CREATE INDEX subscriptions_by_thread ON subscriptions (thread) WHERE confirmed IS NOT NULL AND scope = 'thread'",
    "CREATE INDEX subscriptions_unconfirmed ON subscriptions (asked) WHERE confirmed IS NULL",
    "ALTER TABLE letters ADD COLUMN subscription INTEGER REFERENCES subscriptions (id) ON DELETE CASCADE",
    "CREATE INDEX letters_by_subscription ON letters (subscription) WHERE subscription IS NOT NULL",
    "ALTER TABLE comments ADD COLUMN tell INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE comments ADD COLUMN announced INTEGER",
    # What is published already is no news to anybody.
    "UPDATE comments SET announced = coalesce(approved, created) WHERE state = 'approved'",
    """CREATE INDEX comments_unannounced ON comments (state, announced, approved)
        WHERE state = 'approved' AND announced IS NULL""",
    """CREATE TABLE letter_choices (
        account INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
        chosen TEXT NOT NULL CHECK (chosen IN ('at once', 'daily', 'urgent')),
        hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23)
    ) STRICT""",
)


def people_letters(db: Database) -> None:
    """Subscriptions, letters about one's own comment, and when the desk's people get theirs."""
    for statement in _SUBSCRIPTIONS:
        db.execute(statement)


def accounts_doors(db: Database) -> None:
    """Second steps, recovery codes, invitations, and when a session last showed who it is."""
    for statement in _DOORS:
        db.execute(statement)


def former_numbers(db: Database) -> None:
    """The number an imported comment had, where that was taken here: links to it still lead to the comment."""
    db.execute("ALTER TABLE origins ADD COLUMN number INTEGER")
    # A key is the number, or, where an export held one number twice, the number and who wrote it: 7-0123456789ab.
    db.execute(
        "UPDATE origins SET number = CAST(key AS INTEGER)"
        " WHERE source LIKE 'wordpress:%' AND rtrim(substr(key, 1, instr(key || '-', '-') - 1), '0123456789') = ''"
        " AND CAST(key AS INTEGER) NOT IN (0, comment) AND CAST(key AS INTEGER) BETWEEN 1 AND (1 << 53) - 1"
    )
    db.execute("CREATE INDEX origins_renumbered ON origins (comment, number) WHERE number IS NOT NULL")


_LEFTOVERS = (
    "CREATE TABLE void_links (one INTEGER PRIMARY KEY CHECK (one = 1), before INTEGER NOT NULL) STRICT",
    """CREATE TABLE muted (
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        thread TEXT NOT NULL REFERENCES threads (id),
        PRIMARY KEY (account, thread)
    ) STRICT, WITHOUT ROWID""",
)


def leftovers_void_and_muted(db: Database) -> None:
    """Links that a restore made void, and threads about which somebody wants no letters."""
    for statement in _LEFTOVERS:
        db.execute(statement)


STEPS = (
    m001_tables,
    m002_search,
    queue_lists,
    migrate_origins,
    upkeep_marks,
    spam_guard,
    people_letters,
    accounts_doors,
    former_numbers,
    leftovers_void_and_muted,
)
MIGRATIONS = Migrations("comments")
for _step in STEPS:
    MIGRATIONS()(_step)


class NewerSchema(Exception):
    """Steps were applied that this version does not know; the message names them."""


def apply(connection: Connection, stop_before: str | None = None) -> None:
    """Bring the schema up to date, or up to before a step. The caller holds the lock and a transaction.

    :raise NewerSchema: a newer version made this store.
    """
    # Strict, so that the table of applied steps is too.
    database = Database(connection, execute_plugins=False, strict=True)
    unknown = {step.name for step in MIGRATIONS.applied(database)} - {step.__name__ for step in STEPS}
    if unknown:
        raise NewerSchema(", ".join(sorted(unknown)))
    if MIGRATIONS.pending(database):
        MIGRATIONS.apply(database, stop_before=stop_before)
