"""Readers of BibTeX and RIS that forgive nothing, to read what we write."""

import re
from dataclasses import dataclass, field

_SIGNS = {
    r"\textbackslash": "\\",
    r"\textbraceleft": "{",
    r"\textbraceright": "}",
    r"\textasciitilde": "~",
    r"\textasciicircum": "^",
}
_NAMED = re.compile(r"\{(\\[a-z]+)\}")
_ESCAPED = re.compile(r"\\([&%$#_])")


@dataclass
class Entry:
    """A BibTeX entry: raw values, their outer braces removed; macros as they are."""

    kind: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field as a reader sees it."""
        return plain(self.fields[name])

    def people(self, role: str) -> list[str]:
        """The names of a role, in braces what is an organisation."""
        return [one if one.startswith("{") else plain(one) for one in outside_braces(self.fields[role], " and ")]


def bibtex(text: str) -> list[Entry]:
    """The entries of a file, which stand one blank line apart."""
    return [_entry(block) for block in text.removesuffix("\n").split("\n\n")] if text else []


def _entry(block: str) -> Entry:
    lines = block.split("\n")
    head = re.fullmatch(r"@([a-z]+)\{([a-z0-9-]+),", lines[0])
    assert head, lines[0]
    assert lines[-1] == "}", lines[-1]
    entry = Entry(head[1], head[2])
    for line in lines[1:-1]:
        found = re.fullmatch(r"  ([a-z]+) = (\{(.+)\}|[a-z]{3}),", line)
        assert found, line
        assert found[1] not in entry.fields, line
        if found[3]:
            assert closes_at_the_end(found[2]), line
        entry.fields[found[1]] = found[3] or found[2]
    return entry


def closes_at_the_end(value: str) -> bool:
    """Whether the brace that opens ``value`` is closed by its last sign, as BibTeX counts: escapes do not matter."""
    depth = 0
    for at, sign in enumerate(value):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(value) - 1
    return False


def outside_braces(value: str, separator: str) -> list[str]:
    """The parts between separators that are in no braces."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(value):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and value.startswith(separator, at):
            parts.append(value[start:at])
            start = at + len(separator)
    return [*parts, value[start:]]


def plain(value: str) -> str:
    """What TeX prints. Everything that means something to it must be escaped."""
    signs: list[str] = []

    def keep(sign: str) -> str:
        signs.append(sign)
        return f"\x00{len(signs) - 1}\x00"

    kept = _NAMED.sub(lambda found: keep(_SIGNS[found[1]]), value)
    kept = _ESCAPED.sub(lambda found: keep(found[1]), kept)
    bare = kept.replace("{", "").replace("}", "")
    assert not re.search(r"[\\&%$#_~^]", bare), value
    return re.sub("\x00(\\d+)\x00", lambda found: signs[int(found[1])], bare)


def ris(data: bytes) -> list[list[tuple[str, str]]]:
    """The records of a file, as tags and values: every line ends as the format says, one blank line between records."""
    text = data.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert text == "" or text.endswith("ER  - \r\n")
    return [_record(block) for block in text.removesuffix("\r\n").split("\r\n\r\n")] if text else []


def _record(block: str) -> list[tuple[str, str]]:
    found = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in block.split("\r\n")]
    assert all(found), block
    fields = [(line[1], line[2]) for line in found if line]
    assert fields[0][0] == "TY"
    assert [tag for tag, _ in fields].count("TY") == 1
    assert fields[-1] == ("ER", "")
    assert all(value for _, value in fields[:-1])
    return fields[:-1]
