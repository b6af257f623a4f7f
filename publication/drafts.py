"""Starts a new article: a file with everything an editor needs to fill in."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from publication import addressbook, addresses
from publication.files import MARKER
from publication.items import read_all
from publication.moments import write_moment
from publication.problems import choose_from, quoted
from publication.settings import Settings
from publication.slugs import slug

_TEMPLATE = """---
# The id never changes, not even with the title: the thread of replies hangs on it.
id: {id}
title: {title}
# One or two sentences in quotation marks, 300 characters at most.
summary:
# Names of files in content/authors: {authors}.
authors: [{author}]
# Keys of content/topics.yml, the main one first: {topics}.
topics: []
tags: []
# The moment of publication. A published text with a later date waits until then.
date: {date}
# draft, review, published or withdrawn. Only "published" is ever seen by readers.
status: draft
# Write below the next line. Begin headings with ## and link to other texts by their id: [words](id:their-id).
# See what is missing with: python3 tasks.py check
---

"""


class CannotStart(Exception):
    """No draft was made. ``str(error)`` says why and what to do."""


def new(
    title: str,
    content: Path,
    author: str | None = None,
    *,
    settings: Settings | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Path:
    """The path of a new draft under ``content`` with ``title``. It passes the check, and nothing is overwritten.

    :raise CannotStart: the title cannot be used, or there is no such author.
    """
    words = " ".join(title.split())
    _refuse_bad_title(words)
    settings = settings or Settings()
    shelf = read_all(content, settings)
    if author is not None and author not in shelf.authors:
        raise CannotStart(f"There is no author {quoted(author)}. {choose_from(author, shelf.authors)}")
    now = clock().astimezone(settings.timezone)
    folder = content / "articles" / f"{now.year:04}"
    folder.mkdir(parents=True, exist_ok=True)
    taken = {item.id for item in shelf.texts} | set(addressbook.read(content).entries)
    taken |= addresses.SERVICE_IDS | addresses.CITE_IDS
    for name in _names(slug(words, longest=75) or "draft"):
        text = _TEMPLATE.format(
            id=name,
            title=json.dumps(words, ensure_ascii=False),
            authors=_listed(list(shelf.authors)),
            author=author or (next(iter(shelf.authors)) if len(shelf.authors) == 1 else ""),
            topics=_listed(list(shelf.topics)),
            date=write_moment(now, settings.timezone),
        )
        if name not in taken and _create(folder / f"{name}.md", text):
            return folder / f"{name}.md"
    raise AssertionError("names never end")


def _refuse_bad_title(words: str) -> None:
    if not words:
        raise CannotStart('The title is empty. Write it in quotation marks: new "My title".')
    if len(words) > 200:
        raise CannotStart(f"The title has {len(words)} characters; there is room for 200.")
    if not words.isprintable() or MARKER.search(words):
        raise CannotStart("The title holds characters that cannot stand in a title. Type it again without them.")


def _names(first: str) -> Iterator[str]:
    yield first
    yield from (f"{first}-{number}" for number in count(2))


def _create(path: Path, text: str) -> bool:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _listed(keys: list[str]) -> str:
    return ", ".join(keys) or "none yet"
