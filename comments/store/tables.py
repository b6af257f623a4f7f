"""The tables of the first step. It was released, so nothing here is ever edited; later steps change the tables.

Moments are whole microseconds since 1970. Ids are AUTOINCREMENT, so that no id is ever used again.
"""

KEYS = "CREATE TABLE key_checks (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT"

ACCOUNTS = (
    """CREATE TABLE accounts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL CHECK (role IN ('administrator', 'moderator', 'author')),
        author TEXT,
        password TEXT,
        disabled INTEGER NOT NULL DEFAULT 0,
        address BLOB,
        created INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        digest BLOB NOT NULL UNIQUE,
        created INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX sessions_by_account ON sessions (account)",
)

# Addresses stand apart from people and comments: nothing that publishes can come upon one by joining too much.
PEOPLE = (
    """CREATE TABLE people (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        created INTEGER NOT NULL,
        proven INTEGER
    ) STRICT""",
    """CREATE TABLE browsers (
        hash BLOB PRIMARY KEY,
        person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE
    ) STRICT""",
    "CREATE INDEX browsers_by_person ON browsers (person)",
    """CREATE TABLE addresses (
        person INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
        sealed BLOB NOT NULL,
        lookup BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX addresses_by_lookup ON addresses (lookup)",
)

COMMENTS = (
    """CREATE TABLE threads (
        id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL DEFAULT 0,
        shown INTEGER NOT NULL DEFAULT 0,
        override TEXT CHECK (override IN ('open', 'held', 'closed', 'off'))
    ) STRICT""",
    "CREATE INDEX threads_due ON threads (id) WHERE revision > shown",
    """CREATE TABLE comments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        thread TEXT NOT NULL REFERENCES threads (id),
        parent INTEGER REFERENCES comments (id),
        person INTEGER REFERENCES people (id),
        account INTEGER REFERENCES accounts (id),
        name TEXT NOT NULL,
        website TEXT NOT NULL,
        source TEXT NOT NULL,
        html TEXT NOT NULL,
        markup INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'spam', 'trash')),
        former TEXT CHECK (former IN ('pending', 'approved', 'spam', 'trash')),
        reasons TEXT NOT NULL,
        created INTEGER NOT NULL,
        approved INTEGER,
        edited INTEGER,
        version INTEGER NOT NULL DEFAULT 1,
        proposed TEXT,
        erased INTEGER NOT NULL DEFAULT 0,
        token TEXT UNIQUE,
        digest TEXT NOT NULL,
        prefix BLOB,
        language TEXT NOT NULL,
        waiting INTEGER NOT NULL GENERATED ALWAYS AS
            (state = 'pending' OR (state = 'approved' AND proposed IS NOT NULL)) VIRTUAL
    ) STRICT""",
    "CREATE INDEX comments_by_state ON comments (state, created, id)",
    "CREATE INDEX comments_waiting ON comments (created, id) WHERE waiting = 1",
    "CREATE INDEX comments_by_thread ON comments (thread, created, id)",
    "CREATE INDEX comments_by_parent ON comments (parent) WHERE parent IS NOT NULL",
    "CREATE INDEX comments_by_person ON comments (person, state) WHERE person IS NOT NULL",
    "CREATE INDEX comments_by_digest ON comments (digest, created) WHERE digest <> ''",
    "CREATE INDEX comments_with_prefix ON comments (created) WHERE prefix IS NOT NULL",
    """CREATE TABLE edits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        comment INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        source TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX edits_by_comment ON edits (comment)",
)

# Columns that belong together, named once: no query is put together from pieces of text.
VIEWS = (
    """CREATE VIEW comment_rows AS
        SELECT c.*, EXISTS (SELECT 1 FROM addresses a WHERE a.person = c.person) AS has_address FROM comments c""",
    # Of a hidden comment nothing but its place.
    """CREATE VIEW public_rows AS
        SELECT c.id, c.thread, c.parent, c.state, c.created, c.edited, a.role,
            CASE c.state WHEN 'approved' THEN c.name ELSE '' END AS name,
            CASE c.state WHEN 'approved' THEN c.website ELSE '' END AS website,
            CASE c.state WHEN 'approved' THEN c.html ELSE '' END AS html,
            CASE c.state WHEN 'approved' THEN c.language ELSE '' END AS language
        FROM comments c LEFT JOIN accounts a ON a.id = c.account""",
    """CREATE VIEW people_rows AS
        SELECT p.*, EXISTS (SELECT 1 FROM addresses a WHERE a.person = p.id) AS has_address FROM people p""",
    """CREATE VIEW account_rows AS
        SELECT id, name, folded, role, author, password, disabled, address IS NOT NULL AS has_address
        FROM accounts""",
)

COUNTERS = (
    "CREATE TABLE events (bucket BLOB NOT NULL, at INTEGER NOT NULL) STRICT",
    "CREATE INDEX events_by_bucket ON events (bucket, at)",
    "CREATE INDEX events_by_moment ON events (at)",
    "CREATE TABLE spent (token TEXT PRIMARY KEY, expires INTEGER NOT NULL) STRICT",
    "CREATE INDEX spent_by_moment ON spent (expires)",
)

AUDIT = (
    """CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        comment INTEGER REFERENCES comments (id) ON DELETE SET NULL,
        thread TEXT,
        detail TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX audit_by_comment ON audit (comment) WHERE comment IS NOT NULL",
)

OUTBOX = (
    """CREATE TABLE letters (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        account INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
        person INTEGER REFERENCES people (id) ON DELETE CASCADE,
        created INTEGER NOT NULL,
        due INTEGER NOT NULL,
        leased INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        sent INTEGER,
        failed INTEGER,
        error TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX letters_due ON letters (due) WHERE sent IS NULL AND failed IS NULL",
    "CREATE INDEX letters_by_account ON letters (account, kind) WHERE account IS NOT NULL",
    "CREATE INDEX letters_by_person ON letters (person, kind) WHERE person IS NOT NULL",
    """CREATE TABLE letter_comments (
        letter INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
        comment INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
        PRIMARY KEY (letter, comment)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX letter_comments_by_comment ON letter_comments (comment)",
)

# The index holds no text of its own: it reads the comments' rows, and triggers keep it in step.
SEARCH = (
    """CREATE VIRTUAL TABLE comments_search USING fts5 (
        name, source, content='comments', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )""",
    """CREATE TRIGGER comments_search_insert AFTER INSERT ON comments BEGIN
        INSERT INTO comments_search (rowid, name, source) VALUES (new.id, new.name, new.source);
    END""",
    """CREATE TRIGGER comments_search_delete AFTER DELETE ON comments BEGIN
        INSERT INTO comments_search (comments_search, rowid, name, source)
        VALUES ('delete', old.id, old.name, old.source);
    END""",
    """CREATE TRIGGER comments_search_update AFTER UPDATE OF name, source ON comments BEGIN
        INSERT INTO comments_search (comments_search, rowid, name, source)
        VALUES ('delete', old.id, old.name, old.source);
        INSERT INTO comments_search (rowid, name, source) VALUES (new.id, new.name, new.source);
    END""",
    "INSERT INTO comments_search (comments_search) VALUES ('rebuild')",
)
