"""Names of people and organisations, as a reference list writes them."""

import re
import unicodedata
from collections.abc import Sequence

from publication.citations.terms import Terms
from publication.records import Author, Name

MOST = 20

_HYPHEN = re.compile("[-\u2010\u2011]")
_INITIALS = re.compile(r"\.(?=[^\W\d_])")
_SUFFIX = re.compile(r"(.+?),?\s+((?:[JS]r)\.?|I{2,3}|IV)")


def of_author(author: Author) -> Name:
    """One of our authors. Without ``family``, the last word and the small words before it are the family name."""
    whole = " ".join(author.name.split())
    if author.organisation:
        return Name(literal=whole)
    found = _SUFFIX.fullmatch(whole)
    name, suffix = found.groups() if found else (whole, "")
    if author.family and author.family in name:
        given = " ".join(name.replace(author.family, " ", 1).split())
        return Name(family=author.family, given=given, suffix=suffix)
    words = name.split()
    at = next((at for at, word in enumerate(words[:-1]) if at and word[0].islower()), len(words) - 1)
    return Name(family=" ".join(words[at:]), given=" ".join(words[:at]), suffix=suffix)


def surname(name: Name) -> str:
    """An organisation's name, or a person's family name with its particle."""
    if name.literal or not name.family:
        return name.literal or name.given
    particle = name.non_dropping_particle
    joint = "" if not particle or particle[-1] in "'’-" else " "
    return f"{particle}{joint}{name.family}"


def inverted(name: Name) -> str:
    """``van der Waal, P. N., Jr.``; an organisation as it is."""
    given = initials(name.given) if name.family else ""
    return ", ".join(filter(None, (surname(name), given, name.suffix)))


def straight(name: Name) -> str:
    """``P. N. van der Waal Jr.``"""
    given = initials(name.given) if name.family and not name.literal else ""
    return " ".join(filter(None, (given, surname(name), name.suffix)))


def initials(given: str) -> str:
    """``Jean-Luc M.`` and ``J.-L.M.`` → ``J.-L. M.``; small letters stay small."""
    words = _INITIALS.sub(". ", unicodedata.normalize("NFC", given)).split()
    letters = [[letter for part in _HYPHEN.split(word) if (letter := _first_letter(part))] for word in words]
    return " ".join("-".join(f"{letter}." for letter in word) for word in letters if word)


def _first_letter(part: str) -> str:
    return next((sign for sign in part if unicodedata.category(sign) in ("Lu", "Ll", "Lt", "Lo")), "")


def listed(names: Sequence[Name], terms: Terms, *, family_first: bool = True) -> str:
    """All of them; of more than twenty the first nineteen and the last."""
    shown = [inverted(name) if family_first else straight(name) for name in names]
    if len(shown) > MOST:
        return f"{', '.join(shown[: MOST - 1])}, … {shown[-1]}"
    if len(shown) < 2:
        return "".join(shown)
    comma = "," if terms.comma and (family_first or len(shown) > 2) else ""
    return f"{', '.join(shown[:-1])}{comma} {terms.joint} {shown[-1]}"
