"""Addresses at rest, and the keys that seal them."""

from comments.vault.keys import Keys, create_keys, have_keys, load_keys, load_next, set_aside, take_next, write_next
from comments.vault.sealing import Vault, is_same_seal

__all__ = [
    "Keys",
    "Vault",
    "create_keys",
    "have_keys",
    "is_same_seal",
    "load_keys",
    "load_next",
    "set_aside",
    "take_next",
    "write_next",
]
