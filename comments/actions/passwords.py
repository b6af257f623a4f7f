"""Passwords: which ones we take, and how they are kept (argon2id, OWASP's memory-lean figures)."""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from comments.checks.content import fold
from comments.errors import Invalid
from comments.words import _

SHORTEST = 12
LONGEST = 1000  # far above any password manager's; below what would cost the server time
RAW = 4 * LONGEST  # characters as typed, before Unicode joins some: a longer one is not even read
_COMMON = Path(__file__).with_name("common-passwords.txt")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def check(password: str, *names: str) -> None:
    """No rule but length, and that it is not among the first a stranger would try.

    :raise Invalid: with the sentence under ``password``.
    """
    problem = _problem(_same(password), names) if len(password) <= RAW else _too_long()
    if problem:
        raise Invalid({"password": problem})


def hash_of(password: str) -> str:
    """What the store keeps."""
    return _HASHER.hash(_same(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. Takes as long where nothing is stored."""
    try:
        typed = _same(password)[: LONGEST + 1] if len(password) <= RAW else ""
        return _HASHER.verify(stored or _nobodys(), typed) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with other figures than today's."""
    return _HASHER.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return _HASHER.hash("a password that nobody has")


def _same(password: str) -> str:
    # Two keyboards may send one letter in two ways. A lone surrogate is no letter at all.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def _problem(password: str, names: tuple[str, ...]) -> str:
    if len(password) < SHORTEST:
        return _("Use {shortest} characters or more. A few words in a row are easy to remember.").format(
            shortest=SHORTEST
        )
    if len(password) > LONGEST:
        return _too_long()
    if _is_common(password, names):
        return _("This password is among the first that strangers try. Choose another one.")
    return ""


def _too_long() -> str:
    return _("Use {longest} characters or fewer.").format(longest=LONGEST)


def _is_common(password: str, names: tuple[str, ...]) -> bool:
    folded = fold(password)
    if len(set(folded)) < 5 or folded in _common():
        return True
    # A word everybody tries does not become a secret by a year, a name or a second time behind it.
    letters = folded.strip("0123456789")
    half = letters[: len(letters) // 2]
    known = {fold(name) for name in names} | _common()
    return letters in known or (letters == half * 2 and half in known)


@cache
def _common() -> frozenset[str]:
    return frozenset(fold(line) for line in _COMMON.read_text("utf-8").splitlines() if line)
