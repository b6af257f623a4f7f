"""What may stand in each field of our own export, and how it is written."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from comments.actions.accounts import account_name
from comments.actions.guard.lists import SHORTEST, is_listable
from comments.errors import Refused
from comments.model import SCOPES, STATES, WHENS, Reason

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WEBSITE = re.compile(r"https?://[^\s/?#@\\<>\"]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
MOST = 1 << 53  # a number above it is none of ours, and programs that read JSON as floats would change it
_LONGEST_WEBSITE = 200  # bytes, as for visitors


class WrongField(ValueError):
    """``str(error)`` says what should stand there."""


class Field(NamedTuple):
    """How a value is written, and how it is read back; reading raises ``WrongField``."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < MOST:
        raise WrongField("a whole number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise WrongField("a text")
    return value


def _line(value: Any) -> str:
    if len(_text(value)) > 1000 or _BREAKS.search(value):
        raise WrongField("a text of one line")
    return str(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongField("true or false")
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise WrongField("a moment such as 2026-03-14T09:30:00+00:00") from None
    if moment.tzinfo is None or not 1970 <= moment.year <= 9000:
        raise WrongField("a moment with its zone, from 1970 on")
    return moment.astimezone(UTC)


def _written(moment: datetime) -> str:
    return moment.isoformat()


def _website(value: Any) -> str:
    if value != "" and not (_WEBSITE.fullmatch(_text(value)) and len(value.encode()) <= _LONGEST_WEBSITE):
        raise WrongField("a web address, http or https, or nothing")
    return str(value)


def _address(value: Any) -> str:
    if not 3 <= len(_line(value)) <= 320 or "@" not in value or any(sign.isspace() for sign in value):
        raise WrongField("an e-mail address")
    return str(value)


def _reasons(value: Any) -> list[Reason]:
    found = []
    for one in _list(value):
        if not isinstance(one, list) or len(one) != 3:
            raise WrongField("a list of [key, sentence, urgent]")
        found.append(Reason(_line(one[0]), _text(one[1]), _flag(one[2])))
    return found


def _edits(value: Any) -> list[tuple[datetime, str, str]]:
    found = []
    for one in _list(value):
        if not isinstance(one, list) or len(one) != 3:
            raise WrongField("a list of [moment, text, what readers were told]")
        found.append((_moment(one[0]), _text(one[1]), _text(one[2])))
    return found


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WrongField("a list")
    return value


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongField("an object")
    return value


def _detail(value: Any) -> dict[str, Any]:
    try:  # SQLite reads it too, and stops at what only Python takes for JSON
        json.dumps(_object(value), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise WrongField("an object of texts and numbers") from None
    return _object(value)


def _staff(value: Any) -> str:
    try:
        if account_name(_line(value)) == value:
            return str(value)
    except Refused:
        pass
    raise WrongField("a name that somebody at the desk may have")


def _listed(value: Any) -> str:
    if not is_listable(_line(value)):
        raise WrongField(f"a word of {SHORTEST} letters or more, or a domain: less is in every comment")
    return str(value)


def _numbers(value: Any) -> dict[str, int]:
    return {str(name): _number(last) for name, last in _object(value).items()}


def one_of(*words: str) -> Field:
    """One of these words."""

    def read(value: Any) -> str:
        if value not in words:
            raise WrongField(f"one of {', '.join(words)}")
        return str(value)

    return Field(_same, read)


def maybe(field: Field) -> Field:
    """The same, or null."""
    return Field(
        lambda value: None if value is None else field.write(value),
        lambda value: None if value is None else field.read(value),
    )


NUMBER = Field(_same, _number)
TEXT = Field(_same, _text)
LINE = Field(_same, _line)
STAFF = Field(_same, _staff)
LISTED = Field(_same, _listed)
LINES = Field(_same, lambda value: [_line(one) for one in _list(value)])
FLAG = Field(_same, _flag)
MOMENT = Field(_written, _moment)
WEBSITE = Field(_same, _website)
ADDRESS = Field(_same, _address)
STATE = one_of(*STATES)
POLICY = one_of("open", "held", "closed", "off")
ROLE = one_of("administrator", "moderator", "author")
SCOPE = one_of(*SCOPES)
WHEN = one_of(*WHENS)
REASONS = Field(lambda reasons: [[one.key, one.sentence, one.urgent] for one in reasons], _reasons)
EDITS = Field(lambda edits: [[_written(at), source, told] for at, source, told in edits], _edits)
DETAIL = Field(_same, _detail)
NUMBERS = Field(_same, _numbers)
