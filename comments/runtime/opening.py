"""Everything a running service or command needs, opened and checked together."""

import hmac
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from comments.errors import Misconfigured
from comments.locks import Presence
from comments.runtime.settings import Settings
from comments.store.sqlite import SQLiteStore, open_store
from comments.tokens import Tokens
from comments.vault import Keys, Vault, create_keys, have_keys, load_keys, load_next, take_next
from comments.words import _

STORE = "store.db"
KEYS = "keys"


def utc_now() -> datetime:
    """The clock everything uses outside of tests."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Runtime:
    """Made by ``open_runtime``; close it, or use it in a ``with`` statement."""

    settings: Settings
    store: SQLiteStore
    vault: Vault
    tokens: Tokens
    clock: Callable[[], datetime]
    var: Path
    theme: Path
    presence: Presence

    def close(self) -> None:
        """Close the store."""
        self.store.close()
        self.presence.end()

    def list_problems(self) -> list[str]:
        """Sentences about what is not as it should be, for ``comments check``; empty when all is well."""
        return self.store.check_integrity() + _open_doors(self.var)

    def __enter__(self) -> "Runtime":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_runtime(settings: Settings, *, create: bool = False, clock: Callable[[], datetime] = utc_now) -> Runtime:
    """Open the installation in ``settings.var``; with ``create`` make a new one where there is none.

    :raise Misconfigured: store or keys are missing or do not belong together; the sentence says what to do.
    :raise StoreProblem: the store cannot be read or written.
    """
    var = settings.var.resolve()
    store = open_store(var / STORE, create=create)
    presence = None
    try:
        presence = join(var)
        keys = open_keys(store, var / KEYS, create=create)
    except BaseException:
        store.close()
        if presence:
            presence.end()
        raise
    return assemble(settings, store, keys, clock, presence)


def assemble(
    settings: Settings, store: SQLiteStore, keys: Keys, clock: Callable[[], datetime], presence: Presence
) -> Runtime:
    """A runtime of what was opened."""
    return Runtime(
        settings=settings,
        store=store,
        vault=Vault(keys),
        tokens=Tokens(keys.signing, clock, keys.retired, store.find_void()),
        clock=clock,
        var=settings.var.resolve(),
        theme=settings.theme.resolve(),
        presence=presence,
    )


def join(var: Path) -> Presence:
    """Be one of those who work in this installation.

    :raise Misconfigured: it is being restored, or gets other keys.
    """
    try:
        return Presence(var)
    except BlockingIOError:
        raise Misconfigured(
            _("This installation is being restored, or gets new keys. Try again when that is done.")
        ) from None


def work_alone(var: Path) -> Presence:
    """Keep everybody else out of this installation until the answer ends.

    :raise Misconfigured: the service or a command is at work in it.
    """
    try:
        return Presence(var, alone=True)
    except BlockingIOError:
        raise Misconfigured(
            _(
                "The service is running, or a command is at work in %s. Stop the service first "
                "(systemctl stop practice-notes), then try again. Readers notice nothing of it."
            )
            % var
        ) from None


def open_keys(store: SQLiteStore, folder: Path, *, create: bool = False) -> Keys:
    """The keys that belong to this store; with ``create`` a store that has none yet gets those in the folder, or new.

    :raise Misconfigured: they are missing, or belong to another store; says what to do.
    """
    known = store.get_key_checks()
    if not known and create:
        return _first_keys(store, folder)
    if not known:
        raise Misconfigured(
            _("The store in %s was never finished. Start a new site: python3 tasks.py serve") % folder.parent
        )
    if not have_keys(folder):
        raise Misconfigured(
            _(
                "The store is here, but its keys in %s are missing. A backup of the store never holds them: "
                "put the folder back from where you keep its copy, then start again. "
                "If they are lost for good: drop-addresses keeps all but the addresses."
            )
            % folder
        )
    following = load_next(folder)
    if following and following.check_values() == known:
        # New keys were made, and the last step was cut short.
        take_next(folder)
    keys = load_keys(folder)
    _compare(known, keys, folder)
    return keys


def _first_keys(store: SQLiteStore, folder: Path) -> Keys:
    """Keys for a store that has none yet. The write lock keeps a second process from making others."""
    with store.write():
        known = store.get_key_checks()
        # Keys may be there from a start that was cut short, or from a store that was removed on purpose.
        keys = load_keys(folder) if have_keys(folder) else create_keys(folder)
        if known:
            _compare(known, keys, folder)
        for name, value in keys.check_values().items():
            store.set_key_check(name, value)
    return keys


def _compare(known: dict[str, bytes], keys: Keys, folder: Path) -> None:
    ours = keys.check_values()
    missing = sorted(name for name in known if name not in ours)
    wrong = sorted(name for name, value in known.items() if not hmac.compare_digest(ours.get(name, value), value))
    if missing or wrong:
        raise Misconfigured(
            _(
                "The keys in %s do not belong to this store (%s). "
                "Put back the keys that were made with it, or the store that belongs to these keys."
            )
            % (folder, ", ".join(missing + wrong))
        )


def _open_doors(var: Path) -> list[str]:
    """Files and folders that others on this machine may enter."""
    private = [var / STORE, var / KEYS, *(var / KEYS).glob("*")]
    sentences = []
    for path in private:
        with suppress(FileNotFoundError):
            if path.stat().st_mode & 0o077:
                sentences.append(_("Others on this machine can open %s. Close it: chmod go= %s") % (path, path))
    return sentences
