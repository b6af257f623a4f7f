"""Receipts: what an act did, shown on the page that the moderator comes back to, where the comment stood.

They travel in the signed session cookie, so that no address holds a name and a reload shows the same again.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import request, session
from werkzeug.urls import iri_to_uri

from comments.web.desk.numbers import whole

KEPT = 3
NAME = "done"


@dataclass(frozen=True)
class Receipt:
    """``tone`` names the look (waiting, published, spam, bin, failed, none).

    ``undo`` holds the comments that can be put back, each with the version it must still have. ``at`` is the place in
    the list where the first of them stood.
    """

    sentence: str
    tone: str
    about: str = ""
    undo: tuple[tuple[int, int], ...] = ()
    at: int = 0
    page: str = ""

    @property
    def undo_value(self) -> str:
        """The form's value: ``12.3,14.1``."""
        return ",".join(f"{comment}.{version}" for comment, version in self.undo)


def hand_out(receipt: Receipt) -> str:
    """Keep the receipt for the next page; returns the key to put into its address."""
    key = secrets.token_urlsafe(6)
    kept: dict[str, Any] = dict(session.get("receipts", {}))
    kept[key] = asdict(receipt)
    session["receipts"] = dict(list(kept.items())[-KEPT:])
    return key


def shown() -> Receipt | None:
    """The receipt that the current address asks for, while we have it."""
    raw: Mapping[str, Any] | None = session.get("receipts", {}).get(request.args.get(NAME, ""))
    if raw is None:
        return None
    return Receipt(**{**raw, "undo": tuple((int(comment), int(version)) for comment, version in raw["undo"])})


def read_undo(value: str) -> list[tuple[int, int]]:
    """The comments and versions of a form's value; what is not well-formed is left out."""
    parts = (part.partition(".") for part in value.split(","))
    pairs = ((whole(comment), whole(version)) for comment, _dot, version in parts)
    return [(comment, version) for comment, version in pairs if comment is not None and version is not None]


def local_path(value: str, default: str) -> str:
    """``value`` when it is a path of the desk, else ``default``: nobody is sent elsewhere by a crafted form."""
    plain = value.startswith("/desk/") and "\\" not in value and "//" not in value and value.isprintable()
    return iri_to_uri(value) if plain and ".." not in value else default


def moved_on(back: str, at: int) -> str:
    """The pile one by one at another place, narrowed down as it was."""
    path, _mark, query = back.partition("#")[0].partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith((f"{NAME}=", "at="))]
    return f"{path}?{'&'.join((*kept, f'at={at}'))}"


def address_after(back: str, receipt: Receipt) -> str:
    """Where to go next: the list, with the receipt in it."""
    path, _mark, query = back.partition("#")[0].partition("?")
    kept: Sequence[str] = [part for part in query.split("&") if part and not part.startswith((f"{NAME}=", "select="))]
    return f"{path}?{'&'.join((*kept, f'{NAME}={hand_out(receipt)}'))}#receipt"
