"""Addresses at rest: sealed with keys that never lie beside the store's backups.

A sealed address opens only for the owner it was sealed for (``"person:12"``, ``"account:3"``), so that a row copied
onto another one gives nothing away. Look-ups and buckets are keyed hashes: without the key, no guessing.
"""

import hmac
import ipaddress
import unicodedata
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from comments.errors import Misconfigured
from comments.vault.keys import ID_BYTES, Keys
from comments.words import _

NONCE_BYTES = 12


class Vault:
    """Seals, opens and looks up addresses with the keys of this installation."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._ciphers = {bytes.fromhex(name): AESGCM(key) for name, key in keys.data.items()}

    def seal(self, owner: str, address: str) -> bytes:
        """The address for the store: key id, nonce, ciphertext."""
        return self._sealed(owner, address, token_bytes(NONCE_BYTES))

    def seal_anew(self, owner: str, address: str, former: bytes) -> bytes:
        """The address sealed with another key than ``former`` was: its mark stays, so links that were sent go on."""
        if former[:ID_BYTES] in self._ciphers:
            raise ValueError("sealed with a key of these")  # one nonce twice under one key would give it away
        return self._sealed(owner, address, _nonce(former))

    def _sealed(self, owner: str, address: str, nonce: bytes) -> bytes:
        name = bytes.fromhex(self._keys.current)
        return name + nonce + self._ciphers[name].encrypt(nonce, address.encode(), owner.encode())

    def open(self, owner: str, sealed: bytes) -> str:
        """What ``seal`` was given.

        :raise Misconfigured: its key is not among ours, or it was sealed for somebody else.
        """
        cipher = self._ciphers.get(sealed[:ID_BYTES])
        if cipher is None:
            raise Misconfigured(
                _("An address was sealed with a key that is not in var/keys. Put that key back from its copy.")
            )
        nonce, ciphertext = _nonce(sealed), sealed[ID_BYTES + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, ciphertext, owner.encode()).decode()
        except (InvalidTag, ValueError):
            raise Misconfigured(_("A stored address was altered. Restore the last backup.")) from None

    def lookup(self, address: str) -> bytes:
        """Equal for addresses that reach one mailbox as far as we can tell: case and outer spaces do not count."""
        folded = unicodedata.normalize("NFC", address.strip()).casefold()
        return _keyed(self._keys.lookup, "address", folded.encode())

    def prefix(self, ip: str) -> bytes:
        """A keyed hash of the network (/24 or /48) an address belongs to; one for all that are no address."""
        return _keyed(self._keys.lasting, "prefix", _network(ip).encode())

    def bucket(self, *parts: str | bytes | int) -> bytes:
        """A keyed hash of the parts, in their order, to count events under."""
        encoded = (part if isinstance(part, bytes) else str(part).encode() for part in parts)
        return _keyed(self._keys.lasting, "bucket", *encoded)

    def mark(self, sealed: bytes) -> str:
        """A code that binds a link to this very sealed value: sealed anew, the same address has another one.

        It says nothing about the address: of a value of ours only its random nonce goes in, which new keys leave.
        """
        ours = sealed[:ID_BYTES] in self._ciphers
        return _keyed(self._keys.lasting, "mark", _nonce(sealed) if ours else sealed).hex()[:32]

    def check_values(self) -> dict[str, bytes]:
        """For every key a value that tells later whether it is still the same key, and tells nothing else."""
        return self._keys.check_values()


def is_same_seal(one: bytes | None, other: bytes | None) -> bool:
    """Whether two sealed values are one, perhaps with other keys: sealing anew leaves the nonce. No key is needed."""
    return one is other if one is None or other is None else _nonce(one) == _nonce(other)


def _keyed(key: bytes, use: str, *parts: bytes) -> bytes:
    # With their lengths, so that ("ab", "c") and ("a", "bc") differ.
    measured = b"".join(len(part).to_bytes(4) + part for part in parts)
    return hmac.digest(key, use.encode() + measured, "sha256")


def _nonce(sealed: bytes) -> bytes:
    return sealed[ID_BYTES : ID_BYTES + NONCE_BYTES]


def _network(ip: str) -> str:
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        # An IPv4 client of a dual-stack server must not share one /48 with all others.
        address = address.ipv4_mapped or address
    length = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((address, length), strict=False))
