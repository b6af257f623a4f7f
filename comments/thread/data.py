"""A thread for machines: entries of its feeds, and its linked data."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from comments import markup
from comments.manifest import Site, Thread
from comments.model import PublicComment
from comments.thread import dates
from comments.thread.dates import Translate
from comments.thread.view import name_of, web_address

# A feed reader that comes once a week should miss nothing; a feed of thousands helps nobody.
ENTRIES = 50

Placed = tuple[Thread, PublicComment]


@dataclass(frozen=True)
class Entry:
    """One comment in a feed. ``answers`` and ``place`` are the id and the address of what it answers."""

    id: str
    url: str
    title: str
    name: str
    website: str
    html: str
    published: str
    updated: str
    language: str
    answers: str
    place: str


def entries(site: Site, comments: Sequence[Placed], translate: Translate) -> list[Entry]:
    """The newest comments, newest first, without the removed ones."""
    written = [(thread, comment) for thread, comment in comments if not comment.gone]
    written.sort(key=lambda each: (each[1].created, each[1].id), reverse=True)
    return [_entry(site, thread, comment, translate) for thread, comment in written[:ENTRIES]]


def _entry(site: Site, thread: Thread, comment: PublicComment, translate: Translate) -> Entry:
    article = site.url + thread.path
    return Entry(
        id=_tag(site, thread, comment.id),
        url=f"{article}#comment-{comment.id}",
        title=thread.title,
        name=name_of(comment, translate),
        website=web_address(comment.website),
        html=comment.html,
        published=dates.utc(comment.created),
        updated=dates.utc(comment.edited or comment.created),
        language=comment.language or thread.language,
        answers=_tag(site, thread, comment.parent) if comment.parent else article,
        place=f"{article}#comment-{comment.parent}" if comment.parent else article,
    )


def _tag(site: Site, thread: Thread, comment: int) -> str:
    """An id that stays when the article moves: host, and the year of first publication, are part of it for good."""
    return f"tag:{urlsplit(site.url).hostname},{thread.published.year}:comment-{comment}"


def linked(site: Site, thread: Thread, comments: Sequence[PublicComment], translate: Translate) -> dict[str, object]:
    """The thread in schema.org's words, hung on the article's ``@id``."""
    article = site.url + thread.path
    written = [comment for comment in comments if not comment.gone]
    known = {comment.id for comment in written}
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": f"{article}#article",
        "commentCount": len(written),
        "comment": [_linked(article, comment, known, translate) for comment in written],
    }


def _linked(article: str, comment: PublicComment, known: set[int], translate: Translate) -> dict[str, object]:
    address = f"{article}#comment-{comment.id}"
    linked: dict[str, object] = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": {"@type": "Person", "name": name_of(comment, translate)},
        "dateCreated": dates.utc(comment.created),
        "text": markup.plain(comment.html),
    }
    if comment.language:
        linked["inLanguage"] = comment.language
    if comment.parent in known:
        linked["parentItem"] = {"@id": f"{article}#comment-{comment.parent}"}
    return linked
