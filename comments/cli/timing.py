"""The clock: is something to be published that the editors wrote down for a moment that has come?"""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from comments.actions import due as dues
from comments.actions.due import Standing
from comments.actions.web_root import current_manifest
from comments.cli.frame import say_json
from comments.errors import CommentsError, Misconfigured
from comments.runtime import read_settings, utc_now

DUE, TROUBLE = 1, 2


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
@click.option("--as-of", default="", metavar="MOMENT", help="Look at this moment instead of now: 2026-12-01T09:00")
def due(as_json: bool, as_of: str) -> None:
    """Say whether the site is to be published: exit code 1 when an event has passed since it was built.

    0 when not, 2 when that cannot be told. Needs no store, and changes nothing.
    """
    try:
        var = read_settings(os.environ).var
        now = _moment(as_of, current_manifest(var).site.zone) if as_of else utc_now()
        found = dues.standing(var, now, told=bool(as_of))
    except (CommentsError, OSError) as error:
        if as_json:
            say_json({"due": None, "trouble": str(error)})
        else:
            click.echo(str(error), err=True)
        raise SystemExit(TROUBLE) from None
    if as_json:
        say_json(_record(found, now))
    else:
        click.echo(_sentence(found, now), err=found.lost)
    raise SystemExit(TROUBLE if found.lost else DUE if found.due else 0)


def _moment(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Misconfigured(f"“{text}” is no moment. Write it so: 2026-12-01T09:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _record(found: Standing, now: datetime) -> dict[str, object]:
    return {
        "due": found.due,
        "why": found.why,
        "held": found.held,
        "lost": found.lost,
        "now": now.isoformat(),
        "release": found.release.number,
        "since": found.since and found.since.isoformat(),
        "next_event": found.next_event and found.next_event.isoformat(),
        "sentence": _sentence(found, now),
    }


def _sentence(found: Standing, now: datetime) -> str:
    zone = found.release.manifest.site.zone

    def local(at: datetime | None) -> str:
        return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})" if at else ""

    if found.lost:
        return f"This machine's clock says {local(now)}, before any release was made. Set the clock first."
    if found.held and found.why:
        number = found.release.number
        return (
            f"Release {number} was put back, so nothing is published by itself, though something was due at "
            f"{local(found.next_event)}. To go on: python3 tasks.py publish"
        )
    if found.why == "passed":
        return f"Due: something was to change at {local(found.next_event)}, and readers do not see it yet."
    if found.why == "ahead":
        return f"Due: the site was built for {local(found.since)} or later, which is still to come."
    if found.next_event:
        return f"Nothing is due. The site is next to change at {local(found.next_event)}."
    return "Nothing is due, and nothing is planned."
