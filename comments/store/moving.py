"""Moving to another installation: the rows that make up the conversation, out of the tables and into empty ones."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Row
from typing import Any, NamedTuple

from comments.errors import NotFound
from comments.model import Reason
from comments.store import rows
from comments.store.accounts import folded
from comments.store.base_moving import Moved, MovedKind
from comments.store.engine import joining
from comments.store.origins import FLOOR
from comments.store.problems import translated
from comments.store.upkeep import UpkeepVerbs
from comments.words import _


class _Part(NamedTuple):
    """The rows of one kind. Both statements are whole: no SQL is put together."""

    kind: MovedKind
    read: str
    write: str


# A column that is added to one of these tables has to be added here, or to the list of what stays: a test tells.
PARTS = (
    _Part(
        "account",
        """SELECT a.id, a.name, a.role, a.author, a.disabled, a.created, l.chosen, l.hour,
            (SELECT json_group_array(thread) FROM (SELECT thread FROM muted WHERE account = a.id ORDER BY thread))
                AS muted,
            a.address AS sealed
        FROM accounts a LEFT JOIN letter_choices l ON l.account = a.id ORDER BY a.id""",
        """INSERT INTO accounts (id, name, folded, role, author, disabled, created)
        VALUES (:id, :name, :folded, :role, :author, :disabled, :created) RETURNING id""",
    ),
    _Part(
        "listing",
        'SELECT id, list, kind, value, "by", created, expires FROM listings ORDER BY id',
        """INSERT INTO listings (id, list, kind, value, "by", created, expires)
        VALUES (:id, :list, :kind, :value, :by, :created, :expires) RETURNING id""",
    ),
    _Part(
        "person",
        """SELECT p.id, p.created, p.proven, a.sealed FROM people p LEFT JOIN addresses a ON a.person = p.id
        ORDER BY p.id""",
        """INSERT INTO people (id, created, proven, mark)
        VALUES (:id, :created, :proven, lower(hex(randomblob(16)))) RETURNING id""",
    ),
    _Part(
        "thread",
        'SELECT id, "override" FROM threads ORDER BY id',
        'INSERT INTO threads (id, revision, "override") VALUES (:id, 1, :override) RETURNING 0 AS id',
    ),
    _Part(
        "comment",
        """SELECT c.id, c.thread, c.parent, c.person, c.account, c.name, c.website, c.source, c.html, c.markup, c.state,
            c.former, c.reasons, c.created, c.approved, c.edited, c.version, c.proposed, c.erased, c.language,
            c.moderated, c.tell, c.announced,
            (SELECT json_group_array(json_array(e.at, e.source, e.moderated))
                FROM (SELECT * FROM edits WHERE comment = c.id ORDER BY id) e) AS edits
        FROM comments c ORDER BY c.thread, c.created, c.id""",
        """INSERT INTO comments (id, thread, parent, person, account, name, website, source, html, markup, state,
            former, reasons, created, approved, edited, version, proposed, erased, language, moderated, tell, announced,
            digest, mark)
        VALUES (:id, :thread, :parent, :person, :account, :name, :website, :source, :html, :markup, :state, :former,
            :reasons, :created, :approved, :edited, :version, :proposed, :erased, :language, :moderated, :tell,
            :announced, '', lower(hex(randomblob(16)))) RETURNING id""",
    ),
    _Part(
        "subscription",
        "SELECT id, person, comment, thread, scope, asked, confirmed FROM subscriptions ORDER BY id",
        """INSERT INTO subscriptions (id, person, comment, thread, scope, asked, confirmed)
        VALUES (:id, :person, :comment, :thread, :scope, :asked, :confirmed) RETURNING id""",
    ),
    _Part(
        "act",
        "SELECT id, at, actor, action, comment, thread, detail FROM audit ORDER BY id",
        """INSERT INTO audit (id, at, actor, action, comment, thread, detail)
        VALUES (:id, :at, :actor, :action, :comment, :thread, :detail) RETURNING id""",
    ),
    _Part(
        "origin",
        "SELECT source, key, comment, number FROM origins ORDER BY source, key",
        """INSERT INTO origins (source, key, comment, number) VALUES (:source, :key, :comment, :number)
        ON CONFLICT (source, key) DO UPDATE SET comment = excluded.comment RETURNING comment AS id""",
    ),
    _Part(
        "brake",
        "SELECT braked, why FROM guard WHERE braked IS NOT NULL",
        "UPDATE guard SET braked = :braked, why = :why RETURNING one AS id",
    ),
)
NUMBERED = ("accounts", "audit", "comments", "listings", "people", "subscriptions")

EDIT = "INSERT INTO edits (comment, at, source, moderated) VALUES (:comment, :at, :source, :moderated)"
CHOICE = "INSERT INTO letter_choices (account, chosen, hour) VALUES (:account, :chosen, :hour)"
MUTE = "INSERT INTO muted (account, thread) VALUES (:account, :thread)"
# Comments that no first comment of a thread leads to answer one another in a circle.
CIRCLES = """WITH RECURSIVE reached (id, thread) AS (
        SELECT id, thread FROM comments WHERE parent IS NULL
        UNION ALL SELECT c.id, c.thread FROM comments c JOIN reached r ON c.parent = r.id AND c.thread = r.thread
    ) SELECT id FROM comments EXCEPT SELECT id FROM reached LIMIT 1"""
COUNT = """SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM comments) + (SELECT count(*) FROM audit)
    + (SELECT count(*) FROM origins) + (SELECT count(*) FROM threads)"""
CONVERSATION = """SELECT EXISTS (SELECT 1 FROM comments) OR EXISTS (SELECT 1 FROM people)
    OR EXISTS (SELECT 1 FROM origins) OR EXISTS (SELECT 1 FROM listings) OR EXISTS (SELECT 1 FROM threads)
    OR EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'comments' AND seq > 0)"""

_MOMENTS = frozenset(("created", "expires", "proven", "approved", "edited", "announced", "asked", "confirmed", "at"))
_FLAGS = frozenset(("disabled", "erased", "tell"))


class MovingVerbs(UpkeepVerbs):
    """See ``base_moving.MovingStore`` for the promises."""

    def iterate_moved(self, *, sealed: bool = False) -> Iterator[Moved]:
        with self._reading() as connection:
            for part in PARTS:
                with translated():
                    cursor = connection.execute(part.read)
                while True:
                    with translated():
                        batch = cursor.fetchmany(200)
                    if not batch:
                        break
                    yield from (Moved(part.kind, _told(row, sealed)) for row in batch)
            with translated():
                found = connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
                floor = connection.execute("SELECT max(floor) FROM import_floor").fetchone()[0]
        last = {row["name"]: row["seq"] for row in found if row["name"] in NUMBERED and row["seq"]}
        yield Moved("numbers", {"last": last, "floor": floor})

    def count_moved(self) -> int:
        return int(self._value(COUNT))

    def has_conversation(self) -> bool:
        return bool(self._value(CONVERSATION))

    @contextmanager
    def moving_in(self) -> Iterator[None]:
        with self.write():
            self._run("PRAGMA defer_foreign_keys = ON")
            yield
            if self._rows("PRAGMA foreign_key_check") or self._row(CIRCLES):
                raise NotFound(_("Something belongs to a comment or a person that did not come with it."))

    @joining
    def put_moved(self, row: Moved) -> int:
        if row.kind == "numbers":
            self._put_numbers(row.values)
            return 0
        part = next(part for part in PARTS if part.kind == row.kind)
        number = int(self._run(part.write, **_stored(row))[0]["id"])
        if row.kind == "comment":
            for at, source, moderated in row.values["edits"]:
                self._run(EDIT, comment=number, at=rows.stamp(at), source=source, moderated=moderated)
        elif row.kind == "account":
            self._put_wishes(number, row.values)
        return number

    def _put_wishes(self, account: int, values: dict[str, Any]) -> None:
        if values["chosen"]:
            self._run(CHOICE, account=account, chosen=values["chosen"], hour=values["hour"])
        for thread in values["muted"]:
            self._run(MUTE, account=account, thread=thread)

    def _put_numbers(self, values: dict[str, Any]) -> None:
        self.skip_ids({name: last for name, last in values["last"].items() if name in NUMBERED})
        if values["floor"] is not None:
            self._run(FLOOR, floor=values["floor"])


def _told(row: Row, sealed: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in row.keys():  # noqa: SIM118 - a Row iterates over its values
        value = row[name]
        if name in _MOMENTS or name == "braked":
            value = rows.moment(value)
        elif name in _FLAGS:
            value = bool(value)
        elif name == "reasons":
            value = [Reason(*reason) for reason in json.loads(value)]
        elif name in ("detail", "muted"):
            value = json.loads(value)
        elif name == "edits":
            value = [(rows.moment(at), source, moderated) for at, source, moderated in json.loads(value)]
        if name != "sealed" or sealed:
            values[name] = value
    return values


def _stored(row: Moved) -> dict[str, Any]:
    values = {"id": None, **row.values}
    for name, value in row.values.items():
        if (name in _MOMENTS or name == "braked") and value is not None:
            values[name] = rows.stamp(value)
        elif name == "reasons":
            values[name] = rows.pack_reasons(value)
        elif name == "detail":
            values[name] = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if row.kind == "account":
        values["folded"] = folded(row.values["name"])
    return {name: value for name, value in values.items() if name not in ("edits", "chosen", "hour", "muted", "sealed")}
