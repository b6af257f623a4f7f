"""Ids, keys and slugs: the words that addresses are made of."""

import re
import unicodedata

from unidecode import unidecode

ID = re.compile(r"[a-z0-9-]{1,80}")
_OTHER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’ʼ]")


def slug(text: str, longest: int = 80) -> str:
    """``text`` as lower-case ASCII words joined by hyphens, cut between words; empty when nothing is left."""
    sound = text.encode("utf-8", "ignore").decode("utf-8")  # half characters, as in broken file names
    plain = unidecode(unicodedata.normalize("NFC", sound)).lower()
    whole = _OTHER.sub("-", _APOSTROPHES.sub("", plain)).strip("-")
    if len(whole) <= longest:
        return whole
    cut = whole[: longest + 1].rpartition("-")[0] or whole[:longest]
    return cut.strip("-")


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id, a key or a slug."""
    return ID.fullmatch(text) is not None
