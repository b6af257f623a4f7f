"""Quotation marks and apostrophes as printers set them."""

import re

# Opening: at the start, or after a space, a bracket, a dash or another opening mark.
_OPENS = r"(?:(?<=^)|(?<=[\s(\[{—–/«“‘]))"
_DOUBLE = re.compile(_OPENS + r'"(?=\S)')
_SINGLE = re.compile(_OPENS + r"'(?=\S)(?!\d\ds)")

# Names of Python-Markdown's substitutions (its `smarty` extension).
FRENCH = {
    "left-double-quote": "«\u202f",
    "right-double-quote": "\u202f»",
    "left-single-quote": "‘",
    "right-single-quote": "’",
}


def curl(text: str, language: str) -> str:
    """Plain text with its straight quotation marks and apostrophes set for the language."""
    left, right = ("«\u202f", "\u202f»") if language == "fr" else ("“", "”")
    text = _DOUBLE.sub(left, text).replace('"', right)
    return _SINGLE.sub("‘", text).replace("'", "’")
