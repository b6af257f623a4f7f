"""The signs of an old text as somebody types them today: nothing invisible, nothing in a wrong encoding."""

import re

# What no page needs: control characters, marks of byte order, hyphens that only tell where a word may break, and signs
# for an object that word processors left behind.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufffc\ud800-\udfff\ufffe\uffff]")
_LINES = re.compile("\r\n?|[\u2028\u2029\x85]")
# Visual editors make a fixed blank of every second one. Those that writers set on purpose stand at these signs.
_FIXED = re.compile("(?<![«0-9])\u00a0(?![»:;!?%°€$])")
_WRONG = re.compile("[ÂÃâ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}")


def tidy(text: str, *, mend: bool = True) -> str:
    """``text`` with plain lines and blanks, without what cannot be seen, and with letters that were saved wrongly.

    ``mend`` False leaves those: what looks like them may be what somebody typed.
    """
    mended = _WRONG.sub(_mend, text) if mend else text
    whole = _INVISIBLE.sub(_windows, _LINES.sub("\n", mended))
    return _FIXED.sub(" ", whole)


def one_line(text: str) -> str:
    """The same for a title, a name or a summary."""
    return " ".join(tidy(text).split())


def _mend(match: re.Match[str]) -> str:
    """UTF-8 that was once read as Windows-1252."""
    try:
        return b"".join(map(_byte, match[0])).decode()
    except UnicodeError:
        return match[0]


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def _windows(match: re.Match[str]) -> str:
    """A control character that stands for what Windows writes there; nothing for any other."""
    if "\x80" <= match[0] <= "\x9f":
        return match[0].encode("latin-1").decode("cp1252", "ignore")
    return ""
