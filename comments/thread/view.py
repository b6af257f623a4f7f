"""What the templates are given: comments as a tree of three levels, every value ready to be shown."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from comments import markup
from comments.manifest import Site
from comments.model import PublicComment
from comments.thread import dates

# Deeper replies stand on the last level and say whom they answer.
LEVELS = 3

ANONYMOUS = "Anonymous"


@dataclass(frozen=True)
class Answered:
    """The comment that a deep reply answers."""

    id: int
    name: str


@dataclass(frozen=True)
class Shown:
    """One comment on the page.

    :ivar posted: the moment in words; ``machine`` is the same for programs.
    :ivar moderated: why a moderator changed the text, where one did.
    :ivar anchor: the number it had in another system, where nothing else on the page has that number.
    :ivar answers: set where the place on the page does not tell what is answered.
    """

    id: int
    name: str
    website: str
    html: Markup
    posted: str
    machine: str
    badge: str
    edited: bool
    gone: bool
    language: str
    answers: Answered | None
    moderated: str = ""
    anchor: int | None = None
    replies: list["Shown"] = field(default_factory=list)


def show(comment: PublicComment, site: Site, translate: dates.Translate, answers: Answered | None = None) -> Shown:
    """One comment, without its replies."""
    return Shown(
        id=comment.id,
        name=name_of(comment, translate),
        website=web_address(comment.website),
        html=Markup(comment.html),  # noqa: S704 - the sanitiser made it
        posted=dates.moment(comment.created, site.zone, translate),
        machine=dates.machine(comment.created, site.zone),
        badge=comment.badge,
        edited=comment.edited is not None,
        gone=comment.gone,
        language=comment.language,
        answers=answers,
        moderated=markup.line(comment.moderated),
        anchor=comment.number,
    )


def tree(comments: Sequence[PublicComment], show_one: Callable[[PublicComment, Answered | None], Shown]) -> list[Shown]:
    """The roots, oldest first, each with its replies. A reply whose parent is not shown is a root.

    Without recursion: imported threads are thousands of replies deep.
    """
    known = {comment.id for comment in comments}
    below: defaultdict[int | None, list[PublicComment]] = defaultdict(list)
    for comment in comments:
        below[comment.parent if comment.parent in known else None].append(comment)
    roots: list[Shown] = []
    waiting: list[tuple[PublicComment, list[Shown], int, Answered | None]]
    waiting = [(comment, roots, 1, None) for comment in reversed(below[None])]
    while waiting:
        comment, row, level, answers = waiting.pop()
        shown = show_one(comment, answers)
        row.append(shown)
        deepest = level == LEVELS
        answered = Answered(shown.id, shown.name) if deepest else None
        replies = row if deepest else shown.replies
        waiting += [(reply, replies, min(level + 1, LEVELS), answered) for reply in reversed(below[comment.id])]
    return roots


def with_own_anchors(comments: Sequence[PublicComment]) -> Sequence[PublicComment]:
    """``comments``, of which none keeps a former number that stands for another one on the page."""
    if all(comment.number is None for comment in comments):
        return comments
    taken: set[int | None] = {comment.id for comment in comments}
    found: list[PublicComment] = []
    for comment in comments:
        found.append(replace(comment, number=None) if comment.number in taken else comment)
        taken.add(comment.number)
    return found


def name_of(comment: PublicComment, translate: dates.Translate) -> str:
    """The writer's name; an erased one is Anonymous, and a removed comment has none."""
    return "" if comment.gone else markup.line(comment.name) or translate(ANONYMOUS)


def web_address(website: str) -> str:
    """The address a name may link to, or nothing: it is checked again where it is shown."""
    return website if website.startswith(("http://", "https://")) and markup.is_address(website) else ""
