"""How the conversation goes: what came, how long it waited and why, and where most is said. Nothing about readers."""

from zoneinfo import ZoneInfo

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from comments.web.desk import figures, plots
from comments.web.desk.door import context, needs
from comments.web.desk.pages import page

# More decisions than a small publication makes in half a year; of more, the newest.
DECISIONS = 20_000


def register(desk: Blueprint) -> None:
    desk.add_url_rule("/insights/", "insights", show_insights)


@needs("moderate")
def show_insights() -> ResponseReturnValue:
    """Half a year at one glance, week by week."""
    ctx = context()
    store, threads = ctx.store, ctx.manifest().threads
    edges = plots.week_edges(ctx.now(), ZoneInfo(ctx.manifest().site.zone))
    since = edges[0]
    counts = store.count_by_thread(since)
    came, held = store.count_held(since)
    return page(
        "insights.html",
        since=since,
        plots=[
            plots.comments(edges, store.count_by_span(edges), ctx.settings.keep_discarded_days),
            figures.waits(edges, store.list_decisions(since, DECISIONS)),
        ],
        rankings=[
            figures.causes(store.count_by_reason(since), came, held),
            figures.busiest(
                counts,
                {key: threads[key].title for key in counts if key in threads},
                {key: url_for("desk.queue", tab="published", article=key) for key in counts if key in threads},
            ),
        ],
    )
