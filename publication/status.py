"""What editors are told at the desk: what comes, what waits, what is broken, as data.

It names texts that nobody may see yet: it belongs into ``var/``, never into the site or a release.
"""

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from publication import files
from publication.load import Publication
from publication.moments import start_of
from publication.problems import Problem
from publication.records import Article, Page, Resource, Review, Text

FORMAT = 1
# Entries of a list that are written out; its count tells of the others.
MOST = 500
# Reviews and ends that lie further ahead are not told of.
AHEAD = timedelta(days=90)
LINKS = "links.json"

Entry = dict[str, Any]


def write(publication: Publication, file: Path) -> None:
    """Bring ``file`` up to date. Of a publication with problems it keeps the figures of the last one without.

    The state of the links is read beside it.
    :raise OSError: it cannot be written; what was there stays.
    """
    links = broken_links(file.with_name(LINKS))
    status = {"format": FORMAT, **check(publication), "links": links}
    status["figures"] = _former(file) if publication.problems else figures(publication)
    _replace(file, json.dumps(status, ensure_ascii=False).encode(errors="replace"))


def tell_editors(publication: Publication, file: Path) -> None:
    """``write``; that it cannot be done is said, and stops nothing."""
    try:
        write(publication, file)
    except OSError as error:
        reason = error.strerror or error
        print(f"{file} cannot be written ({reason}): the editors' page at the desk stays as it was.", file=sys.stderr)


def check(publication: Publication) -> Entry:
    """What was found wrong, and when."""
    return {
        "checked": publication.as_of.isoformat(),
        "problems": _list(_flaw(problem) for problem in publication.problems),
        "advice": _list(_flaw(one) for one in publication.advice),
    }


def figures(publication: Publication) -> Entry:
    """What a publication without problems will do next, what waits in it for a person, and how much it has."""
    describe = _Describer(publication)
    public: list[Article | Resource] = [*publication.articles, *publication.resources]
    hidden = {state: [text for text in publication.hidden if text.state == state] for state in ("draft", "review")}
    scheduled = [text for text in publication.hidden if isinstance(text, Article) and text.state == "scheduled"]
    lists = {
        "scheduled": [describe(text, at=text.date.isoformat()) for text in scheduled],
        "review": [describe(text, at=describe.changed(text)) for text in hidden["review"]],
        "drafts": [describe(text, at=describe.changed(text)) for text in hidden["draft"]],
        "due": [describe.review(text, text.reviewed) for text in public if text.reviewed and describe.is_due(text)],
        "expiring": [
            describe(text, at=text.expires.isoformat())
            for text in publication.articles
            if text.expires and text.expires <= publication.as_of + AHEAD
        ],
    }
    newest_first = ("review", "drafts")
    months = Counter(f"{article.date:%Y-%m}" for article in publication.articles)
    return {
        "as_of": publication.as_of.isoformat(),
        "next": describe.next_event(),
        "months": dict(sorted(months.items())),
        "lists": {
            name: _list(sorted(entries, key=_moment, reverse=name in newest_first)) for name, entries in lists.items()
        },
    }


def broken_links(file: Path) -> Entry:
    """The links that did not answer the last time, and when any was tried; from the memory of the link checker."""
    try:
        links: Mapping[str, Any] = json.loads(file.read_bytes())["links"]
        tried = max((str(link["checked"]) for link in links.values() if link["checked"]), default=None)
        broken = [_link(url, link) for url, link in links.items() if link["failures"] or link["gone"]]
    except FileNotFoundError:
        return _list([]) | {"checked": None, "damaged": False}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _list([]) | {"checked": None, "damaged": True}
    broken.sort(key=lambda link: (not link["gone"], link["url"]))
    return _list(broken) | {"checked": tried, "damaged": False}


def _flaw(problem: Problem) -> Entry:
    return {"file": problem.file, "line": problem.line, "what": problem.what, "cure": problem.cure}


def _link(url: str, link: Mapping[str, Any]) -> Entry:
    failures = [str(failure) for failure in link["failures"]]
    return {
        "url": url,
        "gone": bool(link["gone"]),
        "status": link["status"],
        "reason": str(link["reason"] or ""),
        "failures": len(failures),
        "since": min(failures, default=str(link["checked"])),
        "files": [str(place) for place in link["files"]],
    }


class _Describer:
    """Puts one text into words, with the names of its people."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication

    def __call__(self, text: Text, at: str, **more: str) -> Entry:
        authors = text.authors if isinstance(text, Article) else ()
        return {
            "title": text.title,
            "kind": _KINDS[type(text)],
            "language": text.language,
            "authors": [self._name(key) for key in authors],
            "file": files.shown(text.source, self.publication.content),
            "path": text.path if text.published else "",
            "at": at,
            **more,
        }

    def changed(self, text: Text) -> str:
        """When its file was last written."""
        try:
            return datetime.fromtimestamp(text.source.stat().st_mtime, UTC).isoformat()
        except (OSError, OverflowError, ValueError):  # gone meanwhile, or a moment beyond all calendars
            return self.publication.as_of.isoformat()

    def is_due(self, text: Article | Resource) -> bool:
        due = text.reviewed.due if text.reviewed else None
        return due is not None and due <= (self.publication.as_of + AHEAD).date()

    def review(self, text: Text, review: Review) -> Entry:
        due = start_of(review.due or review.on, self.publication.settings.timezone)
        return self(text, at=due.isoformat(), by=self._name(review.by), on=review.on.isoformat())

    def next_event(self) -> Entry | None:
        if not self.publication.events:
            return None
        event = self.publication.events[0]
        titles = {text.id: text.title for text in self.publication.hidden}
        found = self.publication.find(event.id)
        return {
            "at": event.at.isoformat(),
            "what": event.kind,
            "title": found.title if found else titles.get(event.id, event.id),
        }

    def _name(self, key: str) -> str:
        author = self.publication.authors.get(key)
        return author.name if author else key


_KINDS: dict[type[Text], str] = {Article: "article", Page: "page", Resource: "resource"}


def _list(entries: Iterable[Entry]) -> Entry:
    every = list(entries)
    return {"count": len(every), "first": every[:MOST]}


def _moment(entry: Entry) -> tuple[datetime, str]:
    return datetime.fromisoformat(entry["at"]), entry["file"]


def _former(file: Path) -> Entry | None:
    """The figures that stand in ``file``, if it can be read."""
    try:
        status = json.loads(file.read_bytes())
        former: Entry | None = status["figures"] if status["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return former


def _replace(file: Path, data: bytes) -> None:
    """Write ``file`` in one step, readable to its owner only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as fresh:
            fresh.write(data)
            fresh.flush()
            os.fsync(descriptor)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
