"""People, their browsers and their sealed addresses."""

from datetime import datetime

from comments.errors import NotFound
from comments.model import Person
from comments.store import rows
from comments.store.engine import Engine, joining, writing
from comments.words import _


class PeopleVerbs(Engine):
    """See ``base.Store`` for the promises."""

    @writing
    def add_person(self, at: datetime, browser: bytes | None) -> int:
        added = self._run(
            "INSERT INTO people (created, mark) VALUES (:at, lower(hex(randomblob(16)))) RETURNING id",
            at=rows.stamp(at),
        )
        person = int(added[0]["id"])
        self._give_browser(browser, person)
        return person

    def find_person_by_browser(self, browser: bytes) -> Person | None:
        row = self._row(
            "SELECT p.* FROM people_rows p JOIN browsers b ON b.person = p.id WHERE b.hash = :browser",
            browser=browser,
        )
        return rows.person(row) if row else None

    def get_person(self, person: int) -> Person:
        row = self._row("SELECT * FROM people_rows WHERE id = :person", person=person)
        if row is None:
            raise NotFound(_("This person is not in the store any more."))
        return rows.person(row)

    @joining
    def set_address(self, person: int, sealed: bytes, lookup: bytes) -> None:
        if self.find_address(person):
            self._mark_erased(searched=False)
        self._run(
            """INSERT INTO addresses (person, sealed, lookup) VALUES (:person, :sealed, :lookup)
            ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, lookup = excluded.lookup""",
            person=person,
            sealed=sealed,
            lookup=lookup,
        )

    def find_address(self, person: int) -> tuple[bytes, bytes] | None:
        row = self._row("SELECT sealed, lookup FROM addresses WHERE person = :person", person=person)
        return (row["sealed"], row["lookup"]) if row else None

    def list_people_by_lookup(self, lookup: bytes) -> list[Person]:
        found = self._rows(
            """SELECT p.* FROM people_rows p JOIN addresses a ON a.person = p.id
            WHERE a.lookup = :lookup ORDER BY a.person""",
            lookup=lookup,
        )
        return [rows.person(row) for row in found]

    @writing
    def prove_person(self, person: int, browser: bytes | None, at: datetime) -> int:
        address = self.find_address(person)
        alike = self.list_people_by_lookup(address[1]) if address else [self.get_person(person)]
        # Who was proven stays; the sealed address is bound to its person's id and stays with it.
        kept = next((other.id for other in alike if other.proven), person)
        for other in alike:
            if other.proven is None:
                # Anybody can type an address: a browser that only did so must not become this person.
                self._run("DELETE FROM browsers WHERE person = :other", other=other.id)
            if other.id != kept:
                self._join(other.id, kept)
        self._run("UPDATE people SET proven = coalesce(proven, :at) WHERE id = :kept", at=rows.stamp(at), kept=kept)
        self._give_browser(browser, kept)
        return kept

    def count_approved(self, person: int) -> int:
        return int(
            self._value("SELECT count(*) FROM comments WHERE person = :person AND state = 'approved'", person=person)
        )

    @writing
    def forget_idle_addresses(self, before: datetime) -> int:
        forgotten = self._run(
            """DELETE FROM addresses WHERE person IN (
                SELECT p.id FROM people p WHERE p.created < :before AND coalesce(p.proven, 0) < :before
                    AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.person = p.id AND c.created >= :before)
                    AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.person = p.id AND s.confirmed IS NOT NULL)
            ) RETURNING 1""",
            before=rows.stamp(before),
        )
        if forgotten:
            self._mark_erased(searched=False)
        return len(forgotten)

    def _join(self, other: int, kept: int) -> None:
        self._run("UPDATE comments SET person = :kept WHERE person = :other", kept=kept, other=other)
        self._run("UPDATE browsers SET person = :kept WHERE person = :other", kept=kept, other=other)
        self._run("UPDATE letters SET person = :kept WHERE person = :other", kept=kept, other=other)
        # Erased by both names: an older backup still has them apart.
        self._run(
            """UPDATE people SET mark = mark || ' ' || (SELECT mark FROM people WHERE id = :other)
            WHERE id = :kept""",
            kept=kept,
            other=other,
        )
        self._run("UPDATE subscriptions SET person = :kept WHERE person = :other", kept=kept, other=other)
        self._run("DELETE FROM people WHERE id = :other", other=other)

    def _give_browser(self, browser: bytes | None, person: int) -> None:
        if browser is not None:
            self._run(
                """INSERT INTO browsers (hash, person) VALUES (:browser, :person)
                ON CONFLICT (hash) DO UPDATE SET person = excluded.person""",
                browser=browser,
                person=person,
            )
