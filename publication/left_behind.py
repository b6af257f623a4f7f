"""What stands in a text that moved in for a picture that did not come along."""

import re

_TOLD = "Picture not brought over"
_FOUND = re.compile(rf"\*{_TOLD}: (?P<name>[^\n]+?)\.\*")


def instead_of(name: str, caption: str = "") -> str:
    """The Markdown for a picture that readers know by ``name``, and its caption where that says more."""
    known = name.casefold()
    if known in caption.casefold():
        name, caption = caption, ""
    elif caption.casefold() in known:
        caption = ""
    told = f"*{_TOLD}: {name.strip().removesuffix('.')}.*"
    return f"{told} {caption}" if caption else told


def find(markdown: str) -> list[tuple[int, str]]:
    """Where such pictures were, and their names."""
    return [(match.start(), match["name"]) for match in _FOUND.finditer(markdown)]


def without(markdown: str) -> str:
    """``markdown`` without what stands for such pictures."""
    return _FOUND.sub("", markdown)
