"""All comments of one person, by the person's number: who that is, as far as we know, and acts on all of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions.context import Context
from comments.errors import NotFound
from comments.model import Comment, Narrowing, Person, State
from comments.web.desk.door import account, context, needs
from comments.web.desk.filters import Filter, read_filter
from comments.web.desk.items import make_items
from comments.web.desk.pages import page
from comments.web.desk.queue import stretch_of
from comments.words import _

# A receipt for more would not fit into the cookie that brings it, and without it there is no undo.
AT_ONCE = 100
# So many of the newest comments are asked for the names that were given.
NAMED = 200


@dataclass(frozen=True)
class Writer:
    """``names`` are those given, the most frequent first; ``addressed`` a comment through which the address is opened.

    ``open`` are the newest comments that are waiting or on the page, at most ``AT_ONCE``.
    """

    person: Person
    names: tuple[str, ...]
    counts: dict[State, int]
    first: datetime | None
    addressed: int | None
    open: tuple[Comment, ...]

    @property
    def known(self) -> bool:
        return self.counts["approved"] > 0

    @property
    def versions(self) -> str:
        """What an act on all of them has seen."""
        return ",".join(f"{comment.id}.{comment.version}" for comment in self.open)


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/writers/<int:person>/", "writer", show_writer)


@needs("moderate")
def show_writer(person: int) -> ResponseReturnValue:
    """The person's comments in every state, the newest first, with what is known of the person."""
    ctx, chosen = context(), WriterFilter.read(person)
    writer = writer_of(ctx, person)
    narrowing = Narrowing(person=person)
    stretch = stretch_of(ctx, chosen, narrowing)
    return page(
        "writer.html",
        writer=writer,
        filter=stretch.chosen,
        stretch=stretch,
        items=make_items(ctx, account(), stretch.comments),
        total=ctx.store.count_comments(**narrowing),
        selected=request.args.get("select") == "all",
    )


@dataclass(frozen=True)
class WriterFilter(Filter):
    """The list of one person's comments: its own address instead of a tab's."""

    @classmethod
    def read(cls, person: int) -> "WriterFilter":
        typed = read_filter("all", request.args)
        return cls("all", newest=True, person=person, after=typed.after, before=typed.before)

    @property
    def path(self) -> str:
        return url_for("desk.writer", person=self.person)

    def _values(self) -> dict[str, object]:
        return {"after": self.after, "before": self.before}


def writer_of(ctx: Context, number: int) -> Writer:
    """What is known of a person.

    :raise NotFound: no comment belongs to such a person.
    """
    person = ctx.store.get_person(number)
    newest = ctx.store.list_comments(person=number, newest_first=True, limit=NAMED)
    if not newest:
        raise NotFound(_("Nothing of this writer is kept any more."))
    oldest = ctx.store.list_comments(person=number, limit=1)
    names = Counter(comment.name for comment in newest if comment.name)
    shown = [comment for comment in newest if comment.state in ("pending", "approved")]
    return Writer(
        person=person,
        names=tuple(name for name, _count in names.most_common()),
        counts=ctx.store.count_by_state(person=number),
        first=oldest[0].created if oldest else None,
        addressed=newest[0].id if person.has_address else None,
        open=tuple(shown[:AT_ONCE]),
    )
