"""A thread for machines: entries of its feeds, and its linked data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from comments import markup
from comments.manifest import Site, Thread
from comments.model import PublicComment
from comments.thread import dates
from comments.thread.dates import Translate
from comments.thread.view import Shown, name_of, web_address

# A feed reader that comes once a week should miss nothing; a feed of thousands helps nobody.
ENTRIES = 50

Placed = tuple[Thread, PublicComment]
Linked = dict[str, object]


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
        id=_tag(site, f"comment:{comment.id}"),
        url=f"{article}#comment-{comment.id}",
        title=thread.title,
        name=name_of(comment, translate),
        website=web_address(comment.website),
        html=comment.html + _told(comment, translate),
        published=dates.utc(comment.created),
        updated=dates.utc(comment.edited or comment.created),
        language=comment.language or thread.language,
        answers=_tag(site, f"comment:{comment.parent}" if comment.parent else thread.id),
        place=f"{article}#comment-{comment.parent}" if comment.parent else article,
    )


def _told(comment: PublicComment, translate: Translate) -> str:
    """The sentence below a text that a moderator changed."""
    reason = markup.line(comment.moderated)
    if not reason:
        return ""
    sentence = translate("Edited by a moderator: %(reason)s").replace("%(reason)s", reason)
    return f"\n<p><small>{escape(sentence)}</small></p>"


def name_of_feed(site: Site, thread: Thread | None) -> str:
    """The id of a feed of replies: one thread's, or the whole site's."""
    return _tag(site, f"replies:{thread.id}" if thread else "replies")


def _tag(site: Site, name: str) -> str:
    """An id that stays when the article or the site moves. What the build's feeds call an article is its bare id."""
    authority = site.authority or f"{urlsplit(site.url).hostname},2026"  # a release of before there was one
    return f"tag:{authority}:{name}"


def linked(
    site: Site, thread: Thread, comments: Sequence[PublicComment], shown: Sequence[Shown], translate: Translate
) -> Linked:
    """The thread in schema.org's words, hung on the article's ``@id``; replies stand within each other as ``shown``."""
    article = site.url + thread.path
    written = [comment for comment in comments if not comment.gone]
    known = {comment.id for comment in written}
    made = {comment.id: _linked(article, comment, known, translate) for comment in written}
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": f"{article}#article",
        "commentCount": len(written),
        "comment": _nested(shown, made),
    }


def _nested(row: Sequence[Shown], made: Mapping[int, Linked]) -> list[Linked]:
    """These comments with their replies; those of a removed comment stand in its place."""
    found: list[Linked] = []
    for shown in row:
        replies = _nested(shown.replies, made)
        if shown.gone:
            found += replies
        else:
            found.append(made[shown.id] | ({"comment": replies} if replies else {}))
    return found


def _linked(article: str, comment: PublicComment, known: set[int], translate: Translate) -> Linked:
    address = f"{article}#comment-{comment.id}"
    linked: Linked = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": {"@type": "Person", "name": name_of(comment, translate)},
        "dateCreated": dates.utc(comment.created),
        "text": markup.plain(comment.html),
    }
    if comment.edited:
        linked["dateModified"] = dates.utc(comment.edited)
    if comment.language:
        linked["inLanguage"] = comment.language
    if comment.parent in known:
        linked["parentItem"] = {"@id": f"{article}#comment-{comment.parent}"}
    return linked
