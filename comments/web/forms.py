"""Reads what was sent, strictly: as a form or as JSON, each field once, all of it text in UTF-8."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from flask import g, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

# No form of ours has half as many.
MAX_FIELDS = 24


def read_fields() -> dict[str, str]:
    """The request's fields. What was typed is also remembered, so that an answer to an error can show it again.

    :raise BadRequest: damaged, badly encoded, a field twice, or far too many fields.
    :raise UnsupportedMediaType: neither a plain form nor JSON.
    :raise RequestEntityTooLarge: above the app's limit.
    """
    readers = {"application/x-www-form-urlencoded": _form, "application/json": _json}
    reader = readers.get(request.mimetype)
    if reader is None:
        raise UnsupportedMediaType("Send a form (application/x-www-form-urlencoded) or JSON.")
    fields = _each_once(reader(request.get_data()))
    g.typed = fields
    return fields


def typed() -> dict[str, str]:
    """What ``read_fields`` read in this request, empty where it was not called or failed."""
    fields: dict[str, str] = g.get("typed", {})
    return fields


def wants_json() -> bool:
    """Whether the answer is for a script: it sent JSON, or prefers to get it."""
    if request.mimetype == "application/json":
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _form(body: bytes) -> Iterable[tuple[str, str]]:
    try:
        text = body.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise BadRequest("This form is damaged, or not encoded in UTF-8.") from None


def _json(body: bytes) -> Iterable[tuple[str, str]]:
    try:
        pairs: Any = json.loads(body, object_pairs_hook=_Pairs)
        if not isinstance(pairs, _Pairs) or len(pairs) > MAX_FIELDS:
            raise ValueError("not an object of a few fields")
        read = [(name, _text(value)) for name, value in pairs]
        "".join(name + value for name, value in read).encode()  # half a surrogate pair cannot be stored or shown
    except (ValueError, RecursionError):
        raise BadRequest("Send one JSON object in UTF-8 whose values are texts.") from None
    return read


class _Pairs(list[tuple[str, Any]]):
    """The members of a JSON object in order, doubled ones included."""


def _text(value: object) -> str:
    # A tick is true or false and a parent may be a number; everything else people type is text.
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, str | int):
        return str(value)
    raise ValueError("not a text")


def _each_once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in pairs:
        if name in fields:
            raise BadRequest("A field was sent twice.")
        fields[name] = value
    return fields
