"""Does a name pass for another? Those are alike that read alike, whatever case, accents, spacing and alphabet."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from comments import markup

# Letters of other alphabets, signs and digits, by the Latin letter a reader takes them for. The usual ones: the list of
# Unicode has thousands, and a moderator reads every first comment anyway.
_LOOK = {
    "a": "аɑα@4", "b": "ьвβ8", "c": "сϲᴄ¢", "d": "ԁɗđ", "e": "еєҽεэ3€", "f": "ғƒ", "g": "ɡԍɢ9", "h": "һнʜհ",
    "i": "іıιɩӏɪ1l", "j": "јϳʝ", "k": "кκᴋқ", "m": "мʍᴍ", "n": "пηɴո", "o": "оοσ0øөօ", "p": "рρᴘ", "q": "ԛզ",
    "r": "гʀᴦ", "s": "ѕʂꜱ5$", "t": "тτᴛ7", "u": "υսʊᴜ", "v": "νѵᴠ", "w": "ѡԝωшᴡ", "x": "хχ×", "y": "уүγʏ", "z": "ᴢʐ2",
}  # fmt: skip
_LATIN = {sign: letter for letter, signs in _LOOK.items() for sign in signs}
# Two letters that read as one.
_PAIRS = (("rn", "m"), ("vv", "w"))
# Whoever signs so speaks for the desk. Whole names only: "Ed Moderator" may well be somebody's name.
OFFICES = (
    "admin", "administrator", "moderator", "moderation", "editor", "editors", "staff", "team", "support", "webmaster",
    "administrateur", "administration", "modérateur", "modératrice", "modération", "rédaction", "équipe",
)  # fmt: skip


def passes_for(name: str, reserved: Iterable[str]) -> bool:
    """Whether readers could take ``name`` for one of the ``reserved`` ones, or for the desk itself.

    A name of two words or more is also found turned round, or with a title or an office added to it.
    """
    whole, words = looks(name)
    if not whole:
        return False
    for other in (*reserved, *OFFICES):
        other_whole, other_words = _kept(other)
        if whole == other_whole or (len(other_words) > 1 and words >= other_words):
            return True
    return False


def looks(name: str) -> tuple[str, frozenset[str]]:
    """What remains when only looks count: of the whole name, and of each of its words."""
    plain = unicodedata.normalize("NFKD", markup.thinned(name)).casefold()
    signs = (_LATIN.get(sign, sign) for sign in unicodedata.normalize("NFKD", plain))
    latin = "".join(sign for sign in signs if not unicodedata.combining(sign))
    words = "".join(sign if sign.isalnum() else " " for sign in latin).split()
    return _joined("".join(words)), frozenset(map(_joined, words))


# Only ever asked for the desk's own names: those of visitors are not kept here.
_kept = lru_cache(maxsize=2_000)(looks)


def _joined(letters: str) -> str:
    for pair, one in _PAIRS:
        letters = letters.replace(pair, one)
    return letters
