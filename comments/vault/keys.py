"""The installation's secret keys, in one file that only its owner can read.

They are made only together with a new store. Keep a copy of ``var/keys`` apart from the backups of the store:
whoever has both can read the addresses, whoever lost the keys cannot.
"""

import hmac
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex

from comments.errors import Misconfigured
from comments.words import _

FILE = "keys.json"
# Keys that take over as soon as the store says that everything is sealed with them.
NEXT = "keys.next.json"
FORMAT = 1
KEY_BYTES = 32
ID_BYTES = 4


@dataclass(frozen=True)
class Keys:
    """``data`` seals addresses (the ``current`` one new ones), ``lookup`` finds them, ``signing`` signs tokens.

    :ivar lasting: hashes what no rotation could compute anew: networks, counters, what links are bound to.
    :ivar retired: former signing keys, and until when what they signed still counts.
    """

    data: dict[str, bytes]
    current: str
    lookup: bytes
    signing: bytes
    lasting: bytes
    retired: tuple[tuple[bytes, datetime], ...] = ()

    def __repr__(self) -> str:
        # Never a key in a log or a traceback.
        return f"Keys(current={self.current!r})"

    def check_values(self) -> dict[str, bytes]:
        """For every key a value that tells later whether it is still the same key, and tells nothing else."""
        named = {f"data:{name}": key for name, key in self.data.items()}
        named |= {"lookup": self.lookup, "signing": self.signing}
        return {name: hmac.digest(key, f"check {name}".encode(), sha256)[:16] for name, key in named.items()}


def create_keys(folder: Path) -> Keys:
    """New keys, written to ``folder`` (0700) for the owner alone (0600), synced before it returns.

    :raise Misconfigured: there are keys already, or they cannot be written.
    """
    keys = _new_keys()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        _write_new(folder / FILE, _packed(keys))
    except FileExistsError:
        raise Misconfigured(_("There are keys in %s already. They are never written over.") % folder) from None
    except OSError as error:
        raise Misconfigured(_("The keys cannot be written to %s (%s).") % (folder, error.strerror)) from None
    return keys


def write_next(folder: Path, old: Keys, now: datetime, grace: timedelta) -> Keys:
    """New keys, laid beside the old ones. What the old signing key signed counts for ``grace`` longer.

    Without a grace nothing of the old keys lives on, counters included.

    :raise Misconfigured: they cannot be written.
    """
    retired = tuple(each for each in old.retired if grace and each[1] > now)
    keys = _new_keys()
    if grace:
        keys = replace(keys, lasting=old.lasting, retired=((old.signing, now + grace), *retired))
    try:
        (folder / NEXT).unlink(missing_ok=True)
        _write_new(folder / NEXT, _packed(keys))
    except OSError as error:
        raise Misconfigured(_("The keys cannot be written to %s (%s).") % (folder, error.strerror)) from None
    return keys


def load_next(folder: Path) -> Keys | None:
    """The keys that are to take over, if there are whole ones."""
    try:
        return _unpacked((folder / NEXT).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def take_next(folder: Path) -> None:
    """Let the next keys be the keys."""
    os.replace(folder / NEXT, folder / FILE)
    _sync(folder)


def set_aside(folder: Path, now: datetime) -> Path | None:
    """Move keys that fit no store out of the way; where they are now."""
    aside = folder / f"keys.unfit-{now:%Y%m%d-%H%M%S}.json"
    if not have_keys(folder):
        return None
    os.replace(folder / FILE, aside)
    _sync(folder)
    return aside


def load_keys(folder: Path) -> Keys:
    """The keys in ``folder``.

    :raise Misconfigured: they are missing, damaged or unreadable; says what to do.
    """
    path = folder / FILE
    try:
        return _unpacked(path.read_bytes())
    except FileNotFoundError:
        raise Misconfigured(
            _("The keys %s are missing. Put them back from where you keep their copy, then start again.") % path
        ) from None
    except OSError as error:
        raise Misconfigured(
            _("The keys %s cannot be read (%s). They must belong to the user who runs the service.")
            % (path, error.strerror)
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        # The error itself may quote the file.
        raise Misconfigured(
            _("The keys %s are damaged. Put them back from where you keep their copy, then start again.") % path
        ) from None


def have_keys(folder: Path) -> bool:
    """Whether there are keys in ``folder``, good or not."""
    return (folder / FILE).exists()


def _new_keys() -> Keys:
    name = token_hex(ID_BYTES)
    lookup, signing, lasting = (token_bytes(KEY_BYTES) for _ in range(3))
    return Keys({name: token_bytes(KEY_BYTES)}, name, lookup, signing, lasting)


def _packed(keys: Keys) -> bytes:
    raw = {
        "format": FORMAT,
        "data": {name: b64encode(key).decode() for name, key in keys.data.items()},
        "current": keys.current,
        "lookup": b64encode(keys.lookup).decode(),
        "signing": b64encode(keys.signing).decode(),
        "lasting": b64encode(keys.lasting).decode(),
        "retired": [{"key": b64encode(key).decode(), "until": until.isoformat()} for key, until in keys.retired],
    }
    return json.dumps(raw, indent=1).encode() + b"\n"


def _unpacked(packed: bytes) -> Keys:
    raw = json.loads(packed)
    if raw["format"] != FORMAT:
        raise ValueError(raw["format"])
    data = {name: _key(key) for name, key in raw["data"].items()}
    if any(len(bytes.fromhex(name)) != ID_BYTES for name in data):
        raise ValueError("key id")
    data[raw["current"]]  # a KeyError when the key in use is not there
    retired = tuple((_key(each["key"]), datetime.fromisoformat(each["until"])) for each in raw.get("retired", ()))
    lookup = _key(raw["lookup"])
    # The first installations have no such key: theirs follows from another one.
    lasting = _key(raw["lasting"]) if "lasting" in raw else hmac.digest(lookup, b"lasting", sha256)
    return Keys(data, raw["current"], lookup, _key(raw["signing"]), lasting, retired)


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("key length")
    return key


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there, whole or not at all."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(descriptor, 0o600)
        os.fsync(descriptor)
    try:
        # A link, unlike a rename, never replaces what is there.
        os.link(draft, path)
    finally:
        draft.unlink()
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
