"""Ways a finished letter leaves: through a mail server, or into a folder where there is none."""

import fcntl
import os
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from comments.locks import FileLock
from comments.model import Letter
from comments.words import _

# Seconds any one answer of the mail server may take.
PATIENCE = 20.0
STAMP = "%Y%m%d-%H%M%S"


class Undelivered(Exception):
    """A letter that did not leave. The sentence names no address and quotes no server: both may hold one."""

    def __init__(self, sentence: str, *, for_good: bool = False) -> None:
        super().__init__(sentence)
        self.for_good = for_good


class Carrier(Protocol):
    def deliver(self, letter: bytes, *, sender: str, reader: str, name: str) -> None:
        """Hand the letter over; ``name`` is stable for one letter.

        :raise Undelivered: it did not leave.
        """

    def writing(self) -> AbstractContextManager[object]:
        """Write and deliver a letter in here: what is erased meanwhile must not be left behind.

        :raise Undelivered: as above.
        """


@dataclass(frozen=True)
class Folder:
    """Writes letters as ``.eml`` files that only this user can read."""

    path: Path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Whoever erases waits until the letter lies here, and deletes it then; see ``drop``."""
        with ExitStack() as held:
            with self._reasons():
                held.enter_context(self._lock())
            yield

    def _lock(self) -> FileLock:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileLock(self.path.with_suffix(".lock"))

    @contextmanager
    def _reasons(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            reason = os.strerror(problem.errno) if problem.errno else _("no reason given")
            raise Undelivered(_("The folder for letters cannot be written: {reason}.").format(reason=reason)) from None

    def deliver(self, letter: bytes, *, sender: str, reader: str, name: str) -> None:
        """Write the letter; a letter sent again replaces itself."""
        with self._reasons():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = self.path / f".{name}.part"
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # says that somebody is at it: see tidy
                file.write(letter)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.path / f"{name}.eml")

    def tidy(self) -> None:
        """Delete what a killed process left half-written. The system freed its lock; one that is held is left."""
        for path in self.path.glob(".*.part"):
            with suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()

    def drop(self, letters: Iterable[Letter]) -> None:
        """Delete the files of these letters, where they are there. Call it after the store has forgotten.

        A letter that is being written just now is waited for: it may hold what was there before.
        :raise OSError: one cannot be deleted.
        """
        names = [file_name(letter) for letter in letters]
        if not names:  # a folder that is read-only or full is no problem then
            return
        with self._lock():
            for name in names:
                (self.path / f"{name}.eml").unlink(missing_ok=True)

    def drop_older(self, before: datetime) -> int:
        """Delete the files of letters that were queued before that moment. Returns how many.

        :raise OSError: as above.
        """
        old = [path for path in self.path.glob("*.eml") if path.name < f"{before:{STAMP}}"]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def letter_folder(var: Path) -> Folder:
    """Where an installation without a mail server keeps its letters."""
    return Folder(var / "mail")


def file_name(letter: Letter) -> str:
    """The same for every try, and in the order in which letters were queued."""
    return f"{letter.created:{STAMP}}-{letter.kind}-{letter.id}"


@dataclass(frozen=True)
class MailServer:
    """Hands letters to an SMTP server. ``security`` is ``starttls``, ``tls`` or ``none``."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    own_name: str = "localhost"
    patience: float = PATIENCE
    trust: ssl.SSLContext | None = None  # default: the system's certificates

    def __repr__(self) -> str:
        # Never a password in a log or a traceback.
        return f"MailServer({self.host!r}, {self.port})"

    def writing(self) -> AbstractContextManager[object]:
        """Nothing is left behind here: what was handed over is with its reader."""
        return nullcontext()

    def deliver(self, letter: bytes, *, sender: str, reader: str, name: str) -> None:
        """One connection for one letter."""
        try:
            with self._connected() as server:
                server.sendmail(sender, [reader], letter)
        except (OSError, smtplib.SMTPException) as problem:
            raise _undelivered(problem) from None

    def _connected(self) -> smtplib.SMTP:
        trust = self.trust or ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, self.own_name, timeout=self.patience, context=trust
            )
        else:
            server = smtplib.SMTP(self.host, self.port, self.own_name, timeout=self.patience)
        try:
            if self.security == "starttls":
                server.starttls(context=trust)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _undelivered(problem: Exception) -> Undelivered:
    match problem:
        case smtplib.SMTPRecipientsRefused():
            return _refused(next(iter(problem.recipients.values()))[0])
        case smtplib.SMTPAuthenticationError():
            return Undelivered(_("The mail server does not take our user name and password."))
        case smtplib.SMTPNotSupportedError():
            return Undelivered(_("The mail server does not offer the encryption or sign-in that is set."))
        case smtplib.SMTPResponseException():
            return Undelivered(_("The mail server refused the letter ({code}).").format(code=problem.smtp_code))
        case ssl.SSLCertVerificationError():
            return Undelivered(_("No safe connection to the mail server: its certificate is not trusted."))
        case ssl.SSLError():
            return Undelivered(_("No encrypted connection to the mail server: check its port and PN_SMTP_SECURITY."))
    # smtplib tells a silent server as one that hung up.
    if isinstance(problem, TimeoutError) or isinstance(problem.__context__, TimeoutError):
        return Undelivered(_("The mail server took too long to answer."))
    return Undelivered(_("The mail server cannot be reached, or hung up."))


def _refused(code: int) -> Undelivered:
    if 400 <= code < 500:
        return Undelivered(_("The mail server asks to try again later ({code}).").format(code=code))
    return Undelivered(
        _("The mail server does not take letters for this reader ({code}).").format(code=code), for_good=True
    )
