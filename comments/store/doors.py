"""Second steps, recovery codes, invitations, and the sessions of an account."""

from collections.abc import Sequence
from datetime import datetime

from comments.model import Account, Invitation, Role, Session
from comments.store import rows
from comments.store.accounts import AccountVerbs
from comments.store.engine import writing


class DoorVerbs(AccountVerbs):
    """See ``base_doors.DoorStore`` for the promises."""

    @writing
    def set_role(self, account: int, role: Role, author: str | None) -> None:
        self._run(
            "UPDATE accounts SET role = :role, author = :author WHERE id = :account",
            account=account,
            role=role,
            author=author,
        )
        self.end_sessions(account)

    def list_accounts_of_author(self, author: str) -> list[Account]:
        found = self._rows(
            """SELECT * FROM account_rows
            WHERE role = 'author' AND author = :author AND has_address AND NOT disabled ORDER BY folded""",
            author=author,
        )
        return [rows.account(row) for row in found]

    def list_sessions(self, account: int, at: datetime) -> list[Session]:
        owner = self.get_account(account)
        found = self._rows(
            "SELECT * FROM sessions WHERE account = :account AND expires > :at ORDER BY seen DESC, id DESC",
            account=account,
            at=rows.stamp(at),
        )
        return [rows.session(row, owner) for row in found]

    @writing
    def confirm_session(self, session: int, at: datetime) -> None:
        self._run("UPDATE sessions SET confirmed = :at WHERE id = :session", session=session, at=rows.stamp(at))

    # -- second steps -------------------------------------------------------------------------------------------------
    @writing
    def set_second_step(self, account: int, sealed: bytes | None, at: datetime) -> None:
        self._mark_erased(searched=False)
        self._run("DELETE FROM recovery_codes WHERE account = :account", account=account)
        self._run("DELETE FROM second_steps WHERE account = :account", account=account)
        if sealed is not None:
            self._run(
                "INSERT INTO second_steps (account, sealed, since) VALUES (:account, :sealed, :at)",
                account=account,
                sealed=sealed,
                at=rows.stamp(at),
            )

    def find_second_step(self, account: int) -> bytes | None:
        row = self._row("SELECT sealed FROM second_steps WHERE account = :account", account=account)
        return row["sealed"] if row else None

    def list_second_steps(self) -> list[tuple[int, bytes]]:
        found = self._rows("SELECT account, sealed FROM second_steps ORDER BY account")
        return [(row["account"], row["sealed"]) for row in found]

    @writing
    def reseal_second_step(self, account: int, sealed: bytes) -> None:
        self._run("UPDATE second_steps SET sealed = :sealed WHERE account = :account", account=account, sealed=sealed)

    @writing
    def accept_step(self, account: int, step: int) -> bool:
        accepted = self._run(
            "UPDATE second_steps SET used = :step WHERE account = :account AND used < :step RETURNING 1",
            account=account,
            step=step,
        )
        return bool(accepted)

    @writing
    def set_recovery_codes(self, account: int, hashes: Sequence[str]) -> None:
        self._run("DELETE FROM recovery_codes WHERE account = :account", account=account)
        for code in hashes:
            self._run("INSERT INTO recovery_codes (account, code) VALUES (:account, :code)", account=account, code=code)

    def list_recovery_codes(self, account: int) -> list[str]:
        found = self._rows("SELECT code FROM recovery_codes WHERE account = :account ORDER BY code", account=account)
        return [row["code"] for row in found]

    @writing
    def spend_recovery_code(self, account: int, code: str) -> bool:
        spent = self._run(
            "DELETE FROM recovery_codes WHERE account = :account AND code = :code RETURNING 1",
            account=account,
            code=code,
        )
        return bool(spent)

    # -- links --------------------------------------------------------------------------------------------------------
    @writing
    def void_links(self, before: datetime) -> None:
        self._run(
            """INSERT INTO void_links (one, before) VALUES (1, :before)
            ON CONFLICT (one) DO UPDATE SET before = max(before, excluded.before)""",
            before=rows.stamp(before),
        )

    def find_void(self) -> datetime | None:
        row = self._row("SELECT before FROM void_links")
        return rows.moment(row["before"]) if row else None

    # -- invitations --------------------------------------------------------------------------------------------------
    @writing
    def add_invitation(
        self, name: str, role: Role, author: str | None, sender: str, at: datetime, expires: datetime
    ) -> int:
        added = self._run(
            """INSERT INTO invitations (name, role, author, sender, created, expires)
            VALUES (:name, :role, :author, :sender, :at, :expires) RETURNING id""",
            name=name,
            role=role,
            author=author,
            sender=sender,
            at=rows.stamp(at),
            expires=rows.stamp(expires),
        )
        return int(added[0]["id"])

    @writing
    def set_invitation_address(self, invitation: int, sealed: bytes) -> None:
        self._run(
            "UPDATE invitations SET address = :sealed WHERE id = :invitation", invitation=invitation, sealed=sealed
        )

    def find_invitation_address(self, invitation: int) -> bytes | None:
        row = self._row("SELECT address FROM invitations WHERE id = :invitation", invitation=invitation)
        return row["address"] if row else None

    def find_invitation(self, invitation: int) -> Invitation | None:
        row = self._row("SELECT * FROM invitations WHERE id = :invitation", invitation=invitation)
        return rows.invitation(row) if row else None

    def list_invitations(self) -> list[Invitation]:
        return [rows.invitation(row) for row in self._rows("SELECT * FROM invitations ORDER BY id DESC")]

    @writing
    def delete_invitation(self, invitation: int) -> bool:
        self._mark_erased(searched=False)
        return bool(self._run("DELETE FROM invitations WHERE id = :invitation RETURNING 1", invitation=invitation))

    @writing
    def purge_invitations(self, before: datetime) -> int:
        purged = self._run("DELETE FROM invitations WHERE expires < :before RETURNING 1", before=rows.stamp(before))
        if purged:
            self._mark_erased(searched=False)
        return len(purged)
