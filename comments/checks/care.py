"""What in a text asks for care: personal data, and signs that somebody is in danger. Finds it, and says where."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from comments.model import Reason
from comments.words import _, ngettext

Kind = Literal["phone", "email", "birth", "crisis"]
# A section's heading in the file of words: what it holds, and in which language.
_HEADING = re.compile(r"\[(crisis|calm) ([a-z]{2,3})\]")
_ENDING = r"\w*"
_GAP_WORDS = r"(?:\w+[\W_]+){0,3}?"

_EMAIL = re.compile(
    r"[\w.+%'-]{1,64}(?:@|\s?[\[({]\s?(?:at|arobase|à)\s?[\])}]\s?)[\w-]{1,63}"
    r"(?:(?:\.|\s?[\[({]\s?(?:dot|point)\s?[\])}]\s?)[\w-]{1,63}){1,4}"
)
_ADDRESS_SIGN = re.compile(r"[@\[({]")
# No date has fewer, and no phone number.
_FOUR_DIGITS = re.compile(r"\d(?:\D*\d){3}")
# A sign of "+" or "00" with a country, or a national form: a trunk 0, or the three groups of North America.
_PHONE = re.compile(
    r"""(?<![\w.,/:#=-])(?:
        (?:\+|00)[1-9]\d{0,2}[ .\-/]?(?:\(0?\d{1,4}\)|\d{1,4})(?:[ .\-/]?\d{2,4}){1,5}    # international
        | (?:1[ .-]?)?(?:\([2-9]\d{2}\)[ ]?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}           # CA, US
        | 0[1-9](?:[ .-]?\d{2}){4}                                                        # FR
        | \(?0\d{2,5}\)?[ /-]?\d{2,8}(?:[ -]?\d{2,6}){0,3}                                # UK, DE, AT, CH …
        | (?:phone|mobile|cell|call|text|appel\w*|t[eé]l\w*)                              # any, where it says so
          [.:]?\s{0,3}(?:me\s)?(?:at|on|au)?:?\s{0,2}\d{3}[ .-]?\d{4,7}
    )(?![\w/]|[.,:-]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_PHONE_DIGITS = range(7, 16)
# Numbers that cost nothing are a service's, such as a help line's: nobody's own.
_FREE = re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}|(?:0|(?:00)?(?:44|33|49))80[05]?\d{6,8}")
_MONTH = (
    r"(?:jan|feb|f[eé]v|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|ao[uû]t|sep|oct|okt|nov|dec|d[eé]c)[a-zéû]{0,7}\.?"
)
_YEAR = r"(?:19|20)\d{2}"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_YEAR}|\d{{2}})|{_YEAR}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)?\s(?:of\s)?{_MONTH},?\s{_YEAR}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR})"
)
_BORN = (
    r"(?:born(?:\son)?|d\.?o\.?b\.?:?|date\sof\sbirth:?|n[ée]e?(?:\(e\))?\s(?:le|en)"
    r"|date\sde\snaissance:?|geb\.?|\*)"
)
_INITIALS = r"(?:(?:[A-Z]\.\s?){2,3}|[A-Z]{2}\b)"
_NAME = r"[A-ZÀ-Þ][a-zà-ÿ’'-]{1,30}(?:\s[A-ZÀ-Þ][a-zà-ÿ’'.-]{0,30}){0,2}"
# Who, within a few words "born", then the date; initials with a mere date; or a date that says "born". A name with a
# mere date is how texts are cited.
_BIRTH = re.compile(
    rf"(?<!\w)(?:{_INITIALS}|{_NAME})[\s,;:(–-]{{0,3}}(?:\w+[ ,]{{1,2}}){{0,3}}(?i:{_BORN})\s?(?i:{_DATE})"
    rf"|(?<!\w){_INITIALS}(?:\s?\(\s?|,?\s)(?i:{_DATE})"
    rf"|(?<!\w)(?i:{_BORN})\s?(?i:{_DATE})"
)


@dataclass(frozen=True)
class Span:
    """A part of the text, and what it looks like."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Words:
    """What the file of words holds, ready to be looked for. ``crisis`` and ``calm`` may be None: nothing is listed."""

    crisis: re.Pattern[str] | None
    calm: re.Pattern[str] | None


class BadWords(ValueError):
    """A line of the file that is neither heading nor phrase in a section; the message names it."""


def read_words(text: str) -> Words:
    """The words of a file such as ``care-words.txt`` beside this module.

    :raise BadWords: a phrase stands before the first heading, or a heading is none.
    """
    found: dict[str, list[str]] = {"crisis": [], "calm": []}
    section: list[str] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        heading = _HEADING.fullmatch(line)
        if heading:
            section = found[heading[1]]
        elif line and (section is None or line.startswith("[")):
            raise BadWords(_("line {number}: {line}").format(number=number, line=line))
        elif line and section is not None:
            section.append(line)
    return Words(_pattern(found["crisis"]), _pattern(found["calm"]))


def find(text: str, words: Words) -> list[Span]:
    """What asks for care, in the order of the text; nothing overlaps."""
    found = [*_crises(text, words), *_personal(text)]
    found.sort(key=lambda span: (span.start, -span.end))
    apart: list[Span] = []
    for span in found:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def reasons(text: str, words: Words) -> Iterator[Reason]:
    """Why a comment with this text waits, the urgent reason first."""
    kinds = [span.kind for span in find(text, words)]
    if "crisis" in kinds:
        yield Reason("crisis", _("It may come from somebody in danger."), urgent=True)
    counted = {kind: kinds.count(kind) for kind in ("phone", "email", "birth")}
    if count := counted["phone"]:
        yield Reason("personal-phone", ngettext("A phone number is in it.", "Phone numbers are in it.", count))
    if count := counted["email"]:
        yield Reason("personal-email", ngettext("An e-mail address is in it.", "E-mail addresses are in it.", count))
    if counted["birth"]:
        yield Reason("personal-birth", _("A name or initials stand beside a date of birth."))


def in_danger(reasons: Iterable[Reason]) -> bool:
    """Whether its writer is to be shown the help lines."""
    return any(reason.key == "crisis" for reason in reasons)


def name_of(kind: Kind) -> str:
    """What a marked part is, in words."""
    names = {
        "phone": _("phone number"),
        "email": _("e-mail address"),
        "birth": _("date of birth"),
        "crisis": _("sign of danger"),
    }
    return names[kind]


def _personal(text: str) -> Iterator[Span]:
    # Most texts hold none of these, which is seen much quicker than each is looked for.
    if _ADDRESS_SIGN.search(text):
        for match in _EMAIL.finditer(text):
            yield Span(*match.span(), "email")
    if not _FOUR_DIGITS.search(text):
        return
    for match in _PHONE.finditer(text):
        digits = "".join(sign for sign in match[0] if sign.isdigit())
        if len(digits) in _PHONE_DIGITS and not _FREE.fullmatch(digits):
            yield Span(*match.span(), "phone")
    for match in _BIRTH.finditer(text):
        yield Span(*match.span(), "birth")


def _crises(text: str, words: Words) -> Iterator[Span]:
    if words.crisis is None:
        return
    folded = _folded(text)
    calm = [match.span() for match in words.calm.finditer(folded)] if words.calm else []
    for match in words.crisis.finditer(folded):
        start, end = match.span()
        if not any(first < end and start < last for first, last in calm):
            yield Span(start, end, "crisis")


def _pattern(phrases: list[str]) -> re.Pattern[str] | None:
    # The longest first: of two that begin alike, the one that says more is found.
    parts = [_phrase(phrase) for phrase in sorted(phrases, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _phrase(phrase: str) -> str:
    expression = ""
    for word in _folded(phrase).split():
        if word == "*":
            expression += _GAP_WORDS
            continue
        signs = [re.escape(part) for part in re.split(r"\W+", word.rstrip("*")) if part]
        # People leave apostrophes out, and type a space or a comma where there is none.
        expression += r"\W?".join(signs) + (_ENDING if word.endswith("*") else "") + r"[\W_]+"
    return expression.removesuffix(r"[\W_]+")


def _folded(text: str) -> str:
    """The text in small letters without accents, sign for sign as long as before."""
    return text if text.isascii() and text.islower() else text.translate(_plain_letters()).lower()[: len(text)]


@cache
def _plain_letters() -> dict[int, str]:
    table = {}
    for number in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(number))[0]
        if base.isascii() and base.isalpha():
            table[number] = base.lower()
    return table | {0x130: "i", 0x2019: "'", 0x02BC: "'"}
