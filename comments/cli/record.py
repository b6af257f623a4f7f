"""The record as a file: who did what, and when."""

from datetime import UTC, datetime

import click

from comments.actions import record_export
from comments.cli.frame import opened
from comments.model import AuditFilter


@click.command("record")
@click.option("--csv", "kind", flag_value="csv", help="A table for spreadsheets, in which no cell is a formula.")
@click.option("--json", "kind", flag_value="lines", default="lines", help="One JSON object a line, the default.")
@click.option("--who", default=None, help="Only what this person did.")
@click.option("--what", default=None, help="Only this act, such as approve or show address.")
@click.option("--comment", type=int, default=None, metavar="ID", help="Only what was done to one comment.")
@click.option("--article", default=None, metavar="ID", help="Only what was done under one article.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="From the beginning of this day, UTC.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Before the beginning of this day, UTC.")
def export_record(
    kind: str,
    who: str | None,
    what: str | None,
    comment: int | None,
    article: str | None,
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Print the record of all acts, oldest first. It holds no addresses."""
    wanted = AuditFilter(who, what, comment, article, _utc(since), _utc(until))
    write = record_export.as_csv if kind == "csv" else record_export.as_lines
    with opened() as here:
        for line in write(here.ctx.store.iterate_audit(wanted)):
            click.echo(line, nl=False)


def _utc(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=UTC) if day else None
