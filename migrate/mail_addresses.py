"""E-mail addresses in an export: where they are no contact but a name or a title, nobody meant to show them."""

import re

ADDRESS = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,200}")
_WITHIN = re.compile(r"[^\s@<>\"“”(),;:/?&=#]{1,64}@[^\s@<>\"“”(),;:/?&=#]{1,200}")


def without_addresses(text: str) -> str:
    """``text`` for a report: what looks like an e-mail address is not shown."""
    return _WITHIN.sub("(address)", text) if "@" in text else text


def name_of(name: str) -> tuple[str, str]:
    """The name to show, and in words what is different: nobody means to show an e-mail address."""
    plain = " ".join(name.split())
    if ADDRESS.fullmatch(plain):
        return plain.partition("@")[0], "it was signed with an e-mail address, of which only the name is shown"
    return plain, ""
