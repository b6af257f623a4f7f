"""Accounts of the desk and their sessions."""

import unicodedata
from datetime import datetime

from comments.errors import NotFound, Refused
from comments.model import Account, Role, Session
from comments.store import rows
from comments.store.engine import Engine, writing
from comments.words import _

LONGEST_NAME = 1_000  # characters; no account has one half as long


class AccountVerbs(Engine):
    """See ``base.Store`` for the promises."""

    @writing
    def add_account(self, name: str, role: Role, at: datetime, author: str | None = None) -> int:
        added = self._run(
            """INSERT INTO accounts (name, folded, role, author, created)
            VALUES (:name, :folded, :role, :author, :at) ON CONFLICT (folded) DO NOTHING RETURNING id""",
            name=name,
            folded=folded(name),
            role=role,
            author=author,
            at=rows.stamp(at),
        )
        if not added:
            raise Refused(_("There is already an account with the name %s. Choose another name.") % name)
        return int(added[0]["id"])

    def get_account(self, account: int) -> Account:
        row = self._row("SELECT * FROM account_rows WHERE id = :account", account=account)
        if row is None:
            raise NotFound(_("There is no such account."))
        return rows.account(row)

    def find_account(self, name: str) -> Account | None:
        if len(name) > LONGEST_NAME:
            return None  # Unicode's tables would take long over it
        row = self._row("SELECT * FROM account_rows WHERE folded = :folded", folded=folded(name))
        return rows.account(row) if row else None

    def list_accounts(self) -> list[Account]:
        return [rows.account(row) for row in self._rows("SELECT * FROM account_rows ORDER BY folded")]

    @writing
    def set_password(self, account: int, argon2: str | None) -> None:
        self._mark_erased(searched=False)
        self._run("UPDATE accounts SET password = :argon2 WHERE id = :account", account=account, argon2=argon2)

    @writing
    def set_account_address(self, account: int, sealed: bytes | None) -> None:
        self._mark_erased(searched=False)
        self._run("UPDATE accounts SET address = :sealed WHERE id = :account", account=account, sealed=sealed)

    def find_account_address(self, account: int) -> bytes | None:
        row = self._row("SELECT address FROM accounts WHERE id = :account", account=account)
        return row["address"] if row else None

    @writing
    def set_disabled(self, account: int, disabled: bool) -> None:
        self._run("UPDATE accounts SET disabled = :disabled WHERE id = :account", account=account, disabled=disabled)
        if disabled:
            self.end_sessions(account)

    @writing
    def add_session(self, account: int, digest: bytes, at: datetime, expires: datetime) -> int:
        added = self._run(
            """INSERT INTO sessions (account, digest, created, seen, expires, confirmed)
            VALUES (:account, :digest, :at, :at, :expires, :at) RETURNING id""",
            account=account,
            digest=digest,
            at=rows.stamp(at),
            expires=rows.stamp(expires),
        )
        return int(added[0]["id"])

    def find_session(self, digest: bytes, at: datetime) -> Session | None:
        row = self._row(
            "SELECT * FROM sessions WHERE digest = :digest AND expires > :at",
            digest=digest,
            at=rows.stamp(at),
        )
        if row is None:
            return None
        owner = self.get_account(row["account"])
        return None if owner.disabled else rows.session(row, owner)

    @writing
    def touch_session(self, session: int, at: datetime, expires: datetime) -> None:
        self._run(
            "UPDATE sessions SET seen = :at, expires = :expires WHERE id = :session",
            session=session,
            at=rows.stamp(at),
            expires=rows.stamp(expires),
        )

    @writing
    def end_session(self, session: int) -> None:
        self._run("DELETE FROM sessions WHERE id = :session", session=session)

    @writing
    def end_sessions(self, account: int, *, but: int | None = None) -> int:
        ended = self._run(
            "DELETE FROM sessions WHERE account = :account AND id IS NOT :but RETURNING 1", account=account, but=but
        )
        return len(ended)

    @writing
    def purge_sessions(self, before: datetime) -> int:
        return len(self._run("DELETE FROM sessions WHERE expires < :before RETURNING 1", before=rows.stamp(before)))


def folded(name: str) -> str:
    """The form in which two names are the same; SQLite itself folds ASCII only."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
