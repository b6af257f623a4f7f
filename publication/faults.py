"""What YAML cannot read, said so that an editor can mend it: nearly always, quotation marks are missing."""

import json
import re

import yaml

from publication.problems import Wrong

_KEY_AND_VALUE = re.compile(r"^(?P<key>\s*(?:- +)?[A-Za-z_][\w-]*): +(?P<value>\S.*)$")


class Repairable(Exception):
    """A line that is fine once its text is quoted. ``plain`` is what to say if that does not help."""

    def __init__(self, index: int, what: str, key: str, better: str, plain: Wrong) -> None:
        super().__init__(what)
        self.index, self.what, self.better, self.plain = index, what, better, plain
        self.cure = f"Put the {key} in quotation marks: {better.strip()}"


def explain(error: yaml.YAMLError, lines: list[str], first_line: int) -> Repairable | Wrong:
    """What ``error`` means for the editor of ``lines``."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Wrong("There is an invisible character here", "Delete it and type the words again.", first_line)
    problem, doing = str(getattr(error, "problem", "")), str(getattr(error, "context", ""))
    began = getattr(error, "context_mark", None)
    index = min(mark.line, len(lines) - 1)
    if began is not None and "block mapping" not in doing:  # that one began at the top of the file
        index = min(began.line, index)
    plain = _in_words(problem, doing, lines[index], index + first_line)
    colon = problem.startswith("mapping values are not allowed")
    what = "A text with a colon and a space in it needs quotation marks" if colon else "This text needs quotation marks"
    return unquoted(lines, index, what, plain) or plain


def special_sign(sign: str, lines: list[str], index: int, first_line: int) -> Repairable | Wrong:
    """An anchor, alias or tag: nobody types them on purpose, they come from unquoted ``&``, ``*`` and ``!``."""
    what = f"YAML reads a special meaning into the sign {sign}"
    plain = Wrong(what, "Put the text in quotation marks.", index + first_line)
    return unquoted(lines, index, what, plain) or plain


def unquoted(lines: list[str], index: int, what: str, plain: Wrong) -> Repairable | None:
    """The line ``index`` with its value in quotation marks, or None when it is no key with a text."""
    match = _KEY_AND_VALUE.match(lines[index]) if index < len(lines) else None
    if not match or match["value"][0] in "[{|>":
        return None
    key = match["key"].strip().removeprefix("-").strip()
    better = f"{match['key']}: {json.dumps(_bare(match['value'].strip()), ensure_ascii=False)}"
    return None if better == lines[index] else Repairable(index, what, key, better, plain)


def _bare(value: str) -> str:
    whole = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if whole else value


def _in_words(problem: str, doing: str, text: str, line: int) -> Wrong:
    if text.startswith("\t"):
        return Wrong("The line begins with a tab", "Use spaces instead.", line)
    if "flow" in doing:
        return Wrong("A bracket that opens here is not closed", "Write ] or } where it ends.", line)
    if "quoted scalar" in doing:
        return Wrong("Quotation marks that open here are not closed", "Write them where the text ends.", line)
    if "simple key" in doing:
        return Wrong("This line has no key", "Write key: value, or indent it to continue the line above.", line)
    if problem.startswith("mapping values are not allowed"):
        return Wrong("A key is not expected here", "Begin it exactly below the key above.", line)
    cure = "Look for a missing quotation mark, bracket or colon in this line or the one above."
    return Wrong(f"YAML cannot read this ({problem})", cure, line)
