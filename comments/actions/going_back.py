"""Going back to a release that readers saw before: who may, with what it changes, and with its row in the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from comments.actions.acts import moment_words
from comments.actions.context import Context
from comments.actions.permissions import Actor, name_of, require
from comments.actions.publish import Publisher
from comments.actions.release import rollback
from comments.actions.web_root import Release, current_release, list_releases
from comments.errors import Misconfigured, NotFound, Stale
from comments.manifest import Thread
from comments.words import _

ACT = "rollback"
# Rows of the record in which we look for who was faster.
RECENT = 50


@dataclass(frozen=True)
class Change:
    """What readers of one release get that those of another did not, as articles with comments."""

    new: tuple[Thread, ...] = ()
    gone: tuple[Thread, ...] = ()
    renamed: tuple[Thread, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A kept release. ``articles`` is None where its list of articles cannot be read.

    ``change`` is what it changed, seen from the release kept before it.
    """

    release: Release
    articles: int | None
    change: Change | None


@dataclass(frozen=True)
class GoneBack:
    """``changed`` is False where readers saw that release already."""

    number: int
    changed: bool
    sentence: str


def list_kept(ctx: Context) -> list[Kept]:
    """The kept releases, newest first, with what each one changed."""
    releases = list_releases(ctx.settings.var)
    threads = [_threads(release) for release in releases]
    return [
        Kept(release, None if own is None else len(own), between(before, own))
        for release, own, before in zip(releases, threads, [*threads[1:], None], strict=True)
    ]


def compare(ctx: Context, number: int) -> tuple[Release, Release, Change | None]:
    """The release with this number, the one readers see now, and what would change for them.

    :raise NotFound: it is not kept any more.
    """
    target, now = _kept(ctx, number), current_release(ctx.settings.var)
    return target, now, between(_threads(now), _threads(target))


def between(before: dict[str, Thread] | None, after: dict[str, Thread] | None) -> Change | None:
    """What changes for readers of ``before`` when they get ``after``; None where one of them is not known."""
    if before is None or after is None:
        return None
    return Change(
        new=tuple(after[key] for key in after if key not in before),
        gone=tuple(before[key] for key in before if key not in after),
        renamed=tuple(after[key] for key in after if key in before and after[key].title != before[key].title),
    )


def go_back(
    ctx: Context, actor: Actor, publisher: Publisher, number: int | None = None, *, seen: int | None = None
) -> GoneBack:
    """Show a kept release again (default: the one before). ``seen`` is the one the actor believes to be current.

    A second click on the same button changes nothing more, and answers as the first one.
    :raise NotFound: it is not kept any more.
    :raise Stale: readers see another release than ``seen`` meanwhile; says which, and whose.
    :raise PublishProblem: it could not be shown; readers see what they saw.
    """
    require(actor, "release")
    with publisher.release_lock:
        now = current_release(ctx.settings.var)
        if number is not None:
            _kept(ctx, number)
        if seen is not None and now.number != seen:
            return _too_late(ctx, actor, now, number)
        if number == now.number:
            return GoneBack(number, False, _("Readers see release {number} already.").format(number=number))
        shown = rollback(publisher, number)
        detail: dict[str, object] = {"from": now.number, "to": shown}
        ctx.store.add_audit(ctx.now(), name_of(actor), ACT, detail=detail)
    return GoneBack(shown, True, _sentence(shown))


def _too_late(ctx: Context, actor: Actor, now: Release, number: int | None) -> GoneBack:
    """The answer to a button that was meant for another release."""
    who, at = _whose(ctx, now)
    if now.number == number and who == name_of(actor):
        return GoneBack(now.number, False, _sentence(now.number))  # the same click, twice
    names = {"": _("somebody"), "command line": _("the command line"), "service": _("the service")}
    told = _("Release {number} was put before readers by {who} {when}. Your click changed nothing.")
    raise Stale(told.format(number=now.number, who=names.get(who, who), when=moment_words(ctx, at)))


def _whose(ctx: Context, release: Release) -> tuple[str, datetime]:
    """Who put this release before readers last, and when."""
    rows = (row for row in ctx.store.list_audit(limit=RECENT) if row.action == ACT)
    row = next((row for row in rows if row.detail.get("to") == release.number and row.at > release.made), None)
    return (row.actor, row.at) if row else (release.by, release.made)


def _sentence(number: int) -> str:
    return _("Readers see release {number} again, until somebody publishes.").format(number=number)


def _kept(ctx: Context, number: int) -> Release:
    releases = list_releases(ctx.settings.var)
    for release in releases:
        if release.number == number:
            return release
    numbers = [release.number for release in reversed(releases)]
    was_kept = 0 < number < max(numbers, default=number + 1)
    told = _("Release {number} is not kept any more.") if was_kept else _("There is no release {number}.")
    raise NotFound(f"{told.format(number=str(number)[:9])} {_listed(numbers)}".strip())


def _listed(numbers: Sequence[int]) -> str:
    """A sentence that names them all; empty where there is none."""
    *others, last = map(str, numbers) if numbers else ("",)
    if not others:
        return _("Kept is {number}.").format(number=last) if last else ""
    return _("Kept are {numbers} and {last}.").format(numbers=", ".join(others), last=last)


def _threads(release: Release) -> dict[str, Thread] | None:
    try:
        return release.manifest.threads
    except Misconfigured:
        return None
