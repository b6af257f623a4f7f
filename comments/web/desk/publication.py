"""The editors' page: what the publication will do next, what waits for a person, and its releases with the way back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from comments.actions import going_back
from comments.actions.coming_back import coming_back
from comments.actions.context import Context
from comments.actions.editorial import Editorial, Event, read_editorial
from comments.actions.publishing import read_publishing
from comments.actions.web_root import list_releases
from comments.errors import NotFound, Stale
from comments.web.desk import plots
from comments.web.desk.acts import answer
from comments.web.desk.confirm import confirmed
from comments.web.desk.door import account, context, needs
from comments.web.desk.numbers import whole
from comments.web.desk.pages import page
from comments.web.desk.receipts import Receipt
from comments.web.desk.sections import make_sections, nothing
from comments.web.service import service
from comments.words import _

# After so long without a build one should have a look whether anybody still builds.
OLD = timedelta(days=7)


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/publication/", "publication", show_publication)
    desk.add_url_rule("/publication/releases/<int:release>/", "release", show_release)
    desk.add_url_rule("/publication/releases/<int:release>/", "go_back", go_back, methods=["POST"])


@needs("moderate")
def show_publication() -> ResponseReturnValue:
    """Everything at one glance; the texts themselves are changed in their files."""
    ctx = context()
    known, kept = read_editorial(ctx.settings.var), going_back.list_kept(ctx)
    zone = ZoneInfo(ctx.manifest().site.zone)
    return page(
        "publication.html",
        known=known,
        old=bool(known.checked and known.checked + OLD < ctx.now()),
        publishing=read_publishing(ctx.settings.var, known.checked, ctx.now()),
        next=_next(known, ctx.now()),
        sections=make_sections(known, ctx.now(), zone),
        nothing=nothing(known, ctx.now()),
        kept=kept,
        current=next((each.release for each in kept if each.release.current), None),
        since=_since(ctx),
        plots=_plots(ctx, known, zone),
    )


@needs("release")
def show_release(release: int) -> ResponseReturnValue:
    """What going back to it would change for readers, and the button."""
    target, now, change = going_back.compare(context(), release)
    back = coming_back(list_releases(context().settings.var), target, now)
    return page("release.html", target=target, now=now, change=change, back=back)


@needs("release")
@confirmed
def go_back(release: int) -> ResponseReturnValue:
    """Show this release again, if readers still see the one that the form was made for."""
    back, seen = url_for("desk.publication"), whole(request.form.get("seen", ""))
    if seen is None:
        return answer(Receipt(_("Nothing was changed. Choose a release."), "none"), back)
    try:
        done = going_back.go_back(context(), account(), service().publisher, release, seen=seen)
    except (Stale, NotFound) as problem:
        return answer(Receipt(str(problem), "none"), back)
    return answer(Receipt(done.sentence, "published"), back)


def _since(ctx: Context) -> datetime:
    """When the release that readers see was put there: of the link itself, so a rollback counts too."""
    return datetime.fromtimestamp((ctx.settings.var / "current").lstat().st_mtime, UTC)


@dataclass(frozen=True)
class Coming:
    """What the clock does next: ``words`` go around the title."""

    at: datetime
    title: str
    before: str
    after: str


def _next(known: Editorial, now: datetime) -> Coming | None:
    event: Event | None = known.figures.next if known.figures else None
    words = {
        "publish": ("", _("goes out")),
        "expire": ("", _("expires")),
        "close comments": (_("comments close under"), ""),
        "review due": ("", _("falls due for review")),
    }
    if event is None or event.at < now or event.what not in words:
        return None
    return Coming(event.at, event.title, *words[event.what])


def _plots(ctx: Context, known: Editorial, zone: ZoneInfo) -> list[plots.Plot]:
    edges = plots.week_edges(ctx.now(), zone)
    counts = ctx.store.count_by_span(edges)
    week = plots.comments(edges, counts, ctx.settings.keep_discarded_days)
    return [plots.articles(known.figures.months, ctx.now(), zone), week] if known.figures else [week]
