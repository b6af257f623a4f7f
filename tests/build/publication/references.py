"""Resources by their citation data alone, and how their references read."""

import json
from typing import Any

from publication.citations import apa
from publication.citations.work import Work, of_article, of_resource
from tests.build.publication.desk import Desk

Data = dict[str, Any]


def work(desk: Desk, title: str, csl: Data | None = None, **changes: str) -> Work:
    """The work an editor described."""
    told = json.dumps(csl) if csl is not None else None
    quoted = {key: json.dumps(value) for key, value in changes.items()}
    desk.resource(title=json.dumps(title), csl=told, **quoted)
    publication = desk.load()
    assert publication.problems == ()
    return of_resource(publication.resources[0])


def shown(cited: Work, language: str = "en") -> str:
    """Its reference, with asterisks around what is in italics."""
    pieces = apa.reference(cited, language)
    return "".join(f"*{piece.text}*" if piece.style == "italic" else piece.text for piece in pieces)


def article(desk: Desk) -> Work:
    """The newest article as a work."""
    publication = desk.load()
    assert publication.problems == ()
    return of_article(publication.articles[0], publication)


def people(*names: str) -> list[Data]:
    """``Suler, John`` as a person; what has no comma as an organisation."""
    parts = [name.split(", ") for name in names]
    return [{"family": part[0], "given": part[1]} if len(part) == 2 else {"literal": part[0]} for part in parts]
