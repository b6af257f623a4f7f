"""The store's verbs about who may come in, each with its promise: sessions, second steps, invitations, the record.

A part of ``base.Store``; the same rules hold here.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime

from comments.model import Account, AuditFilter, AuditRow, Invitation, Role, Session


class DoorStore(ABC):
    # -- accounts and sessions ----------------------------------------------------------------------------------------
    @abstractmethod
    def set_role(self, account: int, role: Role, author: str | None) -> None:
        """What an account may do from now on. Its sessions end: the next one begins under the new role."""

    @abstractmethod
    def list_accounts_of_author(self, author: str) -> list[Account]:
        """The accounts of a record in ``content/authors/`` that want letters: not disabled, with an address."""

    @abstractmethod
    def list_sessions(self, account: int, at: datetime) -> list[Session]:
        """The account's sessions that have not expired, the one used last first."""

    @abstractmethod
    def confirm_session(self, session: int, at: datetime) -> None:
        """Remember that whoever sits there has just shown again who they are."""

    # -- second steps -------------------------------------------------------------------------------------------------
    @abstractmethod
    def set_second_step(self, account: int, sealed: bytes | None, at: datetime) -> None:
        """Keep the sealed secret of an account's codes, none of them used yet; with None forget it.

        Recovery codes of before are forgotten either way.
        """

    @abstractmethod
    def find_second_step(self, account: int) -> bytes | None:
        """The sealed secret, where the account has one."""

    @abstractmethod
    def list_second_steps(self) -> list[tuple[int, bytes]]:
        """Every account with a sealed secret, and that secret: for a change of keys."""

    @abstractmethod
    def reseal_second_step(self, account: int, sealed: bytes) -> None:
        """Keep the same secret under another key; what was used stays used."""

    @abstractmethod
    def accept_step(self, account: int, step: int) -> bool:
        """Use the code of that time step up, and all earlier ones. False when it or a later one was used before."""

    @abstractmethod
    def set_recovery_codes(self, account: int, hashes: Sequence[str]) -> None:
        """Replace the account's recovery codes."""

    @abstractmethod
    def list_recovery_codes(self, account: int) -> list[str]:
        """The hashes of the codes that were not used yet."""

    @abstractmethod
    def spend_recovery_code(self, account: int, code: str) -> bool:
        """Use a code up, by its hash. False when there is no such one any more."""

    # -- links --------------------------------------------------------------------------------------------------------
    @abstractmethod
    def void_links(self, before: datetime) -> None:
        """Remember that no link that works once and was made up to that moment works any more. Never goes back."""

    @abstractmethod
    def find_void(self) -> datetime | None:
        """That moment, where there is one."""

    # -- invitations --------------------------------------------------------------------------------------------------
    @abstractmethod
    def add_invitation(
        self, name: str, role: Role, author: str | None, sender: str, at: datetime, expires: datetime
    ) -> int: ...

    @abstractmethod
    def set_invitation_address(self, invitation: int, sealed: bytes) -> None: ...

    @abstractmethod
    def find_invitation_address(self, invitation: int) -> bytes | None: ...

    @abstractmethod
    def find_invitation(self, invitation: int) -> Invitation | None:
        """An invitation that was neither used nor withdrawn, even when its time is over."""

    @abstractmethod
    def list_invitations(self) -> list[Invitation]:
        """Newest first."""

    @abstractmethod
    def delete_invitation(self, invitation: int) -> bool:
        """Use it up or withdraw it, with its address and its letter. False when it is gone already."""

    @abstractmethod
    def purge_invitations(self, before: datetime) -> int:
        """Forget the invitations whose time was over before that moment. Returns how many."""

    # -- the record ---------------------------------------------------------------------------------------------------
    @abstractmethod
    def search_audit(self, wanted: AuditFilter, *, limit: int = 100, offset: int = 0) -> list[AuditRow]:
        """The rows that fit, newest first."""

    @abstractmethod
    def iterate_audit(self, wanted: AuditFilter) -> Iterator[AuditRow]:
        """The rows that fit, oldest first, in one consistent reading, for exports."""
