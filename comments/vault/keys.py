"""The installation's secret keys, in one file that only its owner can read.

They are made only together with a new store. Keep a copy of ``var/keys`` apart from the backups of the store:
whoever has both can read the addresses, whoever lost the keys cannot.
"""

import hmac
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex

from comments.errors import Misconfigured
from comments.words import _

FILE = "keys.json"
FORMAT = 1
KEY_BYTES = 32
ID_BYTES = 4


@dataclass(frozen=True)
class Keys:
    """``data`` seals addresses (the ``current`` one new ones), ``lookup`` finds them, ``signing`` signs tokens."""

    data: dict[str, bytes]
    current: str
    lookup: bytes
    signing: bytes

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
    name = token_hex(ID_BYTES)
    keys = Keys({name: token_bytes(KEY_BYTES)}, name, token_bytes(KEY_BYTES), token_bytes(KEY_BYTES))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        _write_new(folder / FILE, _packed(keys))
    except FileExistsError:
        raise Misconfigured(_("There are keys in %s already. They are never written over.") % folder) from None
    except OSError as error:
        raise Misconfigured(_("The keys cannot be written to %s (%s).") % (folder, error.strerror)) from None
    return keys


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


def _packed(keys: Keys) -> bytes:
    raw = {
        "format": FORMAT,
        "data": {name: b64encode(key).decode() for name, key in keys.data.items()},
        "current": keys.current,
        "lookup": b64encode(keys.lookup).decode(),
        "signing": b64encode(keys.signing).decode(),
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
    return Keys(data, raw["current"], _key(raw["lookup"]), _key(raw["signing"]))


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
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
