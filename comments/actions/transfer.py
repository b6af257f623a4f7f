"""Comments of another system, taken in as they were: names, moments, states, threads, addresses into the vault."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from comments import markup
from comments.actions.authorship import standing_account
from comments.actions.context import Context
from comments.errors import NotFound
from comments.model import NewComment, Reason, State
from comments.words import _

NAME_LIMIT = 245
ACTOR = "import"
Step = Literal["taken", "known", "erased"]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A comment of another system. ``html`` is what was published there, ``source`` the same as Markdown.

    ``key`` tells it from all others of its system; ``parent`` is the key of the one it answers, or empty.
    Without ``html`` it is the source as it would be shown here. Without both it is a comment that was removed (state
    trash), and keeps a place for its answers.
    """

    key: str
    name: str
    html: str
    source: str
    state: State
    made: datetime
    parent: str = ""
    address: str = field(default="", repr=False)
    website: str = ""
    number: int | None = None
    author: str = ""  # key of the article's author, where it is theirs: it bears the author's mark


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one: its number here, and in words what is not as it was."""

    key: str
    step: Step
    comment: int | None = None
    why: tuple[str, ...] = ()


def take_in(
    ctx: Context,
    source: str,
    thread: str,
    foreign: Sequence[Foreign],
    convert: Callable[[Foreign], Foreign] = lambda one: one,
) -> list[Taken]:
    """Add all comments of one thread in one transaction, parents first; what was taken in before stays as it is.

    ``convert`` gives each its text at last: of a long thread, all of them at once would take much memory.
    ``source`` names the system and site they come from. The thread's page is due afterwards if anything in it changed.
    """
    found: list[Taken] = []
    people: dict[bytes, int] = {}
    by_key = {one.key: one for one in foreign}
    with ctx.store.write():
        for one, parent, why in in_order(foreign):
            if ctx.store.has_origin(source, one.key):
                known = ctx.store.find_by_origin(source, one.key)
                found.append(Taken(one.key, "erased" if known is None else "known", known))
                continue
            if _is_here(ctx, thread, one):
                found.append(Taken(one.key, "known", one.number))
                continue
            above = _above(ctx, source, parent, thread, by_key) if parent else None
            if parent and above is None:
                why = (*why, "the comment it answered is not here, so it begins a thread of its own")
            whole = convert(one)
            who = _person(ctx, one.address, people) if whole.html or whole.source else None
            account = standing_account(ctx, one.author, ACTOR) if one.author else None
            new = _new(thread, whole, above, who, account)
            number = ctx.store.import_comment(new, source, one.key)
            if one.number and number != one.number:
                why = (
                    *why,
                    f"its number {one.number} was taken, so it is {number} now; links to the old one still lead to it",
                )
            found.append(Taken(one.key, "taken", number, why))
        numbers = [one.comment for one in found if one.step == "taken" and one.comment is not None]
        if numbers:
            ctx.store.mark_announced(numbers, ctx.now())  # what was public there is no news here
            ctx.store.add_audit(
                ctx.now(), ACTOR, "import", thread=thread, detail={"comments": len(numbers), "from": source}
            )
    return found


def may_be_linked(address: str) -> bool:
    """Whether a comment may hold a link there: what others are left out of it."""
    return markup.is_address(address)


def _is_here(ctx: Context, thread: str, one: Foreign) -> bool:
    """Whether it was written here, and comes back with an export of our own: its number, place and second say so."""
    if one.number is None:
        return False
    try:
        here = ctx.store.get_comment(one.number)
    except NotFound:
        return False
    return here.thread == thread and abs(here.created - one.made) < timedelta(seconds=1)


def _above(ctx: Context, source: str, parent: str, thread: str, by_key: Mapping[str, Foreign]) -> int | None:
    """The comment of this thread that is answered, whether it was taken in, now or before, or written here."""
    known = ctx.store.find_by_origin(source, parent)
    if known is None and parent in by_key and _is_here(ctx, thread, by_key[parent]):
        return by_key[parent].number
    return known if known is not None and ctx.store.get_comment(known).thread == thread else None


def in_order(foreign: Iterable[Foreign]) -> Iterable[tuple[Foreign, str, tuple[str, ...]]]:
    """Each with the key of its parent and what was wrong with that: parents first, then by moment and key.

    A parent that is not among them keeps its key: it may be here. Circles are cut where they close. However deep the
    answers are, nothing is called within itself.
    """
    by_key = {one.key: one for one in foreign}
    children: dict[str, list[Foreign]] = {}
    for one in sorted(by_key.values(), key=lambda one: (one.made, len(one.key), one.key)):
        children.setdefault(one.parent if one.parent in by_key else "", []).append(one)
    done: set[str] = set()
    for start in [*children.get("", ()), *sorted(by_key.values(), key=lambda one: (one.made, len(one.key), one.key))]:
        if start.key in done:
            continue
        in_circle = start.parent in by_key
        why = ("it answered itself in a circle, so it begins a thread of its own",) if in_circle else ()
        waiting = [(start, "" if in_circle else start.parent, why)]
        while waiting:
            one, parent, said = waiting.pop(0)
            if one.key in done:
                continue
            done.add(one.key)
            yield one, parent, said
            waiting.extend((child, one.key, ()) for child in children.get(one.key, ()) if child.key not in done)


def _new(thread: str, one: Foreign, parent: int | None, person: int | None, account: int | None) -> NewComment:
    return NewComment(
        thread=thread,
        name=markup.line(one.name)[:NAME_LIMIT] or ("Anonymous" if one.html or one.source else ""),
        source=markup.normalise(one.source),
        html=markup.sanitise(one.html) if one.html else markup.render(one.source),
        markup=markup.VERSION,
        state=one.state,
        created=one.made,
        parent=parent,
        person=person,
        account=account,
        website=one.website,
        reasons=(Reason("old-site", _("It waited on the old site.")),) if one.state == "pending" else (),
        number=one.number,
    )


def _person(ctx: Context, address: str, people: dict[bytes, int]) -> int:
    """A person of this import. An address that was only typed proves nothing: it is joined with nobody's here."""
    if not address:
        return ctx.store.add_person(ctx.now(), None)
    lookup = ctx.vault.lookup(address)
    if lookup not in people:
        person = people[lookup] = ctx.store.add_person(ctx.now(), None)
        ctx.store.set_address(person, ctx.vault.seal(f"person:{person}", address), lookup)
    return people[lookup]
