"""Text that TeX shows as it was written. Letters of all scripts stay as they are: files are UTF-8."""

import re

# In braces of their own, so that a letter behind them is not taken for a part of their name. A bare ``\{`` would do
# for TeX, but BibTeX counts braces whatever stands before them.
_SIGNS = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
# In fields that are taken letter by letter, such as addresses, only these can do harm.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def escaped(text: str) -> str:
    """The text with every sign that means something to TeX made harmless."""
    return one_line(text).translate(_SIGNS)


def title(text: str) -> str:
    """The same, with braces around words whose capitals a style must not take away."""
    words = one_line(text).split(" ")
    return " ".join(_word(word, is_first=at == 0) for at, word in enumerate(words))


def verbatim(address: str) -> str:
    """An address or a number for a field in which TeX's signs are ordinary ones."""
    return one_line(address).translate(_VERBATIM)


def one_line(text: str) -> str:
    """The text without line breaks and control characters."""
    return " ".join(re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f]", " ", text).split())


def _word(word: str, *, is_first: bool) -> str:
    letters = [sign for sign in word if sign.isalpha()]
    guarded = any(letter.isupper() for letter in letters[1 if is_first else 0 :])
    return f"{{{word.translate(_SIGNS)}}}" if guarded else word.translate(_SIGNS)
