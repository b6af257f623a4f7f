"""Sends what is queued: renders each letter when it leaves, tries again with growing pauses, gives up visibly."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from comments import words
from comments.errors import CommentsError, Misconfigured
from comments.mail import letters
from comments.mail.outbox import door_letters
from comments.mail.outbox.carriers import Carrier, MailServer, Undelivered, file_name, letter_folder
from comments.mail.outbox.writing import Writing
from comments.manifest import Manifest
from comments.model import Account, Letter
from comments.store.base import Store
from comments.tokens import Tokens
from comments.vault import Vault
from comments.words import _

# Nobody else sends a claimed letter for so long. More than a slow mail server can take over one.
LEASE = timedelta(minutes=5)
# The pauses before the second and later tries; after the last try we give up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))

log = logging.getLogger(__name__)


class MailSettings(Protocol):
    """What of the settings mail needs. See ``comments.runtime.SETTINGS``."""

    @property
    def theme(self) -> Path: ...
    @property
    def site_url(self) -> str: ...
    @property
    def desk_url(self) -> str: ...
    @property
    def smtp_host(self) -> str: ...
    @property
    def smtp_port(self) -> int: ...
    @property
    def smtp_security(self) -> str: ...
    @property
    def smtp_user(self) -> str: ...
    @property
    def smtp_password(self) -> str: ...
    @property
    def smtp_from(self) -> str: ...


@dataclass(frozen=True)
class Outbox:
    """Sends queued letters. Several processes may do so at once: each letter is leased to one of them."""

    store: Store
    vault: Vault
    tokens: Tokens
    manifest: Callable[[], Manifest]
    clock: Callable[[], datetime]
    carrier: Carrier
    site_url: str = ""
    desk_url: str = ""
    sender: str = ""
    catalogues: Path | None = None

    def send_due(self) -> int:
        """Send every letter that is due, or note why it did not leave. Returns how many were handled."""
        try:
            self.manifest()
        except Misconfigured:
            return 0  # no release yet, so no site that letters could link to
        handled = 0
        while claimed := self.store.claim_letters(self.clock(), self.clock() + LEASE):
            for letter in claimed:
                self._handle(letter)
            handled += len(claimed)
        return handled

    def _handle(self, letter: Letter) -> None:
        try:
            self._send(letter)
        except Undelivered as problem:
            self._put_off(letter, str(problem), for_good=problem.for_good)
        except CommentsError as problem:
            self._put_off(letter, str(problem))
        except Exception as problem:
            # One letter must not stop the others. Its words stay out of the log.
            log.error("Letter %d could not be written: %s", letter.id, type(problem).__name__)
            self._put_off(letter, _("The letter could not be written."))

    def _put_off(self, letter: Letter, error: str, *, for_good: bool = False) -> None:
        now = self.clock()
        retry = None if for_good or letter.attempts > len(PAUSES) else now + PAUSES[letter.attempts - 1]
        log.warning("Letter %d did not leave, try %d%s", letter.id, letter.attempts, "" if retry else ", given up")
        self.store.mark_failed(letter.id, error, retry=retry, at=now)

    def _send(self, letter: Letter) -> None:
        with self.carrier.writing():
            self._deliver(letter)
        # A letter that has nothing left to say, or nobody to say it to, is done as well.
        self.store.mark_sent(letter.id, self.clock())

    def _deliver(self, letter: Letter) -> None:
        reader = self._reader(letter)
        written = self._written(letter) if reader else None
        if reader and written:
            sender = self.sender or f"comments@{self._host()}"
            raw = letters.envelope(
                written, sender=sender, reader=reader, message_id=self._message_id(letter), at=self.clock()
            )
            self.carrier.deliver(raw, sender=sender, reader=reader, name=file_name(letter))

    # -- who --------------------------------------------------------------------------------------------------------
    def _reader(self, letter: Letter) -> str | None:
        address = self._address(letter)
        if address is None:
            return None
        try:
            found = validate_email(address, check_deliverability=False)
        except EmailNotValidError:
            raise Undelivered(_("This address can take no letters."), for_good=True) from None
        return found.ascii_email or address

    def _address(self, letter: Letter) -> str | None:
        if letter.invitation is not None:
            return door_letters.address(self.store, self.vault, letter.invitation)
        return self._account_address(letter) if letter.account is not None else self._person_address(letter)

    def _account_address(self, letter: Letter) -> str | None:
        account = self.store.get_account(letter.account or 0)
        sealed = self.store.find_account_address(account.id)
        if account.disabled or sealed is None or not self._is_for(account, letter):
            return None
        return self.vault.open(f"account:{account.id}", sealed)

    def _is_for(self, account: Account, letter: Letter) -> bool:
        if letter.kind in door_letters.KINDS or letter.kind == "urgent":
            return letter.kind != "urgent" or account.role != "author"
        # An author may have been a moderator when the letter was queued, and the other way round.
        fits = (account.role == "author") == (letter.kind == "article")
        return fits and self.store.get_letter_choice(account.id).when != "urgent"

    def _person_address(self, letter: Letter) -> str | None:
        stored = self.store.find_address(letter.person or 0)
        return self.vault.open(f"person:{letter.person}", stored[0]) if stored else None

    def _written(self, letter: Letter) -> letters.Written | None:
        site = self.manifest().site
        if letter.kind in door_letters.KINDS:
            return door_letters.write(self.store, self.vault, self.tokens, site, letter, self._desk_url)
        writing = Writing(self.store, self.vault, self.tokens, self.manifest(), self._url(""), self._desk_url(""))
        if self.catalogues is None:
            return writing.written(letter)
        with words.speaking(writing.language(letter), self.catalogues):
            return writing.written(letter)

    # -- where ------------------------------------------------------------------------------------------------------
    def _url(self, path: str) -> str:
        # Addresses come from the configuration, never from a request's Host header.
        return (self.site_url or self.manifest().site.url) + path

    def _desk_url(self, path: str) -> str:
        return (self.desk_url or self._url("")) + path

    def _host(self) -> str:
        return urlsplit(self._url("/")).hostname or "localhost"

    def _message_id(self, letter: Letter) -> str:
        """The same for every try, so that a letter that was sent twice is seen once."""
        return f"<letter-{letter.id}.{int(letter.created.timestamp())}@{self._host()}>"


def open_outbox(
    *,
    store: Store,
    vault: Vault,
    tokens: Tokens,
    settings: MailSettings,
    var: Path,
    manifest: Callable[[], Manifest],
    clock: Callable[[], datetime],
) -> Outbox:
    """The outbox as the settings have it: through a mail server, or into the folder ``mail`` in ``var``.

    Takes away what a crash left in that folder.
    """
    folder = letter_folder(var)
    folder.tidy()
    carrier: Carrier = folder
    if settings.smtp_host:
        carrier = MailServer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_user,
            settings.smtp_password,
            own_name=settings.smtp_from.rpartition("@")[2] or "localhost",
        )
    catalogues = settings.theme / "locale"
    addresses = settings.site_url, settings.desk_url
    return Outbox(store, vault, tokens, manifest, clock, carrier, *addresses, settings.smtp_from, catalogues)
