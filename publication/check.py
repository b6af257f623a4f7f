"""Reads all content and says what is wrong with it."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from publication import addressbook, items
from publication.load import Publication, load
from publication.problems import Problem
from publication.settings import Settings


def run(content: Path, settings: Settings, as_of: datetime, *, write: bool = False) -> Publication:
    """The publication with all its problems. ``write`` brings the address book up to date when that is all there is."""
    publication = load(content, settings, as_of)
    if write and publication.problems == (publication.behind,):
        addressbook.write(publication.content, publication.addresses.values())
        publication = load(content, settings, as_of)
    return publication


def as_lines(publication: Publication, *, brief: bool = False) -> str:
    """One line for each problem, then one for each advice (with ``brief`` only their number), then a summary."""
    advice = () if brief else publication.advice
    return "\n".join([*map(str, (*publication.problems, *advice)), summary(publication)])


def as_json(publication: Publication) -> str:
    """The problems and figures for machines."""
    following = publication.next_event
    answer = {
        "problems": [_for_machines(problem) for problem in publication.problems],
        "advice": [_for_machines(problem) for problem in publication.advice],
        "articles": len(publication.articles),
        "pages": len(publication.pages),
        "resources": len(publication.resources),
        "hidden": [{"id": text.id, "state": text.state} for text in publication.hidden],
        "next_event": following.isoformat() if following else None,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def _for_machines(problem: Problem) -> dict[str, object]:
    return {**asdict(problem), "severity": problem.severity}


def summary(publication: Publication) -> str:
    """What was found, in a sentence or two."""
    return f"{_found(publication)}{_advised(publication)}"


def _advised(publication: Publication) -> str:
    count = len(publication.advice)
    return f" {count} {'piece' if count == 1 else 'pieces'} of advice, which stop nothing." if count else ""


def _found(publication: Publication) -> str:
    if publication.problems:
        files = len({problem.file for problem in publication.problems})
        problems = _counted(len(publication.problems), "problem")
        return f"{problems} in {_counted(files, 'file')}. Nothing is published until they are mended."
    parts = [
        _counted(len(publication.articles), "article"),
        _counted(len(publication.pages), "page"),
        _counted(len(publication.resources), "resource"),
    ]
    hidden = [f"{_counted(count, state)}" for state, count in _hidden(publication).items()]
    found = f"No problems. Public: {', '.join(parts)}."
    found += f" Not public: {', '.join(hidden)}." if hidden else ""
    if publication.events:
        event = publication.events[0]
        found += f" Next: {event.id}, {event.kind}, {event.at:%Y-%m-%d %H:%M}."
    return found


def _hidden(publication: Publication) -> dict[str, int]:
    states = sorted(text.state for text in publication.hidden)
    return {state: states.count(state) for state in dict.fromkeys(states)}


def _counted(number: int, noun: str) -> str:
    plural = noun in items.FOLDERS.values() or noun in ("problem", "file")
    return f"{number} {noun}{'s' if plural and number != 1 else ''}"
